from typing import get_args

import pytest

from bot.operating.sentences import SENTENCES
from storage.errors import Reason


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_is_one_clear_sentence(reason):
    sentence = SENTENCES[reason]
    assert sentence.endswith(".")
    assert len(sentence) < 200

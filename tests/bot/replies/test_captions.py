"""Every picture has a caption: what it shows and why that matters, the first thing that is read."""

from typing import get_args

import pytest

from bot.jobs import Chart
from bot.replies.captions import caption_of
from tests.bot.replies.situations import LANGUAGES

FIRST_SEEN = 200
"""Characters that a screen reader or a lock screen gives first."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_has_a_caption_of_its_own(language):
    captions = [caption_of(chart, language) for chart in get_args(Chart)]
    assert len(set(captions)) == len(captions)
    for caption in captions:
        assert 60 < len(caption) <= FIRST_SEEN
        assert caption.count(".") >= 2

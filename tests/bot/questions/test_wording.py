"""How a question is repeated above its answer."""

import pytest

from bot.questions.pieces import Context
from bot.questions.read import read
from bot.questions.wording import Wording


@pytest.mark.parametrize(
    ("language", "phrase", "repeated"),
    [
        (
            "nl",
            "wat als klant 10925 en klant 11008 weggaan",
            "wat als deze klanten weggaan · klant 10925 en klant 11008",
        ),
        ("nl", "wat als klant 10925 weggaat", "wat als deze klant weggaat · klant 10925"),
        (
            "nl",
            "wat als mijn grootste klant weggaat",
            "wat als deze klant weggaat · je grootste klant op omzet",
        ),
        (
            "en",
            "what if my largest client leaves",
            "what if this client leaves · your largest client by revenue",
        ),
        (
            "en",
            "what if my 3 largest clients leave",
            "what if these clients leave · in your top 3 by revenue",
        ),
    ],
)
def test_who_leaves_is_repeated_as_one_would_say_it(
    context: Context, language: str, phrase: str, repeated: str
) -> None:
    (question,) = read(phrase, context, language).questions
    assert Wording((), language).question(question) == repeated

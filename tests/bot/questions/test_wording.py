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


@pytest.mark.parametrize(
    ("language", "phrase", "repeated"),
    [
        ("nl", "wie is er in december jarig", "klanten, op volgorde van omzet · Geb.datum: in de "
         "maand december"),
        ("en", "who has a birthday in may", "clients, in order of revenue · Geb.datum: in the "
         "month of May"),
        ("nl", "hoeveel klanten kwamen erbij in 2024", "aantal klanten · Klant sinds: in 2024"),
        ("en", "how many clients joined in march 2024", "number of clients · Klant sinds: from "
         "1 Mar 2024 up to and including 31 Mar 2024"),
        ("nl", "bij welke 5 klanten loopt de rente het eerst af", "de 5 klanten met de eerste "
         "datum bij Einde rentevast"),
    ],
)  # fmt: skip
def test_dates_are_repeated_as_one_would_say_them(
    context: Context, language: str, phrase: str, repeated: str
) -> None:
    (question,) = read(phrase, context, language).questions
    assert Wording(context.clients.columns, language).question(question) == repeated

"""Countries by their names in either language, as values of a list may be."""

from functools import cache

from babel import Locale

from bot.questions.words.bending import with_plural
from bot.questions.words.lexicon import LANGUAGES, Phrase, vocabulary
from bot.questions.words.text import words_of

CODE = 2


@cache
def names_of_territories(language: str) -> dict[str, frozenset[Phrase]]:
    """By code the names of a country, and what is said of those who live there."""
    named = Locale.parse(language).territories
    said = vocabulary(language)["countries"]
    return {
        code: frozenset(
            [tuple(words_of(name))]
            + [phrase for each in said.get(code, ()) for phrase in with_plural(_words(each))]
        )
        for code, name in named.items()
        if len(code) == CODE and code.isalpha()
    }


@cache
def _by_name() -> dict[Phrase, str]:
    return {
        phrase: code
        for language in LANGUAGES
        for code, phrases in names_of_territories(language).items()
        for phrase in phrases
    }


def territories_of(values: list[str]) -> dict[str, list[str]]:
    """By code the values that name a country. Bare codes do so where all values are such codes."""
    codes = names_of_territories(LANGUAGES[0])
    coded = bool(values) and all(value.upper() in codes for value in values)
    found: dict[str, list[str]] = {}
    for value in values:
        code = value.upper() if coded else _by_name().get(_words(value))
        if code is not None:
            found.setdefault(code, []).append(value)
    return found


def _words(text: str) -> Phrase:
    return tuple(words_of(text))

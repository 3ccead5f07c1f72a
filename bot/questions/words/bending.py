"""Words as Dutch and English bend them."""

from collections.abc import Iterator

from bot.questions.words.lexicon import Phrase


def with_plural(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase as it stands, and with its last word bent as Dutch and English do."""
    if not phrase:
        return
    *before, last = phrase
    for form in _forms(last):
        yield (*before, form)


def with_bent_head(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase with its first word bent: *teamleiders zorg*, *directors of sales*."""
    first, *behind = phrase
    if behind and first.isalpha():
        for ending in ("s", "en"):
            yield (f"{first}{ending}", *behind)


def _forms(word: str) -> list[str]:
    forms = [word]
    if len(word) < 3 or not word.isalpha():
        return forms
    forms += [f"{word}{ending}" for ending in ("s", "en", "e", "n", "es", "er", "ers")]
    if word[-1] == "y":
        forms.append(f"{word[:-1]}ies")
    if word[-1] == "f":
        forms.append(f"{word[:-1]}ven")
    if word[-1] == "s":
        forms += [f"{word[:-1]}zen", word[:-1]]
    if word[-1] not in "aeiou":
        forms.append(f"{word}{word[-1]}en")
        if len(word) > 3 and word[-2] == word[-3] and word[-2] in "aeo":
            forms.append(f"{word[:-2]}{word[-1]}en")
    if word.endswith("man"):
        forms.append(f"{word[:-3]}lieden")
    if word.endswith("e"):
        forms.append(word[:-1])
    if word.endswith("en") and len(word) > 5:
        forms.append(word[:-2])
    return forms

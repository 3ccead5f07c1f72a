"""A typing error in one word of a longer value: *ICT-consultans* is *ICT-consultant*."""

from rapidfuzz.distance import OSA

from bot.questions.words.lexicon import Lexicon, Phrase

SHORTEST_TYPED = 4
TYPING_ERROR = 0.15
_MOST_ERRORS = 2


def typed_value(words: Phrase, lexicon: Lexicon) -> Phrase | None:
    """The value of the list that these words are but for an error in one of them.

    Read word by word, the others would each be a condition of their own.
    """
    if len(words) < 2:
        return None
    found = [
        (errors, value)
        for value in lexicon.long_values.get(len(words), ())
        if (errors := _errors(words, value, lexicon)) is not None
    ]
    return min(found)[1] if found else None


def _errors(words: Phrase, value: Phrase, lexicon: Lexicon) -> int | None:
    """How many letters differ in the one word that does; None where they are no such value."""
    other = [(one, meant) for one, meant in zip(words, value, strict=True) if one != meant]
    if len(other) != 1:
        return None
    typed, meant = other[0]
    entry = lexicon.entries.get((typed,))
    if len(typed) < SHORTEST_TYPED or typed[0] != meant[0] or entry is not None:
        return None
    errors = int(OSA.distance(typed, meant, score_cutoff=_MOST_ERRORS))
    most = 1 if len(meant) <= SHORTEST_TYPED + 2 else _MOST_ERRORS
    return errors if errors <= most else None

"""A typing error in one word: *ICT-consultans* is *ICT-consultant*, *wisnt* is *winst*."""

from rapidfuzz.distance import OSA

from bot.questions.words.lexicon import SHORTEST_MEANT, Lexicon, Phrase

SHORTEST_TYPED = 4
TYPING_ERROR = 0.15
_MOST_ERRORS = 2
# Of a word that is cut short, what is left of it and what is not.
SHORTEST_CUT, FEWEST_LETTERS_CUT = 6, 2


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


def swapped_back(word: str, lexicon: Lexicon) -> str:
    """The one known word that this is but for two letters that changed places."""
    if word in lexicon.words or len(word) < SHORTEST_MEANT:
        return word
    alike = lexicon.by_letters.get("".join(sorted(word)), ())
    meant = [each for each in alike if each[0] == word[0] and OSA.distance(word, each) == 1]
    return meant[0] if len(meant) == 1 else word


def cut_short(word: str, lexicon: Lexicon) -> str | None:
    """The one word that this is the beginning of: *verpleegk*, *detailh*."""
    if len(word) < SHORTEST_CUT:
        return None
    found = [each for each in lexicon.meant if _is_cut(word, each)]
    entries = [lexicon.entries[(each,)] for each in found]
    told = {each.concepts for each in entries}
    return found[0] if len(told) == 1 and not any(each.kinds for each in entries) else None


def _is_cut(word: str, meant: str) -> bool:
    return (
        len(word) >= SHORTEST_CUT
        and len(meant) >= len(word) + FEWEST_LETTERS_CUT
        and meant.startswith(word)
    )


def _errors(words: Phrase, value: Phrase, lexicon: Lexicon) -> int | None:
    """How many letters differ in the one word that does; None where they are no such value."""
    other = [(one, meant) for one, meant in zip(words, value, strict=True) if one != meant]
    if len(other) != 1:
        return None
    typed, meant = other[0]
    entry = lexicon.entries.get((typed,))
    if len(typed) < SHORTEST_TYPED or typed[0] != meant[0] or entry is not None:
        return None
    if _is_cut(typed, meant):
        # *Zakelijke dienstverl*.
        return 1
    errors = int(OSA.distance(typed, meant, score_cutoff=_MOST_ERRORS))
    most = 1 if len(meant) <= SHORTEST_TYPED + 2 else _MOST_ERRORS
    return errors if errors <= most else None

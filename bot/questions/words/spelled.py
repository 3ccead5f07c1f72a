"""Tokens → tokens, written as they are meant: *w/o*, *hou ik … over*, letters put back."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.words.lettered_ids import begins_id
from bot.questions.words.lexicon import Entry, Lexicon, Phrase, shortened, verbs, vocabulary
from bot.questions.words.text import Token
from bot.questions.words.typing_errors import swapped_back

PARTICLES = frozenset(
    {"op", "over", "af", "weg", "bij", "mee", "toe", "binnen", "uit", "eruit", "door", "out", "up",
     "off", "away", "through"}
)  # fmt: skip
# What a new piece of a sentence begins with.
_BEGINNINGS = frozenset(
    {"and", "or", "than", "who", "which", "how_much", "mean", "total", "per", "per_hour", "yearly"}
)
_WRITTEN = re.compile(r"[^\W\d_]+")
SIGNS = frozenset({"more", "less", "longer", "shorter"})


def in_capitals(text: str, found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, a common word that stands in capitals for a value written so: *for IT*."""
    written = [each for each in _WRITTEN.findall(text) if each.casefold() in lexicon.capitals]
    places = [at for at, token in enumerate(found) if token.word in lexicon.capitals]
    if text.isupper() or len(written) != len(places):
        return list(found)
    told = list(found)
    for word, at in zip(written, places, strict=True):
        pairs = (found[max(at - 1, 0) : at + 1], found[at : at + 2])
        entries = [lexicon.entries.get(tuple(each.word for each in pair)) for pair in pairs]
        longer = any(entry and any(each.condition for each in entry.concepts) for entry in entries)
        if word.isupper() and not longer:
            told[at] = replace(found[at], word=word)
    return told


def without_swaps(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with letters that changed places where they belong: *langst niet gesporken*."""
    return [
        replace(token, word=swapped_back(token.word, lexicon)) if token.number is None else token
        for token in found
    ]


def written_out(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with what is shortened in chat and in speech in full: *w/o*, *tem*, *'t*."""
    short = shortened(lexicon.language)
    longest = max(map(len, short))
    words: list[Token] = []
    place = 0
    while place < len(found):
        if begins_id(found, place, lexicon):
            words += found[place : place + 2]
            place += 2
            continue
        length, full = next(
            ((length, short[said]) for length in range(longest, 0, -1)
             if (said := tuple(each.word for each in found[place : place + length])) in short
             and not means_something(said, lexicon)),
            (1, ()),
        )  # fmt: skip
        words += [_token(each) for each in full] or found[place : place + 1]
        place += length
    return words


def _token(word: str) -> Token:
    return Token(word, number=float(word) if word.isdecimal() else None)


def each_apart(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with *sector by sector* as *per sector*."""
    links = vocabulary(lexicon.language)["repeated"]["links"]
    words = list(found)
    for place in range(len(words) - 2, 0, -1):
        before, link, behind = (token.word for token in words[place - 1 : place + 2])
        if before == behind and link in links and before.isalpha():
            words[place - 1 : place + 2] = [Token("per"), words[place + 1]]
    return words


def means_something(words: Phrase, lexicon: Lexicon) -> bool:
    """Whether the list itself has a value or heading that is written so."""
    entry = lexicon.entries.get(words)
    return entry is not None and any(not each.lacking for each in entry.concepts)


def rejoined(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """A verb with the particle that stands far behind it: *houd ik aan ondernemers over*."""
    words = compared_at_once(found, lexicon)
    for place, token in enumerate(words):
        for end in range(place + 2, len(words)):
            joined = (token.word, words[end].word)
            if (
                words[end].word in PARTICLES
                and joined in lexicon.entries
                and _ends_clause(words, end, lexicon)
                and not _ends_phrase(words, end, lexicon)
            ):
                words.insert(place + 1, words.pop(end))
                break
    return words


def compared_at_once(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with a verb inside a comparison before it: *ouder zijn dan 65*."""
    words = list(found)
    for place in range(len(words) - 2):
        sign, verb, than = (token.word for token in words[place : place + 3])
        known = lexicon.entries.get((sign, than), Entry())
        as_one = (sign, verb, than) in lexicon.entries
        if verb in verbs() and not as_one and not known.kinds.isdisjoint(SIGNS):
            words[place], words[place + 1] = words[place + 1], words[place]
    return words


def _ends_phrase(words: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether the words up to here are known together already: *verlies op*."""
    said = tuple(token.word for token in words[max(0, place - lexicon.longest) : place + 1])
    return any(said[start:] in lexicon.entries for start in range(len(said) - 1))


def _ends_clause(words: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether nothing follows that a preposition would belong to."""
    if place + 1 == len(words):
        return True
    behind, last = (
        lexicon.entries.get((token.word,), Entry())
        for token in (*words[place + 1 : place + 3], words[-1])[:2]
    )
    # Of two prepositions in a row the first belongs to the verb: *hou ik over aan ondernemers*,
    # unless what follows tells of what: *hou ik over aan omzet*.
    amounts = any(each.amount for each in last.concepts)
    return not behind.kinds.isdisjoint(_BEGINNINGS) or ("of" in behind.kinds and not amounts)

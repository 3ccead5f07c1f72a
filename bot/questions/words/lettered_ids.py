"""Client numbers of letters and digits: *klant K7*, whose *k* is no *ik*."""

import re
from collections.abc import Iterable, Sequence

from bot.questions.model import Named
from bot.questions.words.item import Item
from bot.questions.words.lexicon import Concept, Entry, Lexicon
from bot.questions.words.text import Token, words_of

MOST_IDS = 20_000
_LETTERED = re.compile(r"([^\W\d_]+[-_./ ]?)\d+")


def add_ids(lexicon: Lexicon, ids: Iterable[str]) -> None:
    """Adds the numbers that hold a letter; bare ones are known by their form."""
    ids = list(ids)
    if len(ids) > MOST_IDS:
        return
    for client in ids:
        if not client.isdigit() and any(each.isdigit() for each in client):
            named = Concept(condition=Named(client=client))
            lexicon.add(words_of(client), Entry(concepts=(named,)))
        lettered = _LETTERED.fullmatch(client)
        if lettered:
            lexicon.id_beginnings.setdefault("".join(words_of(lettered[1])), lettered[1])


def begins_id(found: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether this token and the number behind it are a client's number, in the list or not."""
    pair = found[place : place + 2]
    if pair[0].word not in lexicon.id_beginnings or len(pair) < 2 or pair[1].number is None:
        return False
    before = lexicon.entries.get(tuple(each.word for each in found[max(0, place - 1) : place]))
    named = before is not None and "client" in before.kinds
    return named or tuple(each.word for each in pair) in lexicon.entries


def id_that_none_has(found: Sequence[Token], place: int, lexicon: Lexicon) -> Item:
    """The number at this place as that of a client who is not in the list."""
    letters, digits = (each.word for each in found[place : place + 2])
    named = Named(client=f"{lexicon.id_beginnings[letters]}{digits}")
    return Item(f"{letters} {digits}", concepts=(Concept(condition=named),))

"""A text cut into items: phrases of the vocabulary, numbers, and words that nobody knows."""

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from analysis.columns.plan import Column
from bot.questions.words.item import Item
from bot.questions.words.lettered_ids import begins_id, id_that_none_has
from bot.questions.words.lexicon import Entry, Lexicon, Phrase, vocabulary
from bot.questions.words.own_headings import tells_side
from bot.questions.words.own_words import from_dictionary
from bot.questions.words.spelled import each_apart, rejoined, without_swaps, written_out
from bot.questions.words.text import Token
from bot.questions.words.together import (
    as_a_ratio,
    as_one,
    in_place,
    with_corrections,
    with_differences,
    with_shared_columns,
)
from bot.questions.words.typing_errors import (
    SHORTEST_TYPED,
    TYPING_ERROR,
    cut_short,
    typed_value,
)

NEAR, NEAR_ENOUGH_FOR_A_VALUE, SAME = 83.0, 88.0, 4.0
LONGEST_HEADING = 4


DOUBTFUL = 0.8


def items_of(found: Sequence[Token], lexicon: Lexicon, columns: Sequence[Column]) -> list[Item]:
    """The longest known phrases, from the left."""
    found = each_apart(without_swaps(found, lexicon), lexicon)
    found = rejoined(written_out(found, lexicon), lexicon)
    items: list[Item] = []
    place = 0
    longest = lexicon.longest
    while place < len(found):
        item, length = _longest(found, place, longest, lexicon, columns)
        counted = lexicon.counted.get(item.words)
        behind_number = bool(items) and (
            items[-1].number is not None or items[-1].has("only_one") or _asks_for(items[-1], item)
        )
        if counted is not None and behind_number:
            item = Item(item.words, counted.kinds, counted.concepts)
        items.append(item)
        place += length
    items = [as_one(items, at) for at in range(len(items))]
    items = with_differences(with_shared_columns(with_corrections(items)))
    return [
        as_a_ratio(in_place(items, at, columns), items[:at], items[at + 1 :], lexicon)
        for at in range(len(items))
    ]


def _asks_for(before: Item, item: Item) -> bool:
    """*How many policies*, of a list that has both a *Policy* and a *Number of Policies*."""
    plain = [each.column and not each.amount and not each.condition for each in item.concepts]
    return before.has("how_much") and bool(plain) and all(plain)


def from_other_language(item: Item, lexicon: Lexicon) -> Item:
    """A noun of the other language, as many say it of a list in that one: *how many huurders*."""
    entry = Entry() if item.known else lexicon.entries.get((item.words,), Entry())
    tells = [each.condition is not None or each.amount is not None for each in entry.concepts]
    if entry.kinds or not tells or not all(tells):
        return item
    return replace(item, concepts=entry.concepts, cost=TYPING_ERROR)


def _longest(
    found: Sequence[Token],
    place: int,
    longest: int,
    lexicon: Lexicon,
    columns: Sequence[Column],
) -> tuple[Item, int]:
    for length in range(min(longest, len(found) - place), 0, -1):
        words = tuple(token.word for token in found[place : place + length])
        entry = lexicon.entries.get(words)
        if entry is None and length <= LONGEST_HEADING and found[place].number is None:
            entry = from_dictionary(words, columns, lexicon)
        if entry is None and (meant := typed_value(words, lexicon)):
            entry = lexicon.entries[meant]
            return Item(" ".join(words), entry.kinds, entry.concepts, cost=TYPING_ERROR), length
        if (
            length > 1
            and entry is not None
            and _side_of_a_date(found, place, length, lexicon, entry)
        ):
            continue
        if length > 1 and entry is not None and _compares(found, place, length, entry):
            continue
        if length > 1 and entry is not None and _counts_nouns(words, entry, lexicon):
            continue
        if entry is not None and (length > 1 or found[place].number is None):
            return Item(" ".join(words), entry.kinds, entry.concepts), length
    if begins_id(found, place, lexicon):
        return id_that_none_has(found, place, lexicon), 2
    token = found[place]
    if token.word.isupper() and token.word.casefold() in lexicon.capitals:
        return Item(token.word, concepts=lexicon.capitals[token.word.casefold()].concepts), 1
    if token.number is not None:
        return Item(token.word, number=token.number, unit=token.unit, ordinal=token.ordinal), 1
    return _near(token.word, lexicon), 1


def _side_of_a_date(
    found: Sequence[Token], place: int, length: int, lexicon: Lexicon, entry: Entry
) -> bool:
    """Whether the end of a phrase belongs to the number behind: *rentevast | tot en met 2028*."""
    if not entry.concepts or entry.kinds:
        return False
    for start in range(place + 1, place + length):
        for end in range(place + length, min(place + length + LONGEST_HEADING, len(found))):
            words = [token.word for token in found[start:end]]
            if found[end].number is not None and tells_side(lexicon, words):
                return True
    return False


def _compares(found: Sequence[Token], place: int, length: int, entry: Entry) -> bool:
    """Whether *of ouder* is the begin of *of ouder dan 80*, and no end of *80 of ouder*."""
    if not entry.kinds & {"or_more", "or_less"}:
        return False
    end = place + length
    numbered = any(token.number is not None for token in found[:end])
    if end >= len(found) or not numbered:
        return not numbered
    behind = found[end]
    return behind.word in ("dan", "als", "than") or (
        # *5 contacts and over 2k revenue*.
        behind.number is not None and not entry.kinds & {"at_least", "at_most"}
    )


def _counts_nouns(words: Phrase, entry: Entry, lexicon: Lexicon) -> bool:
    """Whether a heading may as well ask for clients: *number of directors*."""
    for length in range(1, len(words) if entry.concepts and not entry.kinds else 0):
        counts, noun = lexicon.entries.get(words[:length]), lexicon.entries.get(words[length:])
        if counts and noun and "how_much" in counts.kinds:
            return any(each.condition is not None for each in noun.concepts)
    return False


def _before_tail(word: str, lexicon: Lexicon) -> Item | None:
    """The value before a common tail: *transportsector*, *horecaklanten*."""
    for tail in vocabulary(lexicon.language)["compounds"]["tails"]:
        entry = lexicon.entries.get((word.removesuffix(tail),)) if word.endswith(tail) else None
        told = tuple(each for each in entry.concepts if each.condition) if entry else ()
        if told:
            # *Zorgsector* is the whole value, and no part of *Teamleider zorg*.
            return Item(word, concepts=tuple(each for each in told if not each.cost) or told)
    return None


def _named_by_its_date(word: str, lexicon: Lexicon) -> Item | None:
    """The heading that a word for a date goes with: *rentevastdatum*, *contactdatum*."""
    for ending in vocabulary(lexicon.language)["compounds"]["dates"]:
        stem = word.removesuffix(ending)
        for each in (stem, stem.removesuffix("s")) if stem not in (word, "") else ():
            entry = lexicon.entries.get((each,))
            named = tuple(one for one in entry.concepts if one.column) if entry else ()
            if entry is not None and (named or "spoken" in entry.kinds):
                return Item(word, entry.kinds, named)
    return None


def _made_small(word: str, lexicon: Lexicon) -> Item | None:
    """The word without an ending that makes it small: *excelletje*, *bakkerke*."""
    for ending in vocabulary(lexicon.language)["compounds"]["diminutives"]:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < SHORTEST_TYPED:
            continue
        for each in (stem, stem[:-1] if stem[-1] == stem[-2] else stem):
            entry = lexicon.entries.get((each,))
            if entry is not None:
                return Item(word, entry.kinds, entry.concepts)
    return None


def _near(word: str, lexicon: Lexicon) -> Item:
    """The word that was meant, where only one is near; short words must be right."""
    owner = lexicon.entries.get((word.removesuffix("s"),)) if word.endswith("s") else None
    if owner is not None and "clients" in owner.kinds:
        # *Is anyone's revenue negative*.
        return Item(word, owner.kinds, owner.concepts)
    compound = (
        _before_tail(word, lexicon)
        or _named_by_its_date(word, lexicon)
        or _made_small(word, lexicon)
    )
    if compound is not None:
        return compound
    if len(word) < SHORTEST_TYPED:
        return Item(word)
    near = process.extract(word, lexicon.meant, scorer=fuzz.ratio, score_cutoff=NEAR, limit=5)
    close = [meant for meant, ratio, _ in near if near[0][1] - ratio <= SAME]
    # A value that begins otherwise would make it about other clients, and a column that the list
    # lacks about nothing: *morgen* is no *zorgen*, *danken* are no *banken*.
    close = [
        each for each in close
        if each[0] == word[0] or not (_is_value(each, lexicon) or _is_lacking(each, lexicon))
    ]  # fmt: skip
    meant = [each for each in close if not _is_far(word, each, lexicon)]
    # *Slagers* are not *lager*: a word that builds the sentence is never guessed at.
    close = meant or [each for each in close if lexicon.entries[(each,)].concepts]
    if not close and (cut := cut_short(word, lexicon)):
        meant = [cut]
    entry = Entry()
    for each in meant or close:
        entry = entry.joined(lexicon.entries[(each,)])
    cost = TYPING_ERROR if meant else DOUBTFUL if close else 0.0
    return Item(word, entry.kinds, entry.concepts, cost=cost)


def _is_value(word: str, lexicon: Lexicon) -> bool:
    return (word,) in lexicon.phrases_of_file


def _is_lacking(word: str, lexicon: Lexicon) -> bool:
    concepts = lexicon.entries[(word,)].concepts
    return bool(concepts) and all(each.lacking for each in concepts)


def _is_far(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Whether the word may well be another one than that which it is near to.

    Few mistype the first letter: *duurder* is no *huurder*. A value, or a word that builds the
    sentence, asks for more than a heading: *gewone* is no *gewonnen*.
    """
    strict = _is_value(meant, lexicon) or bool(lexicon.entries[(meant,)].kinds)
    unlike = fuzz.ratio(word, meant) < NEAR_ENOUGH_FOR_A_VALUE and OSA.distance(word, meant) > 1
    return meant[0] != word[0] or (strict and unlike)

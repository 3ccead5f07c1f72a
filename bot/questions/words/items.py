"""A text cut into items: phrases of the vocabulary, numbers, and words that nobody knows."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from analysis.columns.plan import Column
from bot.questions.model import Amount, Is
from bot.questions.words.lexicon import (
    Concept,
    Entry,
    Lexicon,
    Phrase,
    shortened,
    verbs,
    vocabulary,
)
from bot.questions.words.own_words import from_dictionary, tells_side
from bot.questions.words.text import NumberUnit, Token
from bot.questions.words.typing_errors import (
    SHORTEST_TYPED,
    TYPING_ERROR,
    swapped_back,
    typed_value,
)

NEAR, NEAR_ENOUGH_FOR_A_VALUE, SAME = 83.0, 88.0, 4.0
LONGEST_HEADING = 4
DOUBTFUL = 0.8
PARTICLES = frozenset(
    {"op", "over", "af", "weg", "bij", "mee", "toe", "binnen", "out", "up", "off", "away",
     "through"}
)  # fmt: skip
_TURNING = frozenset({"non", "not", "no", "niet", "geen"})
# What a new piece of a sentence begins with.
_BEGINNINGS = frozenset(
    {"and", "or", "than", "who", "which", "how_much", "mean", "total", "per", "per_hour", "yearly"}
)

_ONE = frozenset({"single", "one"})
# What *after costs* begins with, which says of a revenue that it is the profit.
_AFTER = frozenset({"na", "after", "min", "minus", "net"})
_WRITTEN = re.compile(r"[^\W\d_]+")
_SIGNS = frozenset({"more", "less", "longer", "shorter"})
# What an amount is held against a number by, and what may stand beside that.
_BOUNDS = (*_SIGNS, "at_least", "at_most", "between", "present")
_BESIDE_SIGNS = (*_BOUNDS, "than", "skip", "of", "among", "verb")


@dataclass(frozen=True)
class Item:
    """One piece of the question. An unknown word has neither kinds, concepts nor a number."""

    words: str
    kinds: frozenset[str] = frozenset()
    concepts: tuple[Concept, ...] = ()
    number: float | None = None
    unit: NumberUnit = ""
    ordinal: bool = False
    cost: float = 0.0

    @property
    def known(self) -> bool:
        return bool(self.kinds or self.concepts or self.number is not None)

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


def asks_who(items: Sequence[Item]) -> bool:
    """Whether it asks who they are; *clients who live in Ede* does not.

    Nor does *how many people aged 65 or over who have a mortgage*.
    """
    return any(
        item.has("who")
        and not any(each.has("clients") for each in items[max(0, at - 2) : at])
        and not (item.words == "who" and items[0].has("how_much") and not items[at - 1].has("and"))
        for at, item in enumerate(items)
    )


def items_of(found: Sequence[Token], lexicon: Lexicon, columns: Sequence[Column]) -> list[Item]:
    """The longest known phrases, from the left."""
    found = _rejoined(_written_out(_without_swaps(found, lexicon), lexicon), lexicon)
    items: list[Item] = []
    place = 0
    longest = lexicon.longest
    while place < len(found):
        item, length = _longest(found, place, longest, lexicon, columns)
        counted = lexicon.counted.get(item.words)
        behind_number = bool(items) and (items[-1].number is not None or items[-1].has("only_one"))
        if counted is not None and behind_number:
            item = Item(item.words, counted.kinds, counted.concepts)
        items.append(item)
        place += length
    items = [_as_one(items, at) for at in range(len(items))]
    items = _with_differences(items)
    return [
        _as_a_ratio(_in_place(items, at), items[:at], items[at + 1 :], lexicon)
        for at in range(len(items))
    ]


def _as_a_ratio(
    item: Item, before: Sequence[Item], behind: Sequence[Item], lexicon: Lexicon
) -> Item:
    """*Marge onder de 20 procent* is a part of the revenue, and no amount in euros."""
    amounts = {each.amount.kind for each in item.concepts if each.amount}
    named = item.words in vocabulary(lexicon.language)["in_percent"]["margin"]
    if not named or amounts != {"profit"} or not (_is_bounded(behind) or _has_bound(before)):
        return item
    return replace(item, concepts=(Concept(amount=Amount(kind="margin")),))


def _is_bounded(behind: Sequence[Item]) -> bool:
    """Whether a percentage follows, and that it is more or less than that."""
    between = list(itertools.takewhile(lambda each: each.has(*_BESIDE_SIGNS), behind))
    numbers = [each for each in behind[len(between) :][:3] if not each.has("and")]
    if not numbers or numbers[0].number is None:
        return False
    after = behind[len(between) + 1 :][:1]
    told = any(each.has(*_BOUNDS) for each in between)
    told = told or any(each.has("or_more", "or_less") for each in after)
    # *Tussen 10 en 20%* says it of the second alone.
    return told and any(each.unit == "percent" for each in numbers[:2])


def _has_bound(before: Sequence[Item]) -> bool:
    """*Meer dan 20 procent marge*."""
    signed = len(before) > 1 and before[-2].has(*_BOUNDS)
    return signed and before[-1].unit == "percent"


def _as_one(items: Sequence[Item], place: int) -> Item:
    """The number of *single-policy clients*, where a list has no value that is called so."""
    item, behind = items[place], items[place + 1 : place + 2]
    if item.words == "one" and not any(each.has("clients") for each in items[place + 2 :][:1]):
        return item
    counted = any(each.amount and each.amount.column for next_ in behind for each in next_.concepts)
    known = bool(item.concepts) or any(each.kinds for each in behind)
    is_one = item.words in _ONE and counted and not known
    return Item(item.words, number=1.0) if is_one else item


def _with_differences(items: Sequence[Item]) -> list[Item]:
    """The items, with *revenue minus costs* as one: the profit."""
    told: list[Item] = []
    for item in items:
        behind = [each for each in told if not _is_plain(each)][-2:]
        if told and _measures(told[-1], "revenue") and _is_after_costs(item):
            told[-1] = replace(item, words=f"{told[-1].words} {item.words}")
            continue
        if _measures(item, "cost") and len(behind) == 2 and behind[1].has("minus"):
            start = max(at for at, each in enumerate(told) if each is behind[0])
            if _measures(behind[0], "revenue"):
                words = " ".join(each.words for each in (*told[start:], item))
                told[start:] = [Item(words, concepts=(Concept(amount=Amount(kind="profit")),))]
                continue
        told.append(item)
    return told


def _is_after_costs(item: Item) -> bool:
    return item.words.split()[0] in _AFTER and _measures(item, "profit")


def _is_plain(item: Item) -> bool:
    return item.kinds <= {"skip", "total"} and not item.concepts and item.number is None


def _measures(item: Item, kind: str) -> bool:
    return not item.kinds & {"most", "least"} and any(
        each.amount is not None and each.amount.kind == kind for each in item.concepts
    )


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


def _in_place(items: Sequence[Item], place: int) -> Item:
    """The item as the others make it: *zitten er lui tussen die …*, where that goes with no
    number."""
    item = items[place]
    if item.has("withdrawn") and any(each.has("know") for each in items[:place]):
        # *Van wie weten we dat eigenlijk niet*.
        return Item(item.words, frozenset({"neg"}))
    if place and items[place - 1].words in _TURNING and (said := _said_before(items, place)):
        return Item(item.words, concepts=said.concepts)
    if item.words == "first" and _is_sorted(items[max(0, place - 3) : place]):
        # *Most employees first*, which says no more than *most employees*.
        return Item(item.words, frozenset({"skip"}))
    if item.has("skip") and _is_profit(item) and any(
        each.amount for other in items if other is not item and not other.has("yields", "skip")
        for each in other.concepts
    ):  # fmt: skip
        # *Omzet zonder de top 50, wat blijft er over*.
        return replace(item, concepts=())
    if item.has("folk"):
        behind = [each for each in items[place + 1 :] if not each.has("skip", "of")][:1]
        trade = any(_is_of_a_trade(each) for each in behind)
        # *De mannen van de bouw*, who need not be men.
        return (
            Item(item.words, frozenset({"clients"}))
            if trade
            else replace(item, kinds=item.kinds - {"folk"})
        )
    if not item.has("between") or item.concepts:
        return item
    told = next((each for each in items[place + 1 :] if not each.has("skip", "clients")), None)
    aside = told is None or told.has("more", "less", "at_least", "at_most", "present", "neg", "and")
    return Item(item.words, frozenset({"skip"})) if aside else item


def _is_sorted(before: Sequence[Item]) -> bool:
    """Whether an order of an amount stands here: *most employees*, *lowest gross income*."""
    orders = [at for at, item in enumerate(before) if item.has("most", "least")]
    return (
        bool(orders)
        and all(
            item.has("skip") or any(each.amount for each in item.concepts)
            for item in before[orders[-1] + 1 :]
        )
        and before[-1].number is None
    )


def _is_profit(item: Item) -> bool:
    return any(each.amount and each.amount.kind == "profit" for each in item.concepts)


def _said_before(items: Sequence[Item], place: int) -> Item | None:
    """*Home owners versus non owners*: the end of what was said in full before."""
    words = f" {items[place].words}"
    return next(
        (each for each in items[: place - 1]
         if each.words.endswith(words) and any(concept.condition for concept in each.concepts)),
        None,
    )  # fmt: skip


def _is_of_a_trade(item: Item) -> bool:
    """Whether it is a value of the list, such as a trade."""
    return any(isinstance(each.condition, Is) for each in item.concepts)


def _without_swaps(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with letters that changed places where they belong: *langst niet gesporken*."""
    return [
        replace(token, word=swapped_back(token.word, lexicon)) if token.number is None else token
        for token in found
    ]


def _written_out(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with what is shortened in chat and in speech in full: *w/o*, *tem*, *'t*."""
    short = shortened(lexicon.language)
    words: list[Token] = []
    place = 0
    while place < len(found):
        length, full = next(
            ((length, short[said]) for length in (3, 2, 1)
             if (said := tuple(each.word for each in found[place : place + length])) in short
             and not _means_something(said, lexicon)),
            (1, ()),
        )  # fmt: skip
        words += [_token(each) for each in full] or found[place : place + 1]
        place += length
    return words


def _token(word: str) -> Token:
    return Token(word, number=float(word) if word.isdecimal() else None)


def _means_something(words: Phrase, lexicon: Lexicon) -> bool:
    """Whether the list itself has a value or heading that is written so."""
    entry = lexicon.entries.get(words)
    return entry is not None and any(not each.lacking for each in entry.concepts)


def _rejoined(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """A verb with the particle that stands far behind it: *houd ik aan ondernemers over*."""
    words = _compared_at_once(found, lexicon)
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


def _compared_at_once(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with a verb inside a comparison before it: *ouder zijn dan 65*."""
    words = list(found)
    for place in range(len(words) - 2):
        sign, verb, than = (token.word for token in words[place : place + 3])
        known = lexicon.entries.get((sign, than), Entry())
        if verb in verbs() and not known.kinds.isdisjoint(_SIGNS):
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
            return Item(word, concepts=told)
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
    compound = _before_tail(word, lexicon) or _made_small(word, lexicon)
    if compound is not None:
        return compound
    if len(word) < SHORTEST_TYPED:
        return Item(word)
    near = process.extract(word, lexicon.meant, scorer=fuzz.ratio, score_cutoff=NEAR, limit=5)
    close = [meant for meant, ratio, _ in near if near[0][1] - ratio <= SAME]
    # A value that begins otherwise would make it about other clients: *morgen* is no *zorgen*.
    close = [each for each in close if each[0] == word[0] or not _is_value(each, lexicon)]
    meant = [each for each in close if not _is_far(word, each, lexicon)]
    # *Slagers* are not *lager*: a word that builds the sentence is never guessed at.
    close = meant or [each for each in close if lexicon.entries[(each,)].concepts]
    entry = Entry()
    for each in meant or close:
        entry = entry.joined(lexicon.entries[(each,)])
    cost = 0.0 if not close else TYPING_ERROR if meant else DOUBTFUL
    return Item(word, entry.kinds, entry.concepts, cost=cost)


def _is_value(word: str, lexicon: Lexicon) -> bool:
    return (word,) in lexicon.phrases_of_file


def _is_far(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Whether the word may well be another one than that which it is near to.

    Few mistype the first letter: *duurder* is no *huurder*. A value, or a word that builds the
    sentence, asks for more than a heading: *gewone* is no *gewonnen*.
    """
    strict = _is_value(meant, lexicon) or bool(lexicon.entries[(meant,)].kinds)
    unlike = fuzz.ratio(word, meant) < NEAR_ENOUGH_FOR_A_VALUE and OSA.distance(word, meant) > 1
    return meant[0] != word[0] or (strict and unlike)

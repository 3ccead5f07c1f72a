"""The vocabulary of a question: of the domain, and of this list with its headings and values."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from analysis.clients import Clients
from analysis.columns.dictionary import spellings
from analysis.columns.plan import Column
from bot.questions.model import Amount, Compare, Filled, Is
from bot.questions.words.columns import (
    NEVER_KEPT,
    UNASKED_ROLES,
    askable,
    left_out,
    meant,
    with_meaning,
)
from bot.questions.words.lettered_ids import add_ids
from bot.questions.words.lexicon import (
    ERA,
    MONTH,
    Concept,
    Entry,
    Lexicon,
    Phrase,
    amount_kinds,
    vocabulary,
)
from bot.questions.words.other_headings import add_left_out, add_other_headings
from bot.questions.words.other_names import add_other_names, add_twins_once
from bot.questions.words.own_flags import add_flags, with_flags
from bot.questions.words.own_headings import add_headings
from bot.questions.words.own_values import add_values
from bot.questions.words.text import words_of

HOLDS_A_NUMBER = 0.75
_STATISTICS = frozenset({"total", "mean", "median", "share"})
_FALLBACKS = {"is_business": ("is_entrepreneur", 0.1), "is_dga": ("is_dga", 0.0)}


def lexicon_of(clients: Clients, language: str) -> Lexicon:
    """All that a question about these clients may say, in this language."""
    columns = askable(clients)
    structure = _structure(language)
    lexicon = Lexicon(language, dict(structure))
    data = vocabulary(language)
    if any(column.meaning == "gender" for column in clients.columns):
        _let_men_be_men(lexicon)
    if clients.hours is None:
        _take_away_rates(lexicon)
    for kind in ("commonest", "rarest"):
        _add(lexicon, _with_articles(data["structure"][kind]), Entry(kinds=frozenset({kind})))
    for name, phrases in data["superlatives"].items():
        amount, _, order = name.partition(" ")
        entry = Entry(frozenset({order}), _measured(amount, columns))
        _add(lexicon, [*phrases, *_with_articles(phrases)], entry)
    for name, phrases in data["comparatives"].items():
        amount, _, side = name.partition(" ")
        _add(lexicon, phrases, Entry(frozenset({side}), _measured(amount, columns)))
    for name, phrases in data["nouns"].items():
        meaning, _, value = name.partition(" ")
        _add(lexicon, phrases, Entry(concepts=_nouns(meaning, value, columns)))
    _add_absent_and_divisors(lexicon, columns)
    for meaning, phrases in data["holders"].items():
        _add_holders(lexicon, phrases, meant(meaning, columns))
    for meaning, phrases in data["counted"].items():
        counted = with_meaning(meaning, columns)
        lexicon.counted |= {
            each: Entry(concepts=meant(meaning, columns)) for each in phrases if counted
        }
    owned = [each for each in data["possessions"]["wealth"] if " " in each]
    _add(lexicon, owned, Entry(kinds=frozenset({"own"})))
    for meaning, phrases in data["asks"].items():
        _add(lexicon, phrases, Entry(frozenset({"asks"}), meant(meaning, columns)))
    for meaning, phrases in data["columns"].items():
        _add(lexicon, phrases, Entry(concepts=meant(meaning, columns)))
    add_headings(lexicon, columns)
    add_values(lexicon, columns, clients, structure)
    add_other_names(lexicon, columns, clients)
    add_other_headings(lexicon, columns)
    add_left_out(lexicon, left_out(clients))
    _let_list_tell(lexicon, columns)
    add_flags(lexicon, columns, clients)
    add_twins_once(lexicon, clients)
    add_ids(lexicon, clients.ids.astype(str))
    _add_capitals(lexicon)
    return lexicon


def _let_list_tell(lexicon: Lexicon, columns: list[Column]) -> None:
    """What most lists do not tell, where this one has a column for it: *btw*."""
    for phrase, entry in lexicon.entries.items():
        meaning = spellings().get("".join(phrase)) if entry.kinds == {"beyond"} else None
        if meaning is not None and with_meaning(meaning.meaning, columns):
            lexicon.entries[phrase] = Entry(concepts=meant(meaning.meaning, columns))


def _let_men_be_men(lexicon: Lexicon) -> None:
    """Of a list that tells the sex, *men* are never mere people."""
    for each in chain.from_iterable(vocabulary(lexicon.language)["sexes"].values()):
        lexicon.entries.pop((each,), None)


def _add_capitals(lexicon: Lexicon) -> None:
    """Other names of values that are common words: *in IT*, of a list that writes *ICT*."""
    for word in vocabulary(lexicon.language)["capitals"]["words"]:
        entry = lexicon.entries.get(("in", word))
        if entry is not None and any(each.condition for each in entry.concepts):
            lexicon.capitals.setdefault(word, entry)


@cache
def _structure(language: str) -> Mapping[Phrase, Entry]:
    """What phrases of this language are, whatever the list holds."""
    lexicon, data = Lexicon(language), vocabulary(language)
    for kind, phrases in _kinds_of(data):
        _add(lexicon, phrases, Entry(kinds=frozenset({kind})))
    for kind in amount_kinds():
        _add(lexicon, data["amounts"][kind], Entry(concepts=(Concept(amount=Amount(kind=kind)),)))
    for begin, phrases in data["decades"].items():
        _add(lexicon, phrases, Entry(concepts=(_decade(int(begin)),)))
    revenue = Concept(amount=Amount(kind="revenue"))
    _add(lexicon, data["yields"]["phrases"], Entry(frozenset({"yields"}), (revenue,)))
    return MappingProxyType(lexicon.entries)


def _take_away_rates(lexicon: Lexicon) -> None:
    """*Omzet per uur* of a list that knows no hours."""
    lacking = Concept(lacking="hours", cost=2.0)
    for phrase, entry in lexicon.entries.items():
        kinds = {each.amount.kind for each in entry.concepts if each.amount}
        if kinds & {"revenue_per_hour", "profit_per_hour"}:
            lexicon.entries[phrase] = Entry(concepts=(lacking,))


def _with_articles(phrases: Iterable[str]) -> list[str]:
    """With the article too, or *the most* would be taken from *the most expensive*."""
    articles = ("the", "het", "de")
    return [f"{article} {each}" for each in phrases if " " in each for article in articles]


def _add_absent_and_divisors(lexicon: Lexicon, columns: list[Column]) -> None:
    data = vocabulary(lexicon.language)
    absent = {"gender": [*chain.from_iterable(data["sexes"].values())], **data["absent"]}
    for meaning, phrases in absent.items():
        if not with_meaning(meaning, columns):
            _add(lexicon, phrases, Entry(concepts=(Concept(lacking=meaning, cost=2.0),)))
    for meaning, phrases in data["divisors"].items():
        divisors = tuple(each for each in _measured(meaning, columns) if each.amount)
        if divisors:
            _add(lexicon, phrases, Entry(frozenset({"divides"}), divisors))


def _kinds_of(data: dict[str, dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """The classes of words, with their phrases."""
    yield from data["structure"].items()
    for phrases in data["fillers"].values():
        yield "skip", phrases
    told = data["hearsay"]
    yield "skip", [f"{who} {says}" for who in told["who"] for says in told["says"]]
    for show, phrases in data["show"].items():
        yield f"show:{show}", phrases
    for month, phrases in enumerate(data["months"]["names"], start=1):
        yield f"{MONTH}{month}", phrases
    for begin, phrases in data["eras"].items():
        yield f"{ERA}{begin}", phrases
    for span, phrases in data["seasons"].items():
        yield f"{MONTH}{span}", phrases


def from_dictionary(words: Phrase, columns: Iterable[Column], lexicon: Lexicon) -> Entry | None:
    """What the dictionary of headings says of these words; None where it does not know them.

    Several words of which one is known by itself are no lacking column.
    """
    first = lexicon.entries.get(words[:1])
    if len(words) > 1 and first is not None and first.kinds & _STATISTICS:
        # *Totale vermogen* is the total of the wealth.
        return None
    for start in range(1, len(words)):
        behind = lexicon.entries.get(words[start:])
        if behind is not None and behind.kinds & (_STATISTICS | {"per"}):
            # *Uren per klant* is their mean, and *klant per woonplaats* no heading.
            return None
    meaning = spellings().get("".join(words))
    if meaning is None or meaning.role in UNASKED_ROLES | NEVER_KEPT:
        return None
    concepts = with_flags(meant(meaning.meaning, columns), lexicon)
    alone = any((word,) in lexicon.entries for word in words)
    return None if concepts[0].lacking and alone else Entry(concepts=concepts)


def _add(lexicon: Lexicon, phrases: Iterable[str], entry: Entry) -> None:
    for phrase in phrases:
        lexicon.add(_words_of_phrase(phrase), entry)


@cache
def _words_of_phrase(phrase: str) -> Phrase:
    """The words of a phrase of the vocabulary. A sign, such as `>` or `80/20`, is one by itself."""
    if not any(each.isalpha() for each in phrase):
        return (phrase,)
    return tuple(phrase.split() if "%" in phrase else words_of(phrase))


def _decade(begin: int) -> Concept:
    """*Zestigers*, from 60 up to and with 69."""
    age = Amount(kind="age")
    condition = Compare(amount=age, operator="between", value=begin, upper=begin + 9)
    return Concept(condition=condition)


def _measured(amount: str, columns: list[Column]) -> tuple[Concept, ...]:
    if not amount:
        return ()
    if amount in amount_kinds():
        return (Concept(amount=Amount(kind=amount)),)
    return meant(amount, columns)


def _add_holders(lexicon: Lexicon, phrases: list[str], concepts: tuple[Concept, ...]) -> None:
    """*Werkgevers*, who have at least one employee; the largest have most of them."""
    held = [each for each in concepts if each.amount]
    some = (Compare(amount=each.amount, operator="at_least", value=1) for each in held)
    lacking = (Concept(lacking=each.lacking, cost=2.0) for each in concepts if each.lacking)
    conditions = (Concept(condition=each) for each in some)
    _add(lexicon, phrases, Entry(concepts=(*conditions, *lacking)))
    for order in ("most", "least") if held else ():
        ordered = [
            f"{each} {noun}"
            for each in vocabulary(lexicon.language)["superlatives"][f" {order}"]
            for noun in phrases
        ]
        _add(lexicon, ordered, Entry(frozenset({order}), tuple(held)))


def _nouns(meaning: str, value: str, columns: list[Column]) -> tuple[Concept, ...]:
    """The condition of a noun: *ondernemers* are those with a yes in the column that says so."""
    cost, found = 0.0, with_meaning(meaning, columns)
    if not found and meaning in _FALLBACKS:
        # Of a private client it is safe to say that he is no entrepreneur; the reverse is not.
        other, cost = _FALLBACKS[meaning]
        found = with_meaning(other, columns)
        cost = cost if value == "yes" else cost / 5
    concepts = []
    for column in found:
        if column.kind == "number" and value == "yes":
            # *Werkgevers*, who have employees; the largest may be so by either.
            held = Filled(column=column.name)
            concepts.append(Concept(column=column.name, condition=held, cost=HOLDS_A_NUMBER))
        if column.kind == "number" and value == "no":
            # *Kinderloze huiseigenaren*.
            none = Filled(column=column.name, negated=True)
            concepts.append(Concept(column=column.name, condition=none))
        if column.kind != "yes_no":
            continue
        turned = column.reversed != (meaning == "marketing_consent")
        said = {"yes": "no", "no": "yes"}[value] if turned else value
        condition = Is(column=column.name, values=(said,))
        concepts.append(Concept(column=column.name, condition=condition, cost=cost))
    return tuple(concepts) or (Concept(lacking=meaning, cost=2.0),)

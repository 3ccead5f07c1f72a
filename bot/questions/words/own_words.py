"""The vocabulary of a question: of the domain, and of this list with its headings and values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from analysis.clients import Clients
from analysis.columns.dictionary import spellings
from analysis.columns.plan import Column
from bot.questions.model import Amount, Compare, Filled, Is, Named
from bot.questions.words.bending import with_plural
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
from bot.questions.words.other_headings import add_left_out, add_other_headings, parted
from bot.questions.words.other_names import add_other_names, add_twins_once
from bot.questions.words.own_columns import (
    NEVER_KEPT,
    NUMERIC,
    UNASKED_ROLES,
    askable,
    concept_of,
    left_out,
)
from bot.questions.words.own_flags import add_flags, with_flags
from bot.questions.words.own_values import SHORTEST_PART, add_values
from bot.questions.words.text import words_of

MOST_IDS = 20_000
PART_OF_A_HEADING = 0.2
HOLDS_A_NUMBER = 0.75
# A word that more headings share tells none of them.
MOST_HEADINGS = 2
_COUNTS = frozenset({("number", "of"), ("no", "of"), ("total",), ("aantal",), ("totaal",)})
_SIDES = frozenset({"before", "since", "after", "during", "at_most"})
_STATISTICS = frozenset({"total", "mean", "median", "share"})
# In a heading these say how a value is written, not what it is.
_MARKS = frozenset({"j", "n", "y", "ja", "nee", "yes", "no"})
_MEASURED = frozenset({*NUMERIC, "date"})
# What a heading of such a column is about, whatever else it says.
_TIMES = frozenset(
    {"months", "years", "days", "duration", "length", "date", "maanden", "jaren", "dagen", "duur",
     "looptijd", "datum"}
)  # fmt: skip
# An insurer's list tells what the claims of a client came to, no number of them.
_ALSO = {"claims": "customer_claims"}
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
        _add_holders(lexicon, phrases, _meant(meaning, columns))
    for meaning, phrases in data["counted"].items():
        counted = _with_meaning(meaning, columns)
        lexicon.counted |= {
            each: Entry(concepts=_meant(meaning, columns)) for each in phrases if counted
        }
    owned = [each for each in data["possessions"]["wealth"] if " " in each]
    _add(lexicon, owned, Entry(kinds=frozenset({"own"})))
    for meaning, phrases in data["asks"].items():
        _add(lexicon, phrases, Entry(frozenset({"asks"}), _meant(meaning, columns)))
    for meaning, phrases in data["columns"].items():
        _add(lexicon, phrases, Entry(concepts=_meant(meaning, columns)))
    _add_headings(lexicon, columns)
    _add_counted(lexicon, columns)
    _add_parts_of_headings(lexicon, columns)
    add_values(lexicon, columns, clients, structure)
    add_other_names(lexicon, columns, clients)
    add_other_headings(lexicon, columns, lambda column: concept_of(column, columns))
    add_left_out(lexicon, left_out(clients))
    add_flags(lexicon, columns, clients)
    add_twins_once(lexicon, clients)
    _add_ids(lexicon, clients)
    _add_capitals(lexicon)
    return lexicon


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
        if not _with_meaning(meaning, columns):
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
    concepts = with_flags(_meant(meaning.meaning, columns), lexicon)
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


def _with_meaning(meaning: str, columns: Iterable[Column]) -> list[Column]:
    meanings = {meaning, _ALSO.get(meaning, meaning)}
    return [column for column in columns if not meanings.isdisjoint((column.meaning, column.role))]


def _meant(meaning: str, columns: Iterable[Column]) -> tuple[Concept, ...]:
    columns = list(columns)
    found = tuple(concept_of(column, columns) for column in _with_meaning(meaning, columns))
    return found or (Concept(lacking=meaning, cost=2.0),)


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
    return _meant(amount, columns)


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
    cost, found = 0.0, _with_meaning(meaning, columns)
    if not found and meaning in _FALLBACKS:
        # Of a private client it is safe to say that he is no entrepreneur; the reverse is not.
        other, cost = _FALLBACKS[meaning]
        found = _with_meaning(other, columns)
        cost = cost if value == "yes" else cost / 5
    concepts = []
    for column in found:
        if column.kind == "number" and value == "yes":
            # *Werkgevers*, who have employees; the largest may be so by either.
            held = Filled(column=column.name)
            concepts.append(Concept(column=column.name, condition=held, cost=HOLDS_A_NUMBER))
        if column.kind != "yes_no":
            continue
        turned = column.reversed != (meaning == "marketing_consent")
        said = {"yes": "no", "no": "yes"}[value] if turned else value
        condition = Is(column=column.name, values=(said,))
        concepts.append(Concept(column=column.name, condition=condition, cost=cost))
    return tuple(concepts) or (Concept(lacking=meaning, cost=2.0),)


def _add_headings(lexicon: Lexicon, columns: list[Column]) -> None:
    for column in columns:
        words = words_of(column.header)
        bare = [word for word in words if word not in _MARKS and not _is_year(word)]
        # *Rentevast tot* is asked for as *rentevast tot 2028*, of which *tot* tells the side.
        timeless = bare[:-1] if len(bare) > 1 and ends_in_time(lexicon, bare) else bare
        entry = Entry(concepts=(concept_of(column, columns),))
        dated = [(*bare, each) for each in ("date", "datum") if column.kind == "date"]
        if column.kind == "date" and len(bare) == 2 and bare[-1] == "date":
            # *Ship date* is asked for as *shipped in 2022*.
            dated += [(f"{bare[0]}ed",), (f"{bare[0]}{bare[0][-1]}ed",)]
        for phrase in {tuple(words), tuple(bare), tuple(timeless), *dated}:
            if _is_common(lexicon, phrase):
                continue
            for variant in with_plural(phrase):
                known = lexicon.entries.get(variant)
                if _is_common(lexicon, variant):
                    continue
                lexicon.entries[variant] = (
                    entry if known is None else Entry(known.kinds, _own_first(entry, known))
                )


def _add_counted(lexicon: Lexicon, columns: list[Column]) -> None:
    """*One policy*, in a list that has a *Policy* and a *Number of Policies*."""
    for column in columns:
        words = tuple(words_of(column.header))
        if column.kind != "number" or words[:-1] not in _COUNTS or len(words) < 2:
            continue
        entry = Entry(concepts=(concept_of(column, columns),))
        last = words[-1]
        singular = f"{last[:-3]}y" if last.endswith("ies") else last
        for (form,) in (*with_plural((last,)), (singular,)):
            lexicon.counted.setdefault(form, entry)


def _is_common(lexicon: Lexicon, phrase: Phrase) -> bool:
    """Whether the words are too common to stand for a column: *klant* of *Klant sinds*."""
    known = lexicon.entries.get(phrase)
    return known is not None and bool(known.kinds & {"skip", "of", "clients"})


def _add_parts_of_headings(lexicon: Lexicon, columns: list[Column]) -> None:
    """*Claims* is said of *Total Claim Amount*; two headings with that word are both offered."""
    holders: defaultdict[Phrase, list[Column]] = defaultdict(list)
    for column in columns:
        words = parted(column.header)
        if words[1:2] in (["since"], ["sinds"]):
            # *Claims* are no *Months Since Last Claim*.
            continue
        times = _TIMES.intersection(words) if column.kind in _MEASURED else frozenset()
        for start in range(len(words) if len(words) > 1 else 0):
            for end in range(start + 1, len(words) + 1):
                part = tuple(words[start:end])
                # *Loans* are no *months_loan_duration*.
                told = not times or not times.isdisjoint(part)
                told = told and not (len(part) > 1 and _measures_all(part[0], lexicon))
                if told and (end - start > 1 or len(words[start]) >= SHORTEST_PART):
                    holders[part].append(column)
    for part, having in holders.items():
        if _is_common(lexicon, part):
            continue
        for variant in with_plural(part):
            known = lexicon.entries.get(variant)
            lacking = known is not None and not known.kinds and _all_lacking(known)
            if (len(having) == 1 and known is None) or (lacking and len(having) <= MOST_HEADINGS):
                concepts = (concept_of(each, columns, cost=PART_OF_A_HEADING) for each in having)
                lexicon.entries[variant] = Entry(concepts=tuple(concepts))


def _measures_all(word: str, lexicon: Lexicon) -> bool:
    """*Total revenue* is the total of *TotalRevenue*."""
    return bool(lexicon.entries.get((word,), Entry()).kinds & _STATISTICS)


def _all_lacking(entry: Entry) -> bool:
    return bool(entry.concepts) and all(each.lacking for each in entry.concepts)


def ends_in_time(lexicon: Lexicon, words: Sequence[str]) -> bool:
    """Whether the last word tells on which side of a date something lies."""
    return tells_side(lexicon, words[-1:])


def tells_side(lexicon: Lexicon, words: Sequence[str]) -> bool:
    """Whether these words together tell on which side of a date something lies."""
    entry = lexicon.entries.get(tuple(words))
    return entry is not None and bool(entry.kinds & _SIDES)


def _own_first(own: Entry, known: Entry) -> tuple[Concept, ...]:
    """The office's own heading wins, unless the domain's word means the same column."""
    if set(known.concepts) & set(own.concepts):
        return own.concepts
    same = [
        each for each in known.concepts if each.column and each.column == own.concepts[0].column
    ]
    return tuple(same[:1]) or own.concepts


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


def _add_ids(lexicon: Lexicon, clients: Clients) -> None:
    """Client numbers with letters in them; bare numbers are known by their form."""
    if len(clients) > MOST_IDS:
        return
    for client in clients.ids.astype(str).tolist():
        if not client.isdigit() and any(each.isdigit() for each in client):
            named = Concept(condition=Named(client=client))
            lexicon.add(words_of(client), Entry(concepts=(named,)))

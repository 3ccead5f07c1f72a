"""The headings of a list as words of a question: whole, without marks, counted, in parts."""

from collections import defaultdict
from collections.abc import Sequence

from analysis.columns.plan import Column
from bot.questions.words.bending import with_plural
from bot.questions.words.columns import NUMERIC, concept_of
from bot.questions.words.lexicon import Concept, Entry, Lexicon, Phrase
from bot.questions.words.other_headings import parted
from bot.questions.words.own_values import SHORTEST_PART
from bot.questions.words.text import words_of

PART_OF_A_HEADING = 0.2
# A word that more headings share tells none of them.
MOST_HEADINGS = 2
_COUNTS = frozenset({("number", "of"), ("no", "of"), ("total",), ("aantal",), ("totaal",)})
_SIDES = frozenset({"before", "since", "after", "during", "at_most"})
_STATISTICS = frozenset({"total", "mean", "median", "share"})
_MEASURED = frozenset({*NUMERIC, "date"})
# What a heading of such a column is about, whatever else it says.
_TIMES = frozenset(
    {"months", "years", "days", "duration", "length", "date", "maanden", "jaren", "dagen", "duur",
     "looptijd", "datum"}
)  # fmt: skip
# In a heading these say how a value is written, not what it is.
_MARKS = frozenset({"j", "n", "y", "ja", "nee", "yes", "no"})


def add_headings(lexicon: Lexicon, columns: list[Column]) -> None:
    """Adds the headings; what the domain already says keeps its kinds."""
    _add_whole(lexicon, columns)
    _add_counted(lexicon, columns)
    _add_parts(lexicon, columns)


def _add_whole(lexicon: Lexicon, columns: list[Column]) -> None:
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


def _add_parts(lexicon: Lexicon, columns: list[Column]) -> None:
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

"""What the rules of the grammar share: the items with what was taken of them, and the context."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from analysis.clients import Clients
from analysis.columns.plan import Column
from bot.questions.model import Amount, Filter, Having, Order
from bot.questions.words.columns import askable
from bot.questions.words.item import Item
from bot.questions.words.lexicon import Concept, Lexicon, verbs
from bot.questions.words.own_values import values_of
from bot.questions.words.own_words import lexicon_of
from bot.questions.words.text import number_of

# Words that may stand between two pieces that belong together.
_LINKS = frozenset({"skip", "of", "present", "total", "yearly", "ours", "past"})


@dataclass(frozen=True)
class Context:
    """The list that the question is about, and the day."""

    clients: Clients
    as_of: date

    @cached_property
    def columns(self) -> list[Column]:
        return askable(self.clients)

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(self.clients.ids.astype(str))

    @cached_property
    def _bare_ids(self) -> tuple[str, str] | None:
        """The first and the last number, where all are digits of one length."""
        plain = (
            all(each.isdecimal() and len(each) == len(first) for each in self.ids)
            if (first := next(iter(self.ids), ""))
            else False
        )
        return (min(self.ids), max(self.ids)) if plain else None

    def could_be_id(self, digits: str) -> bool:
        """Whether the list numbers its clients like this, be it that none has this number."""
        bounds = self._bare_ids
        return (
            bounds is not None
            and len(digits) == len(bounds[0])
            and (bounds[0] <= digits <= bounds[1])
        )

    @cached_property
    def _lexicons(self) -> dict[str, Lexicon]:
        return {}

    def lexicon(self, language: str) -> Lexicon:
        """The words of a language; built once, for a text may be tried in several ways."""
        if language not in self._lexicons:
            self._lexicons[language] = lexicon_of(self.clients, language)
        return self._lexicons[language]

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        return {}

    def values(self, column: str) -> list[str]:
        """The values of a column; counted once, for a text may be tried in several ways."""
        if column not in self._values:
            self._values[column] = values_of(self.clients.cells(column))
        return self._values[column]

    @property
    def numbered(self) -> bool:
        """Whether the list gives clients a number of their own."""
        return any(column.role == "client_id" for column in self.clients.columns)

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def meant(self, meaning: str, kind: str) -> Column | None:
        """The first column of this kind that means this."""
        return next(
            (each for each in self.columns if (each.meaning, each.kind) == (meaning, kind)), None
        )

    @cached_property
    def row_date(self) -> str:
        """The name of the first date of the lines themselves, an order date say, or nothing."""
        return self.dated("event_date")

    def dated(self, *roles: str) -> str:
        """The name of the first date column with one of these roles or meanings, or nothing."""
        for column in self.columns:
            if column.kind == "date" and {column.role, column.meaning} & set(roles):
                return column.name
        return ""

    def ranked(self, place: int) -> str | None:
        """The client with the so-manieth largest revenue, from 1."""
        revenue = self.clients.revenue
        if revenue is None or not 1 <= place <= len(revenue):
            return None
        order = np.argsort(-np.nan_to_num(revenue, nan=-np.inf), kind="stable")
        return str(self.clients.ids.iloc[int(order[place - 1])])


@dataclass
class Pieces:
    """The items of one reading. A rule takes what it understands; what is left costs."""

    items: Sequence[Item]
    context: Context
    taken: set[int] = field(default_factory=set)
    filters: dict[int, Filter] = field(default_factory=dict)
    """Conditions by the place where they stand."""
    ends: dict[int, int] = field(default_factory=dict)
    """The place after a condition, by the place where it begins."""
    excepted: set[int] = field(default_factory=set)
    """Conditions that an *except* turned."""
    denied: set[int] = field(default_factory=set)
    """Conditions that any *not* turned."""
    either: list[tuple[Filter, Filter]] = field(default_factory=list)
    """Conditions that may as well be another one."""
    alternatives: Filter | None = None
    """Values of one column with an *or* between them."""
    cost: float = 0.0
    counted: bool = False
    """Whether *how many* was asked."""
    limit: int | None = None
    """How many groups of a breakdown are asked for."""
    order: Order | None = None
    """Which groups of it come first."""
    grouped_at: int | None = None
    """Where *per* stands, of what a breakdown goes by."""
    having: Having | None = None
    bands: tuple[float, ...] = ()
    """Where a breakdown is cut."""
    monthly: bool = False
    """Whether a breakdown by a date goes by months."""
    second_group: Amount | None = None
    """What else it is to go by: *per sector en woonplaats*."""
    counts_too: bool = False
    """Whether their number is asked beside an amount."""
    divisor: Amount | None = None
    """What the amount is divided by: *per polis*."""
    measured_at: int = 0
    """Where the amount that is asked for stands first."""
    also: list[tuple[int, Amount]] = field(default_factory=list)
    """Amounts that are asked for beside the first, with their places."""
    listed: int | None = None
    """How long a list is to be, where it is said apart."""
    extreme: Order | None = None
    """The order of a superlative that brought its own amount."""
    counts_groups: bool = False
    """Whether they go by how many clients they hold."""

    def take(self, *places: int) -> None:
        self.taken.update(places)

    def is_free(self, place: int) -> bool:
        return 0 <= place < len(self.items) and place not in self.taken

    def has(self, place: int, *kinds: str) -> bool:
        return self.is_free(place) and self.items[place].has(*kinds)

    def places(self, *kinds: str) -> list[int]:
        return [place for place in range(len(self.items)) if self.has(place, *kinds)]

    def concept(self, place: int) -> Concept | None:
        """The one concept that this reading chose for the item."""
        if not self.is_free(place) or not self.items[place].concepts:
            return None
        return self.items[place].concepts[0]

    def amount(self, place: int) -> Amount | None:
        concept = self.concept(place)
        return concept.amount if concept else None

    def amount_at(self, place: int) -> Amount | None:
        """The amount that stands here, taken or not."""
        concepts = self.items[place].concepts
        return concepts[0].amount if concepts else None

    def next(self, place: int, fits: Callable[[int], bool], *, step: int = 1) -> int | None:
        """The nearest free place in this direction that fits, with only links between."""
        place += step
        while 0 <= place < len(self.items):
            if self.is_free(place) and fits(place):
                return place
            if self.is_free(place) and not self.items[place].has(*_LINKS):
                return None
            if not self.is_free(place):
                return None
            place += step
        return None

    def condition(self, start: int, end: int, condition: Filter) -> None:
        """Notes a condition that stands from `start` up to `end`, and takes those items."""
        self.filters[start] = condition
        self.ends[start] = end
        self.take(*range(start, end))

    def number(self, place: int, *units: str) -> bool:
        """Whether a free number with one of these units stands here; without units, any."""
        if not self.is_free(place) or self.items[place].number is None:
            return False
        return not units or self.items[place].unit in units

    def scale(self, place: int) -> float:
        """What the words behind a number multiply it by: 100,000 for *2 ton*."""
        item = self.items[place]
        bare = number_of(item.words.split(" ")[0])
        return (item.number or 0.0) / bare if bare else 1.0

    def begins_with_verb(self, place: int) -> bool:
        """Whether the item tells what somebody is, has or does, taken or not."""
        return self.items[place].words.split(" ")[0] in verbs()

    def negation(self, place: int) -> int | None:
        """The place of a *not* that belongs to what stands here."""
        near = self.next(place, lambda at: self.items[at].has("neg", "outside"), step=-1)
        if near is not None and self.items[near].has("minus") and self.amount(place):
            # *Revenue minus hours*, which denies nothing.
            return None
        if near is not None:
            return near
        if self.has(place - 1, "by") and self.has(place - 2, "neg"):
            # *Wie niet op bel-me-niet staat*.
            return place - 2
        # *Leave out anyone with …*, *behalve wie in Ede woont*.
        place -= 1
        while self.is_free(place) and self.items[place].has(*_LINKS, "clients", "who", "verb"):
            place -= 1
        return place if self.has(place, "except") else None

    def ordered_filters(self) -> list[tuple[int, Filter]]:
        return sorted(self.filters.items())

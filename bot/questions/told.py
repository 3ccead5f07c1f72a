"""What a question says, laid out so that a word can be looked up in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.values.words import yes_or_no
from bot.questions.conditions.counted_since import counting_columns
from bot.questions.model import (
    Amount,
    AnyOf,
    AtLevel,
    Compare,
    Filled,
    Filter,
    InMonth,
    InTop,
    Is,
    Named,
    Question,
    When,
)
from bot.questions.pieces import Context
from bot.questions.words.text import words_of

_OF_TIME = frozenset({"years_as_client", "age", "months_since_contact"})


@dataclass(frozen=True)
class Told:
    """One question about one list."""

    question: Question
    context: Context

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        asked = self.question
        return tuple(_flat((*asked.filters, *asked.versus, *asked.base)))

    @cached_property
    def compared(self) -> tuple[Compare, ...]:
        return tuple(each for each in self.filters if isinstance(each, Compare))

    @cached_property
    def tops(self) -> tuple[InTop, ...]:
        return tuple(each for each in self.filters if isinstance(each, InTop))

    @cached_property
    def since(self) -> tuple[Compare, ...]:
        """Conditions on columns that count the time since something."""
        counted = {column.name for column, _ in counting_columns(self.context)}
        return tuple(each for each in self.compared if each.amount.column in counted)

    @cached_property
    def words_since(self) -> tuple[str, ...]:
        """The words of the headings of columns that count the time since something.

        *Took out their policy six months ago* is said for *Months Since Policy Inception*.
        """
        columns = (self.context.column(each.amount.column) for each in self.since)
        return tuple(word for each in columns if each for word in words_of(each.header)[2:])

    @cached_property
    def dated(self) -> bool:
        of_time = bool(self.since) or any(each.amount.kind in _OF_TIME for each in self.compared)
        return of_time or any(isinstance(each, When | InMonth) for each in self.filters)

    @cached_property
    def amounts(self) -> frozenset[Amount]:
        asked = self.question
        own = (asked.amount, asked.group_by, *(each.amount for each in self.compared))
        ranked = (each.amount for each in self.tops)
        more = (each.amount for each in asked.also)
        held = () if asked.having is None else (asked.having.amount,)
        found = [each for each in (*own, *ranked, *more, *held) if isinstance(each, Amount)]
        divided = [each.model_copy(update={"per": None}) for each in found if each.per is not None]
        return frozenset((*found, *divided, *(each.per for each in found if each.per is not None)))

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(each.kind for each in self.amounts)

    @cached_property
    def columns(self) -> frozenset[str]:
        held = {
            each.column for each in self.filters if isinstance(each, Is | When | InMonth | Filled)
        }
        asked = {self.question.column, *(each.column for each in self.amounts)}
        return frozenset(held | asked - {""})

    @cached_property
    def ends(self) -> bool:
        """Whether it is asked when something ends: a rate, a policy."""
        dated = {each.column for each in self.filters if isinstance(each, When)}
        return any(
            column.name in dated and column.meaning.endswith("_end")
            for column in self.context.columns
        )

    def changes(self, *kinds: str) -> bool:
        """Whether this is a *what if* of one of these kinds."""
        change = self.question.change
        return change is not None and change.kind in kinds

    @property
    def places(self) -> tuple[float, ...]:
        """*Plek 11 tot en met 20*; *op twee na de grootste* is the third."""
        asked = self.question
        if asked.intent != "clients" or asked.limit is None:
            return ()
        return asked.skipped, asked.skipped + 1, asked.skipped + asked.limit

    @cached_property
    def allows(self) -> bool:
        """Whether somebody may be called, or not."""
        held = [self.context.column(each) for each in self.columns]
        return any(column and column.meaning == "marketing_consent" for column in held)

    def _forbids(self, each: Filter) -> bool:
        column = self.context.column(each.column) if isinstance(each, Is) else None
        asked = column is not None and column.meaning == "marketing_consent"
        return asked and isinstance(each, Is) and each.values == ("yes",)

    def dates(self, *roles: str) -> bool:
        return any(self.context.dated(role) in self.columns - {""} for role in roles)

    def negatives(self, bounds: int) -> int:
        """How many conditions turn something round.

        `bounds`: how many times a lower or upper bound was said, which turns nothing; *niet ouder
        dan 60* is one that was not.
        """
        spoken = self.context.dated("last_contact")
        silent = [each for each in self.filters if isinstance(each, When) and each.start is None]
        bounded = [each for each in self.compared if each.operator in ("at_most", "at_least")]
        return (
            sum(is_negative(each) for each in self.filters)
            + sum(each.column == spoken for each in silent)
            # *Hasn't claimed for 30 months*.
            + sum(each.operator in ("at_least", "more") for each in self.since)
            # *Mag ik niet bellen*, of which the column says it.
            + sum(self._forbids(each) for each in self.filters)
            # *Het langst niet gesproken*.
            + (self.question.amount == Amount(kind="months_since_contact"))
            + max(0, len(bounded) - bounds)
        )

    def says(self, *, yes: bool) -> bool:
        """Whether a column of yes and no is to hold this one."""
        wanted = ("yes",) if yes else ("no",)
        return any(isinstance(each, Is) and each.values == wanted for each in self.filters)

    def besides(self, *middles: str) -> bool:
        """Whether a condition sets an amount beside the mean, or the median, of all."""
        return any(each.times in middles for each in self.compared)

    @property
    def is_profit_of_one(self) -> bool:
        """*Is 11326 winstgevend*: what he leaves tells it."""
        asked = self.question
        one = len(asked.filters) == 1 and isinstance(asked.filters[0], Named)
        return one and asked.amount is not None and asked.amount.kind == "profit"

    @property
    def counts_groups(self) -> bool:
        return self.question.intent == "breakdown" and self.question.amount is None

    @property
    def counts_units(self) -> bool:
        """Whether it adds up how many were sold."""
        columns = [self.context.column(each.column) for each in self.amounts if each.column]
        return any(each is not None and each.meaning == "quantity" for each in columns)

    @property
    def is_ratio(self) -> bool:
        return any(each.per is not None for each in self.amounts)

    @property
    def is_compare(self) -> bool:
        return self.question.intent == "compare"

    @property
    def is_card(self) -> bool:
        return self.question.intent == "card"

    @property
    def is_show(self) -> bool:
        return self.question.intent == "show"

    @property
    def ordered(self) -> bool:
        """Whether something was put in order."""
        asked = self.question
        return bool(
            self.tops or asked.intent in ("clients", "breakdown") or asked.show
            or asked.statistic in ("highest", "lowest")
        )  # fmt: skip

    @property
    def downwards(self) -> bool:
        return (
            self.question.order == "least"
            or self.question.statistic == "lowest"
            or any(each.order == "least" for each in self.tops)
        )


def _flat(filters: Sequence[Filter]) -> Iterator[Filter]:
    for each in filters:
        yield each
        if isinstance(each, AnyOf):
            yield from _flat(each.filters)
        elif isinstance(each, InTop):
            yield from _flat(each.among)


def is_negative(each: Filter) -> bool:
    match each:
        case Is():
            return each.negated or all(yes_or_no(value) is False for value in each.values)
        case Filled() | InTop() | AtLevel():
            return each.negated
        case Compare():
            return each.value == 0
    return False

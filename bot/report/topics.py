"""Which topics of conversation fit a client or a group, by their traits."""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.findings import ColumnFacts, Condition

NO_BOUND = math.inf
ANY = (-NO_BOUND, NO_BOUND)
YES, NO = (1.0, NO_BOUND), (-NO_BOUND, 1.0)

DERIVED = frozenset({"age", "years_as_client", "months_since_contact"})


@dataclass(frozen=True)
class Fact:
    """What is known of someone: `about` a meaning of the dictionary or a derived trait.

    The value lies from `low` up to, not including, `high`; yes is 1, no is 0, a word is any.
    """

    about: str
    low: float
    high: float

    @classmethod
    def exactly(cls, about: str, value: float) -> "Fact":
        return cls(about, value, math.nextafter(value, math.inf))


# The topics in the order of a conversation: first the relation, then the person, then the business.
# A topic fits where the fact lies wholly between the bounds. Amounts are euros a year, or in all.
RULES: tuple[tuple[str, str, tuple[float, float]], ...] = (
    ("complaint", "complaints", YES),
    ("quiet", "months_since_contact", (12, NO_BOUND)),
    ("new_client", "years_as_client", (-NO_BOUND, 3)),
    ("rate_end", "rate_fix_end", (0, 2)),
    ("contract_end", "policy_end", (0, 1)),
    ("claim", "claims", YES),
    ("director", "is_dga", YES),
    ("entrepreneur", "is_entrepreneur", YES),
    ("entrepreneur", "is_business", YES),
    ("entrepreneur", "business_profit", YES),
    ("retiring", "age", (55, 68)),
    ("retired", "is_retired", YES),
    ("employees", "employees", YES),
    ("employees", "payroll", YES),
    ("pension_scheme", "pension_contract_end", (0, 3)),
    ("pension_scheme", "pension_members", YES),
    ("management", "management_size", (2, NO_BOUND)),
    ("children", "children", YES),
    ("home", "owns_home", YES),
    ("home", "home_value", YES),
    ("home", "mortgage_debt", YES),
    ("tenant", "owns_home", NO),
    ("wealth", "wealth", (100_000, NO_BOUND)),
    ("wealth", "investments", (50_000, NO_BOUND)),
    ("wealth", "savings", (50_000, NO_BOUND)),
    ("young", "age", (0, 35)),
    ("income", "income", (50_000, NO_BOUND)),
    ("income", "household_income", (80_000, NO_BOUND)),
    ("partner", "partner_income", YES),
    ("referrer", "referrals", YES),
    ("loyal", "years_as_client", (10, NO_BOUND)),
    ("profession", "occupation", ANY),
    ("profession", "sector", ANY),
)

# Where the first holds, the second asks the same once more.
SAME: Mapping[str, str] = {"director": "entrepreneur", "retired": "retiring"}


@cache
def topics(language: str) -> dict[str, dict[str, Any]]:
    """`title`, `questions` and `agree` by topic."""
    path = Path(__file__).parent / language / "topics.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fitting(facts: Iterable[Fact], most: int) -> list[str]:
    """The topics that fit, the most telling first."""
    known = list(facts)
    found = dict.fromkeys(
        topic
        for topic, about, (low, high) in RULES
        if any(fact.about == about and low <= fact.low and fact.high <= high for fact in known)
    )
    double = {SAME[topic] for topic in found if topic in SAME}
    return [topic for topic in found if topic not in double][:most]


def facts_of(conditions: Iterable[Condition], columns: Iterable[ColumnFacts]) -> list[Fact]:
    """What holds for everyone in a group."""
    meanings = {column.header: column.meaning for column in columns}
    found = []
    for condition in conditions:
        bounds = _bounds(condition)
        about = (
            condition.derived if condition.derived in DERIVED else meanings.get(condition.header)
        )
        if bounds is not None and about and condition.derived != "years_since":
            found.append(Fact(about, *bounds))
    return found


def _bounds(condition: Condition) -> tuple[float, float] | None:
    value = condition.value
    if isinstance(value, bool) and condition.operator in ("is", "is_not"):
        answer = float(value is (condition.operator == "is"))
        return answer, math.nextafter(answer, math.inf)
    if isinstance(value, str):
        return ANY if condition.operator == "is" else None
    if value is None:
        return None
    if condition.operator == "at_least":
        return value, math.inf
    if condition.operator == "below":
        return -math.inf, value
    if condition.operator == "between" and condition.upper is not None:
        return value, condition.upper
    return (value, math.nextafter(value, math.inf)) if condition.operator == "is" else None

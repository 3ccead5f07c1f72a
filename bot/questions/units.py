"""In which unit an amount is told."""

from collections.abc import Mapping

from analysis.columns.plan import Column
from bot.questions.model import Amount, Unit

_UNITS: dict[str, Unit] = {
    "revenue": "money",
    "cost": "money",
    "profit": "money",
    "revenue_per_hour": "money",
    "profit_per_hour": "money",
    "margin": "percentage",
    "conversion": "percentage",
    "hours": "hours",
    "age": "years",
    "years_as_client": "years",
    "months_since_contact": "months",
}
_UNITS_OF_KINDS: dict[str, Unit] = {
    "money": "money",
    "percentage": "percentage",
    "duration": "hours",
    "date": "date",
}

RATIOS = frozenset({"revenue_per_hour", "profit_per_hour", "margin", "conversion"})


def unit_of(amount: Amount | None, columns: Mapping[str, Column]) -> Unit:
    """The unit, where these are the columns of the list by name."""
    if amount is None:
        return "number"
    if amount.per is not None:
        above = unit_of(amount.model_copy(update={"per": None}), columns)
        of_money = above == unit_of(amount.per, columns) == "money"
        return "percentage" if of_money else above
    column = columns.get(amount.column)
    if column is not None:
        return _UNITS_OF_KINDS.get(column.kind, "number")
    return _UNITS.get(amount.kind, "number")

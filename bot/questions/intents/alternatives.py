"""What the same words may ask as well."""

from bot.questions.conditions.values import OTHER_QUESTION
from bot.questions.model import Amount, AtLevel, Compare, Filter, InTop, Is, Named, Question, When
from bot.questions.pieces import Pieces
from bot.questions.shared import Scored

_EARNING, _MAKING = ("verdien", "earn"), frozenset({"make", "makes", "made"})
ASKS_WHAT = frozenset(
    {"waar", "wanneer", "hoe", "hoelang", "wat", "where", "when", "how", "what", "whats"}
)


def net_or_gross(pieces: Pieces, question: Question, cost: float) -> list[Scored]:
    """*Wat verdien ik per uur*: before the costs, or after them."""
    words = {word for item in pieces.items for word in item.words.split()}
    earns = bool(words & _MAKING) or any(word.startswith(_EARNING) for word in words)
    kinds = {"revenue_per_hour": "profit_per_hour"}
    if question.intent == "compare" and pieces.context.clients.cost is not None:
        # *Verdien ik meer aan de bouw of aan de horeca*.
        kinds["revenue"] = "profit"
    kind = kinds.get(question.amount.kind) if question.amount else None
    said = any(
        each.amount == Amount(kind="revenue")
        for item in pieces.items if not item.has("yields") for each in item.concepts
    )  # fmt: skip
    if not earns or kind is None or said:
        return []
    net = question.model_copy(update={"amount": Amount.model_validate({"kind": kind})})
    return [(cost + 0.1, net)]


def other_condition(pieces: Pieces, question: Question, cost: float) -> list[Scored]:
    """The same question with the other condition that the words may mean."""
    readings = []
    for one, other in pieces.either:
        filters = tuple(other if each == one else each for each in question.filters)
        readings.append((cost + 0.1, question.model_copy(update={"filters": filters})))
    return readings


def top_of_them(question: Question, filters: list[tuple[int, Filter]], cost: float) -> list[Scored]:
    """*De omzet van mijn top 10 in Soest*: of those who live there, or the ten largest of them."""
    if question.intent != "statistic" or question.base or len(filters) < 2:
        return []
    top, others = filters[0][1], tuple(each for _, each in filters[1:])
    if not isinstance(top, InTop) or top.negated or top.among:
        return []
    among = tuple(each for each in others if isinstance(each, Is | Compare | When | AtLevel))
    if len(among) < len(others) or top not in question.filters:
        return []
    inside = top.model_copy(update={"among": among})
    return [(cost + 0.1, question.model_copy(update={"filters": (inside,)}))]


def asks_twice(pieces: Pieces) -> bool:
    """*Hoeveel ondernemers heb ik, en wat brengen ze op*: how many, and how much."""
    items = pieces.items
    first = next((at for at, item in enumerate(items) if item.has("how_much")), len(items))
    linked = next((at for at in range(first, len(items)) if items[at].has("and")), len(items))
    return any(
        item.has("how_much") or item.words in ASKS_WHAT for item in items[linked + 1 : linked + 4]
    )


def both_asked(
    pieces: Pieces, question: Question, filters: list[tuple[int, Filter]], cost: float
) -> list[Scored]:
    """How many they are and what they bring, or one of both where that is of others."""
    items = pieces.items
    counted = next(at for at, item in enumerate(items) if item.has("how_much"))
    linked = next(at for at in range(counted, len(items)) if items[at].has("and"))
    if counted < linked <= pieces.measured_at and all(at < linked for at, _ in filters):
        return [(cost, question.model_copy(update={"counted": True}))]
    count = Question(intent="count", filters=question.filters)
    return [(max(cost, OTHER_QUESTION), each) for each in (question, count)]


def each_or_all(pieces: Pieces, question: Question, cost: float) -> list[Scored]:
    """*Hoeveel polissen hebben ondernemers* may ask for those of each, and of all together."""
    column = pieces.context.column(question.amount.column) if question.amount else None
    if column is None or column.meaning != "products" or not pieces.counted:
        return []
    said = any(item.has("total") for item in pieces.items)
    one = any(isinstance(each, Named) for each in question.filters)
    if question.statistic != "total" or said or one or question.intent == "breakdown":
        return []
    return [(cost + 0.1, question.model_copy(update={"statistic": "mean"}))]


def other_group(pieces: Pieces, question: Question, cost: float) -> list[Scored]:
    """*Omzet per sector en woonplaats*: by one of them, for both at once cannot be shown."""
    other = pieces.second_group
    if other is None or question.intent != "breakdown" or other == question.group_by:
        return []
    return [(cost + 0.1, question.model_copy(update={"group_by": other}))]

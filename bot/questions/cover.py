"""Whether a reading accounts for every word of the question.

The rules of the grammar may take a word and do nothing with it. Only where each word that carries
meaning shows in the question that came of it may that question be answered without asking.
"""

import itertools
from collections.abc import Sequence

from analysis.values.words import yes_or_no
from bot.questions.conditions.postcodes import is_wildcard
from bot.questions.intents.groups import OVER
from bot.questions.kinds_told import EXPLAINED, is_amount_of, is_of_profit
from bot.questions.model import (
    Amount,
    Compare,
    Is,
    Named,
    Question,
)
from bot.questions.numbers_told import is_year_of_amount, number_explained
from bot.questions.pieces import Context
from bot.questions.told import Told
from bot.questions.words.item import Item, asks_who
from bot.questions.words.lexicon import ERA, MONTH, Concept, place_words

# Words that only hold a sentence together, whatever else they may do.
_HOLDING = ("skip", "of", "and", "among", "by", "list", "ours", "sorts")
FREE = frozenset(
    {*_HOLDING, "clients", "client", "list", "which", "present", "verb", "among", "each"}
)


_LEVELS, _YEAR = frozenset({"a", "b", "c"}), frozenset({"jaar", "year"})
_OF_COSTS = frozenset({"costs_change", "cost_per_hour"})
_BOUNDS = ("at_least", "at_most", "or_more", "or_less", "longer")
_OF_ONE_CLIENT = ("moment", "know", "asks", "about", "since", "past", "bottom", "earlier", "list",
                  "spoken", "became")  # fmt: skip


def unexplained(items: Sequence[Item], question: Question, context: Context) -> list[Item]:
    """The items that show nowhere in the question, each with the concept that was chosen for it."""
    told = Told(question, context)
    negations = [
        item for place, item in enumerate(items)
        if item.has("neg", "except", "outside") and not _bounds(items, place)
        and not _is_repeated(items, place)
    ]  # fmt: skip
    if told.changes("client_leaves"):
        # *Wat ben ik kwijt zonder hem*, which turns nothing round.
        negations = [item for item in negations if not item.has("without")]
    missed = [
        item for place, item in enumerate(items)
        if not item.has("neg", "except", "outside") and not _is_free(item)
        and not _explained(item, told) and not _says_again(items, place)
    ]  # fmt: skip
    if question.show == "alike":
        return missed
    bounds = [
        item for item in items
        if (item.has(*_BOUNDS) and not item.has("more", "less")) or item.unit == "plus"
    ]  # fmt: skip
    return missed + negations[told.negatives(len(bounds)) :]


def _bounds(items: Sequence[Item], place: int) -> bool:
    """*Nog geen 500 euro*, which turns nothing round."""
    behind = items[place + 1 : place + 2]
    return items[place].has("less") and any(each.number is not None for each in behind)


def _is_repeated(items: Sequence[Item], place: int) -> bool:
    """*Zzp'ers en ondernemers zonder personeel*, which are the same without the same."""
    said = [item.words for item in items[place : place + 2]]
    return any(
        [item.words for item in items[at : at + 2]] == said for at in range(place) if len(said) > 1
    )


def _says_again(items: Sequence[Item], place: int) -> bool:
    """Whether the word only joins or points back to what stands in the question itself."""
    item, before = items[place], items[:place]
    if item.has("how_much") and asks_who(items):
        # *Wie … en hoeveel zijn dat er*: a list says how many they are.
        return not any(concept.amount for each in items[place + 1 : place + 2]
                       for concept in each.concepts)  # fmt: skip
    if item.words in OVER and any(each.has("per", "divide") for each in before):
        # *De verdeling van klanten over de sectoren*.
        return not any(each.number is not None for each in items[place + 1 : place + 3])
    if item.has("who"):
        # *Clients who live in Ede*, which asks for no names.
        return any(each.has("clients") for each in before)
    if item.has("most") and any(each.has("loses", "deficit") for each in items):
        # *Op wie verlies ik het meest*: the least profit.
        return True
    if item.has("majority"):
        # *Which city takes most of my hours*: the first of them.
        return any(each.has("which") and next_.concepts and next_.concepts[0].column
                   for each, next_ in itertools.pairwise(before))  # fmt: skip
    if item.has("earlier"):
        return any(concept.condition for each in before for concept in each.concepts)
    if item.has("mean") and item.words.startswith("per "):
        # *The median of items per client*.
        return any(each.has("median") for each in before)
    if item.has("or") and 0 < place < len(items) - 1:
        # *Belde of zag ik*: two words for one thing.
        return items[place - 1].has("spoken") and items[place + 1].has("spoken")
    return False


def _is_free(item: Item) -> bool:
    if item.number is not None or item.has("value"):
        return False
    if item.has("skip") and any(each.amount for each in item.concepts):
        # *Age* holds no sentence together, though *aged 60* does.
        return False
    return item.has(*_HOLDING) or (bool(item.kinds) and not item.concepts and item.kinds <= FREE)


def _explained(item: Item, told: Told) -> bool:
    if Named(client="") in told.filters and (not item.known or item.concepts):
        # What may be a name.
        return True
    if item.number is not None:
        return number_explained(item, told)
    if is_wildcard(item) and not item.known:
        return any(isinstance(each, Is) and len(each.values) > 1 for each in told.filters)
    said = yes_or_no(item.words)
    if _tells_one_client_or_place(item, told) or (
        said is not None and not item.has("of") and told.says(yes=said)
    ):
        return True
    if (item.words in _LEVELS and EXPLAINED["level"](told)) or item.words.startswith(
        told.words_since
    ):
        return True
    if item.words in _YEAR and told.question.group_by is not None:
        return True
    for kind in item.kinds:
        if kind.startswith("show:") and _shown(kind, told):
            return True
        if kind.startswith((MONTH, ERA)) and told.dated:
            return True
        if kind in EXPLAINED and EXPLAINED[kind](told):
            return True
    if item.has("last_year") and (told.dated or is_year_of_amount(told, None)):
        return True
    return any(_concept_explained(each, told) for each in item.concepts)


def _shown(kind: str, told: Told) -> bool:
    """Whether the words of a ready answer tell nothing else: *als ik ze in minder tijd help*."""
    helped = kind == "show:help" and told.changes("serve_otherwise")
    return helped or told.is_show or told.question.group_by == "level"


def _tells_one_client_or_place(item: Item, told: Told) -> bool:
    """*Wanneer* of one client, *hoeveelste*, *plek 11 tot en met 20*."""
    if told.is_card and item.has(*_OF_ONE_CLIENT):
        return True
    if told.question.intent == "rank" and item.has("asks", "list"):
        return True
    if told.question.skipped and item.has("at_most", "before", "after"):
        return True
    place = item.has("place") or item.words in place_words("places")
    return place and bool(told.question.limit)


def _concept_explained(concept: Concept, told: Told) -> bool:
    if concept.lacking:
        return False
    if concept.condition is not None:
        return _condition_explained(concept, told)
    if concept.amount is not None:
        return _amount_explained(concept.amount, told) or concept.column in told.columns - {""}
    return concept.column in told.columns


def _condition_explained(concept: Concept, told: Told) -> bool:
    wanted = concept.condition
    if told.is_card and getattr(wanted, "column", "") in told.columns:
        # *Is klant 12 ondernemer*.
        return True
    if isinstance(wanted, Compare) and any(each.amount == wanted.amount for each in told.compared):
        return True
    if concept.column and any(each.column == concept.column for each in told.amounts):
        return True
    if isinstance(wanted, Is):
        return any(
            isinstance(each, Is) and each.column == wanted.column
            and (_is_nested(wanted.values, each.values) or each.values in (("yes",), ("no",)))
            for each in told.filters
        )  # fmt: skip
    if isinstance(wanted, Named) and told.question.show == "talk":
        return True
    return wanted in told.filters or (isinstance(wanted, Named) and bool(told.question.change))


def _is_nested(wanted: Sequence[str], told: Sequence[str]) -> bool:
    """*The teachers, primary school only*, which shows some of the teachers."""
    return set(wanted) <= set(told) or set(told) < set(wanted)


def _amount_explained(amount: Amount, told: Told) -> bool:
    if amount in told.amounts or told.is_show:
        return True
    kinds = told.kinds
    if amount.kind in ("revenue", "cost") and any(map(is_of_profit, told.compared)):
        return True
    if told.question.change is not None:
        own = {"cost"} if told.question.change.kind in _OF_COSTS else set()
        return amount.kind in {"revenue", "hours", *own}
    if amount.kind in ("revenue", "profit") and "margin" in kinds:
        return True
    if amount.kind in ("revenue", "profit", "revenue_per_hour"):
        return bool(kinds & {f"{amount.kind}_per_hour", "profit_per_hour"})
    if amount.kind == "hours":
        return bool(kinds & {"revenue_per_hour", "profit_per_hour"})
    if amount.kind == "cost":
        # *Wie kost me de meeste tijd*.
        return "hours" in kinds
    if amount.kind == "age":
        return told.dates("birth_date")
    if amount.kind == "years_as_client":
        return told.dates("since", "client_since")
    column = told.context.column(amount.column)
    of_offers = column is not None and column.role in ("proposals", "deals")
    return of_offers and ("conversion" in kinds or is_amount_of(told, "deals"))

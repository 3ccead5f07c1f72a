"""Answers that the bot has already, asked for in plain words."""

from collections.abc import Sequence
from typing import cast, get_args

from bot.questions.conditions.values import REVENUE, read_clients
from bot.questions.model import Named, Question, Show
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, counts_clients, leftover
from bot.questions.words.item import Item

CURVE = (20, 80)
"""The percentages at which the curve of revenue is told."""


def show(items: Sequence[Item], context: Context) -> list[Scored]:
    """An answer that the bot has already: *mijn 80/20*, *wat delen mijn beste klanten*."""
    pieces = Pieces(items, context)
    if _asks_how_few(pieces):
        return [(pieces.cost + leftover(pieces), Question(intent="show", show="pareto"))]
    shows = [
        (len(item.words), kind.removeprefix("show:"))
        for item in items
        for kind in item.kinds
        if kind.startswith("show:")
    ]
    if not shows:
        return []
    show = max(shows)[1]
    pieces.take(
        *[at for at, item in enumerate(items) if any(f"show:{show}" in item.kinds for _ in (0,))]
    )
    pieces.take(*pieces.places("top", "bottom", "most", "level", "how_much"))
    if show == "alike":
        # That they are no top clients yet is what it means.
        pieces.take(*pieces.places("neg", "yields", "outside"))
    pieces.take(*[at for at, item in enumerate(items) if item.number == 10])
    if show == "talk":
        # The guide is made for one client there.
        read_clients(pieces)
        pieces.take(*pieces.places("show:help"))
    if show not in get_args(Show):
        return []
    return [(leftover(pieces) * 1.1, Question(intent="show", show=cast("Show", show)))]


def is_like_one(items: Sequence[Item]) -> bool:
    """*Klanten zoals 10464*, *wie lijkt op klant 12*."""
    for place, item in enumerate(items):
        apart = item.has("by") and any(each.has("resembles") for each in items[:place])
        # *Lijken er nog anderen op 11467*.
        if apart or item.has("like_one", "show:alike"):
            behind = [each for each in items[place + 1 :] if not each.has("skip", "of")][:2]
            if any(_is_client(each) for each in behind[:1]) or (
                len(behind) > 1 and behind[0].has("client") and behind[1].number is not None
            ):
                return True
    return False


def _is_client(item: Item) -> bool:
    return any(isinstance(each.condition, Named) for each in item.concepts)


def _asks_how_few(pieces: Pieces) -> bool:
    """*Hoeveel klanten zorgen voor 80% van mijn omzet*."""
    counted = [at for at in pieces.places("how_much", "share") if counts_clients(pieces, at)]
    parts = [at for at in range(len(pieces.items)) if pieces.number(at, "percent")]
    revenue = [at for at in range(len(pieces.items)) if pieces.amount(at) == REVENUE]
    if not (counted and len(parts) == 1 and revenue):
        return False
    if pieces.items[parts[0]].number not in CURVE:
        return False
    pieces.take(*counted, *parts, *revenue, *pieces.places("makes_up", "clients", "of", "per"))
    return True


def is_top10(items: Sequence[Item]) -> bool:
    """*Mijn top 10*, and nothing else."""
    words = [
        item.words for item in items
        if not item.has("skip", "list") or item.has("top") or item.concepts
    ]  # fmt: skip
    return words == ["top", "10"]

"""Who may be called, in whatever order it is said: *mag ik bellen*, *allowed to be called*."""

from bot.questions.conditions.values import OTHER_QUESTION
from bot.questions.model import Is
from bot.questions.pieces import Pieces

_FAR = 6
# What is asked with one of these, is not who may be called.
ASKS_WHAT = frozenset({"hoe", "wanneer", "waar", "how", "when", "where", "you", "jou", "jullie"})


def read_consent(pieces: Pieces) -> None:
    """Takes *mag* and *bellen* with a *niet* that goes with them."""
    for place in pieces.places("may"):
        calls = [at for at in pieces.places("call") if abs(at - place) <= _FAR]
        if not calls:
            continue
        call = min(calls, key=lambda at: abs(at - place))
        first, last = sorted((place, call))
        near = [at for at in pieces.places("neg") if first - 2 <= at <= last + 2]
        negation = min(near, key=lambda at: abs(at - call), default=None)
        column = pieces.context.meant("marketing_consent", "yes_no")
        asked = {item.words.split()[0] for item in pieces.items if not item.has("how_much")}
        if asked & ASKS_WHAT or pieces.places("moment"):
            # *Hoe laat mag ik bellen*.
            pieces.cost += 2 * OTHER_QUESTION
        pieces.take(place, *(() if negation is None else (negation,)))
        if column is None:
            pieces.take(call)
            pieces.cost += 2 * OTHER_QUESTION
            return
        allowed = negation is None
        said = "yes" if allowed != column.reversed else "no"
        pieces.condition(call, call + 1, Is(column=column.name, values=(said,)))
        return

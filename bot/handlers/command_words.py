"""What is typed behind a command: what that command knows, or told that it is not known."""

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Update

from analysis.measures import Measure
from bot.context import Context
from bot.handlers.send import send
from bot.replies import commands
from bot.workbook import Form

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]

# Either language, whatever the member reads: he may have seen the words of the other one.
_SMALL = frozenset({"met", "with", "als", "as", "in", "op", "by", "per", "en", "and"})
_FORMS: dict[str, Form] = {"csv": "csv", "xlsx": "xlsx", "excel": "xlsx"}
_NAMES = frozenset({"namen", "names"})
_WITHOUT = frozenset({"zonder", "without"})
_MEASURES: dict[frozenset[str], Measure] = {
    frozenset(): "revenue",
    frozenset({"omzet"}): "revenue",
    frozenset({"revenue"}): "revenue",
    frozenset({"winst"}): "profit",
    frozenset({"profit"}): "profit",
    frozenset({"winst", "uur"}): "profit_per_hour",
    frozenset({"profit", "hour"}): "profit_per_hour",
}
_SIZE = re.compile(r"[1-9]\d?|100", re.ASCII)
USUAL_SIZE = 10


@dataclass(frozen=True)
class WantedTop:
    """Another top than the usual one, asked for once."""

    size: int
    measure: Measure


def wanted_export(context: Context) -> tuple[Form, bool] | None:
    """Which form, and whether with names; None for words that say neither."""
    said = _said(context)
    forms = {_FORMS[word] for word in said if word in _FORMS}
    with_names = bool(said & _NAMES) and not said & _WITHOUT
    if said - _FORMS.keys() - _NAMES - _WITHOUT or len(forms) > 1:
        return None
    return (forms.pop() if forms else "xlsx"), with_names


def wanted_top(context: Context) -> WantedTop | None:
    """How many, and by which amount; None for words that say neither."""
    said = _said(context)
    sizes = {word for word in said if _SIZE.fullmatch(word)}
    measure = _MEASURES.get(said - sizes)
    if measure is None or len(sizes) > 1:
        return None
    return WantedTop(int(sizes.pop()) if sizes else USUAL_SIZE, measure)


def alone(handler: Handler) -> Handler:
    """The handler of a command behind which nothing stands."""

    async def handle(update: Update, context: Context) -> None:
        if context.args:
            await tell_unknown(update, context)
        else:
            await handler(update, context)

    return handle


async def tell_unknown(update: Update, context: Context) -> None:
    """What stands behind the command is not known there, and what may stand there."""
    message = update.effective_message
    command = ((message.text if message else None) or "").split()[0].lstrip("/").partition("@")[0]
    said = " ".join(context.args or ())
    await send(update, context, commands.unknown_words(command, said, context.member.language))


def _said(context: Context) -> frozenset[str]:
    return frozenset(word.lower() for word in context.args or ()) - _SMALL

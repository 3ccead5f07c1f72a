"""The answers that follow from a list alone: one that was given before is sent again as it was."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from telegram import Update

from bot.context import Context
from bot.handlers.about import list_of, with_another_list
from bot.handlers.charts import PictureRefusedError, send_known_chart, sent_before
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import markup_of, named, send
from bot.program import program
from bot.replies.answers import Reply
from bot.replies.messages import Outgoing, messages_of
from storage.office import Upload

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """An answer as it went out; its picture as the messenger knows it, None where it has none."""

    messages: Sequence[Outgoing]
    picture: str | None

    def to_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "Ready":
        known = json.loads(text)
        return cls([Outgoing(**message) for message in known["messages"]], known["picture"])


async def answer(
    update: Update, context: Context, name: str, make: Callable[[Upload], Reply]
) -> None:
    """Sends what `make` says of the list that a command or a button is about.

    As it was sent before, where that is kept under `name` and nothing of the office has changed.
    """
    lists, member = context.services.lists, context.member
    number = None if update.callback_query is None else pressed(update)[1].upload
    key = f"{name} {number} {member.language} {member.text_only} {context.bot.id} {program()}"
    before = lists.ready_answer(member.office, key)
    if before is not None and await _was_sent(update, Ready.from_text(before)):
        return
    revision = lists.revision(member.office)
    upload = await list_of(update, context)
    if upload is None:
        return
    reply = with_another_list(context, make(upload), upload)
    await send(update, context, reply, upload)
    await _keep(context, named(update, context, reply, upload), upload, key, revision)


async def _was_sent(update: Update, ready: Ready) -> bool:
    """False where the messenger has lost the picture: then nothing was sent."""
    chat = update.effective_chat
    assert chat is not None
    if update.callback_query is not None:
        await acknowledge(update.callback_query)
    for message in ready.messages:
        markup = markup_of(message.keyboard)
        if not message.under_picture:
            await chat.send_message(message.text, reply_markup=markup)
            continue
        assert ready.picture is not None
        try:
            await send_known_chart(update, ready.picture, message.text, markup)
        except PictureRefusedError:
            return False
    return True


async def _keep(context: Context, reply: Reply, upload: Upload, key: str, revision: int) -> None:
    """Unless its picture could not be drawn, or is not one of this list alone."""
    member, lists = context.member, context.services.lists
    with_picture = reply.chart is not None and not member.text_only
    try:
        picture = sent_before(context, reply, upload) if with_picture else None
        if with_picture and picture is None:
            return
        messages = messages_of(reply, member.language, with_picture=with_picture)
        await lists.keep_ready(member.office, key, Ready(messages, picture).to_text(), revision)
    except Exception as error:
        # It has arrived; the next time it is made again.
        log.warning("an answer could not be kept: %s", type(error).__name__)

"""Taking a member's files out of the chat once they are read: asked once, then as he said."""

import logging

from telegram import CallbackQuery, Chat, Message, Update
from telegram.error import BadRequest

from bot.buttons import Button, Press, decode
from bot.context import Context
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.progress import Progress
from bot.handlers.send import edit, remove_keyboard
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload

log = logging.getLogger(__name__)


async def show_receipt(context: Context, upload: Upload, progress: Progress) -> None:
    """The receipt in the place of the progress; with it the file goes, or that is asked."""
    member = context.member
    receipt = answers.receipt(upload, member.language, progress.message_with_file)
    # Where the message with the file is not known, the progress stands for it.
    known = progress.message_with_file != progress.message.message_id
    if member.unsend == "yes" and known:
        gone = await _taken_out(progress.message.chat, progress.message_with_file)
        await progress.tell(_told(receipt, member.language) if gone else receipt)
    elif member.unsend is None and known:
        await progress.tell(_asking(receipt, upload, progress, member.language))
        context.services.register.set_unsend(member.user, "asked")
    else:
        await progress.tell(receipt)


async def choose(update: Update, context: Context) -> None:
    """What becomes of files from now on; the one that was asked about included."""
    query, press = pressed(update)
    wish, _, message = press.argument.partition(".")
    language = context.member.language
    if wish not in ("yes", "no"):
        await acknowledge(query)
        return
    context.services.register.set_unsend(context.member.user, "yes" if wish == "yes" else "no")
    if wish == "yes" and message.isascii() and message.isdigit():
        assert update.effective_chat is not None
        await _taken_out(update.effective_chat, int(message))
    told = words(language)["toasts"][f"unsend_{wish}"]
    await acknowledge(query, told)
    if press.argument == f"{wish}.privacy" and isinstance(query.message, Message):
        await edit(query.message, privacy(context, unsend=wish, told=told))
    else:
        await settle(query, language, told)


def privacy(context: Context, unsend: str | None, told: str = "") -> Reply:
    """What is kept, with the other choice about files than the one that holds; `told`: just now."""
    settings, language = context.services.settings, context.member.language
    text = render(
        "privacy",
        language,
        retention_days=settings.retention_days,
        telegram=settings.bot_api_url.startswith("https://"),
    )
    labels, wanted = words(language)["buttons"], unsend == "yes"
    other = Press("unsending", 0, f"{'no' if wanted else 'yes'}.privacy")
    buttons = [
        [Button(labels["unsend_off" if wanted else "unsend_on"], other)],
        [Button(labels["take_all"], Press("take_all"))],
    ]
    return Reply(f"{text}\n\n<b>{told}</b>" if told else text, buttons)


async def settle(query: CallbackQuery, language: str, told: str) -> None:
    """What came of the question takes its place, or its buttons go where it was not asked here."""
    message, question = query.message, render("unsend_ask", language)
    if isinstance(message, Message) and (message.text_html or "").endswith(question):
        receipt = message.text_html.removesuffix(question)
        await edit(message, Reply(f"{receipt}{told}", _other_buttons(message)))
    else:
        await remove_keyboard(query)


def _other_buttons(message: Message) -> list[list[Button]]:
    """Those of the receipt itself, without the answers to the question."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    pressed_by = [[(b.text, decode(str(b.callback_data))) for b in row] for row in rows]
    return [
        [Button(label, press) for label, press in row if press]
        for row in pressed_by
        if all(press and press.action not in {"unsend", "unsending"} for _, press in row)
    ]


async def _taken_out(chat: Chat, message: int) -> bool:
    """Telegram lets a bot delete a message for two days."""
    try:
        return await chat.delete_message(message)
    except BadRequest:
        log.info("a file could not be taken out of the chat")
        return False


def _told(receipt: Reply, language: str) -> Reply:
    """The receipt without the button that takes the file out, which stands last."""
    return Reply(f"{receipt.text}\n\n{render('unsend_done', language)}", receipt.buttons[:-1])


def _asking(receipt: Reply, upload: Upload, progress: Progress, language: str) -> Reply:
    labels, message = words(language)["buttons"], progress.message_with_file
    always = Button(labels["unsend_always"], Press("unsending", 0, f"yes.{message}"))
    once = Button(labels["unsend_once"], Press("unsend", upload.number, str(message)))
    never = Button(labels["unsend_never"], Press("unsending", 0, "no"))
    text = f"{receipt.text}\n\n{render('unsend_ask', language)}"
    return Reply(text, [*receipt.buttons[:-1], [always, once], [never]])

"""Welcome, help, language, privacy and the sample file."""

from telegram import Update

from bot.context import Context
from bot.handlers import colleagues, unsending
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import send
from bot.operator_commands import tell_operator_commands
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.menus import pictures_button
from bot.replies.render import render
from bot.replies.words import LANGUAGES, words
from bot.sample import sample


async def start(update: Update, context: Context) -> None:
    services, settings = context.services, context.services.settings
    if context.member.user in settings.operators:
        await tell_operator_commands(context.bot, context.member.user, settings.language)
    code = context.args[0] if context.args else ""
    office = services.register.invitations.office_of(code, services.clock())
    if office is not None and office != context.member.office:
        await colleagues.ask_to_join(update, context, code, office)
        return
    upload, language = services.lists.newest(context.member.office), context.member.language
    # Who came in by an invitation is new here, though his colleagues sent lists.
    if upload is None or code:
        await send(update, context, answers.start(language))
    else:
        await send(update, context, answers.start_again(upload, language))


async def help_(update: Update, context: Context) -> None:
    member = context.member
    buttons = [[pictures_button(member.language, text_only=member.text_only)]]
    await send(update, context, Reply(render("help", member.language), buttons))


async def privacy(update: Update, context: Context) -> None:
    await send(update, context, unsending.privacy(context, context.member.unsend))


async def ask_language(update: Update, context: Context) -> None:
    member = context.member
    asked = answers.ask_language(member.language)
    pictures = pictures_button(member.language, text_only=member.text_only)
    await send(update, context, Reply(asked.text, [*asked.buttons, [pictures]]))


async def set_language(update: Update, context: Context) -> None:
    query, press = pressed(update)
    language = press.argument if press.argument in LANGUAGES else context.member.language
    context.services.register.set_language(context.member.user, language)
    await acknowledge(query, words(language)["toasts"]["language"])
    await send(update, context, Reply(render("language_set", language)))


async def send_sample(update: Update, context: Context) -> None:
    """A list that shows what to send, and serves as a template."""
    query, _ = pressed(update)
    await acknowledge(query)
    name, content = sample(context.member.language)
    assert update.effective_chat is not None
    await update.effective_chat.send_document(
        content, filename=name, caption=render("sample", context.member.language)
    )

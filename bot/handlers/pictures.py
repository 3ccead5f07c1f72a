"""Answers with or without pictures, as each member likes."""

from telegram import Update

from bot.context import Context
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import send
from bot.replies import menus


async def ask(update: Update, context: Context) -> None:
    """How it is now, and the button to change it."""
    member = context.member
    await send(update, context, menus.ask_pictures(member.language, text_only=member.text_only))


async def choose(update: Update, context: Context) -> None:
    query, press = pressed(update)
    await acknowledge(query)
    if press.argument not in ("on", "off"):
        await ask(update, context)
        return
    text_only = press.argument == "off"
    context.services.register.set_text_only(context.member.user, text_only=text_only)
    reply = menus.pictures_set(context.member.language, text_only=text_only)
    await send(update, context, reply)

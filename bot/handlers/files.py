"""The lists that an office has sent: seeing them, going back to one, removing one."""

from telegram import Message, Update

from bot.context import Context
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import edit, send
from bot.replies import files
from bot.replies.answers import Reply
from storage.office import UploadSummary


async def show(update: Update, context: Context) -> None:
    """The overview, as a new message."""
    lists = context.services.lists.all(context.member.office)
    zone = context.services.settings.timezone
    await send(update, context, files.overview(lists, context.member.language, zone))


async def turn_page(update: Update, context: Context) -> None:
    """The overview in the place of what the button was under."""
    query, press = pressed(update)
    await acknowledge(query)
    lists = context.services.lists.all(context.member.office)
    page = int(press.argument) if press.argument.isdecimal() else 0
    zone = context.services.settings.timezone
    await _replace(update, files.overview(lists, context.member.language, zone, page))


async def show_one(update: Update, context: Context) -> None:
    shown = await _pressed_list(update, context)
    if shown is not None:
        zone = context.services.settings.timezone
        await _replace(update, files.one(shown, context.member.language, zone))


async def use(update: Update, context: Context) -> None:
    """The answers are about this list again, until a newer one comes."""
    shown = await _pressed_list(update, context)
    if shown is None:
        return
    member, lists = context.member, context.services.lists
    upload = await lists.go_back_to(member.office, shown.number)
    if upload is None:
        await refresh_menu(update, context)
        return
    await _replace(update, files.in_use(upload, member.language))


async def remove(update: Update, context: Context) -> None:
    """Removes a list, after it was asked whether that is meant."""
    if _was_removed(update, context):
        await _tell_removed(update, context, None)
        return
    shown = await _pressed_list(update, context)
    if shown is None:
        return
    member, lists = context.member, context.services.lists
    _, press = pressed(update)
    if press.argument != "yes":
        zone = context.services.settings.timezone
        await _replace(update, files.ask_to_remove(shown, member.language, zone))
        return
    await lists.remove(member.office, shown.number)
    await _tell_removed(update, context, shown.file_name)


def _was_removed(update: Update, context: Context) -> bool:
    """Whether an earlier attempt removed the list, and fell before it could tell."""
    _, press = pressed(update)
    if press.argument != "yes" or not context.klantkompas.was_begun_before(update):
        return False
    lists = context.services.lists.all(context.member.office)
    return press.upload not in {each.number for each in lists}


async def _tell_removed(update: Update, context: Context, file_name: str | None) -> None:
    now = context.services.lists.newest(context.member.office)
    await _replace(update, files.removed(file_name, now, context.member.language))


async def _pressed_list(update: Update, context: Context) -> UploadSummary | None:
    """The list that the button is about; None after a fresh menu where it is gone."""
    query, press = pressed(update)
    lists = context.services.lists.all(context.member.office)
    shown = next((each for each in lists if each.number == press.upload), None)
    if shown is None:
        await refresh_menu(update, context)
        return None
    await acknowledge(query)
    return shown


async def _replace(update: Update, reply: Reply) -> None:
    query, _ = pressed(update)
    if isinstance(query.message, Message):
        await edit(query.message, reply)

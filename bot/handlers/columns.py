"""What each column is taken for, and saying otherwise at any time."""

from telegram import Message, Update

from analysis.columns.plan import Role
from analysis.errors import UnreadableFile
from bot.context import Context
from bot.handlers.about import tell_nothing_yet
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.progress import stoppable
from bot.handlers.send import edit, send
from bot.replies import answers
from bot.replies import columns as plans
from bot.replies.answers import STANDINGS, Reply
from bot.replies.render import render
from storage.office import Upload

WITHOUT_AMOUNT = frozenset({"no revenue", "revenue not read"})


async def show(update: Update, context: Context) -> None:
    """The columns of the newest list."""
    upload = context.services.lists.newest(context.member.office)
    language = context.member.language
    if upload is None:
        await tell_nothing_yet(update, context)
    elif not upload.rows_kept:
        await send(update, context, Reply(render("rows_gone", language, upload=upload)))
    else:
        await send(update, context, _plan(upload, context))


async def turn_page(update: Update, context: Context) -> None:
    """A page in the place of another; from a menu, which stays, the first as a new message."""
    upload, argument = await _upload(update, context)
    if upload is None:
        return
    if argument == "":
        await send(update, context, _plan(upload, context))
        return
    await _replace(update, _plan(upload, context, int(argument) if argument.isdecimal() else 0))


async def ask_role(update: Update, context: Context) -> None:
    upload, argument = await _upload(update, context)
    if upload is not None:
        position = int(argument) if argument.isdecimal() else -1
        if not _changeable(upload, position):
            await refresh_menu(update, context)
            return
        await _replace(update, plans.ask_role(upload, position, context.member.language))


async def choose_role(update: Update, context: Context) -> None:
    """The findings follow; where no client is left, all stays as it was."""
    upload, argument = await _upload(update, context)
    if upload is None:
        return
    position, named, sure = (*argument.split(".", 2), "", "")[:3]
    role = _role(upload, int(position), named) if position.isdecimal() else None
    if role is None:
        await refresh_menu(update, context)
        return
    language = context.member.language
    lists, office = context.services.lists, context.member.office
    if role == "private" and not sure and _changeable(upload, int(position)):
        await _replace(update, plans.ask_to_throw_away(upload, int(position), language))
        return
    if role in ("revenue", "revenue_part") and not sure and _is_premium(upload, int(position)):
        await _replace(update, plans.ask_premium(upload, int(position), role, language))
        return
    before = upload
    try:
        # An earlier attempt that fell before it could tell has thrown away what was in the column.
        if not _has_role(upload, int(position), role):
            async with stoppable(update, context):
                upload = await lists.choose_role(office, upload, int(position), role)
    except UnreadableFile:
        await _replace(update, Reply(render("role_refused", language)))
        return
    said = plans.role_set(before, upload, int(position), language)
    await _replace(update, Reply(said + _no_amounts(upload, role, language)))
    await send(update, context, answers.first_answer(upload, language), upload)


async def take_back(update: Update, context: Context) -> None:
    """A column that was thrown away is read again in the next list."""
    upload, argument = await _upload(update, context)
    if upload is None:
        return
    position = int(argument) if argument.isdecimal() else -1
    thrown_away = {column.position: column for column in upload.plan.with_role("private")}
    if position not in thrown_away:
        await refresh_menu(update, context)
        return
    column = thrown_away[position]
    await context.services.lists.take_back(context.member.office, column)
    await send(update, context, plans.taken_back(column, context.member.language))


async def include(update: Update, context: Context) -> None:
    """Who counts as a client: prospects, former clients, households as one."""
    upload, argument = await _upload(update, context)
    if upload is None:
        return
    whom, _, way = argument.partition(".")
    who = next((standing for standing in STANDINGS if standing == whom), None)
    if (who is None and whom != "household") or way not in {"", "in", "out"}:
        await refresh_menu(update, context)
        return
    language = context.member.language
    lists, office = context.services.lists, context.member.office
    try:
        async with stoppable(update, context):
            upload = await lists.include(office, upload, who, None if not way else way == "in")
    except UnreadableFile:
        await _replace(update, Reply(render("role_refused", language)))
        return
    query, _ = pressed(update)
    message = query.message
    replied_to = message.reply_to_message if isinstance(message, Message) else None
    with_file = replied_to.message_id if replied_to else 0
    await _replace(update, answers.receipt(upload, language, with_file))
    await send(update, context, answers.first_answer(upload, language), upload)


def _plan(upload: Upload, context: Context, page: int = 0) -> Reply:
    thrown_away = context.services.lists.thrown_away(context.member.office, upload)
    return plans.plan_of_columns(upload, thrown_away, context.member.language, page)


async def _upload(update: Update, context: Context) -> tuple[Upload | None, str]:
    """The list of the pressed button with its rows, or None after a fresh menu."""
    query, press = pressed(update)
    upload = context.services.lists.get(context.member.office, press.upload)
    if upload is None or not upload.rows_kept:
        await refresh_menu(update, context)
        return None, ""
    await acknowledge(query)
    return upload, press.argument


def _no_amounts(upload: Upload, role: str, language: str) -> str:
    """Of how many clients the chosen revenue is no amount: of a column of codes nearly all."""
    if role != "revenue" or upload.findings is None:
        return ""
    clients = upload.findings.clients
    without = sum(left.count for left in clients.left_out if left.why in WITHOUT_AMOUNT)
    if not without:
        return ""
    every = without + clients.count
    return "\n" + render("role_without_amounts", language, without=without, every=every)


def _has_role(upload: Upload, position: int, role: str) -> bool:
    return 0 <= position < len(upload.plan.columns) and plans.plays(upload, position, role)


def _role(upload: Upload, position: int, named: str) -> Role | None:
    """The role that a button names, where the column may be that or is it since."""
    if not _changeable(upload, position) and not _has_role(upload, position, named):
        return None
    column = upload.plan.columns[position]
    roles = (*plans.roles_to_choose(column, upload.plan), column.role)
    return next((role for role in roles if role == named), None)


def _is_premium(upload: Upload, position: int) -> bool:
    return plans.is_premium(upload.plan.columns[position])


def _changeable(upload: Upload, position: int) -> bool:
    columns = upload.plan.columns
    return 0 <= position < len(columns) and columns[position].stored


async def _replace(update: Update, reply: Reply) -> None:
    query, _ = pressed(update)
    if isinstance(query.message, Message):
        await edit(query.message, reply)

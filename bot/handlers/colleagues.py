"""Who belongs to an office: seeing, inviting, revoking, taking out, and moving to another."""

import asyncio
import logging

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from bot.context import Context
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import edit, remove_keyboard, send
from bot.replies import colleagues
from bot.replies.answers import Reply
from bot.replies.colleagues import COLLEAGUES_ON_A_PAGE, MOST_OPEN_INVITATIONS, Colleague
from bot.replies.render import render
from bot.replies.words import words
from storage.invitations import INVITATION_LASTS
from storage.register import Member

log = logging.getLogger(__name__)


async def show(update: Update, context: Context) -> None:
    """The overview, as a new message."""
    await send(update, context, await _overview(context))


async def turn_page(update: Update, context: Context) -> None:
    """The overview in the place of what the button was under."""
    query, press = pressed(update)
    await acknowledge(query)
    page = int(press.argument) if press.argument.isdecimal() else 0
    await _replace(update, await _overview(context, page))


async def invite(update: Update, context: Context) -> None:
    """A message to forward, with an invitation of its own."""
    query, _ = pressed(update)
    await acknowledge(query)
    services, member = context.services, context.member
    now, language = services.clock(), member.language
    if len(services.register.invitations.open(now, member.office)) >= MOST_OPEN_INVITATIONS:
        text = render("too_many_invitations", language, most=MOST_OPEN_INVITATIONS)
        await send(update, context, Reply(text))
        return
    code = services.register.invite(member.office, now)
    log.info("a member made an invitation")
    link = ""
    if services.settings.bot_api_url.startswith("https://"):
        link = create_deep_linked_url(context.bot.username, code)
    office = services.register.office_name(member.office)
    until = now + INVITATION_LASTS
    zone = services.settings.timezone
    await send(update, context, Reply(render("invitation_made", language)))
    invitation = colleagues.invitation(code, link, until, office, language, zone)
    await send(update, context, invitation)


async def revoke(update: Update, context: Context) -> None:
    """Takes an invitation of one's own office back."""
    query, press = pressed(update)
    number = int(press.argument) if _is_number(press.argument) else 0
    revoked = context.services.register.invitations.revoke(number, context.member.office)
    if revoked:
        log.info("a member revoked an invitation")
    toasts = words(context.member.language)["toasts"]
    await acknowledge(query, toasts["revoked" if revoked else "not_revoked"])
    await _replace(update, await _overview(context))


async def dismiss(update: Update, context: Context) -> None:
    """Takes a member out of one's own office, after it was asked whether that is meant."""
    query, press = pressed(update)
    await acknowledge(query)
    member, services = context.member, context.services
    number, _, answer = press.argument.partition(".")
    members = services.register.members_of(member.office)
    other = next((each for each in members if str(each.user) == number), None)
    if other is None or len(members) == 1:
        text = render("not_dismissed", member.language, last=other is not None)
        await _replace(update, Reply(text))
        return
    colleague = await _colleague(context, other)
    if answer != "yes":
        await _replace(update, colleagues.ask_to_dismiss(colleague, member.language))
        return
    services.register.remove_member(member.office, other.user)
    # Private chats bear the number of their user.
    services.work.stop(other.user)
    await services.lists.forget_member(member.office, other.user)
    log.info("a member was taken out of an office")
    name = colleagues.called(colleague, member.language)
    text = render("dismissed", member.language, name=name, is_reader=colleague.is_reader)
    await _replace(update, Reply(text))


async def ask_to_join(update: Update, context: Context, code: str, office: str) -> None:
    """A member opened an invitation to another office: nothing happens before he says so."""
    member, register = context.member, context.services.register
    alone = len(register.members_of(member.office)) == 1
    name = register.office_name(office)
    await send(update, context, colleagues.ask_to_join(code, name, member.language, alone=alone))


async def join(update: Update, context: Context) -> None:
    """Moves to the office of the invitation; everything in the old one stays as it is."""
    query, press = pressed(update)
    await acknowledge(query)
    member, services = context.member, context.services
    await remove_keyboard(query)
    if not press.argument:
        await send(update, context, Reply(render("not_joined", member.language)))
        return
    was_in, now = member.office, services.clock()
    moved = services.register.redeem(press.argument, member.user, member.language, now)
    if moved is None:
        await send(update, context, Reply(render("bad_invitation", member.language)))
        return
    services.work.stop(member.user)
    await services.lists.forget_member(was_in, member.user)
    services.offices.create(moved.office)
    log.info("a member moved to another office")
    name = services.register.office_name(moved.office)
    await send(update, context, Reply(render("joined", member.language, office=name)))


async def _overview(context: Context, page: int = 0) -> Reply:
    services, member = context.services, context.member
    members = services.register.members_of(member.office)
    page = min(page, colleagues.last_page(len(members)))
    first = page * COLLEAGUES_ON_A_PAGE
    shown = members[first : first + COLLEAGUES_ON_A_PAGE]
    return colleagues.overview(
        await asyncio.gather(*(_colleague(context, each) for each in shown)),
        len(members),
        services.register.invitations.open(services.clock(), member.office),
        services.register.office_name(member.office),
        member.language,
        services.settings.timezone,
        page,
    )


async def _colleague(context: Context, member: Member) -> Colleague:
    """A member with the name that the messenger knows him by: it is asked for, never kept."""
    try:
        name = (await context.bot.get_chat(member.user)).full_name or ""
    except TelegramError:
        name = ""
    since = context.services.register.joined_at(member.user) or context.services.clock()
    return Colleague(member.user, name, since, member.user == context.member.user)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


async def _replace(update: Update, reply: Reply) -> None:
    query, _ = pressed(update)
    if isinstance(query.message, Message):
        await edit(query.message, reply)

"""Soft marks per client, and a top of one's own: told by taps, computed when that is done."""

from dataclasses import replace
from typing import cast, get_args

from telegram import ForceReply, Message, Update

from analysis.measures import MEASURES
from bot import jobs
from bot.context import Context
from bot.handlers import answers
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, label_of, pressed
from bot.handlers.progress import stoppable
from bot.handlers.send import edit, send
from bot.marking import MARKS, MOST_BY_HAND, SIZES, Marking, Purpose, asked, clients_known_in
from bot.replies import marks
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload


async def overview(update: Update, context: Context) -> None:
    """The ten, or ten others, to be tapped one by one."""
    upload, marking = await _marking(update, context)
    if upload is None or marking is None:
        return
    _, press = pressed(update)
    others = press.argument.startswith("others")
    clients = marking.others() if others else marking.top()
    reply = marks.overview(
        upload,
        clients,
        marking.own,
        context.member.language,
        listed=clients_known_in(upload),
        others=others,
        names=marking.names(clients) if press.argument.endswith("names") else None,
    )
    if press.argument == "":
        await send(update, context, reply, upload)
    else:
        await _replace(update, reply)


async def mark(update: Update, context: Context) -> None:
    """Opens a client, or gives him a mark or takes it back."""
    upload, marking = await _marking(update, context)
    if upload is None or marking is None:
        return
    _, press = pressed(update)
    shown, code, key = (*press.argument.split(".", 2), "", "")[:3]
    client = marking.client(key)
    given = next((each for each in MARKS if each == code), None)
    if client is None or (code and given is None):
        await refresh_menu(update, context)
        return
    if given is None:
        marking.look_at(client)
    else:
        marking.toggle(client, given, _wanted(update))
    name = marking.names([client]).get(client, client) if shown == marks.NAMED else None
    others = client in marking.others()
    reply = marks.card(
        upload, client, marking.own, context.member.language, name=name, others=others
    )
    await _replace(update, reply)


async def own_top(update: Update, context: Context) -> None:
    """By what the top is ordered, how large it is, or by hand; in force once that is done."""
    upload, marking = await _marking(update, context, acknowledged=False)
    if upload is None or marking is None:
        return
    query, press = pressed(update)
    user = context.member.user
    kind, _, value = press.argument.partition(".")
    if kind == "done":
        marking.adopt(user)
        await answers.top10(update, context)
        return
    if kind == "":
        marking.begin_anew(user)
    top = marking.wanted(user)
    holds = press.argument in {top.measure, f"size.{top.size}"} and not top.chosen
    toasts = words(context.member.language)["toasts"]
    await acknowledge(query, toasts["holds_already"] if holds else None)
    measure = next((each for each in MEASURES if each == kind), None)
    if kind in ("hand", "names"):
        await _by_hand(update, context, upload, marking, named=kind == "names")
    elif measure is not None:
        marking.want(user, replace(top, measure=measure, chosen=()))
        await _replace(update, _own_top(context, upload, marking))
    elif kind == "size" and value in map(str, SIZES):
        marking.want(user, replace(top, size=int(value)))
        await _replace(update, _own_top(context, upload, marking))
    elif kind == "":
        await send(update, context, _own_top(context, upload, marking), upload)
    elif kind == "menu":
        await _replace(update, _own_top(context, upload, marking))
    else:
        await refresh_menu(update, context)


def _own_top(context: Context, upload: Upload, marking: Marking) -> Reply:
    top = marking.wanted(context.member.user)
    return marks.own_top(upload, top, context.member.language, holds=top == marking.own)


async def _by_hand(
    update: Update, context: Context, upload: Upload, marking: Marking, *, named: bool
) -> None:
    """Who is named by hand; it begins with the top that was chosen so far."""
    user, services = context.member.user, context.services
    top = marking.wanted(user)
    if not top.chosen:
        chosen = marking.top()
        if not marking.holds(top):
            rows = await services.lists.rows(upload)
            async with stoppable(update, context):
                chosen = await services.engine.run(
                    jobs.largest, rows, upload.plan, top.measure, top.size
                )
        top = replace(top, chosen=tuple(chosen[:MOST_BY_HAND]))
        marking.want(user, top)
    names = marking.names(top.chosen) if named else None
    await _replace(update, marks.by_hand(upload, top, context.member.language, names))


async def choose(update: Update, context: Context) -> None:
    """Puts a client into the top by hand, or takes him out of it."""
    upload, marking = await _marking(update, context, acknowledged=False)
    if upload is None or marking is None:
        return
    query, press = pressed(update)
    language, user = context.member.language, context.member.user
    where, _, key = press.argument.partition(".")
    named = where.endswith(marks.NAMED)
    client = marking.client(key)
    if client is None or where.removesuffix(marks.NAMED) not in ("hand", "found"):
        await refresh_menu(update, context)
        return
    fits = marking.choose(user, client, _wanted(update))
    toast = None if fits else words(language)["toasts"]["top_is_full"]
    await acknowledge(query, toast, alert=not fits)
    top = marking.wanted(user)
    if where.startswith("hand"):
        names = marking.names(top.chosen) if named else None
        await _replace(update, marks.by_hand(upload, top, language, names))
        return
    search = asked(context.services.offices, context.member.office, user)
    clients = search.found if search and search.upload == upload.number else (client,)
    names = marking.names(clients) if named else None
    await _replace(update, marks.found(upload, clients, top, language, "choose", names))


async def find(update: Update, context: Context) -> None:
    """Asks for a number or a name; the answer is a reply to that message."""
    upload, marking = await _marking(update, context)
    if upload is None or marking is None:
        return
    _, press = pressed(update)
    purpose, _, shown = press.argument.partition(".")
    if purpose not in get_args(Purpose):
        await refresh_menu(update, context)
        return
    assert update.effective_chat is not None
    language = context.member.language
    placeholder = words(language)["values"]["number_or_name"]
    message = await update.effective_chat.send_message(
        marks.ask_for_client(language),
        reply_markup=ForceReply(input_field_placeholder=placeholder),
    )
    marking.ask(
        context.member.user,
        message.message_id,
        cast("Purpose", purpose),
        named=shown == marks.NAMED,
    )


async def receive(update: Update, context: Context, said: str) -> bool:
    """Looks up the client that was asked for; False where the text answers no such question."""
    message = update.effective_message
    replied_to = message.reply_to_message if message else None
    services, member = context.services, context.member
    if replied_to is None:
        return False
    search = asked(services.offices, member.office, member.user)
    if search is None or search.message != replied_to.message_id:
        return False
    upload = services.lists.get(member.office, search.upload)
    if upload is None or upload.findings is None:
        await refresh_menu(update, context)
        return True
    marking = Marking(services.offices, member.office, upload)
    clients = marking.find(said)
    purpose = cast("Purpose", search.purpose)
    marking.ask(member.user, search.message, purpose, clients, named=search.named)
    names = marking.names(clients) if search.named else None
    top = marking.wanted(member.user)
    reply = marks.found(upload, clients, top, member.language, purpose, names)
    await send(update, context, reply)
    return True


async def show_names(update: Update, context: Context) -> None:
    """Whom the last search found, by name: only here, because the adviser asked for it."""
    upload, marking = await _marking(update, context)
    if upload is None or marking is None:
        return
    search = asked(context.services.offices, context.member.office, context.member.user)
    if search is None or search.upload != upload.number:
        await refresh_menu(update, context)
        return
    reply = marks.found(
        upload,
        search.found,
        marking.wanted(context.member.user),
        context.member.language,
        cast("Purpose", search.purpose),
        marking.names(search.found),
    )
    await _replace(update, reply)


def _wanted(update: Update) -> bool | None:
    """What the tap asks for: the other of what he saw. So it may be handled twice."""
    query, _ = pressed(update)
    label = label_of(query)
    return not label.startswith(marks.ON) if label else None


async def _marking(
    update: Update, context: Context, *, acknowledged: bool = True
) -> tuple[Upload | None, Marking | None]:
    """The list of the button and its marks; None after a fresh menu where its clients are gone."""
    query, press = pressed(update)
    services, member = context.services, context.member
    upload = services.lists.get(member.office, press.upload)
    if upload is None or upload.findings is None or upload.findings.top10 is None:
        await refresh_menu(update, context)
        return None, None
    if acknowledged:
        await acknowledge(query)
    if not upload.rows_kept:
        await send(update, context, Reply(render("rows_gone", member.language, upload=upload)))
        return None, None
    return upload, Marking(services.offices, member.office, upload)


async def _replace(update: Update, reply: Reply) -> None:
    query, _ = pressed(update)
    if isinstance(query.message, Message):
        await edit(query.message, reply)

"""python-telegram-bot against the local server, as it would run against Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
    Message,
    Update,
)
from telegram.constants import ChatAction
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.localchat import LocalServer, User

Context = ContextTypes.DEFAULT_TYPE
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("80/20", callback_data="pareto:1")]])


@asynccontextmanager
async def running(server: LocalServer, *handlers: Any) -> AsyncIterator[Bot]:
    application = (
        Application.builder()
        .token(server.token)
        .base_url(f"{server.url}/bot")
        .base_file_url(f"{server.url}/file/bot")
        .build()
    )
    application.add_handlers(handlers)
    async with application:
        await application.start()
        await application.updater.start_polling()
        yield application.bot
        await application.updater.stop()
        await application.stop()


def _bot(server: LocalServer) -> Bot:
    return Bot(server.token, f"{server.url}/bot", f"{server.url}/file/bot")


async def test_document_in_photo_and_buttons_out(
    server: LocalServer, image: Callable[..., bytes]
) -> None:
    anja = server.messenger.users[1001]
    watch = server.messenger.watch()
    content = bytes(range(256)) * 500

    async def read(update: Update, context: Context) -> None:
        message = update.effective_message
        file = await message.document.get_file()
        assert file.file_path.startswith("http")
        assert bytes(await file.download_as_bytearray()) == content
        await update.effective_chat.send_action(ChatAction.UPLOAD_PHOTO)
        await message.reply_photo(
            image(), caption="<b>ja</b>", parse_mode="HTML", reply_markup=BUTTONS
        )

    async def pressed(update: Update, context: Context) -> None:
        await update.callback_query.answer("Even rekenen")
        await update.callback_query.edit_message_caption("18/80")

    async with running(
        server, MessageHandler(filters.Document.ALL, read), CallbackQueryHandler(pressed)
    ):
        server.messenger.send_document(anja, "klanten.csv", content, "text/csv")
        async with asyncio.timeout(20):
            while (await watch.changes.get()).kind != "message" or len(
                server.messenger.messages(anja)
            ) < 2:
                pass
        (_, photo) = server.messenger.messages(anja)
        assert photo.media.file.content == image()
        assert await server.messenger.press(anja, photo.message_id, "80/20") == "Even rekenen"
        async with asyncio.timeout(20):
            while (await watch.changes.get()).kind != "edit":
                pass

    assert photo.text == "18/80"
    assert [call.method for call in server.calls if call.chat_id] == [
        "sendChatAction",
        "sendPhoto",
        "editMessageCaption",
    ]


async def test_a_bot_that_was_away_gets_what_it_missed(server: LocalServer) -> None:
    anja = server.messenger.users[1001]
    seen: list[str] = []
    all_seen = asyncio.Event()

    async def note(update: Update, context: Context) -> None:
        seen.append(update.effective_message.text)
        if len(seen) in {1, 3}:
            all_seen.set()

    async with running(server, TypeHandler(Update, note)):
        server.messenger.send_text(anja, "een")
        await asyncio.wait_for(all_seen.wait(), 20)
    assert len(server.messenger.updates) == 0
    all_seen.clear()
    server.messenger.send_text(anja, "twee")
    server.messenger.send_text(anja, "drie")
    assert len(server.messenger.updates) == 2
    async with running(server, TypeHandler(Update, note)):
        await asyncio.wait_for(all_seen.wait(), 20)

    assert seen == ["een", "twee", "drie"]
    assert len(server.messenger.updates) == 0


async def test_everything_the_server_says_is_understood(
    server: LocalServer, anja: User, image: Callable[..., bytes]
) -> None:
    async with _bot(server) as bot:
        assert bot.username
        text = await bot.send_message(1001, "<b>a</b> /top10", "HTML", reply_markup=BUTTONS)
        reply = await bot.send_message(1001, "b", reply_to_message_id=text.message_id)
        photo = await bot.send_photo(1001, image(), caption="c")
        again = await bot.send_photo(1001, photo.photo[-1].file_id)
        document = await bot.send_document(1001, b"inhoud", filename="rapport.pdf")
        album = await bot.send_media_group(
            1001, [InputMediaPhoto(image(), caption="x"), InputMediaPhoto(photo.photo[-1].file_id)]
        )
        changed = await bot.edit_message_media(
            InputMediaDocument(b"nieuw", filename="nieuw.csv"), 1001, document.message_id
        )
        bare = await bot.edit_message_reply_markup(1001, text.message_id)
        chat = await bot.get_chat(1001)

    assert [entity.type for entity in text.entities] == ["bold", "bot_command"]
    assert text.reply_markup == BUTTONS
    assert reply.reply_to_message.message_id == text.message_id
    assert (photo.photo[-1].width, photo.photo[-1].height) == (40, 30)
    assert again.photo == photo.photo
    assert (document.document.file_name, document.document.mime_type) == (
        "rapport.pdf",
        "application/pdf",
    )
    assert len({message.media_group_id for message in album}) == 1
    assert changed.document.file_name == "nieuw.csv"
    assert bare.reply_markup is None
    assert (chat.type, chat.first_name) == ("private", "Anja")
    for message in server.messenger.messages(anja):
        assert isinstance(Message.de_json(message.as_telegram(), None), Message)


async def test_every_kind_of_update_is_understood(
    server: LocalServer, anja: User, image: Callable[..., bytes]
) -> None:
    messenger = server.messenger
    async with _bot(server) as bot:
        sent = await bot.send_message(1001, "x", reply_markup=BUTTONS)
        question = messenger.find_message(anja, sent.message_id)
        messenger.send_text(anja, "/start code", reply_to=question)
        text = messenger.send_text(anja, "tekst")
        messenger.edit(anja, text.message_id, "andere tekst")
        messenger.send_document(anja, "klanten.xlsx", b"PK", caption="hier")
        messenger.send_photo(anja, image(), "kijk")
        messenger.begin_press(anja, sent.message_id, question.button("80/20"))
        messenger.block(anja)
        messenger.unblock(anja)
        updates = await bot.get_updates()

    command, _, edited, document, photo, press, blocked, unblocked = updates
    assert command.message.entities[0].type == "bot_command"
    assert command.message.reply_to_message.text == "x"
    assert edited.edited_message.text == "andere tekst"
    assert edited.edited_message.edit_date is not None
    assert (document.message.document.file_name, document.message.caption) == (
        "klanten.xlsx",
        "hier",
    )
    assert photo.message.photo[-1].width == 40
    assert (press.callback_query.data, press.callback_query.from_user.id) == ("pareto:1", 1001)
    assert press.callback_query.message.reply_markup == BUTTONS
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert unblocked.my_chat_member.new_chat_member.status == "member"


async def test_commands_by_scope_and_language(server: LocalServer, anja: User) -> None:
    bram = server.messenger.users[1002]
    private = BotCommandScopeAllPrivateChats()
    async with _bot(server) as bot:
        await bot.set_my_commands([("help", "Hulp")])
        await bot.set_my_commands([("value", "Value")], scope=private, language_code="en")
        await bot.set_my_description("Leest klantenlijsten")
        await bot.set_my_description("Reads client lists", language_code="en")
        await bot.set_my_short_description("Kort")
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        profile = server.messenger.profile
        assert [command["command"] for command in profile.commands_for(anja)] == ["help"]
        assert [command["command"] for command in profile.commands_for(bram)] == ["value"]
        assert profile.description_for(bram) == "Reads client lists"
        assert (await bot.get_my_description()).description == "Leest klantenlijsten"
        assert (await bot.get_my_short_description()).short_description == "Kort"
        assert (await bot.get_chat_menu_button()).type == "commands"
        (command,) = await bot.get_my_commands(scope=private, language_code="en")
        assert command.description == "Value"
        await bot.delete_my_commands(scope=private, language_code="en")
        assert [command["command"] for command in profile.commands_for(bram)] == ["help"]


async def test_deleting_messages(server: LocalServer, anja: User) -> None:
    async with _bot(server) as bot:
        own = [await bot.send_message(1001, str(number)) for number in range(3)]
        upload = server.messenger.send_document(anja, "klanten.csv", b"a;b")
        assert await bot.delete_message(1001, upload.message_id)
        assert await bot.delete_messages(1001, [own[0].message_id, own[2].message_id, 999])

    texts = [message.text for message in server.messenger.messages(anja)]
    assert texts == ["/start", "1"]

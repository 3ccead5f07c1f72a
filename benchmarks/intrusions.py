"""Updates as somebody sends them who does not belong, for every handler that the bot has.

What is tried comes from the wired application itself, so that a new command or button is tried
without anybody thinking of it.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, TypeHandler

from bot.application import PRESSES
from bot.buttons import Action
from bot.context import KlantkompasApplication

Json = dict[str, Any]

# What buttons carry, beside numbers and codes that were guessed.
ARGUMENTS = (
    "", "yes", "no", "0", "1", "0.revenue", "0.month", "names", "alike", "csv", "xlsx.names",
    "client.0", "group.0", "guide", "prospect", "hand.=1000", "found.=1000", "skip", "next",
    "2026-11.done", "back", "others_names", "-1", "²", "x" * 40,
)  # fmt: skip
UPLOADS = (0, 1, 2, 999_999_999)
ENDS_SOMETHING = frozenset({"forget", "remove_file", "dismiss", "join", "unsend", "revoke"})
DOCUMENT = {"file_id": "guessed", "file_unique_id": "x", "file_name": "klanten.csv"}
MESSAGES: tuple[Json, ...] = (
    {"text": "omzet per beroep"},
    {"text": "geheim"},
    {"document": DOCUMENT},
    {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 9, "height": 9}]},
    {"voice": {"file_id": "x", "file_unique_id": "x", "duration": 1}},
    {"location": {"longitude": 5.1, "latitude": 52.1}},
    {"contact": {"phone_number": "0", "first_name": "x"}},
    {"dice": {"emoji": "x", "value": 1}},
)
SENDS = ("sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "editMessageText")


@dataclass(frozen=True)
class Place:
    """Where an update comes from: a kind of chat, and the way it is sent there."""

    name: str
    chat: Json
    key: str = "message"
    has_sender: bool = True


@dataclass
class Heard:
    """What the bot asked the messenger to do, in order: the call and what went along."""

    calls: list[tuple[str, str]] = field(default_factory=list)

    def texts(self, *endpoints: str) -> list[str]:
        return [said for endpoint, said in self.calls if not endpoints or endpoint in endpoints]


def listen(application: KlantkompasApplication) -> Heard:
    """Everything that this application's bot says from now on; it is said all the same."""
    heard = Heard()
    bot: Any = application.bot
    speak = type(bot)._do_post

    @functools.wraps(speak)
    async def overheard(self: Any, endpoint: str, data: Json, **rest: Any) -> Any:
        if self is bot and endpoint not in ("getUpdates", "getMe"):
            heard.calls.append((endpoint, repr(data)))
        return await speak(self, endpoint, data, **rest)

    # The bot is frozen; for this one a class of its own listens.
    object.__setattr__(bot, "__class__", type("Overheard", (type(bot),), {"_do_post": overheard}))
    return heard


def places(person: Json, other: Json) -> list[Place]:
    """Everywhere but in the person's own chat."""
    group = {"id": -1001, "type": "group", "title": "Groep"}
    return [
        Place("group", group),
        Place("supergroup", {**group, "type": "supergroup"}),
        Place("channel", {**group, "type": "channel"}, "channel_post", has_sender=False),
        Place("edited", _private(person), "edited_message"),
        Place("edited in a channel", {**group, "type": "channel"}, "edited_channel_post", False),
        Place("business", _private(person), "business_message"),
        Place("another's chat", _private(other)),
    ]


def home(person: Json) -> Place:
    return Place("private", _private(person))


def _private(person: Json) -> Json:
    return {"id": person["id"], "type": "private", "first_name": person["first_name"]}


def messages(
    application: KlantkompasApplication,
    person: Json,
    place: Place,
    arguments: Sequence[str] = ("",),
) -> Iterator[Json]:
    """One message for every command and every kind of message that a handler takes."""
    texts = [
        {"text": f"/{command} {argument}".strip(), "entities": [_command(command)]}
        for command in sorted(commands(application))
        for argument in arguments
    ]
    for number, content in enumerate([*texts, *MESSAGES], start=1):
        message = {
            "message_id": 5000 + number,
            "date": 1_795_000_000,
            "chat": place.chat,
            **content,
        }
        if place.has_sender:
            message["from"] = person
        yield {place.key: message}


def _command(name: str) -> Json:
    return {"type": "bot_command", "offset": 0, "length": len(name) + 1}


def presses(
    person: Json, place: Place, arguments: Sequence[str] = ARGUMENTS, uploads: Sequence[int] = (1,)
) -> Iterator[Json]:
    """Every button that a handler takes, with everything that it could carry; what ends something
    comes last.
    """
    actions = sorted(get_args(Action), key=lambda action: (action in ENDS_SOMETHING, action))
    for action in actions:
        for upload in uploads:
            for argument in arguments:
                yield press(person, place, f"{action}:{upload}:{argument}"[:64])


def press(person: Json, place: Place, data: str) -> Json:
    message = {"message_id": 1, "date": 1_795_000_000, "chat": place.chat, "text": "…"}
    query = {"id": "1", "from": person, "chat_instance": "1", "data": data, "message": message}
    return {"callback_query": query}


def inline(person: Json) -> Iterator[Json]:
    """Buttons and questions out of any chat."""
    query = {"id": "1", "from": person, "chat_instance": "1", "data": "top10:1:"}
    yield {"callback_query": {**query, "inline_message_id": "1"}}
    yield {"inline_query": {"id": "1", "from": person, "query": "top10", "offset": ""}}


def commands(application: KlantkompasApplication) -> set[str]:
    """The commands of all handlers. Raises TypeError for a handler of a kind that is not tried."""
    found: set[str] = set()
    for handlers in application.handlers.values():
        for handler in handlers:
            if isinstance(handler, CommandHandler):
                found |= handler.commands
            elif not isinstance(handler, CallbackQueryHandler | MessageHandler | TypeHandler):
                raise TypeError(f"nobody tries handlers like {type(handler).__name__}")
    if set(PRESSES) != set(get_args(Action)):
        raise TypeError("a button without a handler")
    return found


async def send(application: KlantkompasApplication, number: int, content: Json) -> None:
    """The application handles it as an update of that number."""
    update = Update.de_json({"update_id": number, **content}, application.bot)
    await application.process_update(update)

"""Methods about the bot itself, its chats, its updates and its files."""

from __future__ import annotations

from typing import Any

from telegram.constants import BotCommandScopeType

from ..limits import (
    check_commands,
    check_description,
    check_download,
    check_language_code,
    refuse,
)
from ..messenger import Change, Messenger
from ..model import Json, bot_as_telegram
from ..profile import Scope
from .content import read_recipient
from .parameters import Parameters

LONGEST_POLL = 50


def get_me(messenger: Messenger, parameters: Parameters) -> Json:
    return {
        **bot_as_telegram(),
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(messenger: Messenger, parameters: Parameters) -> list[Json]:
    allowed = parameters.json("allowed_updates")
    if isinstance(allowed, list):
        messenger.updates.allow([str(kind) for kind in allowed])
    offset, limit = parameters.integer("offset", 0), parameters.integer("limit", 100)
    seconds = min(max(parameters.integer("timeout", 0) or 0, 0), LONGEST_POLL)
    return await messenger.updates.poll(offset or 0, limit or 100, seconds)


def set_webhook(messenger: Messenger, parameters: Parameters) -> bool:
    if parameters.text("url"):
        refuse("this local server delivers by getUpdates only")
    return delete_webhook(messenger, parameters)


def delete_webhook(messenger: Messenger, parameters: Parameters) -> bool:
    if parameters.flag("drop_pending_updates"):
        messenger.updates.drop_all()
    return True


def get_webhook_info(messenger: Messenger, parameters: Parameters) -> Json:
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(messenger.updates),
    }


def get_chat(messenger: Messenger, parameters: Parameters) -> Json:
    user = read_recipient(messenger, parameters)
    reactions = {"accent_color_id": 0, "max_reaction_count": 11}
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    return {**user.chat_as_telegram(), **reactions, "accepted_gift_types": gifts}


def get_file(messenger: Messenger, parameters: Parameters) -> Json:
    file = messenger.files.get(parameters.text("file_id"))
    check_download(file.size)
    return file.as_file()


def set_my_commands(messenger: Messenger, parameters: Parameters) -> bool:
    commands = check_commands(parameters.json("commands"))
    messenger.profile.commands[_read_place(messenger, parameters)] = commands
    messenger.tell(Change("profile"))
    return True


def get_my_commands(messenger: Messenger, parameters: Parameters) -> list[Json]:
    return messenger.profile.commands.get(_read_place(messenger, parameters), [])


def delete_my_commands(messenger: Messenger, parameters: Parameters) -> bool:
    messenger.profile.commands.pop(_read_place(messenger, parameters), None)
    messenger.tell(Change("profile"))
    return True


def set_my_description(messenger: Messenger, parameters: Parameters) -> bool:
    return _describe(messenger, parameters, messenger.profile.descriptions, "description")


def set_my_short_description(messenger: Messenger, parameters: Parameters) -> bool:
    texts = messenger.profile.short_descriptions
    return _describe(messenger, parameters, texts, "short_description")


def get_my_description(messenger: Messenger, parameters: Parameters) -> Json:
    code = check_language_code(parameters.text("language_code"))
    return {"description": messenger.profile.descriptions.get(code, "")}


def get_my_short_description(messenger: Messenger, parameters: Parameters) -> Json:
    code = check_language_code(parameters.text("language_code"))
    return {"short_description": messenger.profile.short_descriptions.get(code, "")}


def set_chat_menu_button(messenger: Messenger, parameters: Parameters) -> bool:
    button = parameters.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"default", "commands"}:
        refuse("this local server knows the menu buttons default and commands only")
    messenger.profile.menu_button = {"type": button["type"]}
    return True


def get_chat_menu_button(messenger: Messenger, parameters: Parameters) -> Json:
    return messenger.profile.menu_button


def _describe(
    messenger: Messenger, parameters: Parameters, texts: dict[str, str], name: str
) -> bool:
    code = check_language_code(parameters.text("language_code"))
    texts[code] = check_description(parameters.text(name), short=name == "short_description")
    messenger.tell(Change("profile"))
    return True


def _read_place(messenger: Messenger, parameters: Parameters) -> tuple[Scope, str]:
    """For whom commands hold: scope and language."""
    scope: Any = parameters.json("scope") or {"type": "default"}
    code = check_language_code(parameters.text("language_code"))
    if not isinstance(scope, dict) or scope.get("type") not in set(BotCommandScopeType):
        refuse("unsupported scope type specified")
    if scope["type"] != BotCommandScopeType.CHAT:
        return (str(scope["type"]), None), code
    chat_id = scope.get("chat_id")
    return ("chat", messenger.recipient(chat_id if isinstance(chat_id, int) else None).id), code

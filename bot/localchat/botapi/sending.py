"""Methods that send."""

from __future__ import annotations

import secrets
from typing import Any

from telegram.constants import ChatAction

from ..limits import check_caption, check_media_count, check_text, refuse
from ..messenger import Messenger
from ..model import FormattedText, Json, Media, Message, ReplyMarkup, User
from .content import MediaKind, read_body, read_markup, read_media, read_recipient, read_reply
from .parameters import Parameters


def send_message(messenger: Messenger, parameters: Parameters) -> Json:
    user = read_recipient(messenger, parameters)
    body = read_body(parameters.text("text"), parameters.text("parse_mode"))
    check_text(body)
    return _deliver(messenger, parameters, user, body, None)


def send_photo(messenger: Messenger, parameters: Parameters) -> Json:
    return _send_media(messenger, parameters, "photo")


def send_document(messenger: Messenger, parameters: Parameters) -> Json:
    return _send_media(messenger, parameters, "document")


def send_media_group(messenger: Messenger, parameters: Parameters) -> list[Json]:
    user = read_recipient(messenger, parameters)
    items = parameters.json("media")
    if not isinstance(items, list):
        refuse("can't parse media JSON object")
    check_media_count(len(items))
    contents = [read_input_media(messenger, parameters, item) for item in items]
    if len({media.kind for media, _ in contents}) > 1:
        refuse("documents can't be mixed with photos in an album")
    reply_to = read_reply(messenger, user, parameters)
    group = str(secrets.randbelow(2**53))
    messages = [
        Message(0, user, True, 0, body, media, reply_to=reply_to, media_group_id=group)
        for media, body in contents
    ]
    return [messenger.deliver(message).as_telegram() for message in messages]


def send_chat_action(messenger: Messenger, parameters: Parameters) -> bool:
    user = read_recipient(messenger, parameters)
    if parameters.text("action") not in set(ChatAction):
        refuse("wrong parameter action in request")
    messenger.show_action(user, parameters.text("action"))
    return True


def read_input_media(
    messenger: Messenger, parameters: Parameters, item: Any
) -> tuple[Media, FormattedText]:
    """An InputMediaPhoto or InputMediaDocument with its caption."""
    if not isinstance(item, dict) or item.get("type") not in {"photo", "document"}:
        refuse("this local server knows media of type photo and document only")
    kind: MediaKind = "photo" if item["type"] == "photo" else "document"
    media = read_media(messenger, parameters, kind, str(item.get("media", "")))
    body = read_body(str(item.get("caption", "")), str(item.get("parse_mode", "")))
    check_caption(body)
    return media, body


def _send_media(messenger: Messenger, parameters: Parameters, kind: MediaKind) -> Json:
    user = read_recipient(messenger, parameters)
    body = read_body(parameters.text("caption"), parameters.text("parse_mode"))
    check_caption(body)
    return _deliver(messenger, parameters, user, body, read_media(messenger, parameters, kind))


def _deliver(
    messenger: Messenger,
    parameters: Parameters,
    user: User,
    body: FormattedText,
    media: Media | None,
) -> Json:
    markup: ReplyMarkup = read_markup(parameters.json("reply_markup"))
    reply_to = read_reply(messenger, user, parameters)
    silent = parameters.flag("disable_notification")
    message = Message(0, user, True, 0, body, media, markup, reply_to, silent=silent)
    return messenger.deliver(message).as_telegram()

"""What most methods have in common: whom a call is for, its text, its buttons, its file."""

from __future__ import annotations

from typing import Any, Literal

from ..limits import check_keyboard, photo_dimensions, refuse
from ..markup import parse_html, plain
from ..messenger import Messenger
from ..model import FormattedText, Media, Message, ReplyMarkup, StoredFile, User
from .parameters import Parameters

MediaKind = Literal["photo", "document"]


def read_recipient(messenger: Messenger, parameters: Parameters) -> User:
    if not parameters.text("chat_id"):
        refuse("chat_id is empty")
    return messenger.recipient(parameters.integer("chat_id"))


def read_body(text: str, parse_mode: str) -> FormattedText:
    """Text with its entities. Only HTML is known here: Telegram's two Markdowns are refused."""
    if not parse_mode:
        return plain(text)
    if parse_mode.lower() != "html":
        refuse("unsupported parse_mode")
    return parse_html(text)


def read_markup(value: Any, *, inline_only: bool = False) -> ReplyMarkup:
    """The reply_markup parameter. Edits take inline keyboards only."""
    if value is None:
        return ReplyMarkup()
    if not isinstance(value, dict):
        refuse("object expected as reply markup")
    if "inline_keyboard" in value:
        return ReplyMarkup(check_keyboard(value["inline_keyboard"]))
    if inline_only:
        refuse("inline keyboard expected")
    if value.get("force_reply") is True:
        return ReplyMarkup(
            force_reply={"placeholder": str(value.get("input_field_placeholder", ""))}
        )
    if value.get("remove_keyboard") is not True:
        refuse("this local server knows inline keyboards and force_reply only")
    return ReplyMarkup()


def read_reply(messenger: Messenger, user: User, parameters: Parameters) -> Message | None:
    """The message that this one replies to."""
    reply = parameters.json("reply_parameters")
    legacy = parameters.integer("reply_to_message_id")
    if reply is None and legacy is None:
        return None
    message_id = reply.get("message_id") if isinstance(reply, dict) else legacy
    found = messenger.find_message(user, message_id) if isinstance(message_id, int) else None
    may_miss = parameters.flag("allow_sending_without_reply") or (
        isinstance(reply, dict) and reply.get("allow_sending_without_reply") is True
    )
    if found is None and not may_miss:
        refuse("message to be replied not found")
    return found


def read_media(
    messenger: Messenger, parameters: Parameters, kind: MediaKind, source: str | None = None
) -> Media:
    """A photo or document: uploaded under its own name, by attach://name, or by file_id."""
    reference = parameters.text(kind) if source is None else source
    upload = parameters.uploads.get(kind) if source is None else None
    if reference.startswith("attach://"):
        upload = parameters.uploads.get(reference.removeprefix("attach://"))
        if upload is None:
            refuse(f"file {reference!r} is not in the request")
    if upload is not None:
        return Media(kind, _store(messenger, kind, upload.name, upload.content))
    if not reference:
        refuse(f"there is no {kind} in the request")
    known = messenger.files.find(reference)
    if known is None:
        refuse("wrong file identifier/HTTP URL specified")
    if (kind == "photo") != (known.width is not None):
        kinds = ("Document", "Photo") if kind == "photo" else ("Photo", "Document")
        refuse(f"can't use file of type {kinds[0]} as {kinds[1]}")
    return Media(kind, known)


def _store(messenger: Messenger, kind: MediaKind, name: str, content: bytes) -> StoredFile:
    if kind == "photo":
        return messenger.files.add_photo(content, photo_dimensions(content))
    return messenger.files.add_document(content, name)

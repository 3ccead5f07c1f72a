"""Methods that change or take away what was sent, and that answer a pressed button."""

from __future__ import annotations

from telegram.constants import BulkRequestLimit

from ..limits import check_caption, check_text, check_toast, refuse
from ..messenger import Answer, Messenger
from ..model import Json, Message, ReplyMarkup
from .content import read_body, read_markup, read_recipient
from .parameters import Parameters
from .sending import read_input_media


def edit_message_text(messenger: Messenger, parameters: Parameters) -> Json:
    message = _read_message(messenger, parameters)
    body = read_body(parameters.text("text"), parameters.text("parse_mode"))
    check_text(body)
    if message.media is not None:
        refuse("there is no text in the message to edit")
    return messenger.change(message, body, None, _read_inline(parameters)).as_telegram()


def edit_message_caption(messenger: Messenger, parameters: Parameters) -> Json:
    message = _read_message(messenger, parameters)
    body = read_body(parameters.text("caption"), parameters.text("parse_mode"))
    check_caption(body)
    if message.media is None:
        refuse("there is no caption in the message to edit")
    return messenger.change(message, body, message.media, _read_inline(parameters)).as_telegram()


def edit_message_reply_markup(messenger: Messenger, parameters: Parameters) -> Json:
    message = _read_message(messenger, parameters)
    markup = _read_inline(parameters)
    return messenger.change(message, message.body, message.media, markup).as_telegram()


def edit_message_media(messenger: Messenger, parameters: Parameters) -> Json:
    message = _read_message(messenger, parameters)
    media, body = read_input_media(messenger, parameters, parameters.json("media"))
    return messenger.change(message, body, media, _read_inline(parameters)).as_telegram()


def delete_message(messenger: Messenger, parameters: Parameters) -> bool:
    user = read_recipient(messenger, parameters)
    message_id = _read_message_id(parameters)
    if not messenger.delete(user, message_id):
        refuse("message to delete not found")
    return True


def delete_messages(messenger: Messenger, parameters: Parameters) -> bool:
    """Ids that are not there are passed over, as at Telegram."""
    user = read_recipient(messenger, parameters)
    ids = parameters.json("message_ids")
    if not isinstance(ids, list) or not ids or not all(type(each) is int for each in ids):
        refuse("message identifiers are not specified")
    if len(ids) > BulkRequestLimit.MAX_LIMIT:
        refuse("too many message identifiers specified")
    for message_id in ids:
        messenger.delete(user, message_id)
    return True


def answer_callback_query(messenger: Messenger, parameters: Parameters) -> bool:
    text = check_toast(parameters.text("text"))
    answer = Answer(text, parameters.flag("show_alert"), parameters.text("url"))
    messenger.answer_press(parameters.text("callback_query_id"), answer)
    return True


def _read_message_id(parameters: Parameters) -> int:
    message_id = parameters.integer("message_id")
    if message_id is None:
        refuse("message identifier is not specified")
    return message_id


def _read_message(messenger: Messenger, parameters: Parameters) -> Message:
    user = read_recipient(messenger, parameters)
    return messenger.own_message(user, _read_message_id(parameters))


def _read_inline(parameters: Parameters) -> ReplyMarkup:
    return read_markup(parameters.json("reply_markup"), inline_only=True)

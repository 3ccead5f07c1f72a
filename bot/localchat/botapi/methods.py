"""Every method this server knows, and the parameters each one takes.

An unknown method or parameter is refused: a stand-in that smiles at everything proves nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from ..messenger import Messenger
from . import about, editing, sending
from .parameters import Parameters

Carrier = Callable[[Messenger, Parameters], Any | Awaitable[Any]]


@dataclass(frozen=True)
class Method:
    carry_out: Carrier
    accepts: frozenset[str]


def _method(carry_out: Carrier, accepts: str = "") -> Method:
    return Method(carry_out, frozenset(accepts.split()))


_SEND = (
    "chat_id parse_mode disable_notification protect_content reply_markup "
    "reply_parameters reply_to_message_id allow_sending_without_reply "
)
_EDIT = "chat_id message_id parse_mode reply_markup "
_PREVIEW = "link_preview_options disable_web_page_preview "
_PLACE = "scope language_code "

METHODS: dict[str, Method] = {
    "sendmessage": _method(sending.send_message, _SEND + _PREVIEW + "text"),
    "sendphoto": _method(sending.send_photo, _SEND + "photo caption show_caption_above_media"),
    "senddocument": _method(
        sending.send_document, _SEND + "document caption disable_content_type_detection"
    ),
    "sendmediagroup": _method(sending.send_media_group, _SEND + "media"),
    "sendchataction": _method(sending.send_chat_action, "chat_id action"),
    "editmessagetext": _method(editing.edit_message_text, _EDIT + _PREVIEW + "text"),
    "editmessagecaption": _method(
        editing.edit_message_caption, _EDIT + "caption show_caption_above_media"
    ),
    "editmessagereplymarkup": _method(editing.edit_message_reply_markup, _EDIT),
    "editmessagemedia": _method(editing.edit_message_media, _EDIT + "media"),
    "deletemessage": _method(editing.delete_message, "chat_id message_id"),
    "deletemessages": _method(editing.delete_messages, "chat_id message_ids"),
    "answercallbackquery": _method(
        editing.answer_callback_query, "callback_query_id text show_alert url cache_time"
    ),
    "getme": _method(about.get_me),
    "getupdates": _method(about.get_updates, "offset limit timeout allowed_updates"),
    "setwebhook": _method(
        about.set_webhook,
        "url certificate ip_address max_connections allowed_updates drop_pending_updates "
        "secret_token",
    ),
    "deletewebhook": _method(about.delete_webhook, "drop_pending_updates"),
    "getwebhookinfo": _method(about.get_webhook_info),
    "getchat": _method(about.get_chat, "chat_id"),
    "getfile": _method(about.get_file, "file_id"),
    "setmycommands": _method(about.set_my_commands, _PLACE + "commands"),
    "getmycommands": _method(about.get_my_commands, _PLACE),
    "deletemycommands": _method(about.delete_my_commands, _PLACE),
    "setmydescription": _method(about.set_my_description, "description language_code"),
    "getmydescription": _method(about.get_my_description, "language_code"),
    "setmyshortdescription": _method(
        about.set_my_short_description, "short_description language_code"
    ),
    "getmyshortdescription": _method(about.get_my_short_description, "language_code"),
    "setchatmenubutton": _method(about.set_chat_menu_button, "chat_id menu_button"),
    "getchatmenubutton": _method(about.get_chat_menu_button, "chat_id"),
}

"""What Telegram refuses, with its error codes and its words.

Limits come from `telegram.constants`, so that they cannot drift from the library's.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import Any, Never
from urllib.parse import urlsplit

from PIL import Image
from telegram.constants import (
    BotCommandLimit,
    BotDescriptionLimit,
    CallbackQueryLimit,
    FileSizeLimit,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    KeyboardButtonStyle,
    MediaGroupLimit,
    MessageLimit,
)

from .model import Button, FormattedText, Json, Keyboard, utf16_length

MAX_PHOTO_SIDES_TOGETHER = 10_000
MAX_PHOTO_RATIO = 20
COMMAND_NAME = re.compile(f"[a-z0-9_]{{1,{BotCommandLimit.MAX_COMMAND.value}}}")
LANGUAGE_CODE = re.compile(r"[a-z]{2}")


class RefusedError(Exception):
    """An answer with `ok: false`, as the Bot API gives it."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def refuse(description: str) -> Never:
    """Refuse with the usual code 400."""
    raise RefusedError(400, f"Bad Request: {description}")


def check_text(body: FormattedText) -> None:
    if not body.text:
        refuse("message text is empty")
    if body.length > MessageLimit.MAX_TEXT_LENGTH:
        refuse("message is too long")


def check_caption(body: FormattedText) -> None:
    if body.length > MessageLimit.CAPTION_LENGTH:
        refuse("message caption is too long")


def check_media_count(count: int) -> None:
    if not MediaGroupLimit.MIN_MEDIA_LENGTH <= count <= MediaGroupLimit.MAX_MEDIA_LENGTH:
        refuse("wrong number of media in the album; it must be between 2 and 10")


def check_upload(content: bytes) -> None:
    if not content:
        refuse("file must be non-empty")
    if len(content) > FileSizeLimit.FILESIZE_UPLOAD:
        raise RefusedError(413, "Request Entity Too Large")


def check_download(size: int) -> None:
    if size > FileSizeLimit.FILESIZE_DOWNLOAD:
        refuse("file is too big")


def photo_dimensions(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a photo that Telegram would accept.

    Raises:
        RefusedError: too many bytes, no image, or sides that Telegram does not take.
    """
    if len(content) > FileSizeLimit.PHOTOSIZE_UPLOAD:
        refuse(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {FileSizeLimit.PHOTOSIZE_UPLOAD.value} bytes"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as image:
                width, height = image.size
                image.verify()
    except Exception:
        refuse("IMAGE_PROCESS_FAILED")
    longest, shortest = max(width, height), min(width, height)
    if width + height > MAX_PHOTO_SIDES_TOGETHER or longest > MAX_PHOTO_RATIO * shortest:
        refuse("PHOTO_INVALID_DIMENSIONS")
    return width, height


def check_keyboard(rows: Any) -> Keyboard:
    """The rows of an InlineKeyboardMarkup; empty rows fall away, as at Telegram."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        refuse(
            "can't parse inline keyboard markup: "
            'Field "inline_keyboard" must be an Array of Arrays'
        )
    keyboard = tuple(tuple(_check_button(button) for button in row) for row in rows if row)
    if any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in keyboard) or (
        sum(map(len, keyboard)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
    ):
        refuse("reply markup is too long")
    return keyboard


def _check_button(button: Any) -> Button:
    if not isinstance(button, dict):
        refuse("can't parse inline keyboard button: expected an Object")
    text, data, url = (button.get(name) for name in ("text", "callback_data", "url"))
    if not isinstance(text, str):
        refuse('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not text.strip():
        refuse("inline keyboard button text is empty")
    style = {"style": button["style"]} if button.get("style") is not None else {}
    if style and style["style"] not in set(KeyboardButtonStyle):
        refuse("BUTTON_STYLE_INVALID")
    others = set(button) - {"text", "callback_data", "url", "style"}
    if others:
        refuse(f"this local server does not know the inline button field {min(others)!r}")
    if (data is None or data == "") and (url is None or url == ""):
        refuse(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if url is not None:
        return {"text": text, "url": check_button_url(str(url)), **style}
    if not isinstance(data, str) or (
        len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    ):
        refuse("BUTTON_DATA_INVALID")
    return {"text": text, "callback_data": data, **style}


def check_button_url(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        refuse(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if parts.scheme not in {"http", "https", "tg"}:
        refuse(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not parts.netloc:
        refuse(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url


def check_commands(commands: Any) -> list[Json]:
    """The BotCommand list of setMyCommands."""
    if not isinstance(commands, list):
        refuse("can't parse commands: expected an Array of BotCommand")
    if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        refuse("BOT_COMMANDS_TOO_MUCH")
    return [_check_command(command) for command in commands]


def _check_command(command: Any) -> Json:
    if not isinstance(command, dict):
        refuse("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not COMMAND_NAME.fullmatch(name):
        refuse("BOT_COMMAND_INVALID")
    if not description:
        refuse("command description must be non-empty")
    if utf16_length(description) > BotCommandLimit.MAX_DESCRIPTION:
        refuse(
            f"command description length must not exceed {BotCommandLimit.MAX_DESCRIPTION.value}"
        )
    return {"command": name, "description": description}


def check_language_code(code: str) -> str:
    if code and not LANGUAGE_CODE.fullmatch(code):
        refuse("invalid language code specified")
    return code


def check_description(text: str, *, short: bool) -> str:
    limit = (
        BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
        if short
        else BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    )
    if utf16_length(text) > limit:
        refuse("BOT_SHORT_DESCRIPTION_TOO_LONG" if short else "BOT_DESCRIPTION_TOO_LONG")
    return text


def check_toast(text: str) -> str:
    if utf16_length(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        refuse("MESSAGE_TOO_LONG")
    return text

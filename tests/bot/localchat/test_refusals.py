"""What Telegram refuses is refused here, over real HTTP, with its code and its words."""

# ruff: noqa: E501 - a refusal a line reads best

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from telegram.constants import FileSizeLimit, MessageLimit

from bot.localchat import LocalServer, User

CHAT = 1001
TEXT_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
CAPTION_LIMIT = int(MessageLimit.CAPTION_LENGTH)


def _keyboard(*buttons: Any) -> dict[str, Any]:
    return {"chat_id": CHAT, "text": "x", "reply_markup": {"inline_keyboard": [list(buttons)]}}


def _html(text: str) -> dict[str, Any]:
    return {"chat_id": CHAT, "text": text, "parse_mode": "HTML"}


def _command(name: str, description: str = "uitleg") -> dict[str, Any]:
    return {"commands": [{"command": name, "description": description}]}


REFUSED = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 5, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@kanaal", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": 1002, "text": "x"}, "chat not found"),  # never wrote first
    ("sendMessage", {"chat_id": CHAT}, "message text is empty"),
    ("sendMessage", {"chat_id": CHAT, "text": " \n\t"}, "message text is empty"),
    ("sendMessage", _html("<b> </b>"), "message text is empty"),
    ("sendMessage", {"chat_id": CHAT, "text": "x" * (TEXT_LIMIT + 1)}, "message is too long"),
    ("sendMessage", {"chat_id": CHAT, "text": "🧭" * (TEXT_LIMIT // 2) + "x"}, "message is too long"),
    ("sendMessage", {"chat_id": CHAT, "text": "x", "parse_mode": "Markdown2"}, "unsupported parse_mode"),
    ("sendMessage", {"chat_id": CHAT, "text": "x", "business": "y"}, "does not know the parameter"),
    ("sendMessage", _html("<h1>x</h1>"), "Unsupported start tag \"h1\" at byte offset 0"),
    ("sendMessage", _html("€ <b>x"), "Can't find end tag corresponding to start tag \"b\""),
    ("sendMessage", _html("€ <b>x</i>"), 'Unmatched end tag at byte offset 8, expected "</b>", found "</i>"'),
    ("sendMessage", _html("a < b"), 'Unsupported start tag "" at byte offset 2'),
    ("sendMessage", _html("x</b>"), "Unexpected end tag at byte offset 1"),
    ("sendMessage", _html("&#xD800;"), "invalid Unicode characters"),
    ("sendMessage", _keyboard({"text": "a", "callback_data": "é" * 33}), "BUTTON_DATA_INVALID"),
    ("sendMessage", _keyboard({"text": "a"}), "Text buttons are unallowed in the inline keyboard"),
    ("sendMessage", _keyboard({"text": "a", "callback_data": ""}), "Text buttons are unallowed"),
    ("sendMessage", _keyboard({"text": "", "callback_data": "a"}), "button text is empty"),
    ("sendMessage", _keyboard({"callback_data": "a"}), 'Field "text" must be of type String'),
    ("sendMessage", _keyboard({"text": "a", "url": "javascript:x"}), "Unsupported URL protocol"),
    ("sendMessage", _keyboard({"text": "a", "url": "http://[x"}), "Wrong HTTP URL"),
    ("sendMessage", _keyboard({"text": "a", "pay": True}), "does not know the inline button field 'pay'"),
    ("sendMessage", _keyboard(*[{"text": "a", "callback_data": "a"}] * 9), "reply markup is too long"),
    ("sendMessage", _keyboard({"text": "a", "callback_data": "a", "style": "loud"}), "BUTTON_STYLE_INVALID"),
    ("sendMessage", _keyboard("a"), "can't parse inline keyboard button"),
    ("sendMessage", {"chat_id": CHAT, "text": "x", "reply_markup": "{"}, "can't parse reply markup JSON"),
    ("sendMessage", {"chat_id": CHAT, "text": "x", "reply_markup": "[" * 9_000}, "can't parse reply markup JSON"),
    ("sendMessage", {"chat_id": CHAT, "text": "x", "reply_markup": [1]}, "object expected as reply markup"),
    ("sendMessage", {"chat_id": CHAT, "text": "x", "reply_markup": {"keyboard": []}}, "knows inline keyboards"),
    ("sendMessage", {"chat_id": CHAT, "text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ("sendPhoto", {"chat_id": CHAT}, "there is no photo in the request"),
    ("sendPhoto", {"chat_id": CHAT, "photo": "nonsense"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"chat_id": CHAT, "photo": "attach://p"}, "is not in the request"),
    ("sendDocument", {"chat_id": CHAT, "document": "https://example.org/x"}, "wrong file identifier/HTTP URL specified"),
    ("sendDocument", {"chat_id": CHAT, "caption": "x" * (CAPTION_LIMIT + 1), "document": "y"}, "message caption is too long"),
    ("sendMediaGroup", {"chat_id": CHAT, "media": []}, "wrong number of media"),
    ("sendMediaGroup", {"chat_id": CHAT, "media": [{"type": "video"}] * 2}, "photo and document only"),
    ("sendChatAction", {"chat_id": CHAT, "action": "dansen"}, "wrong parameter action in request"),
    ("editMessageText", {"chat_id": CHAT, "text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": CHAT, "message_id": 999, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"chat_id": CHAT, "message_id": 1, "text": "x"}, "message can't be edited"),
    ("deleteMessage", {"chat_id": CHAT, "message_id": 999}, "message to delete not found"),
    ("deleteMessages", {"chat_id": CHAT, "message_ids": []}, "message identifiers are not specified"),
    ("deleteMessages", {"chat_id": CHAT, "message_ids": [True]}, "message identifiers are not specified"),
    ("deleteMessages", {"chat_id": CHAT, "message_ids": [*range(101)]}, "too many message identifiers"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired or query ID is invalid"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("getFile", {"file_id": "nonsense"}, "invalid file_id"),
    ("setMyCommands", {"commands": "x"}, "can't parse commands JSON"),
    ("setMyCommands", {"commands": {}}, "expected an Array"),
    ("setMyCommands", {"commands": [1]}, "can't parse BotCommand"),
    ("setMyCommands", _command("top-10"), "BOT_COMMAND_INVALID"),
    ("setMyCommands", _command("Top10"), "BOT_COMMAND_INVALID"),
    ("setMyCommands", _command("x" * 33), "BOT_COMMAND_INVALID"),
    ("setMyCommands", _command("top10", " "), "command description must be non-empty"),
    ("setMyCommands", _command("top10", "x" * 257), "length must not exceed 256"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {**_command("a"), "language_code": "nederlands"}, "invalid language code specified"),
    ("setMyCommands", {**_command("a"), "scope": {"type": "x"}}, "unsupported scope type specified"),
    ("setMyDescription", {"description": "x" * 513}, "BOT_DESCRIPTION_TOO_LONG"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "BOT_SHORT_DESCRIPTION_TOO_LONG"),
    ("setChatMenuButton", {"menu_button": {"type": "web_app"}}, "default and commands only"),
    ("setWebhook", {"url": "https://example.org"}, "getUpdates only"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "values", "words"), REFUSED)
async def test_bad_requests(call: Any, anja: User, method: str, values: Any, words: str) -> None:
    answer = await call(method, **values)

    assert (answer["status"], answer["ok"], answer["error_code"]) == (400, False, 400)
    assert answer["description"].startswith("Bad Request: ")
    assert words in answer["description"]


@pytest.mark.parametrize("method", ["getupdate", "sendDice", "logOut", "x"])
async def test_unknown_methods(call: Any, method: str) -> None:
    answer = await call(method)

    assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")


@pytest.mark.parametrize(
    ("token", "code"), [("1:OTHER", 401), ("1", 404), ("x:LOCAL", 404), ("1:", 404), ("²:x", 404)]
)
async def test_wrong_tokens(
    server: LocalServer, http: aiohttp.ClientSession, token: str, code: int
) -> None:
    for path in (f"/bot{token}/getMe", f"/file/bot{token}/documents/x"):
        async with http.get(server.url + path) as response:
            assert response.status == code
            assert (await response.json())["ok"] is False


async def test_blocked_by_the_person(server: LocalServer, call: Any, anja: User) -> None:
    server.messenger.block(anja)

    answer = await call("sendMessage", chat_id=CHAT, text="x")

    assert answer["error_code"] == 403
    assert answer["description"] == "Forbidden: bot was blocked by the user"
    server.messenger.unblock(anja)
    assert (await call("sendMessage", chat_id=CHAT, text="x"))["ok"]


@pytest.mark.parametrize(
    ("width", "height", "words"),
    [(6_000, 4_001, "PHOTO_INVALID_DIMENSIONS"), (2_100, 100, "PHOTO_INVALID_DIMENSIONS")],
)
async def test_photo_sides(
    call: Any, anja: User, image: Any, width: int, height: int, words: str
) -> None:
    answer = await call("sendPhoto", files={"photo": image(width, height)}, chat_id=CHAT)

    assert answer["description"] == f"Bad Request: {words}"


@pytest.mark.parametrize("content", [b"no picture", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
async def test_photo_that_is_none(call: Any, anja: User, content: bytes) -> None:
    answer = await call("sendPhoto", files={"photo": content}, chat_id=CHAT)

    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_damaged_photo(call: Any, anja: User, image: Any) -> None:
    content = bytearray(image())
    content[len(content) // 2] ^= 0xFF

    answer = await call("sendPhoto", files={"photo": bytes(content)}, chat_id=CHAT)

    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_files_that_are_too_large_together(call: Any, anja: User) -> None:
    half = bytes(int(FileSizeLimit.FILESIZE_UPLOAD) // 2 + 1_000_000)

    answer = await call("sendDocument", files={"document": half, "other": half}, chat_id=CHAT)

    assert answer["error_code"] == 413


async def test_sizes_of_files(server: LocalServer, call: Any, anja: User, image: Any) -> None:
    heavy = image() + bytes(int(FileSizeLimit.PHOTOSIZE_UPLOAD))
    assert "is too big for a photo" in (
        await call("sendPhoto", files={"photo": heavy}, chat_id=CHAT)
    )["description"]  # fmt: skip
    empty = await call("sendDocument", files={"document": b""}, chat_id=CHAT)
    assert empty["description"] == "Bad Request: file must be non-empty"
    huge = bytes(int(FileSizeLimit.FILESIZE_UPLOAD) + 1)
    answer = await call("sendDocument", files={"document": huge}, chat_id=CHAT)
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")
    large = bytes(int(FileSizeLimit.FILESIZE_DOWNLOAD) + 1)
    sent = server.messenger.send_document(anja, "groot.csv", large)
    file_id = sent.as_telegram()["document"]["file_id"]
    assert (await call("getFile", file_id=file_id))["description"] == "Bad Request: file is too big"


async def test_limits_count_after_parsing(call: Any, anja: User) -> None:
    longest = "<b>" + "&lt;" * TEXT_LIMIT + "</b>"
    assert (await call("sendMessage", **_html(longest)))["ok"]
    astral = {"chat_id": CHAT, "text": "🧭" * (TEXT_LIMIT // 2)}
    assert (await call("sendMessage", **astral))["ok"]


async def test_nothing_to_modify(call: Any, anja: User) -> None:
    message_id = (await call("sendMessage", **_html("<b>x</b>")))["result"]["message_id"]

    same = await call("editMessageText", message_id=message_id, **_html("<strong>x</strong>"))
    other = await call("editMessageText", message_id=message_id, **_html("<i>x</i>"))
    markup = await call("editMessageReplyMarkup", chat_id=CHAT, message_id=message_id)

    assert same["description"].startswith("Bad Request: message is not modified: specified new")
    assert other["ok"]
    assert "message is not modified" in markup["description"]


async def test_edits_of_the_wrong_kind(call: Any, anja: User, image: Any) -> None:
    text = (await call("sendMessage", chat_id=CHAT, text="x"))["result"]["message_id"]
    photo = (await call("sendPhoto", files={"photo": image()}, chat_id=CHAT))["result"]
    edits = {"chat_id": CHAT, "message_id": photo["message_id"]}
    file_id = photo["photo"][0]["file_id"]

    for answer, words in [
        (await call("editMessageText", text="y", **edits), "there is no text in the message"),
        (await call("editMessageCaption", chat_id=CHAT, message_id=text), "there is no caption"),
        (await call("editMessageReplyMarkup", reply_markup={"force_reply": True}, **edits),
         "inline keyboard expected"),
        (await call("sendDocument", chat_id=CHAT, document=file_id), "can't use file of type Photo"),
    ]:  # fmt: skip
        assert words in answer["description"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"chat_id=1001&text=%ff"),
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/json", b'{"chat_id": 1001, "text": "\\ud800"}'),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\nnothing of the kind"),
    ],
)
async def test_bodies_that_can_not_be_read(
    server: LocalServer, http: aiohttp.ClientSession, anja: User, kind: str, body: bytes
) -> None:
    url = f"{server.url}/bot{server.token}/sendMessage"
    async with http.post(url, data=body, headers={"Content-Type": kind}) as response:
        assert response.status == 400
        assert (await response.json())["error_code"] == 400


async def test_a_web_page_is_no_bot(server: LocalServer, http: aiohttp.ClientSession) -> None:
    url = f"{server.url}/bot{server.token}/getMe"
    async with http.get(url, headers={"Origin": server.url}) as response:
        assert response.status == 403
    async with http.get(url, headers={"Host": "klantkompas.example"}) as response:
        assert response.status == 421

"""The chat page in a real browser, with a small bot behind it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Page, expect
from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.localchat import LocalServer
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="module")

Context = ContextTypes.DEFAULT_TYPE
PHONE = {"width": 390, "height": 844}
HOSTILE = "<img src=x onerror=alert(1)> & <b>"


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(file, "PNG")
    return file.getvalue()


async def _start(update: Update, context: Context) -> None:
    await update.effective_message.reply_html(f"<b>Welkom</b> {html.escape(HOSTILE)} /help")


async def _ask(update: Update, context: Context) -> None:
    markup = ForceReply(input_field_placeholder="Je naam")
    await update.effective_message.reply_text("Hoe heet je?", reply_markup=markup)


async def _ask_at_length(update: Update, context: Context) -> None:
    question = (
        "Welke klant? Antwoord op dit bericht met zijn nummer of een deel van zijn naam. " * 3
    )
    await update.effective_message.reply_text(question, reply_markup=ForceReply())


async def _many(update: Update, context: Context) -> None:
    for number in range(30):
        await update.effective_message.reply_text(f"regel {number}")


async def _document(update: Update, context: Context) -> None:
    message = update.effective_message
    content = await (await message.document.get_file()).download_as_bytearray()
    buttons = [
        [InlineKeyboardButton("80/20", callback_data="toast")],
        [InlineKeyboardButton("Wis", callback_data="delete")],
        [InlineKeyboardButton("Zeker?", callback_data="alert")],
    ]
    caption = f"{message.document.file_name}: {len(content)} bytes"
    markup = InlineKeyboardMarkup(buttons)
    await message.reply_photo(_picture(), caption=caption, reply_markup=markup)
    await message.reply_document(b"inhoud", filename="rapport.pdf")


async def _pressed(update: Update, context: Context) -> None:
    query = update.callback_query
    await query.answer("Even rekenen", show_alert=query.data == "alert")
    if query.data == "delete":
        await query.message.delete()
    elif query.data == "toast":
        await query.edit_message_caption("Veranderd")


async def _echo(update: Update, context: Context) -> None:
    message = update.effective_message
    answered = message.reply_to_message.text if message.reply_to_message else "niets"
    await message.reply_text(f"Je zei {message.text} op {answered}")


@pytest_asyncio.fixture(loop_scope="module")
async def bot(server: LocalServer) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """A bot that uses all that the page can show."""
    application = (
        Application.builder()
        .token(server.token)
        .base_url(f"{server.url}/bot")
        .base_file_url(f"{server.url}/file/bot")
        .build()
    )
    application.add_handlers(
        [
            CommandHandler("start", _start),
            CommandHandler("reactie", _ask),
            CommandHandler("veel", _many),
            CommandHandler("klant", _ask_at_length),
            MessageHandler(filters.Document.ALL, _document),
            CallbackQueryHandler(_pressed),
            MessageHandler(filters.TEXT, _echo),
        ]
    )
    async with application:
        await application.start()
        await application.updater.start_polling()
        await application.bot.set_my_commands([("top10", "De tien"), ("taal", "Taal")])
        yield application
        await application.updater.stop()
        await application.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def page(server: LocalServer, bot: Any, open_page: Any) -> Page:
    return await open_page(server.url)


def _pane(page: Page, name: str) -> Any:
    return page.get_by_role("tabpanel", name=name)


async def test_send_the_sample_see_the_picture_press_a_button(page: Page) -> None:
    anja = _pane(page, "Anja")
    await anja.get_by_role("button", name="Stuur het voorbeeldbestand").click()

    await expect(anja.get_by_role("img", name="voorbeeld.csv: 34 bytes")).to_be_visible()
    await expect(anja.get_by_role("link", name="rapport.pdf")).to_be_visible()
    await anja.get_by_role("button", name="80/20").click()

    await expect(anja.locator(".toast")).to_have_text("Even rekenen")
    await expect(anja.locator(".theirs .text").first).to_have_text("Veranderd")
    await expect(anja.get_by_role("button", name="80/20")).to_have_count(0)


async def test_enlarge_download_alert_and_delete(page: Page, tmp_path: Path) -> None:
    anja = _pane(page, "Anja")
    await anja.get_by_role("button", name="Stuur het voorbeeldbestand").click()

    await anja.get_by_title("Vergroot de afbeelding").click()
    picture = page.get_by_role("dialog", name="Afbeelding").get_by_role("img")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    await page.keyboard.press("Escape")

    async with page.expect_download() as download:
        await anja.get_by_role("link", name="rapport.pdf").click()
    await (await download.value).save_as(tmp_path / "rapport.pdf")
    assert (tmp_path / "rapport.pdf").read_bytes() == b"inhoud"

    await anja.get_by_role("button", name="Zeker?").click()
    await page.get_by_role("dialog").get_by_role("button", name="Begrepen").click()
    await anja.get_by_role("button", name="Wis").click()
    await expect(anja.get_by_role("img")).to_have_count(0)


async def test_two_advisers_do_not_see_each_other(page: Page) -> None:
    anja, bram = _pane(page, "Anja"), _pane(page, "Bram")
    await anja.get_by_role("button", name="Begin het gesprek").click()
    await bram.get_by_role("combobox").fill("hallo")
    await bram.get_by_role("combobox").press("Enter")

    await expect(anja.locator(".theirs .text")).to_contain_text("Welkom")
    await expect(bram.locator(".theirs .text")).to_have_text("Je zei hallo op niets")
    await expect(anja.locator(".message")).to_have_count(2)
    await expect(bram.locator(".message")).to_have_count(2)


async def test_text_of_the_bot_is_never_markup(page: Page) -> None:
    anja = _pane(page, "Anja")
    await anja.get_by_role("button", name="Begin het gesprek").click()

    text = anja.locator(".theirs .text")
    await expect(text).to_have_text(f"Welkom {HOSTILE} /help")
    await expect(text.locator("strong")).to_have_text("Welkom")
    await expect(text.locator("img")).to_have_count(0)
    await text.get_by_role("button", name="/help").click()
    await expect(anja.locator(".theirs .text").last).to_have_text("Je zei /help op niets")


async def test_commands_by_keyboard(page: Page) -> None:
    anja = _pane(page, "Anja")
    field = anja.get_by_role("combobox")
    await field.press_sequentially("/t")
    await expect(anja.get_by_role("option")).to_have_count(2)
    await field.press("ArrowDown")
    await expect(anja.get_by_role("option", selected=True)).to_contain_text("/taal")
    await field.press("Enter")

    await expect(anja.locator(".theirs .text")).to_have_text("Je zei /taal op niets")
    await anja.get_by_role("button", name="Opdrachten").click()
    await anja.get_by_role("option", name="/top10").click()
    await expect(anja.locator(".theirs .text").last).to_have_text("Je zei /top10 op niets")


async def test_a_reply_that_was_asked_for(page: Page) -> None:
    anja = _pane(page, "Anja")
    field = anja.get_by_role("combobox")
    await field.fill("/reactie")
    await field.press("Enter")
    await expect(field).to_have_attribute("placeholder", "Je naam")
    await field.fill("Anja")
    await field.press("Enter")

    await expect(anja.locator(".theirs .text").last).to_have_text("Je zei Anja op Hoe heet je?")
    await expect(field).to_have_attribute("placeholder", "Typ een bericht of /")


async def test_files_by_dropping_and_by_choosing(page: Page, tmp_path: Path) -> None:
    bram = _pane(page, "Bram")
    drop = """(pane) => {
        const data = new DataTransfer();
        data.items.add(new File(["a;b"], "gesleept.csv", { type: "text/csv" }));
        for (const kind of ["dragover", "drop"])
            pane.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true }));
    }"""
    await bram.evaluate(drop)
    await expect(bram.get_by_role("img", name="gesleept.csv: 3 bytes")).to_be_visible()

    chosen = tmp_path / "gekozen & <raar>.csv"
    chosen.write_bytes(b"1234")
    async with page.expect_file_chooser() as chooser:
        await bram.get_by_role("button", name="Bestand sturen").click()
        await bram.get_by_role("menuitem", name="Kies een bestand…").click()
    await (await chooser.value).set_files(chosen)
    await expect(bram.get_by_role("img", name=f"{chosen.name}: 4 bytes")).to_be_visible()
    await expect(_pane(page, "Anja").locator(".message")).to_have_count(0)


async def test_scrolling_stays_where_the_reader_is(page: Page, bot: Any) -> None:
    anja = _pane(page, "Anja")
    scroller, field = anja.locator(".scroll"), anja.get_by_role("combobox")
    left = "node => node.scrollHeight - node.scrollTop - node.clientHeight"
    await field.fill("/veel")
    await field.press("Enter")
    await expect(anja.locator(".theirs")).to_have_count(30)
    assert await scroller.evaluate(left) < 2

    await scroller.evaluate("node => { node.scrollTop = 0 }")
    newest = anja.get_by_role("button", name="Naar het nieuwste bericht")
    await expect(newest).to_be_visible()
    await bot.bot.send_message(1001, "terwijl je leest")
    await expect(newest.locator(".count")).to_have_text("1")
    assert await scroller.evaluate("node => node.scrollTop") == 0

    await newest.click()
    await expect(newest).to_be_hidden()
    assert await scroller.evaluate(left) < 2


async def test_a_phone_shows_one_chat_at_a_time(
    server: LocalServer, bot: Any, open_page: Any
) -> None:
    page = await open_page(server.url, viewport=PHONE, has_touch=True)
    await expect(_pane(page, "Anja")).to_be_visible()
    await expect(_pane(page, "Bram")).to_be_hidden()
    server.messenger.send_text(server.messenger.users[1002], "/start")

    tab = page.get_by_role("tab", name="Bram")
    await expect(tab.locator(".count")).to_be_visible()
    await expect(tab.locator(".count")).to_have_text("1")
    await tab.tap()

    await expect(_pane(page, "Bram").locator(".theirs .text")).to_contain_text("Welkom")
    await expect(tab.locator(".count")).to_be_hidden()
    width = "document.documentElement.scrollWidth"
    assert await page.evaluate(width) == PHONE["width"]


async def test_english_and_back(page: Page) -> None:
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_text("Not Telegram")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.reload()
    await expect(page.get_by_text("nothing leaves this computer")).to_be_visible()
    await page.get_by_role("button", name="Nederlands").click()
    await expect(page.get_by_text("Geen Telegram")).to_be_visible()


@pytest.mark.parametrize(
    ("spoken", "words"), [("en-GB", "Not Telegram"), ("nl-BE", "Geen Telegram")]
)
async def test_the_page_opens_in_the_language_of_the_browser(
    server: LocalServer, open_page: OpenPage, spoken: str, words: str
) -> None:
    page = await open_page(server.url, locale=spoken)
    await expect(page.get_by_text(words)).to_be_visible()


async def test_a_sample_is_offered_in_its_own_language(page: Page) -> None:
    anja = _pane(page, "Anja")
    await expect(anja.locator(".empty .sample")).to_have_count(1)
    await page.get_by_role("button", name="English").click()
    await expect(anja.locator(".empty .sample")).to_have_count(0)


async def test_the_chosen_language_is_that_of_the_advisers_app(
    server: LocalServer, page: Page
) -> None:
    await page.get_by_role("button", name="English").click()
    field = _pane(page, "Anja").get_by_role("combobox")
    await field.fill("hello")
    await field.press("Enter")
    await expect(_pane(page, "Anja").get_by_text("hello", exact=True)).to_be_visible()
    assert {user.language_code for user in server.messenger.users.values()} == {"en"}


async def test_blocking_the_bot(server: LocalServer, page: Page) -> None:
    anja = _pane(page, "Anja")
    await anja.get_by_role("button", name="Meer").click()
    await anja.get_by_role("menuitem", name="Blokkeer de bot").click()
    await expect(anja.get_by_role("combobox")).to_be_hidden()
    assert server.messenger.users[1001].has_blocked

    await anja.get_by_role("button", name="Deblokkeer de bot").click()
    await expect(anja.get_by_role("combobox")).to_be_visible()


async def test_reload_shows_the_same_chat(page: Page) -> None:
    anja = _pane(page, "Anja")
    await anja.get_by_role("button", name="Stuur het voorbeeldbestand").click()
    await expect(anja.get_by_role("link", name="rapport.pdf")).to_be_visible()
    before = await anja.locator(".log").inner_text()

    await page.reload()

    await expect(anja.get_by_role("link", name="rapport.pdf")).to_be_visible()
    assert await anja.locator(".log").inner_text() == before


async def test_the_day_is_moved_forward_by_keyboard(server: LocalServer, page: Page) -> None:
    before = server.messenger.clock.now()
    await page.get_by_role("button", name="Verzet de dag").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Een dag verder")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menuitem", name="Een dag verder")).to_be_hidden()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    shown = await page.locator(".clock-now time").text_content()
    await page.keyboard.press("Enter")
    await expect(page.locator(".clock-now time")).not_to_have_text(shown or "")
    moved = server.messenger.clock.now()
    assert (moved.year, moved.month) != (before.year, before.month)
    assert moved.weekday() < 5


async def test_another_day_gets_a_line_of_its_own(server: LocalServer, page: Page) -> None:
    anja, field = _pane(page, "Anja"), _pane(page, "Anja").get_by_role("combobox")
    days = anja.locator(".day")
    await field.fill("gisteren")
    await field.press("Enter")
    await expect(days).to_have_text(["Vandaag"])
    server.messenger.move_clock(server.messenger.clock.now() + timedelta(days=1))
    await expect(days).not_to_have_text(["Vandaag"])
    await field.fill("vandaag")
    await field.press("Enter")
    await expect(days).to_have_count(2)
    await expect(days.last).to_have_text("Vandaag")


async def test_the_sample_is_not_offered_again_once_the_file_is_taken_out(
    server: LocalServer, page: Page
) -> None:
    anja = _pane(page, "Anja")
    await anja.get_by_role("button", name="Stuur het voorbeeldbestand").click()
    await expect(anja.get_by_role("link", name="rapport.pdf")).to_be_visible()
    user = server.messenger.users[1001]
    sent = next(each for each in server.messenger.messages(user) if not each.from_bot)
    server.messenger.delete(user, sent.message_id)
    await expect(anja.locator(f"a[download='{sent.media.file.name}']")).to_have_count(0)
    await expect(anja.locator(".offer")).to_be_hidden()
    await page.reload()
    await expect(anja.get_by_role("link", name="rapport.pdf")).to_be_visible()
    await expect(anja.locator(".offer")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["Nederlands", "English"])
async def test_on_a_phone_nothing_stands_beside_the_screen_and_all_has_a_name(
    server: LocalServer, bot: Any, open_page: OpenPage, scheme: str, language: str
) -> None:
    page = await open_page(server.url, viewport=PHONE, color_scheme=scheme)
    await page.get_by_role("button", name=language, exact=True).click()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE["width"]
    await page.get_by_role("button", name=re.compile("Verzet de dag|Move the day")).click()
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, textarea, input:not([hidden])")]
            .filter((node) => node.checkVisibility())
            .filter((node) => !(node.getAttribute("aria-label") || node.textContent.trim()))
            .map((node) => node.outerHTML)"""
    )
    assert nameless == []


async def test_a_long_question_to_reply_to_stays_within_a_phone(
    server: LocalServer, bot: Any, open_page: OpenPage
) -> None:
    page = await open_page(server.url, viewport=PHONE)
    field = _pane(page, "Anja").get_by_role("combobox")
    await field.fill("/klant")
    await field.press("Enter")
    await expect(_pane(page, "Anja").locator(".replying")).to_be_visible()
    send = await page.locator(".pane.front .send").bounding_box()
    assert send is not None
    assert send["x"] + send["width"] <= PHONE["width"]
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

"""`klantkompas chat` as its users start it, and the real bot behind the page."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE
from tests.conversations.lists import csv_list

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE = 60_000
"""Milliseconds: the first answer waits for a worker that starts."""


@pytest_asyncio.fixture(loop_scope="module")
async def chat(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a running `klantkompas chat`; it must end in peace."""
    bare = {name: value for name, value in os.environ.items() if "KLANTKOMPAS" not in name}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "chat", "--no-browser", "--data", str(tmp_path / "data"),
        stdout=asyncio.subprocess.PIPE, cwd=tmp_path, env=bare,
    )  # fmt: skip
    assert process.stdout is not None
    first_line = (await process.stdout.readline()).decode()
    yield re.search(r"http://127\.0\.0\.1:\d+/", first_line)[0]
    process.terminate()
    assert await process.wait() == 0


def newest(page: Page, text: str):
    return page.get_by_text(text).last


async def test_the_sample_is_answered_with_findings_and_a_picture(chat, open_page):
    page = await open_page(chat, viewport=PHONE)
    await page.get_by_role("button", name="Stuur het voorbeeldbestand").first.click()
    await expect(newest(page, "Niet bewaard")).to_be_visible(timeout=PATIENCE)
    await expect(newest(page, "brengt 80% van je omzet")).to_be_visible(timeout=PATIENCE)
    picture = page.get_by_role("img", name=re.compile("Foto|brengt 80%")).last
    await expect(picture).to_be_visible()
    width = await picture.evaluate("image => image.naturalWidth")
    assert width == 1080
    await page.get_by_role("button", name="Top 10", exact=True).last.click()
    await expect(newest(page, "Je 10 beste klanten")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Waarom?", exact=True).last.click()
    await expect(newest(page, "op de 100 keer")).to_be_visible(timeout=PATIENCE)


async def test_an_english_page_offers_an_english_sample_and_is_answered_in_english(chat, open_page):
    page = await open_page(chat, viewport=PHONE)
    await page.get_by_role("button", name="English", exact=True).click()
    await page.get_by_role("button", name="Send the sample file").first.click()
    await expect(newest(page, "bring in 80% of your revenue")).to_be_visible(timeout=PATIENCE)
    await expect(newest(page, "Owner-director: yes")).to_be_visible(timeout=PATIENCE)


async def test_an_own_list_is_sent_by_the_paperclip(chat, open_page, tmp_path):
    path = tmp_path / "klanten.csv"
    path.write_bytes(csv_list())
    page = await open_page(chat, viewport=PHONE)
    await page.locator("input[type=file]").first.set_input_files(path)
    await expect(newest(page, "60 klanten gelezen")).to_be_visible(timeout=PATIENCE)


async def test_two_advisers_side_by_side(chat, open_page):
    page = await open_page(chat)
    buttons = page.get_by_role("button", name="Stuur het voorbeeldbestand")
    await expect(buttons).to_have_count(2)
    # Each goes with its empty chat as soon as it is pressed.
    await buttons.last.click()
    await expect(buttons).to_have_count(1)
    await buttons.click()
    await expect(page.get_by_text("brengt 80% van je omzet")).to_have_count(2, timeout=PATIENCE)


async def test_the_monthly_tip_comes_when_the_day_is_moved(chat, open_page):
    page = await open_page(chat, viewport=PHONE)
    await page.get_by_role("button", name="Stuur het voorbeeldbestand").first.click()
    await expect(newest(page, "één praktische tip")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Ja, graag", exact=True).last.click()
    await expect(newest(page, "Je maandtip staat aan")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Verzet de dag").click()
    await page.get_by_role("menuitem", name="Naar volgende maand").click()
    await expect(newest(page, "Doe dit:")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Gedaan", exact=True).last.click()

"""A real Chromium, in the event loop of the test, so that the server and the bot can live there.

    pytestmark = pytest.mark.asyncio(loop_scope="module")

    async def test_something(server, open_page):
        page = await open_page(server.url)

The tests of a module share the browser, and so its loop; each has contexts of its own. Every page
must end without an error in its console: `open_page` looks at that afterwards.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from bot.localchat import LocalServer, Sample

OpenPage = Callable[..., Awaitable[Page]]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is: the environment's CHROMIUM, else the system's."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        reason = "No Chromium on this machine: install it, or set CHROMIUM to its path"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        # In a container Chromium's own sandbox has no user namespaces to stand on.
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def open_page(browser: Browser) -> AsyncIterator[OpenPage]:
    """Open an address in a fresh context: `open_page(url, viewport=PHONE, color_scheme="dark")`."""
    complaints: list[str] = []

    async def open_page(url: str, **options: Any) -> Page:
        context = await browser.new_context(**{"viewport": DESKTOP, "locale": "nl-NL", **options})
        page = await context.new_page()
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(url)
        return page

    yield open_page
    for context in browser.contexts:
        await context.close()
    assert complaints == []


@pytest.fixture
def sample() -> Sample:
    """A small file for the page's sample button."""
    content = b"Naam;Omzet\nJansen;100\nDe Vries;50\n"
    return Sample("voorbeeld.csv", content, "text/csv")


@pytest_asyncio.fixture(loop_scope="module")
async def server(sample: Sample) -> AsyncIterator[LocalServer]:
    """The local server with two advisers in its page and no bot yet."""
    server = LocalServer(samples=[sample])
    await server.start()
    yield server
    await server.stop()

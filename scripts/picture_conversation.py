"""Takes the picture of the README: `docs/conversation.png`, the sample sent in the local chat.

Needs Chromium (or its path in CHROMIUM). Run: .venv/bin/python scripts/picture_conversation.py
"""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from bot.running import chat
from bot.settings import Settings

TARGET = Path(__file__).parents[1] / "docs" / "conversation.png"
TALL_PHONE = {"width": 430, "height": 1560}


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        settings = Settings(_env_file=None, data=Path(folder))
        bot = asyncio.create_task(chat(settings, 0, ready.set_result))
        done, _ = await asyncio.wait({bot, ready}, return_when=asyncio.FIRST_COMPLETED)
        if bot in done:
            await bot
        await take(ready.result())
        bot.cancel()
        await asyncio.gather(bot, return_exceptions=True)


async def take(url: str) -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = await browser.new_page(viewport=TALL_PHONE, device_scale_factor=1.5)
        await page.goto(url)
        await page.get_by_role("button", name="Stuur het voorbeeldbestand").first.click()
        await page.get_by_role("button", name="Focus", exact=True).wait_for(timeout=60_000)
        await page.evaluate("document.fonts.ready")
        await page.screenshot(path=TARGET)
        await browser.close()


# Worker processes import this module anew.
if __name__ == "__main__":
    asyncio.run(main())

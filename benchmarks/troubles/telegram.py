"""Telegram is away, another speaks with it for the bot, or it knows the bot no more."""

import asyncio
from pathlib import Path

from benchmarks.rehearsal import BotProcess, Chat, LostError, kept, polls, running
from benchmarks.troubles.probing import Options, Row, bot_on, ends_well, holds, refuses, row
from bot.localchat import LocalServer
from tests.conversations.lists import csv_list


async def _away_amid_an_answer(server: LocalServer, chat: Chat, bot: BotProcess) -> int:
    """Sends a list, and takes the server away once it came in; returns the port to come back at."""
    await bot.start()
    chat.sends("nieuw.csv", csv_list(80))
    await bot.until(chat.sees(("Ontvangen",)))
    port, runner = server._port, server._runner
    assert runner is not None
    await runner.cleanup()
    return port


async def telegram_away(folders: Path, seconds: float) -> None:
    async with bot_on(folders / "lists") as (server, chat, bot):
        port = await _away_amid_an_answer(server, chat, bot)
        chat.says("/pareto")
        await asyncio.sleep(seconds)
        await server.start(port)
        await bot.until(chat.sees(("van de 80", "Jouw eigen 80/20"), 120))
        await ends_well(bot)
        holds(kept(bot.data), 3)


async def stopped_while_away(folders: Path) -> None:
    """Asked to stop while an answer waits for Telegram: it stops, and answers after the restart."""
    async with bot_on(folders / "lists") as (server, chat, bot):
        port = await _away_amid_an_answer(server, chat, bot)
        if await bot.stop(30) != 0:
            raise LostError("does not stop well")
        await server.start(port)
        async with running(BotProcess(server.url, bot.data)) as second:
            await second.until(chat.sees(("van de 80",)))
            await ends_well(second)
        holds(kept(bot.data), 3)


async def away(folders: Path, options: Options) -> list[Row]:
    return [
        await row(
            f"Telegram is away for {options.away:g} s, in the middle of an answer",
            "answers all when it is back", telegram_away(folders, options.away),
        ),
        await row(
            "the bot is stopped while Telegram is away", "stops; answers after its restart",
            stopped_while_away(folders),
        ),
    ]  # fmt: skip


async def two_on_one_folder(folders: Path) -> None:
    async with bot_on(folders / "lists") as (server, chat, bot):
        await bot.start()
        await bot.until(polls(server))
        second = BotProcess(server.url, bot.data, log=bot.data.with_suffix(".second"))
        async with running(second):
            await refuses(second, "Another Klantkompas works with this data folder")
        chat.says("/top10")
        await bot.until(chat.sees(("Je 10 beste klanten",)))
        await ends_well(bot)


async def two_with_one_token(folders: Path) -> None:
    settled = {"settled": "0"}
    async with bot_on(folders / "lists", watch=settled) as (server, chat, bot):
        await bot.start()
        await bot.until(polls(server))
        second = BotProcess(server.url, bot.data.with_name("other"), settings={})
        async with running(second):
            await refuses(second, "Another program asks Telegram for the messages to this bot")
        chat.says("/top10")
        await bot.until(chat.sees(("Je 10 beste klanten",)))
        await ends_well(bot)


async def two(folders: Path, _: Options) -> list[Row]:
    outcome = "the second stops with one sentence, the first goes on"
    return [
        await row("two processes on one folder", outcome, two_on_one_folder(folders)),
        await row("two processes with one token (409)", outcome, two_with_one_token(folders)),
    ]


async def token_withdrawn(folders: Path) -> None:
    async with bot_on(folders / "lists") as (server, chat, bot):
        await bot.start()
        await bot.until(polls(server))
        right, server._bot_side._token = server._bot_side._token, "2:OTHER"
        chat.says("/top10")
        await refuses(bot, "Telegram does not know this token", 2)
        server._bot_side._token = right
        async with running(BotProcess(server.url, bot.data)) as second:
            await second.until(chat.sees(("Je 10 beste klanten",)))
            await ends_well(second)


async def token(folders: Path, _: Options) -> list[Row]:
    return [
        await row(
            "the token is withdrawn while the bot runs",
            "stops with one sentence; answers after its restart with the right one",
            token_withdrawn(folders),
        )
    ]

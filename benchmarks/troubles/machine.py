"""A clock that jumps, and workers that hang, die or take all memory."""

import asyncio
import tempfile
from pathlib import Path

from benchmarks.rehearsal import PATIENCE, BotProcess, LostError, kept
from benchmarks.troubles.probing import Options, Row, bot_on, ends_well, holds, row
from tests.conversations.lists import csv_list


async def clock_jumps(folders: Path, jumps: tuple[float, ...]) -> None:
    with tempfile.TemporaryDirectory() as place:
        clock = Path(place) / "clock"
        clock.write_text("0")
        async with bot_on(folders / "lists", watch={"clock": str(clock)}) as (_, chat, bot):
            await bot.start()
            for number, seconds in enumerate(jumps):
                half = Path(place) / "half"
                half.write_text(str(seconds))
                half.rename(clock)
                chat.sends("nieuw.csv", csv_list(80 + number))
                await bot.until(chat.sees((f"van de {80 + number}",)))
            chat.says("/top10")
            await bot.until(chat.sees(("Je 10 beste klanten",)))
            clock.write_text(str(max(jumps)))
            await bot.until(_logged(bot, "nothing is removed" if max(jumps) else "started"))
            await ends_well(bot)
            found = kept(bot.data)
            holds(found, 2 + len(jumps))
            if not found.lists[0].in_use:
                raise LostError("an older list is in use")
            if not all(each.clients for each in found.lists):
                raise LostError("the rows of a list are gone")


async def _logged(bot: BotProcess, text: str) -> None:
    """Until the bot wrote this into its log; the clean-up comes a minute after the start."""
    try:
        async with asyncio.timeout(2 * PATIENCE):
            while text not in bot.log:  # noqa: ASYNC110 - a file tells nobody that it grew
                await asyncio.sleep(1)
    except TimeoutError:
        raise LostError(f"does not log {text!r}") from None


DAY = 86400.0


async def clock(folders: Path, _: Options) -> list[Row]:
    return [
        await row(
            "the clock jumps a year ahead, back, and ahead again",
            "answers; the newest list is in use; nothing is removed by age",
            clock_jumps(folders, (365 * DAY, 0.0)),
        ),
        await row(
            "the clock jumps ten years back and ahead again", "answers; the newest list is in use",
            clock_jumps(folders, (-3650 * DAY, 0.0)),
        ),
    ]  # fmt: skip


async def bad_job(folders: Path, fate: str, told: str) -> None:
    watch = {"job": f"read_list {fate}"}
    if fate == "hang":
        watch["time_limit"] = "5"
    async with bot_on(folders / "lists", watch=watch) as (_, chat, bot):
        await bot.start()
        chat.sends("nieuw.csv", csv_list(80))
        chat.says("/top10")
        await bot.until(chat.sees((told, "Je 10 beste klanten")))
        await ends_well(bot)
        holds(kept(bot.data), 2)


async def workers(folders: Path, _: Options) -> list[Row]:
    outcome = "refuses that file with a reason, answers the next question"
    return [
        await row("a worker hangs", outcome, bad_job(folders, "hang", "duurde te lang")),
        await row("a worker dies, twice", outcome, bad_job(folders, "die", "geheugen")),
        await row("a worker takes all memory", outcome, bad_job(folders, "devour", "geheugen")),
    ]

"""Databases that are locked or damaged, and keys that are lost or wrong."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.rehearsal import Chat, LostError, kept
from benchmarks.troubles.probing import (
    NOT_KEPT,
    SORRY_DAMAGED,
    WAITS,
    Options,
    Row,
    bot_on,
    ends_well,
    holds,
    holds_files,
    refuses,
    row,
)
from storage.database import connect
from storage.keys import derive, master_key
from tests.conversations.lists import csv_list


@contextmanager
def held(data: Path, name: str) -> Iterator[None]:
    """Another program holds the database for writing."""
    master = master_key("", data)
    path = data / "register.db" if name == "register" else next((data / "offices").glob("*.db"))
    purpose = name if name == "register" else f"office {path.stem}"
    connection = connect(path, derive(master, purpose))
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def locked_database(folders: Path, name: str) -> None:
    async with bot_on(folders / "lists") as (_, chat, bot):
        await bot.start()
        chat.says("/help")
        await bot.until(chat.sees(("/top10",)))
        with held(bot.data, name):
            chat.sends("nieuw.csv", csv_list(80))
            await bot.until(chat.sees(NOT_KEPT))
        await bot.until(chat.sees(("van de 80",)))
        await ends_well(bot)
        holds(kept(bot.data), 3)


async def locked(folders: Path, _: Options) -> list[Row]:
    return [
        await row(
            "register locked by another program",
            WAITS,
            locked_database(folders, "register"),
        ),
        await row(
            "office's file locked by another program",
            WAITS,
            locked_database(folders, "office"),
        ),
    ]


ANSWERED = ("Je 10 beste klanten",)


def flip(path: Path, place: int) -> None:
    """Turns the bits of one byte round; doing it twice does nothing."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 0xFF]))


async def damaged_office(folders: Path, place: float) -> None:
    async with bot_on(folders / "lists") as (server, chat, bot):
        path = next((bot.data / "offices").glob("*.db"))
        at = int(place * path.stat().st_size)
        flip(path, at)
        await bot.start()
        chat.says("/top10")
        other = Chat(server)
        other.says("/start")
        # Nobody else is a member here; he is told so, and that goes on.
        await bot.until(other.sees(("Ik ken je nog niet",)))
        await bot.until(chat.sees_any((*SORRY_DAMAGED, *ANSWERED)))
        await ends_well(bot)
        flip(path, at)
        holds(kept(bot.data), 2)


async def damaged_register(folders: Path, place: float) -> None:
    async with bot_on(folders / "lists") as (_, chat, bot):
        path = bot.data / "register.db"
        flip(path, int(place * path.stat().st_size))
        await bot.start()
        chat.says("/top10")
        try:
            await bot.until(chat.sees_any((*NOT_KEPT, *SORRY_DAMAGED, *ANSWERED)))
        except LostError:
            if bot.process.returncode is None:
                raise
            await refuses(bot, "does not open with this key, or a file in it is damaged")


async def damaged(folders: Path, options: Options) -> list[Row]:
    randomness = random.Random(1)
    places = [0.0, *(randomness.random() for _ in range(options.flips - 1))]
    return [
        await row(
            "a byte of an office's file is turned round",
            "tells that office what to do, serves all others; whole again with the byte put back",
            *(damaged_office(folders, place) for place in places),
        ),
        await row(
            "a byte of the register is turned round",
            "stops with one sentence, or goes on where that page is not needed",
            *(damaged_register(folders, place) for place in places),
        ),
    ]


async def lost_key(folders: Path) -> None:
    async with bot_on(folders / "lists") as (_, _chat, bot):
        (bot.data / "key").unlink()
        await bot.start()
        await refuses(bot, "no key that opens it")
        if (bot.data / "key").exists():
            raise LostError("a new key was made")
        holds_files(bot.data, folders / "lists")


async def other_key(folders: Path, key: str, sentence: str) -> None:
    settings = {"KLANTKOMPAS_KEY": key}
    async with bot_on(folders / "lists", settings=settings) as (_, _chat, bot):
        await bot.start()
        await refuses(bot, sentence)
        holds_files(bot.data, folders / "lists")


async def half_key(folders: Path, content: str) -> None:
    async with bot_on(folders / "lists") as (_, _chat, bot):
        (bot.data / "key").write_text(content)
        await bot.start()
        await refuses(bot, "must be 64 hexadecimal digits")
        holds_files(bot.data, folders / "lists")


async def keys(folders: Path, _: Options) -> list[Row]:
    stops = "stops with one sentence; no file is changed"
    return [
        await row("the key is lost", f"{stops}, no new key is made", lost_key(folders)),
        await row("another key", stops, other_key(folders, "ab" * 32, "not open with this key")),
        await row(
            "half a key, an empty one, no digits", stops,
            *(half_key(folders, content) for content in ("abcd", "", "é" * 64)),
        ),
    ]  # fmt: skip

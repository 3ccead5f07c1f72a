"""Attempts to get in: every handler of the real bot, tried by who does not belong, over HTTP.

Usage: python -m benchmarks.strangers [attempts of each kind]    (default 2000)

A bot by invitation with one office and its list, in which a word is planted that stands nowhere
else. A stranger, a member who was taken out and a member of another office try all commands,
messages and buttons, from their own chat and from everywhere else, with guessed numbers, codes and
arguments. An attempt that is answered with the planted word, with more than a refusal, or that
changes what is kept, is a defect, is printed, and makes the exit status 1.
"""

import asyncio
import itertools
import logging
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pydantic import SecretStr

from benchmarks.intrusions import (
    ARGUMENTS,
    SENDS,
    UPLOADS,
    Heard,
    Json,
    Place,
    commands,
    home,
    inline,
    listen,
    messages,
    places,
    press,
    presses,
    send,
)
from bot.buttons import Action
from bot.context import KlantkompasApplication
from bot.engine import LocalWorkers
from bot.localchat import LocalServer, User
from bot.localchat.server import LOCAL_TOKEN
from bot.running import started
from bot.services import Services, open_services
from bot.settings import Settings

MARKER = "Zonneschijn"
LIST = f"Klantnummer;Naam;Beroep {MARKER};Omzet\n" + "".join(
    f"{MARKER}{n};{MARKER} {n};{MARKER if n < 10 else 'ander'};{900 - n}\n" for n in range(40)
)
REFUSALS = ("Klantkompas werkt op uitnodiging", "Deze uitnodiging is al gebruikt")
OTHERS_CHAT = "another's chat, group, channel, inline, edited"
NUMBERS = itertools.count(700_000_000)


@dataclass
class House:
    """The bot with its office, and what it says."""

    server: LocalServer
    services: Services
    application: KlantkompasApplication
    heard: Heard
    office: str
    tried: Counter[str] = field(default_factory=Counter)
    defects: list[str] = field(default_factory=list)

    async def attempt(self, kind: str, content: Json, allowed: tuple[str, ...] | None) -> None:
        """One try; `allowed` are the beginnings of what may be said, None for anything unmarked."""
        self.heard.calls.clear()
        await send(self.application, next(NUMBERS), content)
        self.tried[kind] += 1
        said = self.heard.texts(*SENDS)
        told_more = allowed is not None and not all(any(a in s for a in allowed) for s in said)
        if told_more or any(MARKER in text for text in self.heard.texts()):
            self.defects.append(f"{kind}: {content}")

    def kept(self) -> str:
        """Everything of the office, and who belongs to it."""
        with self.services.offices.open(self.office) as file:
            database = file._database
            rows = {name: [*database.table(name).rows] for name in database.table_names()}
        members = self.services.register.members_of(self.office)
        invitations = self.services.register.invitations.open(self.services.clock(), self.office)
        return repr((rows, members, invitations))


def guessed(chance: random.Random, person: Json, place: Place, count: int) -> Iterator[Json]:
    """Forged buttons and invitations, at random."""
    actions = get_args(Action)
    for _ in range(count):
        match chance.randrange(4):
            case 0:
                text = f"/start {secrets.token_urlsafe(chance.choice((8, 24, 40)))}"
                message = {"message_id": 1, "date": 1, "chat": place.chat, "text": text}
                entity = {"type": "bot_command", "offset": 0, "length": 6}
                yield {"message": {**message, "from": person, "entities": [entity]}}
            case 1:
                yield press(person, place, f"join:0:{secrets.token_urlsafe(24)}")
            case 2:
                text = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz:.0123456789=é", k=40))
                yield press(person, place, text[: chance.randrange(40)])
            case _:
                upload, argument = chance.choice(UPLOADS), chance.choice(ARGUMENTS)
                yield press(person, place, f"{chance.choice(actions)}:{upload}:{argument}"[:64])


async def outsider(house: House, kind: str, user: User, count: int) -> None:
    """Who belongs nowhere tries everything from his own chat."""
    person = user.as_telegram()
    tries = itertools.chain(
        messages(house.application, person, home(person), ("", "alles", "x" * 32)),
        presses(person, home(person), ARGUMENTS, (0, 1)),
        guessed(random.Random(1), person, home(person), count),
    )
    for content in tries:
        await house.attempt(kind, content, REFUSALS)


async def elsewhere(house: House, user: User, other: User) -> None:
    """A member of the office itself, from everywhere but his own chat."""
    person = user.as_telegram()
    for place in places(person, other.as_telegram()):
        for content in messages(house.application, person, place):
            await house.attempt(OTHERS_CHAT, content, ())
        if place.key == "message":
            for content in presses(person, place, ("", "names", "yes")):
                await house.attempt(OTHERS_CHAT, content, ())
    for content in inline(person):
        await house.attempt(OTHERS_CHAT, content, ())


async def neighbour(house: House, user: User, count: int) -> None:
    """A member of another office, with guessed numbers of lists, members and invitations."""
    person = user.as_telegram()
    tries = itertools.chain(
        messages(house.application, person, home(person)),
        presses(person, home(person), ("", "yes", "0", "names"), (0, 1, 2)),
        guessed(random.Random(2), person, home(person), count),
    )
    for content in tries:
        await house.attempt("a member of another office", content, None)


def opened(folder: Path, url: str) -> Settings:
    return Settings(
        _env_file=None, data=folder, open=False, token=SecretStr(LOCAL_TOKEN), bot_api_url=url
    )


def join(services: Services, user: User, office: str) -> None:
    services.register.join(user.id, office, "nl", services.clock())
    services.offices.create(office)


async def settle(server: LocalServer, user: User) -> None:
    """Waits until everything that came before in this chat is done."""
    watch = server.messenger.watch()
    server.messenger.send_text(user, "/taal")
    while "In welke taal" not in (await watch.changes.get()).text:
        pass


async def main(count: int) -> int:
    """Run everything and print the table."""
    server = LocalServer(users=())
    await server.start()
    owner, stranger, former, other = (
        server.messenger.add_user(name, "nl") for name in ("Anja", "Vera", "Carla", "Berend")
    )
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, LocalWorkers(1) as engine:
        settings = opened(Path(folder), server.url)
        with open_services(settings, engine=engine) as services:
            office, next_door = (services.register.new_office(n, services.clock()) for n in "AB")
            for user, where in ((owner, office), (former, office), (other, next_door)):
                join(services, user, where)
            async with started(settings, services) as application:
                server.messenger.send_document(owner, f"{MARKER}.csv", LIST.encode())
                own = LIST.replace(MARKER, "eigen").encode()
                server.messenger.send_document(other, "eigen.csv", own)
                for user in (owner, former, other):
                    await settle(server, user)
                server.messenger.send_text(stranger, "/start")
                services.register.remove_member(office, former.id)
                house = House(server, services, application, listen(application), office)
                before = house.kept()
                await outsider(house, "a stranger", stranger, count)
                await outsider(house, "a member who was taken out", former, count)
                await elsewhere(house, owner, other)
                await neighbour(house, other, count)
                changed = house.kept() != before
                print(f"{len(commands(application))} commands, {len(get_args(Action))} buttons")
    await server.stop()
    for defect in house.defects[:20]:
        print("DEFECT", defect)
    print("| who | attempts | let in, told or changed |\n|---|---|---|")
    for kind, tried in house.tried.items():
        found = sum(defect.startswith(kind) for defect in house.defects)
        print(f"| {kind} | {tried} | {found} |")
    print(f"the office's data {'CHANGED' if changed else 'did not change'};", end=" ")
    print(f"{house.tried.total()} attempts, {time.perf_counter() - begin:.0f} s")
    return 1 if changed or house.defects else 0


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    raise SystemExit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)))

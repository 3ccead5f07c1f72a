"""Kills the bot in the middle of its work, again and again, and looks whether anything was lost.

Usage: python benchmarks/kill_conversation.py [--kills 220] [--seed 1] [--at-once 2]

A real `klantkompas run` speaks with a local Bot API server over HTTP. For every scenario one
undisturbed run tells the events at which something is written or called, by stage; the kills are
drawn from these: at an event, or somewhere between it and the next. The kill is SIGKILL to the
whole process group, or to the workers alone. Then the bot is started again, and
- every update that the server handed over must have its answer, a second time is allowed;
- the bot may have said no line that it does not say in the undisturbed run, but for the words it
  has for what it did before it fell;
- what stands on disk must be what stands there after the undisturbed run.
"""

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.rehearsal import (
    Act,
    BotProcess,
    Chat,
    Kept,
    LostError,
    as_of_old,
    kept,
    local_server,
    polls,
    running,
    table_of,
    unheard,
)
from benchmarks.watched_bot import STAGES
from tests.conversations.lists import (
    csv_list,
    two_revenue_columns,
    with_prospects_and_households,
)

WORKERS = "worker alone"
# A pause that the chat makes by itself says nothing about where work is done.
LONGEST_DELAY_SECONDS = 2.0


@dataclass(frozen=True)
class Scenario:
    """What a person does on a data folder, and what he must read in the end."""

    name: str
    folder: str
    acts: tuple[Act, ...]
    expects: tuple[str, ...]
    stages: tuple[str, ...]
    """The stages for which the kills in this scenario count."""
    open_to_all: bool = False
    told_again: tuple[str, ...] = ()
    """What it may say besides, of something that was done before it fell and is asked again."""


LIST_60 = "van de 60"
SCENARIOS = (
    Scenario(
        "first list of a new office", "new",
        (
            lambda chat: chat.says("/start"),
            lambda chat: chat.sends("klanten.csv", csv_list()),
            lambda chat: chat.says("/pareto"),
        ),
        ("Welkom", LIST_60, "Jouw eigen 80/20"),
        ("starting", "migration", "polling", "download", "reading", "storing", "computing",
         "answering", WORKERS),
        open_to_all=True,
    ),
    Scenario(
        "next list of an office", "lists",
        (
            lambda chat: chat.says("/top10"),
            lambda chat: chat.sends("nieuw.csv", csv_list(80)),
            lambda chat: chat.says("/focus"),
        ),
        ("Je 10 beste klanten", "van de 80", "Drie niveaus"),
        ("polling", "download", "reading", "storing", "computing", "answering", WORKERS),
    ),
    Scenario(
        "buttons that change what is kept", "lists",
        (
            lambda chat: chat.presses("include:1:prospect.in"),
            lambda chat: chat.presses("role:1:4.ignore"),
            lambda chat: chat.presses("remove_file:2:yes"),
        ),
        ("43 klanten gelezen", "Begrepen: Beroep", "is verwijderd"),
        ("storing", "computing", "answering"),
        # Its name went with it.
        told_again=(
            "Die lijst is verwijderd, met alles wat eruit kwam."
            " Mijn antwoorden gaan over eerste.csv.",
        ),
    ),
    Scenario(
        "the answer to a question", "question",
        (lambda chat: chat.presses("revenue:1:4"),),
        ("Jouw omzet: kolom Totale opbrengst", "van de 40"),
        ("storing", "computing", "answering"),
    ),
    Scenario(
        "an upgrade", "old",
        (lambda chat: chat.says("/top10"), lambda chat: chat.says("/bestanden")),
        ("Je 10 beste klanten", "Je lijsten"),
        ("migration",),
    ),
    Scenario(
        "/wis", "lists",
        # As under a question of a moment ago, about an office with two lists.
        (lambda chat: chat.presses(f"forget:2:yes.{int(time.time())}"),),
        ("Alles is gewist",),
        ("/wis",),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """The `number`th of its kind in its stage, and the seconds until the next of any stage."""

    stage: str
    number: int
    what: str
    gap: float


@dataclass
class Undisturbed:
    """What a scenario says, keeps and goes through without a kill."""

    said: frozenset[str]
    kept: Kept
    events: dict[str, list[Event]] = field(default_factory=dict)


@dataclass(frozen=True)
class Kill:
    scenario: Scenario
    stage: str
    event: Event
    delay: float


@dataclass(frozen=True)
class Outcome:
    """`hit`: whether the kill happened before all was done; `lost`: what went wrong, or empty."""

    kill: Kill
    hit: bool
    repeated: bool
    lost: str = ""


async def make_folders(root: Path) -> None:
    """The data folders that the scenarios begin with."""
    (root / "new").mkdir()
    first = (
        lambda chat: chat.says("/start"),
        lambda chat: chat.sends("eerste.csv", with_prospects_and_households()),
        lambda chat: chat.sends("tweede.csv", csv_list(50)),
    )
    await _prepare(root / "lists", first, ("van de 40", "van de 50"))
    as_of_old(root / "lists", root / "old")
    asking = (lambda chat: chat.sends("klanten.csv", two_revenue_columns()),)
    await _prepare(root / "question", asking, ("Welke kolom is wat de klant jou opbrengt?",))


async def _prepare(data: Path, acts: Sequence[Act], expects: tuple[str, ...]) -> None:
    async with local_server() as server:
        chat = Chat(server)
        for act in acts:
            act(chat)
        async with running(BotProcess(server.url, data, open_to_all=True)) as bot:
            await bot.until(chat.sees(expects))
            await bot.stop()


async def undisturbed(scenario: Scenario, folders: Path) -> Undisturbed:
    """One run without a kill, traced."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(folders / scenario.folder, data)
        trace = Path(folder) / "trace"
        async with local_server() as server:
            chat = Chat(server)
            for act in scenario.acts:
                act(chat)
            watch = {"trace": str(trace)}
            bot = BotProcess(server.url, data, open_to_all=scenario.open_to_all, watch=watch)
            async with running(bot):
                await bot.until(chat.sees(scenario.expects))
                if await bot.stop() != 0:
                    raise LostError("the undisturbed run ends badly")
            return Undisturbed(frozenset(chat.collect()), kept(data), _events(trace))


def _events(trace: Path) -> dict[str, list[Event]]:
    lines = [line.split(" ", 2) for line in trace.read_text("ascii").splitlines()]
    moments = [float(moment) for moment, _, _ in lines]
    events: defaultdict[str, list[Event]] = defaultdict(list)
    counts: Counter[tuple[str, str]] = Counter()
    for place, (moment, stage, what) in enumerate(lines):
        later = moments[place + 1] if place + 1 < len(moments) else float(moment)
        gap = min(later - float(moment), LONGEST_DELAY_SECONDS)
        counts[stage, what] += 1
        events[stage].append(Event(stage, counts[stage, what], what, gap))
    return dict(events)


def draw(
    scenarios: Sequence[Scenario],
    runs: dict[str, Undisturbed],
    kills: int,
    randomness: random.Random,
) -> list[Kill]:
    """So many kills, evenly over the stages, within a stage over the kinds of events."""
    places = [
        (stage, scenario)
        for stage in (*STAGES, WORKERS)
        for scenario in scenarios
        if stage in scenario.stages
    ]
    of_stage = {
        stage: [scenario for each, scenario in places if each == stage] for stage, _ in places
    }
    drawn = []
    for number in range(kills):
        stage = list(of_stage)[number % len(of_stage)]
        scenario = randomness.choice(of_stage[stage])
        events = runs[scenario.name].events
        if stage == WORKERS:
            pool = [e for each in ("reading", "computing", "answering")
                    for e in events.get(each, []) if e.what.startswith("job")]  # fmt: skip
        else:
            pool = events.get(stage, [])
        if not pool:
            raise LostError(f"{scenario.name} never comes to {stage}")
        # A hundred rows that are inserted are one kind of event, and so are two calls.
        kind = randomness.choice(sorted({event.what for event in pool}))
        event = randomness.choice([event for event in pool if event.what == kind])
        delay = 0.0 if randomness.random() < 0.4 else randomness.uniform(0, event.gap)
        drawn.append(Kill(scenario, stage, event, delay))
    return drawn


async def live_through(kill: Kill, folders: Path, expected: Undisturbed) -> Outcome:
    """One kill, a restart where the whole bot fell, and the verdict."""
    scenario = kill.scenario
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(folders / scenario.folder, data)
        async with local_server() as server:
            chat = Chat(server)
            for act in scenario.acts:
                act(chat)
            event = kill.event
            watch = {
                "fall": f"{event.stage} {event.number} {kill.delay:.6f} {event.what}",
                "fall_of": "workers" if kill.stage == WORKERS else "all",
            }
            bot = BotProcess(server.url, data, open_to_all=scenario.open_to_all, watch=watch)
            try:
                hit = await _fall(bot, chat, scenario, workers=kill.stage == WORKERS)
                if hit and kill.stage != WORKERS:
                    await _again(bot, chat, scenario)
                _judge(chat.collect(), kept(data), expected, scenario.told_again)
            except LostError as lost:
                return Outcome(kill, True, False, f"{lost} {_last_words(bot.log)}")
            counted = Counter(chat.collect())
            return Outcome(kill, hit, any(times > 1 for times in counted.values()))


async def _fall(bot: BotProcess, chat: Chat, scenario: Scenario, *, workers: bool) -> bool:
    """Runs until the kill, or until all is done; whether it was killed."""
    async with running(bot):
        answered = asyncio.create_task(chat.sees(scenario.expects))
        ended = asyncio.create_task(bot.ended())
        await asyncio.wait({answered, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            await answered
            bot.process.terminate()
        answered.cancel()
        status = await ended
        if workers:
            if status != 0:
                raise LostError("the bot fell with its worker")
            return "its worker died with -9" in bot.log or "a new one is started" in bot.log
        if status not in {0, -9}:
            raise LostError(f"the bot ended with status {status}")
        return status == -9


async def _again(bot: BotProcess, chat: Chat, scenario: Scenario) -> None:
    """The product alone, without eyes on it, on what the killed one left."""
    polling = chat.server.messenger.updates.polling
    polling.clear()
    second = BotProcess(chat.server.url, bot.data, open_to_all=scenario.open_to_all)
    async with running(second):
        await second.until(polls(chat.server))
        await second.until(chat.sees(scenario.expects))
        if await second.stop() != 0:
            raise LostError("the bot ends badly after a restart")


def _judge(
    said: list[str], found: Kept, expected: Undisturbed, told_again: tuple[str, ...]
) -> None:
    strange = unheard(said, expected.said.union(told_again))
    if strange:
        raise LostError(f"said what it never says: {strange[0]!r}")
    if found != expected.kept:
        raise LostError(f"kept something else: {found} instead of {expected.kept}")


def _last_words(log: str) -> str:
    lines = log.splitlines()
    told = [line for line in lines if " WARNING " in line or " ERROR " in line]
    return " / ".join([*told, *lines[-2:]])


async def rehearse(
    kills: int, seed: int, at_once: int, scenarios: Sequence[Scenario] = SCENARIOS
) -> list[Outcome]:
    """Kills until so many have hit; a draw that came too late is drawn again."""
    randomness = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        folders = Path(folder)
        await make_folders(folders)
        runs = {scenario.name: await undisturbed(scenario, folders) for scenario in scenarios}
        room = asyncio.Semaphore(at_once)

        async def one(kill: Kill) -> Outcome:
            async with room:
                outcome = await live_through(kill, folders, runs[kill.scenario.name])
                _tell(outcome)
                return outcome

        outcomes: list[Outcome] = []
        hits = 0
        while hits < kills:
            outcomes += await asyncio.gather(
                *(one(kill) for kill in draw(scenarios, runs, kills - hits, randomness))
            )
            hits = sum(outcome.hit for outcome in outcomes)
        return outcomes


def _tell(outcome: Outcome) -> None:
    kill = outcome.kill
    what = f"{kill.stage}: {kill.event.what} ({kill.scenario.name}) +{kill.delay:.3f} s"
    verdict = outcome.lost or ("nothing lost" if outcome.hit else "came too late")
    print(f"{what}: {verdict}", file=sys.stderr, flush=True)


def report(outcomes: list[Outcome]) -> str:
    """The rows for docs/reliability.md."""
    rows: list[tuple[object, ...]] = [
        ("killed while", "kills", "different points", "answered again", "lost")
    ]
    for stage in (*STAGES, WORKERS):
        hit = [each for each in outcomes if each.hit and each.kill.stage == stage]
        points = {(each.kill.scenario.name, each.kill.event.what) for each in hit}
        repeated = sum(each.repeated for each in hit)
        rows.append((stage, len(hit), len(points), repeated, _lost(hit)))
    hit = [each for each in outcomes if each.hit]
    rows.append(("**all**", len(hit), "", sum(each.repeated for each in hit), _lost(hit)))
    return table_of(rows)


def _lost(outcomes: list[Outcome]) -> str:
    return str(sum(bool(each.lost) for each in outcomes) or "nothing")


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--kills", type=int, default=220)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=2)
    options = parser.parse_args()
    outcomes = asyncio.run(rehearse(options.kills, options.seed, options.at_once))
    print(report(outcomes))
    sys.exit(any(outcome.lost for outcome in outcomes))


if __name__ == "__main__":
    main()

"""Chooses and renders the tips of many due offices, from real encrypted files; nothing is sent.

Usage: python benchmarks/bench_tips.py [--offices 10000] [--folder DIR]

Every office has its own SQLCipher file with figures of its own and a year of earlier tips; the
register holds a subscription that is due for each. Making the files takes a few milliseconds each;
with --folder they are kept for the next run. Two things are measured, in processor time:
- choosing: the file opened, figures and earlier tips read, the tip chosen and rendered with its
  buttons;
- the whole: that, through the outbox, with the chosen tip and each state written to disk, and
  handed to a messenger that takes everything at once.
"""

import argparse
import asyncio
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from pydantic import SecretStr
from telegram import Bot

from analysis.columns.plan import ColumnPlan
from analysis.findings import ClientFacts, Findings, Signal
from bot.replies.tips import keyboard_of_tip
from bot.services import Services, open_services
from bot.settings import Settings
from bot.tips.library import Tip, library
from bot.tips.pace import Pace
from bot.tips.sending import send_due_tips
from bot.tips.telling import TipOfMonth, choose_tip, text_of
from storage.subscriptions import Subscription
from storage.tips import ToldTip

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
MONTH = date(2026, 12, 1)
EARLIER = 12
NO_LIMIT = 1e9


class Takes:
    """A messenger that takes every message at once, and tells the memory after so many."""

    def __init__(self, tells_after: int) -> None:
        self._left = tells_after

    async def send_message(self, chat: int, text: str, reply_markup: object) -> None:
        self._left -= 1
        if self._left == 0:
            print(f"{'after a tenth':22} {held():.0f} MB")


class NoEngine:
    """Tips need no worker processes."""

    async def run(self, job: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError


def make(services: Services, count: int) -> None:
    """So many offices with a due member each; those of an earlier run stay."""
    known = len(services.register.offices())
    tips = [tip for tip in library().values() if tip.signal]
    for user in range(known + 1, count + 1):
        member = services.register.open_office_for(user, "nl" if user % 2 else "en", NOW)
        wanted = Subscription(user, user, True, next_month=MONTH, next_due_at=NOW)
        services.register.subscriptions.save(wanted, NOW)
        services.offices.create(member.office)
        fill(services, member.office, user, tips)
        if user % 1000 == 0:
            print(f"{user} offices made", file=sys.stderr)


def fill(services: Services, office: str, user: int, tips: list[Tip]) -> None:
    """A list with a dozen signals that speak, and a year of earlier tips."""
    chance = random.Random(user)
    signals = tuple(
        Signal(signal=str(tip.signal), value=speaking(tip, chance))
        for tip in chance.sample(tips, 12)
    )
    facts = ClientFacts(count=chance.randint(20, 1500), rows_added_up=False, left_out=())
    findings = Findings.model_construct(clients=facts, signals=signals)
    with services.offices.open(office) as file:
        number = file.add_upload(user, "klanten.xlsx", ColumnPlan(columns=()), b"", 200, NOW)
    with services.offices.open_tips(office) as kept:
        kept.keep_figures(number, findings)
        month = MONTH
        for _ in range(EARLIER):
            month = (month - timedelta(days=1)).replace(day=1)
            tip = chance.choice(tips)
            answer = chance.choice(("done", "later", "not_for_me", None, None))
            told = ToldTip(
                month, tip.name, tip.signal, "signal", tip.border, 200, number, NOW, answer=answer
            )
            kept.tell(user, told)


def speaking(tip: Tip, chance: random.Random) -> float:
    """A figure beyond the border of this tip."""
    if tip.unit in ("clients", "of_top"):
        return float(chance.randint(1, 10))
    return tip.border + (tip.strong - tip.border) * chance.random()


def choose(services: Services) -> tuple[int, float]:
    """How many were chosen and rendered, and the processor seconds; nothing is kept."""
    register = services.register
    members = [member for office in register.offices() for member in register.members_of(office)]
    started = time.process_time()
    for number, member in enumerate(members):
        with services.offices.open_tips(member.office) as kept:
            told, figures = kept.told(member.user), kept.figures()
        tip = choose_tip(told, figures, MONTH, (), NOW)
        text_of(TipOfMonth(tip, None, told[0], figures), member.language)
        keyboard_of_tip(tip, member.language, comments=0)
        if number == len(members) // 10:
            print(f"{'after a tenth':22} {held():.0f} MB")
    return len(members), time.process_time() - started


async def send(services: Services, count: int) -> tuple[int, float]:
    """How many went through the outbox, and the processor seconds."""
    started = time.process_time()
    sent = await send_due_tips(cast("Bot", Takes(count // 10)), services)
    return sent, time.process_time() - started


def held() -> float:
    """The memory that this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def tell(what: str, count: int, seconds: float) -> None:
    print(
        f"{what:22} {held():.0f} MB, {count} offices, {seconds:.2f} s,"
        f" {seconds / count * 1e3:.3f} ms each, {count / seconds:.0f} a second"
    )


def main() -> None:
    """Print a line for each of both, and the memory after a tenth and after all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--offices", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(
            _env_file=None, data=wanted.folder or Path(scratch), key=SecretStr("07" * 32)
        )
        with open_services(settings, clock=lambda: NOW, engine=NoEngine()) as opened:
            services = replace(opened, pace=Pace(NO_LIMIT))
            make(services, wanted.offices)
            tell("chosen and rendered", *choose(services))
            tell("through the outbox", *asyncio.run(send(services, wanted.offices)))


if __name__ == "__main__":
    main()

"""Client lists in every situation that the replies must have words for, analysed."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache

import numpy as np
import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Column, ColumnPlan, Question
from analysis.findings import Findings, LeftOut
from analysis.segmentation import segment
from bot.marking import MARKS
from bot.replies import answers, columns, drafts, forget, marks, menus
from bot.replies.answers import Reply
from bot.replies.reasons import REASONS
from storage.marks import OwnTop
from storage.office import Upload, WaitingFile
from tests.analysis.make_clients import make_clients

NOW = datetime(2026, 11, 23, tzinfo=UTC)

LANGUAGES = ("nl", "en")
DAY = date(2026, 11, 23)


def _random(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def _revenue(count: int, spread: float = 1.2) -> np.ndarray:
    return np.sort(_random().lognormal(6.5, spread, count))[::-1].round(2)


def _traits(count: int) -> dict[str, np.ndarray | pd.Series]:
    """Traits that have nothing to do with revenue."""
    random = _random(2)
    return {
        "Beroep": random.choice(["bakker", "smid", "arts"], count),
        "Eigen woning": pd.Series(random.random(count) < 0.9, dtype="boolean"),
        "Leeftijd": random.integers(25, 80, count).astype(float),
    }


def _telling_traits(count: int) -> dict[str, np.ndarray | pd.Series]:
    """Traits that all go with revenue: held by the largest tenth, and by few others."""
    large = np.arange(count) < count / 10
    stray = _random(3).random((3, count)) < 0.04
    return {
        "Ondernemer": pd.Series(large | stray[0], dtype="boolean"),
        "Beroep": np.where(large | stray[1], "arts", "ander"),
        "Vermogen": np.where(large | stray[2], 900_000.0, 20_000.0)
        + _random(4).integers(0, 9_000, count),
    }


def _plain(count: int) -> Clients:
    return make_clients(
        _traits(count), revenue=_revenue(count), cost=_random(5).lognormal(5.8, 0.5, count)
    )


def _no_costs() -> Clients:
    return make_clients(_traits(200), revenue=_revenue(200))


def _no_traits() -> Clients:
    return make_clients(revenue=_revenue(200))


def _no_revenue() -> Clients:
    return make_clients(_traits(200))


def _some_negative() -> Clients:
    revenue = _revenue(200)
    revenue[-40:] = -revenue[:40] / 2
    return make_clients(_traits(200), revenue=revenue, cost=np.full(200, 150.0))


def _one_negative_one_zero() -> Clients:
    revenue = _revenue(60)
    revenue[-2:] = (0, -5)
    cost = revenue / 2
    cost[-1] = 4.5
    return make_clients(_traits(60), revenue=revenue, cost=np.abs(cost))


def _total_below_zero() -> Clients:
    revenue = _revenue(60)
    revenue[1:] = -revenue[1:]
    return make_clients(_traits(60), revenue=revenue, cost=np.full(60, 10.0))


def _all_zero() -> Clients:
    return make_clients(_traits(60), revenue=np.zeros(60))


def _all_negative() -> Clients:
    return make_clients(_traits(60), revenue=-_revenue(60), cost=np.full(60, 10.0))


def _costs_of_nothing() -> Clients:
    return make_clients(_traits(60), revenue=_revenue(60), cost=np.zeros(60))


def _one_giant() -> Clients:
    revenue = _revenue(200)
    revenue[0] = revenue.sum() * 50
    return make_clients(_traits(200), revenue=revenue, cost=np.full(200, 100.0))


def _even() -> Clients:
    return make_clients(_traits(200), revenue=np.linspace(1010, 990, 200), cost=np.full(200, 9.99))


def _all_alike() -> Clients:
    return make_clients(_traits(60), revenue=np.full(60, 100.0))


def _everything_significant() -> Clients:
    return make_clients(
        _telling_traits(400), revenue=_revenue(400), cost=_random(5).lognormal(5.8, 0.5, 400)
    )


def _care_and_conversion() -> Clients:
    count = 100
    ends = pd.Series(pd.date_range("2026-10-01", periods=count, freq="D"))
    table = _traits(count) | {
        "Einde rentevast": ends,
        "Klachten": np.arange(count) % 7.0,
        "Reclame": pd.Series(np.arange(count) % 3 > 0, dtype="boolean"),
        "Offertes": np.full(count, 2.0),
        "Akkoord": np.arange(count) % 2.0,
    }
    return make_clients(
        table,
        revenue=_revenue(count),
        hours=np.full(count, 1.5),
        roles={"Reclame": "consent", "Offertes": "proposals", "Akkoord": "deals"},
        meanings={"Einde rentevast": "rate_fix_end", "Klachten": "complaints"},
    )


SITUATIONS: dict[str, Callable[[], Clients]] = {
    "one client": lambda: _plain(1),
    "two clients": lambda: _plain(2),
    "twelve clients": lambda: _plain(12),
    "twenty-five clients": lambda: _plain(25),
    "nothing significant": lambda: _plain(200),
    "everything significant": _everything_significant,
    "no costs": _no_costs,
    "no traits": _no_traits,
    "no revenue": _no_revenue,
    "some negative": _some_negative,
    "one negative, one zero": _one_negative_one_zero,
    "total below zero": _total_below_zero,
    "all zero": _all_zero,
    "all negative": _all_negative,
    "costs of nothing": _costs_of_nothing,
    "one giant": _one_giant,
    "even": _even,
    "all alike": _all_alike,
    "care and conversion": _care_and_conversion,
}


@cache
def upload_of(situation: str, top: int = 10) -> Upload:
    """The list of this situation as it is stored, with its findings."""
    clients = SITUATIONS[situation]()
    return as_upload(segment(clients, DAY, size=top), clients.columns)


def as_upload(findings: Findings, columns: Iterable[Column] = ()) -> Upload:
    return Upload(
        number=1,
        file_name="klanten.xlsx",
        received_at=NOW,
        plan=ColumnPlan(columns=tuple(columns)),
        rows_kept=True,
        row_count=findings.file.rows,
        extends=None,
        findings=findings,
    )


def with_left_out(upload: Upload, left_out: tuple[LeftOut, ...]) -> Upload:
    assert upload.findings is not None
    clients = upload.findings.clients.model_copy(update={"left_out": left_out})
    findings = upload.findings.model_copy(update={"clients": clients})
    return as_upload(findings, upload.plan.columns)


def replies_about(upload: Upload, language: str) -> dict[str, Reply]:
    """Every answer that the bot can give about this list."""
    return {
        "receipt": answers.receipt(upload, language, 7),
        "first_answer": answers.first_answer(upload, language),
        "top10": answers.top10(upload, language),
        "why_top10": answers.why_top10(upload, language),
        "pareto": answers.pareto(upload, language),
        "value": answers.value(upload, language),
        "focus": answers.focus(upload, language),
        "cannot_tell": answers.cannot_tell(upload, language),
        "outdated": answers.outdated(upload, language),
        "ask_complete": answers.ask_complete(upload, upload, language),
        "look_alikes": answers.look_alikes(upload, language),
        "profit": answers.profit(upload, language),
        "more": menus.more(upload, language),
        **replies_about_marks(upload, language),
        **{f"why_{claim}": reason(upload, language) for claim, reason in REASONS.items()},
        **replies_about_columns(upload, language),
    }


def replies_about_columns(upload: Upload, language: str) -> dict[str, Reply]:
    """Every answer about how this list is read, and every question about it."""
    positions = tuple(column.position for column in upload.plan.columns)
    which = Question(code="revenue_column", positions=positions, assumed=positions[0])
    only = Question(code="revenue_column", positions=positions[:1], assumed=positions[0])
    period = Question(code="month_or_year", positions=positions[:1], assumed=positions[0])
    return {
        "columns": columns.plan_of_columns(upload, upload.plan.with_role("private"), language),
        "ask_role": columns.ask_role(upload, positions[0], language),
        "start_again": answers.start_again(upload, language),
        "ask_throw_away": columns.ask_to_throw_away(upload, positions[0], language),
        "ask_premium": columns.ask_premium(upload, positions[0], "revenue", language),
        "was_thrown_away": columns.was_thrown_away(upload.plan.columns[positions[0]], language),
        "taken_back": columns.taken_back(upload.plan.columns[positions[0]], language),
        "ask_revenue": answers.ask(upload, which, language),
        "ask_only_revenue": answers.ask(upload, only, language),
        "ask_period": answers.ask(upload, period, language),
    }


def replies_about_marks(upload: Upload, language: str) -> dict[str, Reply]:
    """Every answer about soft marks and the own top of this list, marked or not."""
    top = upload.findings.top10 if upload.findings else None
    clients = [client.client for client in top.clients] if top else []
    own = OwnTop(
        chosen=tuple(clients[:3]),
        marks=dict.fromkeys(MARKS, tuple(clients[:2])),
        looked_at=tuple(clients),
    )
    given = {client: own.marks_of(client) for client in clients}
    one = clients[0] if clients else "1"
    return {
        "top10_marked": answers.top10(upload, language, None, given),
        "marks": marks.overview(upload, clients, OwnTop(), language, listed=0),
        "marks_others": marks.overview(upload, clients, own, language, listed=1, others=True),
        "mark_client": marks.card(upload, one, own, language, name=None, others=False),
        "own_top": marks.own_top(upload, OwnTop(), language, holds=True),
        "own_top_chosen": marks.own_top(upload, own, language, holds=False),
        "by_hand": marks.by_hand(upload, own, language),
        "found": marks.found(upload, clients, own, language, "mark"),
        "found_nobody": marks.found(upload, [], own, language, "choose"),
        "find": Reply(marks.ask_for_client(language)),
    }


def waiting_file(file_name: str = "klanten.xlsx", sheets: tuple[str, ...] = ()) -> WaitingFile:
    """A file that waits for a password, or for the choice of a sheet."""
    return WaitingFile(
        user=1,
        update_id=2,
        file_id="file",
        file_name=file_name,
        message=3,
        since=NOW,
        sheets=sheets,
    )


def other_replies(language: str) -> dict[str, Reply]:
    """Every answer that is about no list."""
    return {
        "start": answers.start(language),
        "nothing_yet": answers.nothing_yet(language),
        "outdated": answers.outdated(None, language),
        "ask_language": answers.ask_language(language),
        "draft_waits": drafts.waits("comment", language),
        "ask_forget": forget.ask(3, NOW, language, again=False),
        "ask_forget_again": forget.ask(3, NOW, language, again=True),
        "ask_password": answers.ask_password("klanten.xlsx", language, wrong=False),
        "ask_password_again": answers.ask_password("klanten.xlsx", language, wrong=True),
        "ask_if_password": answers.ask_if_password("klanten.xlsx", language),
        "ask_sheet": answers.ask_sheet(waiting_file(sheets=("Klanten", "Oud")), language),
        "ask_pictures": menus.ask_pictures(language, text_only=False),
        "ask_no_pictures": menus.ask_pictures(language, text_only=True),
        "pictures_set": menus.pictures_set(language, text_only=True),
        "pictures_back": menus.pictures_set(language, text_only=False),
        "received": answers.received("klanten.xlsx", language),
        "received_large": answers.received("klanten.xlsx", language, 2_411_724, 4),
        "still_working": answers.still_working(language, 4),
        "unreadable": answers.unreadable(
            "empty", "", "", "klanten.xlsx", kept=True, language=language
        ),
    }

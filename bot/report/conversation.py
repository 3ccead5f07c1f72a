"""Guides for a conversation: in general, with one client, with one group."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from analysis.columns.plan import ColumnPlan
from analysis.findings import Findings, Group
from bot.report.client_facts import ClientFacts, find_client
from bot.report.shown import Shown
from bot.report.topics import facts_of, fitting, topics
from bot.report.typesetting import typeset

FEWEST_TOPICS, MOST_TOPICS = 2, 4
IN_THE_GUIDE = (
    "living_together",
    "children",
    "home",
    "rate_end",
    "work_change",
    "entrepreneur",
    "director",
    "employees",
    "retiring",
    "retired",
    "wealth",
    "separation",
    "inheritance",
    "bereavement",
)


def general_guide(language: str, day: date) -> bytes:
    """How to hold a good conversation with a client, as a PDF; `day` is its date."""
    known = topics(language)
    data = {
        "day": Shown(language).long_day(day),
        "topics": [_topic(known[name]) for name in IN_THE_GUIDE],
    }
    return typeset("guide", language, data, day)


def client_sheet(
    rows: bytes, plan: ColumnPlan, client: str, language: str, day: date
) -> bytes | None:
    """What is known of a client, open questions and what to agree, as a PDF; without names.

    None where the list has no client with this number. Raises UnreadableFile where `rows` hold no
    client list.
    """
    found = find_client(rows, plan, client, day, language)
    if found is None:
        return None
    shown = Shown(language)
    data = {
        "kind": "client",
        "day": shown.long_day(day),
        "client": _client(found),
        "group": None,
        "topics": _topics(fitting(found.facts, MOST_TOPICS), language),
    }
    return typeset("sheet", language, data, day)


def group_sheet(findings: Findings, group: Group, language: str) -> bytes:
    """What is known of a group, open questions that fit its traits and what to agree: a PDF."""
    shown = Shown(language)
    facts = facts_of(group.conditions, findings.columns)
    data = {
        "kind": "group",
        "day": shown.long_day(findings.as_of),
        "client": None,
        "group": {
            "traits": shown.traits(group.conditions),
            "clients": shown.clients(group.size),
            "per_client": shown.money(group.per_client),
            "rest": shown.money(group.rest_per_client),
            "share": shown.percent(group.share),
            "expected": shown.ratio(group.expected_ratio),
            "adjusted": group.adjusted,
            "brings_more": group.direction == "high",
            "verdict": group.verdict,
            "word": shown.words["verdicts"][group.verdict],
        },
        "topics": _topics(fitting(facts, MOST_TOPICS), language),
    }
    return typeset("sheet", language, data, findings.as_of)


def _client(found: ClientFacts) -> dict[str, object]:
    return {
        "number": found.client,
        "level": found.level,
        "revenue": found.revenue,
        "cost": found.cost,
        "person": found.person,
        "relation": found.relation,
        "unknown": list(found.unknown),
        "no_marketing": found.wants_no_marketing,
    }


def _topics(names: list[str], language: str) -> list[dict[str, object]]:
    """Where few traits tell anything, also the questions that fit everyone."""
    known = topics(language)
    chosen = names if len(names) >= FEWEST_TOPICS else [*names, "everyone"]
    return [_topic(known[name]) for name in chosen]


def _topic(topic: Mapping[str, Any]) -> dict[str, object]:
    return {"title": topic["title"], "questions": topic["questions"], "agree": topic["agree"]}

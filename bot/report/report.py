"""Findings → the report: every figure as text, and the pictures."""

from collections.abc import Iterable, Sequence

from analysis.findings import Findings, Focus, Group, LookAlike, Pareto, SharedTrait, Top10
from bot import charts
from bot.replies.profile import in_one_sentence
from bot.replies.render import SILENCE, plain
from bot.report.shown import Shown
from bot.report.typesetting import typeset

MOST_TRAITS, MOST_USUAL, MOST_CHANCE = 12, 3, 3
MOST_LOOK_ALIKES = 8
MOST_HIGH, MOST_LOW = 6, 3
MOST_CARE = 14
FEW = 5
"""A finding that rests on fewer clients says so."""
ALL_ALIKE = 0.03
"""Costs this near to 80% follow revenue."""
LARGE = 0.1
DATED = frozenset({"rate_end", "contract_end", "pension_end"})
"""Care that ends on a day."""
TOLD_ELSEWHERE = frozenset({"no_costs", "costs_estimated", "smallest_group", "tied_at_border"})
"""Notes that the report says in its own words."""


def report(findings: Findings, office: str, language: str) -> bytes:
    """The report as a PDF. `office` is the office's name; empty where it has none.

    Raises ValueError for findings without revenue: they fill no report.
    """
    if findings.pareto is None:
        raise ValueError("a report needs revenue")
    shown = Shown(language)
    data = {
        "office": shown.text(office) if office.strip() else "",
        "file": shown.text(findings.file.name),
        "day": shown.long_day(findings.as_of),
        "clients": shown.number(findings.clients.count),
        "pareto": _pareto(findings.pareto, shown),
        "top": (
            {
                **_top(findings.top10, shown, few=findings.pareto.too_few),
                "profile": in_one_sentence(findings, language),
            }
            if findings.top10
            else None
        ),
        "silence": _silence(findings, shown),
        "high": [_group(group, shown) for group in _claimed(findings.groups, "high")[:MOST_HIGH]],
        "low": [_group(group, shown) for group in _claimed(findings.groups, "low")[:MOST_LOW]],
        "smallest": _remark("smallest_group", findings, shown),
        "focus": _focus(findings.focus, shown) if findings.focus else None,
        "assumed": _assumed(findings, shown),
        "verdicts": shown.words["verdicts"],
        "charts": _charts(findings, language),
    }
    return typeset("report", language, data, findings.as_of)


def _charts(findings: Findings, language: str) -> dict[str, bytes | None]:
    pareto, top, focus = findings.pareto, findings.top10, findings.focus
    estimated = pareto is not None and pareto.costs.estimated
    return {
        "pareto": (
            charts.pareto_chart(pareto, language) if pareto and not pareto.too_few else None
        ),
        "top10": charts.top10_chart(top, language) if top else None,
        "levels": (
            charts.levels_chart(focus, language, costs_estimated=estimated) if focus else None
        ),
    }


def _pareto(pareto: Pareto, shown: Shown) -> dict[str, object]:
    for_80 = None if pareto.too_few else pareto.clients_for_80
    loss = pareto.loss_making
    turning = pareto.turning_point
    effective = None if pareto.too_few else pareto.effective_clients
    return {
        "revenue": shown.money(pareto.revenue),
        "of": shown.number(pareto.clients),
        "share": shown.percent(for_80),
        "count": shown.number(pareto.clients_for_80_count),
        "single": pareto.clients_for_80_count == 1,
        "rule_fails": pareto.evenly_spread,
        "too_few": pareto.too_few,
        "top_20": shown.percent(pareto.revenue_of_top_20),
        "top_20_count": shown.number(pareto.top_20_count),
        "over_all": (pareto.revenue_of_top_20 or 0) > 1,
        "costs": _costs(pareto, shown),
        "costs_known": pareto.costs.basis != "none",
        "loss": (
            {
                "clients": shown.clients(loss.count),
                "one": loss.count == 1,
                "money": shown.money(abs(loss.loss)),
            }
            if loss and loss.count
            else None
        ),
        "turning": shown.number(turning) if turning and turning < pareto.clients else None,
        "largest": None if pareto.too_few else shown.percent(pareto.largest_share),
        "largest_is_large": (pareto.largest_share or 0) > LARGE,
        "effective": shown.whole(effective),
        "effective_one": effective is not None and round(effective) == 1,
        "zero": shown.clients(pareto.zero) if pareto.zero else None,
        "negative": shown.clients(pareto.negative) if pareto.negative else None,
    }


def _costs(pareto: Pareto, shown: Shown) -> dict[str, object] | None:
    """None where the file knows no costs, or nothing can be compared."""
    costs = pareto.costs
    if costs.of_clients_for_80 is None or pareto.too_few:
        return None
    low_high = [shown.percent(share) for share in costs.of_clients_for_80_range or ()]
    return {
        "of_80": shown.percent(costs.of_clients_for_80),
        "of_rest": shown.percent(costs.of_rest_of_80),
        "rest": pareto.clients_for_80_count != pareto.clients,
        "range": low_high if len(set(low_high)) == 2 else None,
        "estimated": costs.estimated,
        "follows": abs(costs.of_clients_for_80 - 0.8) < ALL_ALIKE,
        "basis": shown.words["cost_basis"].get(costs.basis),
    }


def _top(top: Top10, shown: Shown, *, few: bool) -> dict[str, object]:
    known = [client.share for client in top.clients if client.share is not None]
    known = [] if few else known
    said = [trait for trait in top.traits if trait.verdict != "chance"]
    usual = top.usual[:MOST_USUAL]
    told = {trait.trait for trait in usual}
    weak = [trait for trait in top.traits if trait.verdict == "chance" and trait.trait not in told]
    return {
        "size": top.size,
        "measure": shown.words["measures"]["chosen" if top.chosen_by == "hand" else top.measure],
        "rows": [
            [
                str(place),
                shown.text(client.client),
                shown.money(client.revenue) or "–",
                (None if few else shown.percent(client.share)) or "–",
                shown.money(client.cost) or "–",
            ]
            for place, client in enumerate(top.clients, 1)
        ],
        "costs": any(client.cost is not None for client in top.clients),
        "losing": sum(client.loses for client in top.clients),
        "together": shown.percent(sum(known)) if known and top.size > 1 else None,
        "tied": shown.number(top.tied_at_border) if top.tied_at_border else None,
        "tied_one": top.tied_at_border == 1,
        "shared": [_shared(trait, shown) for trait in said[:MOST_TRAITS]],
        "shared_total": len(said),
        "weak": [_shared(trait, shown) for trait in weak[:MOST_CHANCE]],
        "usual": [_shared(trait, shown) for trait in usual],
        "not_alike": top.likeness is not None and top.likeness.verdict != "clear",
        "alike": (
            shown.percent(top.likeness.beats_random_tens)
            if top.likeness and top.likeness.verdict == "clear"
            else None
        ),
        "one_reason": _one_reason(top.look_alikes[:MOST_LOOK_ALIKES], shown),
        "look_alikes": [
            _look_alike(client, shown) for client in top.look_alikes[:MOST_LOOK_ALIKES]
        ],
        "look_alike_count": len(top.look_alikes),
    }


def _shared(trait: SharedTrait, shown: Shown) -> dict[str, object]:
    return {
        "trait": shown.traits([trait]),
        "in_top": str(trait.in_top),
        "of": str(trait.top_size),
        "rest": shown.percent(trait.in_rest),
        "verdict": trait.verdict,
        "chance": plain("chance_of", trait.p_value, shown.language),
        "few": trait.in_top < FEW,
    }


def _look_alike(client: LookAlike, shown: Shown) -> list[str]:
    return [
        shown.text(client.client),
        "; ".join(shown.traits([condition]) for condition in client.because) or "–",
        "; ".join(shown.traits([condition]) for condition in client.differs_in) or "–",
    ]


def _one_reason(look_alikes: Sequence[LookAlike], shown: Shown) -> str | None:
    """What all of them share with the top, where none differs from another in anything."""
    reasons = {client.because for client in look_alikes}
    if len(look_alikes) < 2 or len(reasons) != 1 or any(c.differs_in for c in look_alikes):
        return None
    return shown.traits(reasons.pop()) or None


def _silence(findings: Findings, shown: Shown) -> str | None:
    """Why nothing is said of traits; None where they were tested."""
    by_code = {note.code: note for note in findings.notes}
    telling = next((by_code[code] for code in SILENCE if code in by_code), None)
    return None if telling is None else plain("note", telling, shown.language)


def _remark(code: str, findings: Findings, shown: Shown) -> str | None:
    """The sentence of one note, where the findings have it."""
    note = next((note for note in findings.notes if note.code == code), None)
    return None if note is None else plain("note", note, shown.language)


def _claimed(groups: Iterable[Group], direction: str) -> list[Group]:
    return [group for group in groups if group.direction == direction and group.verdict != "chance"]


def _group(group: Group, shown: Shown) -> dict[str, object]:
    return {
        "traits": shown.traits(group.conditions),
        "size": shown.number(group.size),
        "clients": shown.clients(group.size),
        "few": group.size < FEW,
        "per_client": shown.money(group.per_client),
        "rest": shown.money(group.rest_per_client),
        "expected": shown.ratio(group.expected_ratio),
        "adjusted": group.adjusted,
        "share": shown.percent(group.share),
        "verdict": group.verdict,
    }


def _focus(focus: Focus, shown: Shown) -> dict[str, object] | None:
    """None where the levels are empty."""
    if not focus.levels:
        return None
    by_name = {level.level: level for level in focus.levels}
    return {
        "levels": [
            {
                "level": level.level,
                "clients": shown.number(level.clients),
                "revenue": shown.percent(level.revenue_share),
                "cost": shown.percent(level.cost_share),
                "hours": shown.whole(level.hours),
                "per_client": shown.money(level.per_client) if level.clients else None,
            }
            for level in focus.levels
        ],
        "a_clients": shown.clients(by_name["A"].clients),
        "a_revenue": shown.percent(by_name["A"].revenue_share),
        "meetings": shown.whole(by_name["A"].hours_needed),
        "checks": shown.whole(by_name["B"].hours_needed),
        "promise": shown.whole(sum(level.hours_needed for level in focus.levels)),
        "care": [[shown.text(care.client), shown.care(care)] for care in focus.still_binds][
            :MOST_CARE
        ],
        "care_total": shown.number(focus.still_binds_total),
        "care_dated": any(care.why in DATED for care in focus.still_binds[:MOST_CARE]),
        "care_more": focus.still_binds_total > MOST_CARE,
        "rates_end": any(care.why == "rate_end" for care in focus.still_binds),
        "cannot_tell": shown.listed(shown.words["care"][code] for code in focus.cannot_tell),
        "conversion": [
            {
                "level": part.level,
                "deals": shown.number(part.deals),
                "proposals": shown.number(part.proposals),
                "rate": shown.percent(part.rate),
                "low": shown.percent(part.rate_low),
                "high": shown.percent(part.rate_high),
            }
            for part in focus.conversion or ()
        ],
    }


def _assumed(findings: Findings, shown: Shown) -> dict[str, object]:
    """What the figures rest on: columns, what was left out, and every note."""
    headers = {
        role: shown.listed(
            f"‘{shown.text(column.header)}’" for column in findings.columns if column.role == role
        )
        for role in ("revenue", "revenue_part", "cost", "hours")
    }
    dropped = [column for column in findings.columns if not column.stored]
    notes = [
        plain("note", note, shown.language)
        for note in findings.notes
        if note.code not in TOLD_ELSEWHERE
    ]
    left_out = [
        plain("left_out", left, shown.language) for left in findings.clients.left_out if left.count
    ]
    return {
        "revenue": headers["revenue"] or headers["revenue_part"],
        "revenue_assumed": any(
            column.role == "revenue" and column.why == "assumed" for column in findings.columns
        ),
        "cost": headers["cost"],
        "rows": shown.number(findings.file.rows),
        "skipped": len(findings.file.skipped),
        "added_up": findings.clients.rows_added_up,
        "dropped": shown.listed(shown.text(column.header) for column in dropped[:12]),
        "dropped_count": len(dropped),
        "remarks": [*left_out, *notes],
    }

"""Named findings with their figure, from which tips and first answers are chosen.

Each rule is a trigger of the tip library; its number stands with it. A rule is silent where the
file cannot tell.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.findings import Signal
from analysis.numbers import (
    MONTHS_PER_YEAR,
    age_in_years,
    months_since,
    months_until,
    numbers_of,
)
from analysis.signal_report import Report

Rule = Callable[[Report], float | None]


def signals_of(report: Report) -> tuple[Signal, ...]:
    """All signals that this report gives, in the order of the tips."""
    found = []
    for tip, name, rule in RULES:
        value = rule(report)
        if value is not None:
            found.append(Signal(signal=name, value=float(value), tip=tip))
    return tuple(found)


def _above(value: float | None, border: float) -> float | None:
    return value if value is not None and value > border else None


def _below(value: float | None, border: float) -> float | None:
    return value if value is not None and value < border else None


def _some(count: float) -> float | None:
    return count if count > 0 else None


def _of_pareto(report: Report, name: str) -> float | None:
    """None also where there are so few clients that any share of them is large."""
    value = None if report.pareto is None or report.pareto.too_few else getattr(report.pareto, name)
    return None if value is None else float(value)


def _top_10_share(report: Report) -> float | None:
    """Where ten are half of all clients or more, their half of revenue says nothing."""
    return _above(_of_pareto(report, "top_10_share"), 0.5) if _has_enough(report) else None


def _many_bring_most(report: Report) -> float | None:
    """Of a handful, most are always needed."""
    return _above(_of_pareto(report, "clients_for_80"), 0.4) if _has_enough(report) else None


def _has_enough(report: Report) -> bool:
    return report.pareto is not None and report.pareto.clients > 20


def _recurring(report: Report) -> float | None:
    recurring = report.amounts("rev_comm_recurring")
    if recurring is None or report.pareto is None or report.pareto.revenue <= 0:
        return None
    return _above(float(np.nansum(recurring)) / report.pareto.revenue, 0.6)


def _loss_making(report: Report) -> float | None:
    if report.pareto is None or report.pareto.loss_making is None or not report.pareto.clients:
        return None
    return _above(report.pareto.loss_making.count / report.pareto.clients, 0.1)


def _loss_making_in_top(report: Report) -> float | None:
    if report.clients.revenue is None or report.clients.cost is None:
        return None
    return _some(int((report.top & (report.clients.cost > report.clients.revenue)).sum()))


def _quiet_earners(report: Report) -> float | None:
    revenue, cost = report.clients.revenue, report.clients.cost
    if revenue is None or cost is None:
        return None
    margin = np.where(revenue > 0, (revenue - cost) / np.where(revenue > 0, revenue, 1), np.nan)
    if np.isnan(margin).all():
        return None
    good = margin >= np.nanquantile(margin, 0.75)
    return _some(int((good & (margin > 0) & (revenue < np.nanmedian(revenue))).sum()))


def _large_group_costs(report: Report) -> float | None:
    return None if report.pareto is None else _above(report.pareto.costs.of_rest_of_80, 0.5)


def _no_costs(report: Report) -> float | None:
    return 1.0 if report.pareto is not None and report.pareto.costs.basis == "none" else None


def _below_cost_price(report: Report) -> float | None:
    hours, revenue = report.clients.hours, report.clients.revenue
    if report.cost_per_hour is None or hours is None or revenue is None:
        return None
    return _some(int(((hours > 0) & (revenue < hours * report.cost_per_hour)).sum()))


def _little_time_for_top(report: Report) -> float | None:
    hours, share = report.clients.hours, _of_pareto(report, "top_10_share")
    if hours is None or share is None or share <= 0.4 or np.nansum(hours) <= 0:
        return None
    return _below(float(np.nansum(hours[report.top]) / np.nansum(hours)), 0.15)


def _much_work(report: Report) -> float | None:
    revenue = report.clients.revenue
    work = report.clients.contacts
    work = report.amounts("claims", "customer_claims") if work is None else work
    if revenue is None or work is None or np.isnan(work).all() or np.isnan(revenue).all():
        return None
    much = (work > 0) & (work >= np.nanquantile(work, 0.75))
    return _some(int((much & (revenue <= np.nanquantile(revenue, 0.25))).sum()))


def _minimum(report: Report) -> float | None:
    if report.pareto is None or report.pareto.costs.total is None or not report.pareto.clients:
        return None
    known = report.pareto.clients - report.pareto.costs.left_out
    return _some(report.pareto.costs.total / known) if known else None


def _usual(report: Report) -> float | None:
    return float(report.top10.usual[0].in_top) if report.top10 and report.top10.usual else None


def _nothing_shared(report: Report) -> float | None:
    """Only where something was looked at; the number is of what came nearest to being shared."""
    if report.top10 is None or report.top10.likeness is None or report.clear_traits:
        return None
    return float(max(len(report.top10.traits), 1))


def _held_by(*meanings: str, least: int) -> Rule:
    """A clear trait from such a column, held by at least so many of the top."""

    def rule(report: Report) -> float | None:
        trait = report.clear_trait(*meanings)
        if trait is None or trait.operator in ("below", "is_not") or trait.value is False:
            return None
        return float(trait.in_top) if trait.in_top >= least else None

    return rule


def _ageing_top(report: Report) -> float | None:
    born, since = report.dates("birth_date"), report.dates("since")
    age = report.role("age")
    if born is not None:
        years = age_in_years(born, report.as_of)
    elif age is not None:
        years = numbers_of(age)
    else:
        return None
    if since is None or np.isnan(years[report.top]).all():
        return None
    new_and_young = (months_since(since, report.as_of) < 24) & (years < 45)
    mean = float(np.nanmean(years[report.top]))
    return _above(mean, 60) if new_and_young.sum() < 3 else None


def _combination(report: Report) -> float | None:
    return _some(
        sum(
            len(group.conditions) > 1 and group.verdict == "clear" and group.direction == "high"
            for group in report.groups
        )
    )


def _many_small(report: Report) -> float | None:
    if report.focus is None:
        return None
    counts = {level.level: level.clients for level in report.focus.levels}
    whole = sum(counts.values())
    return _above(counts["C"] / whole, 0.4) if counts["A"] < 0.1 * whole else None


def _top_without_contact(report: Report) -> float | None:
    quiet = report.without_contact()
    return None if quiet is None else _some(int((report.top & quiet).sum()))


def _long_without_contact(report: Report) -> float | None:
    quiet = report.without_contact(months=36)
    # Of all clients: what is unknown may not be told as silence.
    return None if quiet is None else _above(float(quiet.mean()), 0.3)


def _new_without_contact(report: Report) -> float | None:
    quiet, since = report.without_contact(), report.dates("since")
    if quiet is None or since is None:
        return None
    member = months_since(since, report.as_of)
    return _some(int(((member >= 12) & (member < 48) & quiet).sum()))


def _paid_without_contact(report: Report) -> float | None:
    paid, quiet = report.amounts("rev_subscription"), report.without_contact()
    return None if paid is None or quiet is None else _some(int(((paid > 0) & quiet).sum()))


def _service_without_agreement(report: Report) -> float | None:
    paid, contacts = report.amounts("rev_subscription"), report.clients.contacts
    if paid is None or contacts is None or np.isnan(contacts).all():
        return None
    much = (contacts > 0) & (contacts >= np.nanquantile(contacts, 0.75))
    return _some(int((much & ~(paid > 0)).sum()))


def _paid_twice(report: Report) -> float | None:
    paid, recurring = report.amounts("rev_subscription"), report.amounts("rev_comm_recurring")
    return (
        None
        if paid is None or recurring is None
        else _some(int(((paid > 0) & (recurring > 0)).sum()))
    )


def _rate_ends(report: Report) -> float | None:
    ends = report.meaning("rate_fix_end")
    if ends is None or not pd.api.types.is_datetime64_any_dtype(ends.dtype):
        return None
    months = months_until(ends, report.as_of)
    return _some(int(((months >= 0) & (months < MONTHS_PER_YEAR)).sum()))


def _complaint_in_top(report: Report) -> float | None:
    complaints = report.amounts("complaints")
    return None if complaints is None else _some(int((report.top & (complaints > 0)).sum()))


def _satisfaction_unknown(report: Report) -> float | None:
    column = report.meaning("satisfaction")
    return None if column is None or not len(column) else _above(float(column.isna().mean()), 0.8)


def _low_conversion(report: Report) -> float | None:
    if report.focus is None or report.focus.conversion is None:
        return None
    proposals = sum(level.proposals for level in report.focus.conversion)
    deals = sum(level.deals for level in report.focus.conversion)
    return _below(deals / proposals, 0.3) if proposals >= 10 else None


def _conversion_in_a(report: Report) -> float | None:
    if report.focus is None or report.focus.conversion is None:
        return None
    first, *others = report.focus.conversion
    proposals = sum(level.proposals for level in others)
    deals = sum(level.deals for level in others)
    if first.rate is None or first.proposals < 10 or proposals < 10 or deals <= 0:
        return None
    ratio = first.rate / (deals / proposals)
    # Beyond the interval too: with few proposals one and a half times is soon a coincidence.
    apart = first.rate_low is not None and first.rate_low > deals / proposals
    return ratio if ratio >= 1.5 and apart else None


def _ambassador(report: Report) -> float | None:
    referrals = report.amounts("referrals")
    return None if referrals is None else _some(int((~report.top & (referrals > 0)).sum()))


def _family_of_top(report: Report) -> float | None:
    household = report.role("household")
    if household is None:
        return None
    of_top = household[report.top].dropna().unique()
    return _some(int((~report.top & household.isin(of_top).to_numpy(dtype=bool)).sum()))


def _one_product(report: Report) -> float | None:
    products = report.amounts("products")
    if products is None or np.isnan(products).all():
        return None
    return _above(float((products == 1).mean()), 0.5)


def _referred(report: Report) -> float | None:
    """Corrected for having been picked as the best, as it is told everywhere."""
    headers = {c.header for c in report.clients.columns if c.meaning == "lead_source"}
    for group in report.groups:
        if (
            group.direction == "high"
            and group.verdict == "clear"
            and len(group.conditions) == 1
            and group.conditions[0].header in headers
            and group.conditions[0].operator == "is"
        ):
            return group.expected_ratio
    return None


def _hours_short(report: Report) -> float | None:
    hours = report.clients.hours
    if report.focus is None or hours is None or np.nansum(hours) <= 0:
        return None
    needed = sum(level.hours_needed for level in report.focus.levels)
    return _above(needed / float(np.nansum(hours)), 1.0)


def _dates_unknown(report: Report) -> float | None:
    """The larger gap of two: age or date of birth, and last contact."""
    columns = (
        report.role("birth_date") if report.role("age") is None else report.role("age"),
        report.role("last_contact"),
    )
    gaps = [float(column.isna().mean()) for column in columns if column is not None and len(column)]
    return _above(max(gaps, default=0.0), 0.2)


RULES: tuple[tuple[str, str, Rule], ...] = (
    (
        "T01",
        "largest_client_over_10_percent",
        lambda r: _above(_of_pareto(r, "largest_share"), 0.1),
    ),
    ("T02", "top_10_over_50_percent", _top_10_share),
    ("T03", "few_clients_bring_80_percent", lambda r: _below(_of_pareto(r, "clients_for_80"), 0.1)),
    ("T04", "many_clients_bring_80_percent", _many_bring_most),
    ("T07", "recurring_over_60_percent", _recurring),
    ("T08", "loss_making_over_10_percent", _loss_making),
    ("T09", "loss_making_in_top", _loss_making_in_top),
    ("T10", "quiet_earners", _quiet_earners),
    ("T11", "large_group_over_half_of_costs", _large_group_costs),
    ("T12", "no_costs_known", _no_costs),
    ("T13", "below_cost_price_per_hour", _below_cost_price),
    ("T14", "little_time_for_top", _little_time_for_top),
    ("T15", "much_work_little_revenue", _much_work),
    ("T16", "cost_per_client", _minimum),
    ("T17", "clear_trait", lambda r: float(r.clear_traits[0].in_top) if r.clear_traits else None),
    ("T18", "usual_trait", _usual),
    ("T19", "nothing_shared", _nothing_shared),
    ("T20", "top_is_retired", _held_by("is_retired", least=6)),
    ("T21", "top_is_entrepreneur", _held_by("is_entrepreneur", "is_dga", least=6)),
    ("T22", "top_has_employees", _held_by("employees", least=1)),
    ("T23", "top_has_one_occupation", _held_by("occupation", "sector", "sector_code", least=5)),
    ("T24", "top_is_ageing", _ageing_top),
    ("T25", "combination_found", _combination),
    ("T26", "look_alikes", lambda r: _some(len(r.top10.look_alikes)) if r.top10 else None),
    ("T27", "many_small_clients", _many_small),
    ("T28", "top_without_contact", _top_without_contact),
    ("T29", "long_without_contact", _long_without_contact),
    ("T30", "new_without_contact", _new_without_contact),
    ("T31", "paid_without_contact", _paid_without_contact),
    ("T32", "service_without_agreement", _service_without_agreement),
    ("T33", "paid_twice", _paid_twice),
    ("T34", "rate_ends_within_a_year", _rate_ends),
    ("T35", "complaint_in_top", _complaint_in_top),
    ("T36", "satisfaction_unknown", _satisfaction_unknown),
    ("T37", "low_conversion", _low_conversion),
    ("T38", "conversion_higher_in_a", _conversion_in_a),
    ("T39", "ambassador_outside_top", _ambassador),
    ("T40", "family_of_top", _family_of_top),
    ("T41", "one_product_over_50_percent", _one_product),
    ("T42", "referred_bring_most", _referred),
    ("T49", "hours_short_of_promise", _hours_short),
    ("T50", "dates_unknown", _dates_unknown),
)

"""An earlier list beside the one of now."""

from collections.abc import Iterator, Mapping

from babel import Locale

from bot.charts.bars import Bar, Group, Look, bar_chart
from bot.charts.texts import texts_of
from bot.comparison import Comparison, ThenAndNow
from bot.replies.formats import day, from_file, money, number, percent

MOST_CLIENTS = 5
MANY_TIMES = 2.0
LOOK: dict[str, Look] = {"then": "hatched", "now": "accent"}


def changes_chart(comparison: Comparison, language: str) -> bytes | None:
    """A PNG of what the list brought then and now, and of the clients that changed most."""
    texts, locale = texts_of(language)
    groups = [*_totals(comparison, texts, locale), *_clients(comparison, texts, locale)]
    since = comparison.compared.changes.since
    below = texts["changes_below"].format(day=day(since, locale))
    return bar_chart(texts["changes_title"], below, groups)


def _totals(comparison: Comparison, texts: Mapping[str, str], locale: Locale) -> Iterator[Group]:
    before, now = comparison.before, comparison.now
    if before.pareto is not None and now.pareto is not None:
        pair = before.pareto.revenue, now.pareto.revenue
        growth = comparison.compared.changes.growth
        tag = "" if growth is None else _signed(growth, _rate(growth, locale), texts)
        shown = money(pair[0], locale), money(pair[1], locale)
        yield _pair(texts["revenue"], tag, pair, shown, texts)
    counts = before.clients.count, now.clients.count
    more = counts[1] - counts[0]
    tag = _signed(more, number(abs(more), locale), texts)
    shown = number(counts[0], locale), number(counts[1], locale)
    yield _pair(texts["clients"], tag, counts, shown, texts)
    changes = comparison.compared.changes
    shares = changes.clients_for_80_before, changes.clients_for_80_now
    if shares[0] is not None and shares[1] is not None:
        shown = percent(shares[0], locale), percent(shares[1], locale)
        bars = _bars((shares[0], shares[1]), shown, texts)
        yield Group(texts["clients_for_80"], "", bars)


def _clients(comparison: Comparison, texts: Mapping[str, str], locale: Locale) -> Iterator[Group]:
    """The clients of either top: those that changed most, then those that are new there."""
    if not comparison.follows:
        return
    told = [each for each in comparison.compared.top if each.before is None or _change(each)]
    shown = sorted(told, key=_change, reverse=True)[:MOST_CLIENTS]
    largest = max((abs(a) for each in shown for a in (each.before, each.now) if a), default=1.0)
    for each in shown:
        bars = tuple(
            Bar(texts[when], amount / largest, money(amount, locale), LOOK[when])
            for when, amount in (("then", each.before), ("now", each.now))
            if amount is not None
        )
        heading = texts["client"].format(client=from_file(each.client))
        yield Group(heading, _fate(each, texts, locale), bars, stressed=False)


def _change(each: ThenAndNow) -> float:
    """Zero for a client whose earlier revenue is unknown."""
    return 0.0 if each.before is None else abs((each.now or 0.0) - each.before)


def _fate(each: ThenAndNow, texts: Mapping[str, str], locale: Locale) -> str:
    if each.before is None:
        return texts["entered"]
    if each.now is None:
        return texts["gone"]
    difference = each.now - each.before
    return _signed(difference, money(abs(difference), locale), texts)


def _pair(
    heading: str,
    tag: str,
    pair: tuple[float, float],
    shown: tuple[str, str],
    texts: Mapping[str, str],
) -> Group:
    """Two amounts of one unit, as bars up to the larger one."""
    largest = max(abs(pair[0]), abs(pair[1])) or 1.0
    return Group(heading, tag, _bars((pair[0] / largest, pair[1] / largest), shown, texts))


def _bars(
    shares: tuple[float, float], shown: tuple[str, str], texts: Mapping[str, str]
) -> tuple[Bar, Bar]:
    then, now = (
        Bar(texts[when], share, said, LOOK[when])
        for when, share, said in zip(LOOK, shares, shown, strict=True)
    )
    return then, now


def _rate(growth: float, locale: Locale) -> str:
    """`8%`, and `x 6,2` where a percentage would have to be worked out."""
    if growth < MANY_TIMES:
        return percent(abs(growth), locale)
    return f"\N{MULTIPLICATION SIGN} {number(1 + growth, locale)}"


def _signed(difference: float, shown: str, texts: Mapping[str, str]) -> str:
    """`▲ 8%` or `▼ 8%`: an arrow tells more than a colour."""
    if abs(difference) < 0.0005:
        return texts["same"]
    return f"{'▲' if difference > 0 else '▼'} {shown}"

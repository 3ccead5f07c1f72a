"""Which tip an office gets this month. Pure: the same history gives the same tip."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.tips.library import REST, Tip, library

Reason = Literal["signal", "worse", "later", "season", "general", "no_file"]

# Whether it was not put off, how telling it is, how long ago it was told, its name: least first.
_Order = tuple[bool, float, float, str]

# Months within which a signal that was told is less telling than a new one, by a step of urgency:
# else a list that stays the same would give the same six tips twice a year.
FRESH = 12
# Months that a tip stays away which is not for him.
REJECTED = 12
# How much worse a figure must be to speak again within its rest: less is seen every month.
WORSE = 0.2
# How often in a row a tip that was put off comes back the next month.
PUT_OFF = 2
# A finding that rests on fewer clients says so.
FEW = 5


@dataclass(frozen=True, slots=True)
class Used:
    """A tip that was sent, in which month (any day of it), on which figure of its signal, and what
    the adviser pressed: `done`, `later`, `not_for_me` or nothing."""

    tip: str
    month: date
    value: float | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A tip by name, with the figure it speaks of.

    Reason: `signal` (the most telling), `worse` (again, since it got worse), `later` (he put it
    off), `season`, `general`, or `no_file`.
    """

    tip: str
    signal: str | None
    reason: Reason
    value: float | None = None
    clients: int | None = None
    few: bool = False
    """The finding rests on fewer than five clients."""
    earlier: Used | None = None
    """When its signal was told before, for `worse` and `later`."""


def choose(
    signals: Mapping[str, float], clients: int | None, history: Sequence[Used], month: date
) -> Choice:
    """The tip for a month, any day of it.

    `signals` gives the figure of each signal that speaks by its name, `clients` how many the list
    holds (None: there is no list; its signals are not looked at), `history` what was sent before
    to the same member. Always gives one: where all tips rest, the one that rests longest.
    """
    past = _Past(history, month)
    if clients is None:
        return Choice(tip=_general(past, month, ("anyone",)).name, signal=None, reason="no_file")
    return _of_signals(signals, clients, past, month) or _without_signal(past, clients, month)


class _Past:
    """What was sent before, asked in months."""

    def __init__(self, history: Sequence[Used], month: date) -> None:
        self._month = month
        self._by_tip: dict[str, list[Used]] = {}
        self._last_of_signal: dict[str, Used] = {}
        tips = library()
        for used in sorted(history, key=lambda used: used.month):
            self._by_tip.setdefault(used.tip, []).append(used)
            tip = tips.get(used.tip)
            if tip is not None and tip.signal is not None:
                self._last_of_signal[tip.signal] = used

    def months_since(self, used: Used | None) -> float:
        """Whole calendar months; infinite for never."""
        if used is None:
            return float("inf")
        years, months = self._month.year - used.month.year, self._month.month - used.month.month
        return 12 * years + months

    def last(self, tip: Tip) -> Used | None:
        """When the tip was sent last."""
        return self._by_tip[tip.name][-1] if tip.name in self._by_tip else None

    def last_of_signal(self, tip: Tip) -> Used | None:
        """When a tip on the same signal was sent last."""
        return None if tip.signal is None else self._last_of_signal.get(tip.signal)

    def rejected(self, tip: Tip) -> bool:
        """Not for him, and that is less than a year ago."""
        return any(
            used.answer == "not_for_me" and self.months_since(used) < REJECTED
            for used in self._by_tip.get(tip.name, ())
        )

    def put_off(self, tip: Tip) -> bool:
        """He asked for it later, and not time and again."""
        uses = self._by_tip.get(tip.name, [])
        if not uses or uses[-1].answer != "later":
            return False
        in_a_row = 0
        for used in reversed(uses):
            if used.answer != "later":
                break
            in_a_row += 1
        return 1 <= self.months_since(uses[-1]) < REST and in_a_row <= PUT_OFF


def _of_signals(
    signals: Mapping[str, float], clients: int, past: _Past, month: date
) -> Choice | None:
    """The best tip on a signal, or one without that was put off; None where nothing speaks."""
    best: tuple[_Order, Choice] | None = None
    for tip in library().values():
        found = _candidate(tip, signals, clients, past, month)
        if found is not None and (best is None or found[0] < best[0]):
            best = found
    return None if best is None else best[1]


def _candidate(
    tip: Tip, signals: Mapping[str, float], clients: int, past: _Past, month: date
) -> tuple[_Order, Choice] | None:
    value = None if tip.signal is None else signals.get(tip.signal)
    if (tip.signal is not None and not _speaks(tip, value)) or not _allowed(tip, past, month):
        return None
    earlier = past.last_of_signal(tip) if tip.signal is not None else past.last(tip)
    reason: Reason
    if past.put_off(tip):
        reason = "later"
    elif tip.signal is None:
        return None
    elif past.months_since(earlier) >= tip.rest:
        reason = "signal"
    elif past.months_since(earlier) > 0 and got_worse(tip, earlier, value):
        reason = "worse"
    else:
        return None
    choice = Choice(
        tip=tip.name,
        signal=tip.signal,
        reason=reason,
        value=value,
        clients=clients,
        few=_few(tip, value, clients),
        earlier=None if reason == "signal" else earlier,
    )
    # Of two that are as telling, such as two on one signal, the one that was not told lately.
    since = past.months_since(past.last(tip))
    weight = _weight(tip, value, clients)
    if reason == "signal" and past.months_since(earlier) < FRESH:
        weight -= 1
    return (reason != "later", -weight, -since, tip.name), choice


def _speaks(tip: Tip, value: float | None) -> bool:
    if value is None:
        return False
    return value <= tip.border if tip.lower_is_worse else value >= tip.border


def _allowed(tip: Tip, past: _Past, month: date) -> bool:
    in_season = not tip.months or month.month in tip.months
    return in_season and month <= tip.until and not past.rejected(tip)


def got_worse(tip: Tip, earlier: Used | None, value: float | None) -> bool:
    """Whether the figure of its signal moved to the bad side by a fifth or more since."""
    if earlier is None or earlier.value is None or value is None:
        return False
    if tip.lower_is_worse:
        return value <= earlier.value * (1 - WORSE) and value < earlier.value
    return value >= earlier.value * (1 + WORSE) and value > earlier.value


def _weight(tip: Tip, value: float | None, clients: int) -> float:
    """How telling: the urgency, and within it how far the figure lies beyond the border."""
    if value is None:
        return float(tip.urgency)
    if tip.unit == "clients":
        reach = value / max(clients, 1) / tip.strong
    elif tip.strong == tip.border:
        reach = 0.0
    else:
        reach = (value - tip.border) / (tip.strong - tip.border)
    return tip.urgency + min(max(reach, 0.0), 0.999)


def _few(tip: Tip, value: float | None, clients: int) -> bool:
    if tip.signal is None or value is None:
        return False
    if tip.unit in ("clients", "of_top"):
        return value < FEW
    if tip.unit == "share_of_clients":
        return value * clients < FEW
    return clients < FEW


def _without_signal(past: _Past, clients: int, month: date) -> Choice:
    tip = _general(past, month, ("anyone", "office_with_file"))
    reason: Reason = "season" if tip.months else "general"
    return Choice(tip=tip.name, signal=None, reason=reason, clients=clients)


def _general(past: _Past, month: date, audiences: tuple[str, ...]) -> Tip:
    """A tip without a signal: what was put off, then what fits the season, then what was never
    told or rests longest. Only where nothing else is left, one that rests or was rejected."""

    def order(tip: Tip) -> tuple[bool, bool, bool, bool, float, int, str]:
        rest = past.months_since(past.last(tip))
        out_of_turn = rest < REST and not past.put_off(tip)
        return (
            past.rejected(tip),
            out_of_turn,
            not past.put_off(tip),
            not tip.months,
            -rest,
            -tip.urgency,
            tip.name,
        )

    return min((tip for tip in _without_finding(month) if tip.audience in audiences), key=order)


def _without_finding(month: date) -> Iterable[Tip]:
    for tip in library().values():
        in_season = not tip.months or month.month in tip.months
        if tip.signal is None and in_season and month <= tip.until:
            yield tip

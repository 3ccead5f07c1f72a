"""Durations as people write them, in hours."""

import re

from analysis.values.numbers import NumberStyle, parse_number

_CLOCK = re.compile(r"^(-?)(\d{1,6}):([0-5]?\d)(?::([0-5]?\d)(?:[.,]\d+)?)?$")
_PARTS = re.compile(
    r"^(?:([\d.,]+)\s*(?:d|dag|dagen|days?|tage?)\.?)?\s*"
    r"(?:([\d.,]+)\s*(?:u|uur|uren|h|hrs?|hours?|std|stunden?)\.?)?\s*"
    r"(?:([\d.,]+)\s*(?:m|min|mins|minuten|minuut|minutes?)?\.?)?$",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"^1(?:899-12-3[01]|900-01-0\d) (\d{1,2}):(\d{2}):(\d{2})$")
HOURS_A_DAY = 8.0
"""A day of work, where a duration is written in days."""


def parse_hours(text: str, style: NumberStyle, *, minutes: bool = False) -> float | None:
    """Return hours; a bare number counts hours, or minutes where `minutes` is true."""
    text = text.strip()
    clock = _CLOCK.match(text)
    if clock:
        hours = int(clock[2]) + int(clock[3]) / 60 + int(clock[4] or 0) / 3600
        return -hours if clock[1] else hours
    number = parse_number(text, style)
    if number is not None:
        return number.value / 60 if minutes else number.value
    moment = _MOMENT.match(text)
    if moment:
        return int(moment[1]) + int(moment[2]) / 60 + int(moment[3]) / 3600
    return _parse_parts(text, style)


def _parse_parts(text: str, style: NumberStyle) -> float | None:
    parts = _PARTS.match(text)
    if not parts or not any(parts.groups()):
        return None
    hours = 0.0
    for part, factor in zip(parts.groups(), (HOURS_A_DAY, 1.0, 1 / 60), strict=True):
        if part:
            number = parse_number(part, style)
            if number is None:
                return None
            hours += number.value * factor
    return hours

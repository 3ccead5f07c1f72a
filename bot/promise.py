"""What the proposal for the levels asks of the office, in hours: an assumption, told as one."""

from analysis.findings import Focus

MEETING_HOURS, CHECK_HOURS = 4.0, 0.5
"""Of one yearly meeting with its preparation and follow-up (level A), and of one short check a
year (level B)."""


def hours_promised(focus: Focus) -> dict[str, float]:
    """Hours a year by level, where the proposal promises something by itself."""
    each = {"A": MEETING_HOURS, "B": CHECK_HOURS}
    return {
        level.level: level.clients * each[level.level]
        for level in focus.levels
        if level.level in each
    }

"""Rows of measurements: a figure of ours beside a peer or a limit, printed and kept as data.

Usage: python benchmarks/measured.py    prints one table of all that is kept
"""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Row:
    """One measurement: `ours` and `theirs` in `unit`, and the most that their ratio may be.

    `spread` is the smallest and the largest ratio over the rounds, at their least favourable.
    """

    what: str
    ours: float
    unit: str
    peer: str
    theirs: float
    bound: float
    spread: tuple[float, float] | None = None

    @property
    def ratio(self) -> float:
        """Ours against theirs."""
        return self.ours / self.theirs

    @property
    def holds(self) -> bool:
        """Whether the bound holds."""
        return self.ratio <= self.bound


HEADER = ("what", "ours", "against", "theirs", "ratio", "spread", "at most", "holds")


def print_and_keep(name: str, rows: Sequence[Row]) -> None:
    """Print the table and write the rows to `results/NAME.json`."""
    RESULTS.mkdir(exist_ok=True)
    run = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "klantkompas": version("klantkompas"),
        "rows": [{**asdict(row), "ratio": row.ratio, "holds": row.holds} for row in rows],
    }
    text = json.dumps(run, ensure_ascii=False, indent=1)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print_table(rows)


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows in columns."""
    lines = [HEADER, *map(_cells, rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADER))]
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


def read_results() -> list[Row]:
    """Return the rows of every run that is kept."""
    rows = []
    for path in sorted(RESULTS.glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8"))["rows"]:
            fields = {name: row[name] for name in Row.__dataclass_fields__}
            rows.append(Row(**fields))
    return rows


def _cells(row: Row) -> tuple[str, ...]:
    spread = f"{row.spread[0]:.2f}-{row.spread[1]:.2f}" if row.spread else ""
    return (
        row.what,
        f"{row.ours:.3g} {row.unit}",
        row.peer,
        f"{row.theirs:.3g} {row.unit}",
        f"{row.ratio:.2f}",
        spread,
        f"{row.bound:.2f}",
        "yes" if row.holds else "NO",
    )


if __name__ == "__main__":
    print_table(read_results())

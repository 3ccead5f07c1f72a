"""Reading, measured: damaged text files, awkward workbooks, headings, and speed beside others.

The collections of files are no part of the repository: they are looked for in the folder that
KLANTKOMPAS_SHARED names, else in `shared` beside the checkout. What is not there, or not
installed, is skipped and said so.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import python_calamine
import xlsxwriter

import analysis

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("KLANTKOMPAS_SHARED", ROOT.parent / "shared")) / "data"
TEXT_ROWS, WORKBOOK_ROWS, ROUNDS = 1_000_000, 100_000, 3
NUMBERS = ("Inkomen", "Vermogen", "Omzet", "Kosten", "Uren", "Aantal producten", "Contactmomenten")
DATES = ("Geboortedatum", "Klant sinds")


def clevercsv_rows(path: str) -> list[list[str]]:
    """Read a text file with CleverCSV, which detects the dialect."""
    import clevercsv

    return [list(row) for row in clevercsv.read_table(path)]


def duckdb_rows(path: str) -> list[list[str]]:
    """Read a text file with DuckDB's sniffer."""
    import duckdb

    found = duckdb.read_csv(path, all_varchar=True)
    return [list(found.columns), *[list(row) for row in found.fetchall()]]


def pandas_rows(path: str) -> list[list[str]]:
    """Read a text file with pandas, its dialect sniffed."""
    frame = pd.read_csv(path, sep=None, engine="python", dtype=str, keep_default_na=False)
    return [list(frame.columns), *frame.to_numpy().tolist()]


def calamine_tables(path: str) -> dict[str, list[list[str]]]:
    """Read every sheet of a workbook with calamine alone."""
    workbook = python_calamine.CalamineWorkbook.from_path(path)
    return {
        name: [[str(cell) for cell in row] for row in workbook.get_sheet_by_name(name).to_python()]
        for name in workbook.sheet_names
    }


def pandas_tables(path: str) -> dict[str, list[list[str]]]:
    """Read every sheet of a workbook with pandas."""
    frames = pd.read_excel(path, sheet_name=None, dtype=str, keep_default_na=False)
    return {
        name: [list(map(str, frame.columns)), *frame.astype(str).to_numpy().tolist()]
        for name, frame in frames.items()
    }


def missing(*modules: str) -> list[str]:
    """Return which of the modules are not installed."""
    return [module for module in modules if importlib.util.find_spec(module) is None]


def run(script: Path, *arguments: str) -> None:
    """Run a scoring script of the collections and print what it says."""
    if not script.exists():
        print(f"  skipped: {script.name} is not on this machine")
        return
    command = [sys.executable, "-W", "ignore", str(script), *arguments]
    places = [str(ROOT), str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
    path = os.pathsep.join(filter(None, places))
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path}
    )
    for line in (done.stdout or done.stderr).strip().splitlines()[-12:]:
        print(f"  {line[:160]}")


def damaged_text() -> None:
    """Pollock: how much of 2,290 damaged files is read right, of 10."""
    print("Damaged text files (Pollock, blind, of 10)")
    if gone := missing("price_parser", "dateutil"):
        print(f"  skipped: the scorer needs {', '.join(gone)}")
        return
    script = DATA / "pollock" / "pollock_bench.py"
    readers = [("", "analysis:read_rows"), ("clevercsv", "bench_reading:clevercsv_rows")]
    readers += [("duckdb", "bench_reading:duckdb_rows"), ("", "bench_reading:pandas_rows")]
    for module, reader in readers:
        if module and missing(module):
            print(f"  skipped: {module} is not installed")
            continue
        run(script, "--reader", reader, "--data", str(DATA / "pollock" / "pollock_data.tar.xz"))


def workbooks() -> None:
    """Workbooks that break readers: handled as they should be, and tables found in them."""
    print("Awkward workbooks")
    script = DATA / "workbooks" / "check_corpus.py"
    for reader in ("analysis:read_tables", "bench_reading:calamine_tables"):
        run(script, "--reader", reader, "--quiet")
    run(script, "--reader", "bench_reading:pandas_tables", "--quiet")


def headings() -> None:
    """Share of headings whose role is right, by the heading alone."""
    print("Headings")
    run(DATA / "headers" / "score.py", str(DATA / "headers" / "headers.jsonl"), "0.95")


def client_list(rows: int) -> pd.DataFrame:
    """Return a client list of 15 columns."""
    chance = np.random.default_rng(1)
    days = pd.to_timedelta(chance.integers(0, 10_000, rows), unit="D")
    names = np.array(["Bakker", "de Vries", "Jansen", "Smit", "Visser", "Bos", "Mulder"])
    return pd.DataFrame(
        {
            "Klantnummer": [f"K{number:07}" for number in range(rows)],
            "Naam": chance.choice(names, rows),
            "Geboortedatum": pd.Timestamp("1950-01-01") + days,
            "Woonplaats": chance.choice(["Delft", "Gouda", "Leiden", "Zwolle"], rows),
            "Beroep": chance.choice(["arts", "docent", "jurist", "timmerman"], rows),
            "Ondernemer": chance.choice(["ja", "nee"], rows),
            "Inkomen": chance.integers(15_000, 150_000, rows),
            "Vermogen": chance.lognormal(10, 1.2, rows).round(2),
            "Omzet": chance.lognormal(5, 1.3, rows).round(2),
            "Kosten": chance.lognormal(4, 1, rows).round(2),
            "Uren": chance.gamma(2, 2, rows).round(2),
            "Aantal producten": chance.integers(1, 9, rows),
            "Klant sinds": pd.Timestamp("1995-01-01") + days,
            "Contactmomenten": chance.integers(0, 30, rows),
            "Segment": chance.choice(["A", "B", "C"], rows),
        }
    )


def write_workbook(frame: pd.DataFrame, path: Path) -> None:
    """Write a client list as a workbook."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Klanten")
        date = workbook.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, list(frame.columns))
        for place, row in enumerate(frame.itertuples(index=False), start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, pd.Timestamp):
                    sheet.write_datetime(place, column, cell.to_pydatetime(), date)
                else:
                    sheet.write(place, column, cell)


def told_everything(path: Path) -> pd.DataFrame:
    """Read the text file with pandas, which is told all there is to know about it."""
    texts = ["Klantnummer", "Naam", "Woonplaats", "Beroep", "Ondernemer", "Segment"]
    return pd.read_csv(
        path,
        sep=";",
        decimal=",",
        dtype=dict.fromkeys(texts, str) | dict.fromkeys(NUMBERS, float),
        parse_dates=list(DATES),
        date_format="%d-%m-%Y",
    )


def best_of(function: Callable[[], object]) -> float:
    """Return the shortest time of some rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        function()
        times.append(time.perf_counter() - begin)
    return min(times)


def speed() -> None:
    """Time of `analysis.load` beside the parsers that others build on."""
    print("Speed (seconds, best of three)")
    with tempfile.TemporaryDirectory() as folder:
        text, workbook = Path(folder, "klanten.csv"), Path(folder, "klanten.xlsx")
        frame = client_list(TEXT_ROWS)
        written = frame.assign(**{name: frame[name].dt.strftime("%d-%m-%Y") for name in DATES})
        written.to_csv(text, sep=";", decimal=",", index=False)
        write_workbook(frame.head(WORKBOOK_ROWS), workbook)
        del frame, written
        compare("csv 1,000,000 x 15", "pandas.read_csv", text, lambda: told_everything(text))
        peak_memory("csv 1,000,000 x 15", text)
        compare("xlsx 100,000 x 15", "calamine", workbook, lambda: parse_only(workbook))


def parse_only(path: Path) -> list[list[object]]:
    """Parse a workbook with calamine and do nothing with it."""
    return python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def compare(label: str, other: str, path: Path, read: Callable[[], object]) -> None:
    """Print the time of another reader, of ours, and the ratio."""
    theirs, ours = best_of(read), best_of(lambda: analysis.load(path, roles={"Omzet": "revenue"}))
    print(f"  {label}: {other} {theirs:.2f}, analysis.load {ours:.2f}, ratio {ours / theirs:.2f}")


def peak_memory(label: str, path: Path) -> None:
    """Print the most memory that a process of its own takes to load a file, by the file's size."""
    script = (
        "import sys, analysis\n"
        "analysis.load(sys.argv[1], roles={'Omzet': 'revenue'})\n"
        # Not getrusage: that counts what the parent held before this process began.
        "status = open('/proc/self/status').read()\n"
        "print(status.partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    times = int(done.stdout) * 1024 / path.stat().st_size
    print(f"  {label}: peak memory {times:.1f} times the file, Python and its libraries included")


if __name__ == "__main__":
    speed()
    headings()
    workbooks()
    damaged_text()

"""Data folders with something in them, and processes that are killed at work on one."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from analysis.columns.plan import ColumnPlan
from storage.copying import fold_journals
from storage.data_folder import encrypted_files
from storage.database import connect
from storage.keys import derive
from storage.offices import Offices
from storage.register import Register
from tests.storage.conftest import KEY, NOW

TWO_OFFICES = {7: "a1", 8: "b2"}


def make_data(data: Path, plan: ColumnPlan, office_of_user: dict[int, str] = TWO_OFFICES) -> Path:
    """Offices with a list each, and an update that waits; at rest, without journals."""
    data.mkdir(parents=True, mode=0o700)
    register = Register(data / "register.db", derive(KEY, "register"))
    offices = Offices(data / "offices", KEY)
    for user, office in office_of_user.items():
        register._database.table("offices").insert(
            {"id": office, "name": "geheim", "created_at": NOW.isoformat()}
        )
        register.join(user, office, "nl", NOW)
        offices.create(office)
        with offices.open(office) as opened:
            opened.add_upload(user, "geheim.xlsx", plan, b"rows of " * 2000, 2, NOW)
    for update in (1, 2):
        register.receive(update, 7, "geheim", NOW)
    register.finish([1], NOW)
    register.close()
    for file in encrypted_files(data):
        fold_journals(data / file.name, derive(KEY, file.purpose))
    return data


def contents_of(data: Path, key: bytes = KEY) -> dict[str, list[Any]]:
    """Every row of every file, by file and table."""
    contents = {}
    for file in encrypted_files(data):
        connection = connect(data / file.name, derive(key, file.purpose))
        tables = connection.execute("select name from sqlite_master where type = 'table'")
        for (table,) in sorted(tables.fetchall()):
            rows = connection.execute(f'select * from "{table}"').fetchall()
            contents[f"{file.name} {table}"] = rows
        connection.close()
        fold_journals(data / file.name, derive(key, file.purpose))
    return contents


def killed_at_each_line(
    work: Callable[[], object], modules: tuple[ModuleType, ...], step: int = 1
) -> Iterator[int]:
    """Does `work` in processes that are killed before the first, second, … line that they run of
    these modules, or every `step` lines; yields after each kill, and ends with the run that no
    kill stopped."""
    files = {module.__file__ for module in modules}
    line = 0
    while True:
        line += step
        child = os.fork()
        if child == 0:
            _die_at(line, files)
            try:
                work()
            except BaseException as error:
                print(type(error).__name__, error, file=sys.stderr)  # noqa: T201
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            return
        assert os.WTERMSIG(status) == signal.SIGKILL
        yield line


def _die_at(line: int, files: set[str | None]) -> None:
    left = line

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)

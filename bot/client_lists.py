"""From a file to stored findings: reading, storing, analysing. Knows no chat."""

import asyncio
import functools
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from analysis import columns
from bot import jobs
from bot.engine import Engine
from storage.office import Offices, Upload


class ClientLists:
    """The client lists of all offices. Every step is stored before the next begins."""

    def __init__(self, offices: Offices, engine: Engine, now: Callable[[], datetime]) -> None:
        self._offices = offices
        self._engine = engine
        self._now = now

    def of_update(self, office: str, update_id: int) -> Upload | None:
        """The list that this update brought, where it was stored before."""
        with self._offices.open(office) as file:
            return file.upload_of_update(update_id)

    def newest(self, office: str) -> Upload | None:
        """The newest list with findings."""
        with self._offices.open(office) as file:
            return file.newest_analysed()

    def get(self, office: str, number: int) -> Upload | None:
        with self._offices.open(office) as file:
            return file.upload(number)

    def names(self, office: str, number: int, clients: list[str]) -> dict[str, str]:
        """Name by client number."""
        with self._offices.open(office) as file:
            return file.names_of(number, clients)

    async def read(self, office: str, update_id: int, content: bytes, file_name: str) -> Upload:
        """Reads and stores a file. Raises UnreadableFile; then nothing is stored."""
        read = await self._engine.run(jobs.read_list, content, file_name)
        with self._offices.open(office) as file:
            number = file.add_upload(update_id, file_name, read.plan, read.rows, self._now())
            return _found(file.upload(number))

    def choose_revenue(self, office: str, upload: Upload, position: int) -> Upload:
        """The adviser's answer to which column is his revenue."""
        plan = columns.assign(upload.plan, {position: "revenue"})
        with self._offices.open(office) as file:
            file.save_plan(upload.number, plan)
            return _found(file.upload(upload.number))

    async def analyse(self, office: str, upload: Upload) -> Upload:
        """Analyses and stores the findings. Raises UnreadableFile."""
        if upload.rows is None:
            raise ValueError("the rows of this list are no longer kept")
        analysed = await self._engine.run(
            jobs.analyse_list, upload.rows, upload.plan, self._now().date()
        )
        # A long list takes a while to write; others go on meanwhile.
        return await asyncio.to_thread(
            functools.partial(self._store, office, upload.number, analysed)
        )

    def remove_old_rows(self, offices: Iterable[str], days: int) -> int:
        """Removes client rows older than so many days; returns from how many lists."""
        before = self._now() - timedelta(days=days)
        removed = 0
        for office in offices:
            with self._offices.open(office) as file:
                removed += file.remove_rows(before)
        return removed

    def _store(self, office: str, number: int, analysed: jobs.AnalysedList) -> Upload:
        with self._offices.open(office) as file:
            file.save_analysis(number, analysed.clients, analysed.names, analysed.findings)
            return _found(file.upload(number))


def _found(upload: Upload | None) -> Upload:
    if upload is None:
        raise LookupError("an upload that was just stored is gone")
    return upload

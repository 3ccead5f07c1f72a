"""A cluster gives what one machine gives, also where a part of it is lost."""

import asyncio
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.errors import SeveralLists, UnreadableFile
from bot import cluster, jobs
from bot.cluster import ClusterRefusedError, DaskCluster, cluster_of
from bot.engine import Engine, LocalWorkers, OutOfReachError
from bot.sample import sample
from bot.settings import Settings
from tests.bot.certificates import certificates
from tests.bot.cluster_jobs import (
    NAME,
    add,
    devour,
    die,
    give_back,
    hang,
    hang_without_python,
    quote,
    refuse,
    wait_the_first_time,
)
from tests.bot.dask_processes import PATIENCE, ROOT, DaskProcesses
from tests.conversations.lists import csv_list, two_revenue_columns, with_prospects_and_households

if "CI" not in os.environ:
    pytest.importorskip("distributed", reason="Dask is not installed: `make cluster`")

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskProcesses]:
    """A scheduler and two workers."""
    with DaskProcesses(tmp_path_factory.mktemp("dask")) as processes:
        processes.start_scheduler()
        processes.start_worker()
        processes.start_worker()
        yield processes


@pytest.fixture(scope="module")
def engine(dask: DaskProcesses) -> Iterator[DaskCluster]:
    with DaskCluster(dask.address, without_workers=PATIENCE) as engine:
        yield engine


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A cluster of one worker whose jobs have a few seconds."""
    with DaskProcesses(tmp_path_factory.mktemp("impatient")) as processes:
        processes.start_scheduler()
        processes.start_worker()
        with DaskCluster(processes.address, time_limit=5, without_workers=PATIENCE) as engine:
            yield engine


@pytest.fixture(scope="module")
def local() -> Iterator[LocalWorkers]:
    with LocalWorkers(1) as workers:
        yield workers


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A file whose reader waits until somebody writes."""
    path = tmp_path / "begun"
    os.mkfifo(path)
    return path


async def has_ended(process: int) -> None:
    """Waits for the end of a process that is nobody's child here."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return
    try:
        ready, _, _ = await asyncio.to_thread(select.select, [handle], [], [], PATIENCE)
        assert ready, "it goes on"
    finally:
        os.close(handle)


async def analysed(engine: Engine, content: bytes, name: str) -> tuple[jobs.ReadList, object]:
    read = await engine.run(jobs.read_list, content, name, {})
    found = await engine.run(jobs.analyse_list, read.rows, read.plan, AS_OF)
    return read, found


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (sample("nl")[1], "klanten.xlsx"),
        (sample("en")[1], "clients.xlsx"),
        (csv_list(), "klanten.csv"),
        (two_revenue_columns(), "omzet.csv"),
        (with_prospects_and_households(), "huishoudens.csv"),
    ],
)
async def test_the_findings_are_those_of_one_machine(engine, local, content, name):
    (read, found), (read_here, found_here) = await asyncio.gather(
        analysed(engine, content, name), analysed(local, content, name)
    )
    assert read == read_here
    assert found.findings == found_here.findings
    assert (found.names, found.rows) == (found_here.names, found_here.rows)
    pd.testing.assert_frame_equal(found.clients, found_here.clients)


async def test_a_refusal_travels_with_its_facts(engine):
    with pytest.raises(SeveralLists) as caught:
        await engine.run(refuse)
    assert caught.value.sheets == ("Klanten", NAME)


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        (hang, "too_slow"),
        (hang_without_python, "too_slow"),
        (die, "too_much_memory"),
        (devour, "too_much_memory"),
    ],
)
async def test_after_a_bad_job_its_worker_does_the_next(impatient, job, reason):
    with pytest.raises(UnreadableFile) as caught:
        await impatient.run(job)
    assert caught.value.reason == reason
    assert await impatient.run(add, 1, 1) == 2


async def test_a_lost_workers_job_is_taken_over(engine, pipe):
    job = asyncio.create_task(engine.run(wait_the_first_time, pipe))
    process, worker = map(int, (await asyncio.to_thread(pipe.read_text)).split())
    pipe.unlink()
    os.kill(worker, signal.SIGKILL)
    assert await job == "done"
    # What hung there does not go on without it.
    await has_ended(process)


async def test_a_job_that_nobody_waits_for_frees_its_worker(engine, pipe):
    job = asyncio.create_task(engine.run(hang, pipe))
    process = int(await asyncio.to_thread(pipe.read_text))
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    await has_ended(process)
    assert await engine.run(add, 1, 1) == 2


async def test_no_client_reaches_a_log_or_a_disk(engine, dask):
    large = NAME.encode() * 200_000
    assert await engine.run(give_back, large) == large
    with pytest.raises(RuntimeError, match=NAME):
        await engine.run(quote, NAME)
    assert NAME not in dask.log()
    assert dask.written_files() == []


def test_results_stay_in_memory_where_dask_would_write_them_to_disk(tmp_path):
    from distributed.spill import SpillBuffer

    from bot.cluster_worker import JobsWithLimits

    data = SpillBuffer(str(tmp_path), target=1000)
    data["before"] = b"-" * 2000
    assert len(data.slow) == 1
    manager = SimpleNamespace(memory_spill_fraction=0.7)
    worker = SimpleNamespace(data=data, memory_manager=manager, state=SimpleNamespace(nthreads=1))
    jobs_with_limits = JobsWithLimits(5)
    jobs_with_limits.setup(worker)
    jobs_with_limits.teardown(worker)
    data["after"] = b"-" * 2000
    assert list(data.slow) == ["before"]
    assert manager.memory_spill_fraction is False


async def test_a_worker_of_another_version_is_told_apart(engine, monkeypatch, caplog):
    monkeypatch.setattr("bot.cluster_worker.release", lambda: "0.0.1")
    with pytest.raises(OutOfReachError):
        await engine.run(add, 1, 1)
    assert "another" in caplog.text


async def test_a_scheduler_that_goes_away_and_comes_back(tmp_path):
    with DaskProcesses(tmp_path) as dask:
        dask.start_scheduler()
        worker = dask.start_worker()
        with DaskCluster(dask.address, without_workers=PATIENCE) as engine:
            assert await engine.run(add, 1, 1) == 2
            dask.end_scheduler()
            with pytest.raises(OutOfReachError):
                await engine.run(add, 2, 2)
            dask.start_scheduler()
            worker.end(signal.SIGKILL)
            dask.start_worker()
            assert await engine.run(add, 3, 3) == 6


async def test_a_scheduler_that_is_lost_amid_a_job(tmp_path, pipe):
    with DaskProcesses(tmp_path) as dask:
        dask.start_scheduler()
        dask.start_worker()
        with DaskCluster(dask.address, without_workers=PATIENCE) as engine:
            job = asyncio.create_task(engine.run(hang, pipe))
            process = int(await asyncio.to_thread(pipe.read_text))
            dask.end_scheduler()
            with pytest.raises(OutOfReachError):
                await job
            await has_ended(process)


async def test_a_scheduler_without_workers_is_not_waited_for_forever(tmp_path):
    with DaskProcesses(tmp_path) as dask:
        dask.start_scheduler()
        with (
            DaskCluster(dask.address, without_workers=0.2) as engine,
            pytest.raises(OutOfReachError),
        ):
            await engine.run(add, 1, 1)


async def test_many_jobs_learn_together_that_nobody_is_there(monkeypatch, unused_tcp_port):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with DaskCluster(f"tcp://127.0.0.1:{unused_tcp_port}") as engine:
        begun = time.monotonic()
        ended = await asyncio.gather(
            *(engine.run(add, 1, 1) for _ in range(100)), return_exceptions=True
        )
        assert {type(error) for error in ended} == {OutOfReachError}
        assert time.monotonic() - begun < 30


async def test_encrypted_with_certificates_and_not_without(tmp_path):
    own, other = (certificates(tmp_path / name) for name in ("own", "other"))
    options = [
        part
        for name, path in zip(("--tls-ca-file", "--tls-cert", "--tls-key"), own, strict=True)
        for part in (name, path)
    ]
    with DaskProcesses(tmp_path, options) as dask:
        dask.start_scheduler()
        dask.start_worker()
        assert dask.address.startswith("tls://")
        with DaskCluster(dask.address, own, without_workers=PATIENCE) as engine:
            assert await engine.run(add, 1, 1) == 2
        with DaskCluster(dask.address, other) as stranger, pytest.raises(OutOfReachError):
            await stranger.run(add, 1, 1)


TLS = {"cluster_ca": "ca.pem", "cluster_cert": "cert.pem", "cluster_key": "key.pem"}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"cluster": "tcp://10.0.0.5:8786"}, "unencrypted"),
        ({"cluster": "10.0.0.5:8786"}, "unencrypted"),
        ({"cluster": "tcp://scheduler.example:8786", **TLS}, "unencrypted"),
        ({"cluster": "tcp://localhost.example:8786"}, "unencrypted"),
        ({"cluster": "tls://10.0.0.5:8786"}, "_CA, _CERT and _KEY"),
        ({"cluster": "tls://10.0.0.5:8786", **TLS, "cluster_key": ""}, "_CA, _CERT and _KEY"),
        ({"cluster": "ws://127.0.0.1:8786"}, "The address of a Dask scheduler"),
        ({"cluster": "127.0.0.1"}, "The address of a Dask scheduler"),
        ({"cluster": "tcp://127.0.0.1:poort"}, "The address of a Dask scheduler"),
        ({"cluster": "tcp://[::1"}, "The address of a Dask scheduler"),
    ],
)
def test_settings_that_cannot_be_used_are_told_in_one_sentence(settings, sentence):
    with pytest.raises(ClusterRefusedError, match=sentence) as refused:
        cluster_of(Settings(_env_file=None, **settings))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"cluster": "127.0.0.1:8786"},
        {"cluster": "tcp://localhost:8786"},
        {"cluster": "tcp://[::1]:8786"},
        {"cluster": "tls://10.0.0.5:8786", **TLS},
        {"cluster": "tcp://10.0.0.5:8786", "cluster_plain": True},
    ],
)
def test_settings_that_can_be_used(settings):
    cluster_of(Settings(_env_file=None, **settings)).close()


def test_where_dask_is_missing_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    with pytest.raises(ClusterRefusedError, match="make cluster"):
        cluster_of(Settings(_env_file=None, cluster="127.0.0.1:8786"))


def test_a_bot_with_such_settings_does_not_start(tmp_path):
    bare = {k: v for k, v in os.environ.items() if not k.startswith("KLANTKOMPAS_")}
    told = {
        "KLANTKOMPAS_TOKEN": "1:x",
        "KLANTKOMPAS_DATA": str(tmp_path / "data"),
        "KLANTKOMPAS_CLUSTER": "tcp://10.0.0.5:8786",
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**bare, **told, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "KLANTKOMPAS_CLUSTER" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr

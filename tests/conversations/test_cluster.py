"""The bot with a cluster, which goes away and comes back while people talk with it."""

import os

import pytest

from bot.cluster import DaskCluster
from tests.bot.dask_processes import PATIENCE, DaskProcesses
from tests.conversations.adviser import Adviser
from tests.conversations.lists import csv_list

if "CI" not in os.environ:
    pytest.importorskip("distributed", reason="Dask is not installed: `make cluster`")


@pytest.fixture
def dask(tmp_path):
    with DaskProcesses(tmp_path) as processes:
        processes.start_scheduler()
        yield processes


@pytest.fixture
def engine(dask):
    with DaskCluster(dask.address, without_workers=PATIENCE) as cluster:
        yield cluster


async def test_without_the_cluster_the_bot_says_so_and_goes_on(bot, server, dask):
    anja = Adviser(server, "Anja", patience=PATIENCE)
    worker = dask.start_worker()
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()

    dask.end_scheduler()
    await anja.sends("klanten.csv", csv_list(80))
    await anja.sees("Ik kan nu niets uitrekenen")
    await anja.says("/pareto")
    await anja.sees("van je klanten")
    await anja.says("/help")
    await anja.sees("/top10")

    dask.start_scheduler()
    worker.end()
    dask.start_worker()
    await anja.sends("klanten.csv", csv_list(80))
    await anja.sees("80 regels gelezen")
    await anja.sees_photo()

"""The sample list, and the day, that the phrases are about."""

from datetime import date
from importlib.resources import files

import pytest

import analysis
from analysis.clients import Clients
from bot.questions.pieces import Context

DAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def sample_clients() -> Clients:
    return analysis.load(str(files("bot.sample") / "klanten_voorbeeld.xlsx"))


@pytest.fixture(scope="session")
def context(sample_clients: Clients) -> Context:
    return Context(sample_clients, DAY)

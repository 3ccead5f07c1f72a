"""A pushed message stands on a lock screen: no name, no client number, no amount in it."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.costs import Assumptions
from analysis.segmentation import segment
from bot.localchat.markup import parse_html
from bot.replies.words import LANGUAGES
from bot.tips.choice import choose
from bot.tips.library import library
from bot.tips.rendering import render
from tests.analysis.make_clients import make_clients

MONTH = date(2026, 12, 1)
COUNT = 60
NAMES = [f"Zwaanswijk-{place} <b>" for place in range(COUNT)]
IDS = [f"{place + 770_000}" for place in range(COUNT)]
# No amount looks like a share or a count, so that one in a message can only be leaked.
REVENUE = np.sort(np.random.default_rng(7).lognormal(7, 1.5, COUNT))[::-1].round(2) + 3000.37
COST = np.where(np.arange(COUNT) % 3 == 0, REVENUE * 1.3, REVENUE * 0.2).round(2)


def planted():
    """The findings of a list in which every client could be recognised."""
    owner = np.arange(COUNT) < 9
    clients = make_clients(
        {
            "Ondernemer": owner,
            "Klachten": np.ones(COUNT),
            "Doorverwijzingen": np.ones(COUNT),
            "Producten": np.ones(COUNT),
            "Abonnement": np.full(COUNT, 4321.09),
            "Provisie": (REVENUE * 0.8).round(2),
        },
        revenue=REVENUE,
        cost=COST,
        hours=np.full(COUNT, 3.5),
        contacts=np.arange(COUNT) + 0.0,
        names=NAMES,
        roles={
            "Abonnement": "revenue_part",
            "Provisie": "revenue_part",
            "Producten": "outcome",
        },
        meanings={
            "Ondernemer": "is_entrepreneur",
            "Klachten": "complaints",
            "Doorverwijzingen": "referrals",
            "Producten": "products",
            "Abonnement": "rev_subscription",
            "Provisie": "rev_comm_recurring",
        },
    )
    clients = replace(clients, ids=pd.Series(IDS))
    return segment(clients, date(2026, 11, 23), assumptions=Assumptions(cost_per_hour=1111.11))


FIGURES = {signal.signal: signal.value for signal in planted().signals}


def test_the_planted_list_gives_many_signals():
    assert len(FIGURES) >= 12
    assert "cost_per_client" in FIGURES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("signal", sorted(FIGURES))
def test_no_tip_tells_who_or_how_much(signal, language):
    choice = choose({signal: FIGURES[signal]}, COUNT, [], MONTH)
    text = parse_html(render(choice, language)).text
    assert "Zwaanswijk" not in text
    assert "€" not in text
    numbers = {float(found.replace(",", ".")) for found in re.findall(r"\d+(?:[.,]\d+)?", text)}
    told = {round(amount) for amount in (*REVENUE, *COST, 4321.09, 1111.11)} | {*map(int, IDS)}
    assert not {round(number) for number in numbers} & told
    years = {int(found) for found in re.findall(r"\b20\d\d\b", text)}
    assert all(number <= 100 or number in years for number in numbers), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amount_is_never_told(language):
    for tip in library().values():
        if tip.unit == "amount":
            choice = choose({tip.signal: 98_765.43}, COUNT, [], MONTH)
            assert choice.tip == tip.name
            assert not re.search(r"\d{3}", render(choice, language))

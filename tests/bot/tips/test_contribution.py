"""Which contribution an office gets, and as what it arrives."""

from datetime import date

import pytest

from bot.localchat.markup import parse_html
from bot.replies.words import LANGUAGES
from bot.tips.contribution import contribution_for, render_contribution
from storage.contributions import Contribution

LARGEST, RATES = "largest_client_over_10_percent", "rate_ends_within_a_year"


def contribution(number: int, signal: str | None = None, **changed) -> Contribution:
    values = {
        "month": date(2026, 12, 1),
        "dutch": "Bel vandaag.",
        "english": "Call today.",
        "author": "Olga <Bakker>",
    }
    return Contribution(number=number, signal=signal, **{**values, **changed})


@pytest.mark.parametrize(
    ("planned", "signals", "expected"),
    [
        ([], [LARGEST], None),
        ([(1, None)], [], 1),
        ([(1, LARGEST)], [], None),
        ([(1, LARGEST)], [RATES], None),
        ([(1, LARGEST)], [RATES, LARGEST], 1),
        ([(1, None), (2, LARGEST)], [LARGEST], 2),
        ([(1, None), (2, LARGEST)], [RATES], 1),
        ([(1, RATES), (2, LARGEST)], [LARGEST, RATES], 1),
        ([(1, None), (2, None)], [], 1),
    ],
)
def test_one_for_a_finding_goes_before_one_for_all(planned, signals, expected):
    contributions = [contribution(number, signal) for number, signal in planned]
    found = contribution_for(contributions, signals)
    assert (found.number if found else None) == expected
    assert contribution_for(contributions, dict.fromkeys(signals, 1.0)) == found


@pytest.mark.parametrize(
    ("language", "start", "text"),
    [("nl", "Bij jou: ", "Bel vandaag."), ("en", "In your figures: ", "Call today.")],
)
def test_one_on_a_finding_has_it_above_in_the_office_s_own_figure(language, start, text):
    told = render_contribution(contribution(1, LARGEST), {LARGEST: 0.23, RATES: 4}, 180, language)
    shown = parse_html(told).text
    assert shown.startswith(start)
    assert "23%" in shown.split("\n")[0]
    assert shown.endswith(f"\n\n{text}\n\nOlga <Bakker>")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("signal", "signals", "clients"), [(None, {LARGEST: 0.23}, 180), (None, {}, None)]
)
def test_one_for_all_has_none_also_without_a_list(signal, signals, clients, language):
    shown = parse_html(render_contribution(contribution(1, signal), signals, clients, language))
    assert shown.text.count("\n\n") == 1


@pytest.mark.parametrize(("language", "few"), [("nl", "weinig klanten"), ("en", "few clients")])
def test_a_finding_on_few_clients_says_so(language, few):
    assert few in render_contribution(contribution(1, RATES), {RATES: 2}, 180, language)
    assert few not in render_contribution(contribution(1, RATES), {RATES: 40}, 180, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_is_data(language):
    hostile = "<b>{{ 7 * 7 }}{% raw %}\n---\n&amp; % if"
    each = contribution(1, dutch=hostile, english="")
    assert hostile in parse_html(render_contribution(each, {}, None, language)).text

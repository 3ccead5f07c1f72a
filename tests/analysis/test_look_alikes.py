"""Look-alikes: found where there are any, with reasons, and only beside a clear finding."""

from datetime import date

import numpy as np

from analysis.clients import Clients
from analysis.look_alikes import look_alikes, ridge_scores
from analysis.segmentation import segment
from analysis.top10 import top_by_measure
from analysis.traits import traits_of
from tests.analysis.make_clients import make_clients

DAY = date(2026, 11, 23)


def office() -> tuple[Clients, np.ndarray]:
    """A third of the ideal type has found its way to the top already."""
    random = np.random.default_rng(21)
    ideal = np.arange(400) % 20 == 0
    table = {f"x{i}": random.choice(list("abcd"), 400) for i in range(8)}
    table |= {
        "Beroep": np.where(ideal, "dga", random.choice(["zzp", "loondienst", "student"], 400)),
        "Leeftijd": np.where(ideal, 58, random.integers(20, 55, 400)),
    }
    revenue = random.lognormal(7, 0.4, 400) * np.where(ideal, 4, 1)
    revenue[np.flatnonzero(ideal)[:9]] *= 20
    return make_clients(table, revenue=revenue), ideal


def test_those_of_the_ideal_type_come_first_with_the_reason() -> None:
    clients, ideal = office()
    found = segment(clients, DAY).top10
    assert found is not None
    top = {client.client for client in found.clients}
    others = {str(i + 1) for i in np.flatnonzero(ideal)} - top
    first = {resembling.client for resembling in found.look_alikes[: len(others)]}
    assert len(first & others) >= len(others) - 1
    assert not {resembling.client for resembling in found.look_alikes} & top
    reasons = {condition.trait for condition in found.look_alikes[0].because}
    assert "Beroep = dga" in reasons


def test_only_what_the_top_demonstrably_shares_is_a_reason_and_each_fact_once() -> None:
    """Columns of chance stand beside: they may order the names, but explain none of them."""
    random = np.random.default_rng(21)
    count = 400
    owner = np.arange(count) % 10 == 0
    place = np.where(
        owner & (np.arange(count) < 200), "Ede", random.choice(["Soest", "Zeist"], count)
    )
    table = {f"x{i}": random.choice(list("abcdefgh"), count) for i in range(8)}
    table |= {
        "DGA": owner,
        "Ondernemer": owner | (random.random(count) < 0.1),
        "Woonplaats": place,
        "Postcode": np.where(place == "Ede", "6711", np.where(place == "Soest", "3761", "3701")),
    }
    revenue = random.lognormal(7, 0.4, count) * np.where(owner, 4, 1)
    revenue[np.flatnonzero(owner)[:10]] *= 20
    found = segment(
        make_clients(table, revenue=revenue, roles={"Postcode": "postal_code"}), DAY
    ).top10
    assert found is not None
    claimed = {trait.trait for trait in found.traits if trait.verdict != "chance"}
    assert {"DGA = ja", "Woonplaats = Ede"} <= claimed
    assert len(found.look_alikes) > 5
    for resembling in found.look_alikes:
        has = {condition.trait for condition in resembling.because}
        lacks = {condition.trait for condition in resembling.differs_in}
        assert has
        assert has | lacks <= claimed
        for told in (has, lacks):
            assert len({trait.split(" ")[0] for trait in told} & {"DGA", "Ondernemer"}) <= 1
            assert len({trait.split(" ")[0] for trait in told} & {"Woonplaats", "Postcode"}) <= 1


def test_nobody_is_pointed_out_where_nothing_is_clear() -> None:
    random = np.random.default_rng(1)
    table = {f"x{i}": random.choice(list("abcd"), 300) for i in range(6)}
    findings = segment(make_clients(table, revenue=random.lognormal(7, 1, 300)), DAY)
    assert findings.top10 is not None
    assert findings.top10.look_alikes == ()
    assert len(findings.top10.nearest) == 8, "a guess, for who asks for it"
    assert not {client.client for client in findings.top10.clients} & {*findings.top10.nearest}
    assert findings.top10.best_20_percent == ()
    assert "no_look_alikes" in {note.code for note in findings.notes}


def test_a_top_by_hand_learns_from_traits_alone() -> None:
    clients, ideal = office()
    chosen = [str(i + 1) for i in np.flatnonzero(ideal)[:10]]
    found = segment(clients, DAY, chosen=chosen).top10
    assert found is not None
    rest = {str(i + 1) for i in np.flatnonzero(ideal)[10:]}
    assert {resembling.client for resembling in found.look_alikes[:10]} == rest


def test_a_client_is_scored_by_a_fit_that_did_not_see_him() -> None:
    """Without a pattern cross-fitted scores say nothing; fitted on all they would leak."""
    random = np.random.default_rng(2)
    table = {f"x{i}": random.choice(list("abcdefgh"), 200) for i in range(12)}
    amounts = random.lognormal(7, 1, 200)
    traits, _ = traits_of(make_clients(table, revenue=amounts), DAY)
    scores = ridge_scores(traits, [trait.pieces() for trait in traits], amounts, 1)
    assert abs(np.corrcoef(scores, np.log(amounts))[0, 1]) < 0.25


def test_a_fixed_seed_gives_the_same_list() -> None:
    clients, _ = office()
    assert clients.revenue is not None
    traits, _ = traits_of(clients, DAY)
    places = top_by_measure(clients.revenue, 10).places
    assert look_alikes(traits, clients.revenue, places, 5) == (
        look_alikes(traits, clients.revenue, places, 5)
    )


def test_the_best_fifth_and_combinations_follow_a_clear_trait() -> None:
    clients, _ = office()
    found = segment(clients, DAY).top10
    assert found is not None
    assert found.traits[0].verdict == "clear"
    assert {trait.header for trait in found.best_20_percent} & {"Beroep", "Leeftijd"}
    assert set(found.agreeing) <= {trait.header for trait in found.traits}
    assert all(trait.top_size == 80 for trait in found.best_20_percent)


def test_a_combination_is_told_among_those_with_the_first_trait() -> None:
    random = np.random.default_rng(8)
    owner = random.random(600) < 0.3
    staff = random.random(600) < 0.3
    owner[:10] = staff[:10] = True
    table = {"Ondernemer": owner, "Personeel": staff}
    table |= {f"x{i}": random.choice(list("abcd"), 600) for i in range(5)}
    found = segment(make_clients(table, revenue=np.arange(600, 0, -1.0)), DAY).top10
    assert found is not None
    assert {found.traits[0].header} | {trait.header for trait in found.beyond_strongest} == {
        "Ondernemer",
        "Personeel",
    }


def test_marks_of_the_adviser_count_as_traits() -> None:
    random = np.random.default_rng(3)
    clients = make_clients({"x": random.choice(list("abc"), 200)}, revenue=np.arange(200, 0, -1.0))
    pleasant = [str(i) for i in [*range(1, 10), 50, 60, 70, 80, 90]]
    found = segment(clients, DAY, marks={"pleasant": pleasant, "ambassador": []}).top10
    assert found is not None
    assert (found.traits[0].header, found.traits[0].derived) == ("pleasant", "mark")
    assert found.traits[0].verdict == "clear"


def test_marks_count_only_beside_others_that_were_looked_at() -> None:
    random = np.random.default_rng(3)
    clients = make_clients({"x": random.choice(list("abc"), 200)}, revenue=np.arange(200, 0, -1.0))
    top, others = [str(i) for i in range(1, 11)], [str(i) for i in range(41, 51)]
    marks = {"pleasant": top}

    def marked(looked_at: list[str]) -> list[str]:
        found = segment(clients, DAY, marks=marks, looked_at=looked_at)
        assert found.top10 is not None
        assert all(c.derived != "mark" for group in found.groups for c in group.conditions)
        return [trait.verdict for trait in found.top10.traits if trait.derived == "mark"]

    assert marked(top) == []
    assert marked(top + others[:9]) == []
    assert marked(top + others) == ["clear"]


def test_a_mark_that_others_have_as_often_is_no_claim() -> None:
    clients = make_clients(
        {"x": np.random.default_rng(3).choice(list("abc"), 200)}, revenue=np.arange(200, 0, -1.0)
    )
    looked_at = [str(i) for i in [*range(1, 11), *range(41, 51)]]
    found = segment(clients, DAY, marks={"pleasant": looked_at}, looked_at=looked_at).top10
    assert found is not None
    assert [trait for trait in found.traits if trait.derived == "mark"] == []
    assert [(trait.header, trait.in_top, trait.in_rest) for trait in found.usual] == [
        ("pleasant", 10, 1.0)
    ]

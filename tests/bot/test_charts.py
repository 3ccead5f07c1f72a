"""The pictures: drawn for every finding and every text, and showing what the figures say."""

import io
import pickle
import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from analysis.findings import Focus, Level, Pareto, SharedTrait, Top10
from analysis.pareto import pareto
from bot.charts import levels_chart, pareto_chart, top10_chart
from bot.charts.frame import round_steps
from bot.charts.labels import Box, Labels
from bot.charts.style import ACCENT, ACCENT_SOFT, WIDTH, Sheet, drawable, text_width, wrapped
from bot.charts.texts import TEXTS

pytestmark = pytest.mark.filterwarnings("error")

MOST_BYTES = 400_000
SKEWED = np.sort(np.random.default_rng(3).pareto(1.2, 300))[::-1] * 100 + 20


def pixels(content: bytes | None) -> np.ndarray:
    """The picture as (height, width, 3), after checking that Telegram would take it."""
    assert content is not None
    assert len(content) < MOST_BYTES
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        assert picture.format == "PNG"
        assert picture.width == WIDTH
        assert WIDTH / 4 < picture.height < 2.5 * WIDTH
        return np.asarray(picture.convert("RGB"))


def has_color(picture: np.ndarray, color: str) -> np.ndarray:
    wanted = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
    return (picture == wanted).all(axis=2)


def longest_run(mask: np.ndarray) -> int:
    """Longest row of set pixels side by side."""
    longest = np.zeros(mask.shape[0], int)
    current = np.zeros(mask.shape[0], int)
    for column in mask.T:
        current = np.where(column, current + 1, 0)
        longest = np.maximum(longest, current)
    return int(longest.max())


def trait(
    header: str = "Ondernemer",
    value: str | float | bool = True,
    *,
    in_top: int = 8,
    in_rest: float = 0.2,
    verdict: str = "clear",
) -> SharedTrait:
    return SharedTrait.model_validate(
        {
            "header": header,
            "trait": f"{header} = {value}",
            "operator": "is",
            "value": value,
            "kind": "category",
            "in_top": in_top,
            "top_size": 10,
            "in_rest": in_rest,
            "lift": None,
            "p_value": 0.01,
            "verdict": verdict,
        }
    )


def top10(*traits: SharedTrait, usual: tuple[SharedTrait, ...] = ()) -> Top10:
    return Top10(
        measure="revenue",
        size=10,
        chosen_by="measure",
        clients=(),
        traits=traits,
        usual=usual,
        likeness=None,
        profile=(),
        look_alikes=(),
    )


def level(
    name: str, clients: int, revenue_share: float | None, cost_share: float | None
) -> dict[str, object]:
    return {
        "level": name,
        "clients": clients,
        "revenue": 1.0,
        "revenue_share": revenue_share,
        "cost_share": cost_share,
        "hours": None,
        "per_client": 1_234.5,
    }


def focus(*levels: dict[str, object]) -> Focus:
    made = tuple(Level.model_validate(given) for given in levels)
    return Focus(levels=made, conversion=None, still_binds=())


def found(
    revenue: list[float] | np.ndarray, cost: list[float] | None = None, **more: str
) -> Pareto:
    costs = None if cost is None else np.array(cost, float)
    result = pareto(np.array(revenue, float), costs, **more)
    assert result is not None
    return result


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "finding",
    [
        found(SKEWED),
        found(SKEWED, list(SKEWED / 3)),
        found(SKEWED, [25.0] * 300, basis="contacts"),
        found([10.0]),
        found([10.0], [4.0]),
        found([9.0, 8.0, 7.0, 1.0], [0.0, 0.0, 0.0, 0.0]),
        found([5.0] * 40, [1.0] * 40),
        found([100.0, 80.0, -30.0, -60.0], [5.0, 5.0, 5.0, 5.0]),
        found([1e6, -999_999.0, 0.0, 0.0]),
        found([1000.0] + [1.0] * 99, [1.0] * 100),
        found([1e15, 1e-6]),
    ],
    ids=lambda finding: f"{finding.clients}-{finding.costs.basis}",
)
def test_every_curve_can_be_drawn(finding: Pareto, language: str) -> None:
    picture = pixels(pareto_chart(finding, language))
    assert has_color(picture, ACCENT).sum() > 1_500


@pytest.mark.parametrize("revenue", [[-5.0, -1.0], [0.0, 0.0], [5.0, -5.0]])
def test_without_positive_revenue_there_is_no_curve(revenue: list[float]) -> None:
    assert pareto_chart(found(revenue), "nl") is None


def test_a_million_clients_draw_as_one_thousand_do() -> None:
    amounts = np.random.default_rng(5).lognormal(5, 1.5, 1_000_000).round(2)
    pixels(pareto_chart(found(amounts), "nl"))


@pytest.mark.parametrize(
    ("revenue", "least", "most"),
    [([5.0] * 200, 0.0, 0.01), (SKEWED, 0.2, 0.45), ([1e6] + [0.0] * 199, 0.45, 0.5)],
    ids=["equal", "skewed", "one"],
)
def test_the_shaded_area_grows_with_concentration(
    revenue: list[float] | np.ndarray, least: float, most: float
) -> None:
    soft = has_color(pixels(pareto_chart(found(revenue), "nl")), ACCENT_SOFT)
    field = (WIDTH - 168 - 80) * 820
    assert least <= soft.sum() / field <= most


@pytest.mark.parametrize(("lower", "higher"), [(5, 10), (2, 8)])
def test_a_bar_is_as_long_as_its_share(lower: int, higher: int) -> None:
    runs = [
        longest_run(has_color(pixels(top10_chart(top10(trait(in_top=count)), "nl")), ACCENT))
        for count in (lower, higher)
    ]
    # "10 van 10" is wider than "5 van 10", which leaves the bars a little less room.
    assert runs[0] / runs[1] == pytest.approx(lower / higher, rel=0.06)


def test_a_trait_that_may_be_chance_has_no_filled_bar() -> None:
    areas = [
        has_color(pixels(top10_chart(top10(trait(verdict=verdict)), "nl")), ACCENT).sum()
        for verdict in ("clear", "hint", "chance")
    ]
    assert areas[0] > areas[2] * 4
    assert areas[1] > areas[2] * 4


def test_at_most_five_traits_and_one_usual_one_are_drawn() -> None:
    traits = [trait(f"Kenmerk {place}") for place in range(9)]
    usual = trait("Koopwoning"), trait("Gehuwd")
    expected = top10_chart(top10(*traits[:5], usual=usual[:1]), "nl")
    assert top10_chart(top10(*traits, usual=usual), "nl") == expected


def test_a_usual_trait_is_not_drawn_twice() -> None:
    shared = trait("Koopwoning", verdict="chance")
    assert top10_chart(top10(shared, usual=(shared,)), "nl") == top10_chart(top10(shared), "nl")


def test_without_shared_traits_there_is_no_picture() -> None:
    assert top10_chart(top10(), "nl") is None
    assert top10_chart(top10(usual=(trait(),)), "nl") is None


@pytest.mark.parametrize(
    "levels",
    [
        (level("A", 70, 0.8, 0.6), level("B", 100, 0.15, 0.2), level("C", 230, 0.05, 0.2)),
        (level("A", 70, 0.8, None), level("B", 100, 0.2, None)),
        (level("A", 1, 1.4, 0.2), level("B", 0, 0.0, 0.0), level("C", 9, -0.4, 0.8)),
        (level("A", 1_000_000, 1.0, 1.0),),
    ],
    ids=["three", "no costs", "negative", "one level"],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_levels_can_be_drawn(levels: tuple[dict[str, object], ...], language: str) -> None:
    picture = pixels(levels_chart(focus(*levels), language, costs_estimated=True))
    assert has_color(picture, ACCENT).sum() > 1_500


@pytest.mark.parametrize("levels", [(), (level("A", 0, None, None),)])
def test_without_clients_there_are_no_levels(levels: tuple[dict[str, object], ...]) -> None:
    assert levels_chart(focus(*levels), "nl") is None


def test_estimated_costs_are_marked() -> None:
    levels = focus(level("A", 7, 0.8, 0.6), level("B", 10, 0.2, 0.4))
    assert levels_chart(levels, "nl") != levels_chart(levels, "nl", costs_estimated=True)
    known, guessed = (found(SKEWED, [2.0] * 300, basis=basis) for basis in ("file", "hours"))
    assert pareto_chart(known, "nl") != pareto_chart(guessed, "nl")


@pytest.mark.parametrize(
    ("chart", "finding"),
    [
        (pareto_chart, found(SKEWED, [3.0] * 300)),
        (top10_chart, top10(trait())),
        (levels_chart, focus(level("A", 7, 1.0, None))),
    ],
)
def test_a_worker_can_draw_from_plain_data(chart: object, finding: Pareto | Top10 | Focus) -> None:
    draw = pickle.loads(pickle.dumps(chart))
    assert draw(finding.model_dump(mode="json"), "nl") == draw(finding, "nl")


@pytest.mark.parametrize(
    ("chart", "finding"),
    [
        (pareto_chart, found(SKEWED)),
        (top10_chart, top10(trait())),
        (levels_chart, focus(level("A", 7, 1.0, None))),
    ],
)
def test_each_language_has_its_own_words(
    chart: Callable[[Pareto | Top10 | Focus, str], bytes | None], finding: Pareto | Top10 | Focus
) -> None:
    assert chart(finding, "nl") != chart(finding, "en")


def test_both_languages_say_the_same() -> None:
    assert TEXTS["nl"].keys() == TEXTS["en"].keys()
    for name, text in TEXTS["nl"].items():
        places = [sorted(re.findall(r"{\w+}", words)) for words in (text, TEXTS["en"][name])]
        assert places[0] == places[1], name


HOSTILE = [
    "$\\frac{$",
    "$\\alpha$ 100%",
    "\\",
    "a_b^c{d}",
    "een\ntwee\r\n\tdrie\x00",
    "x" * 5_000,
    "woord " * 500,
    "🏠👩‍👧 gezin",
    "\u202etxet dengila-thgir",
    "שלום עליכם",
    "مرحبا",
    "漢字かな",
    "e\u0301\u0301\u0301",
    "\ud800",
    "<b>&\"'=HYPERLINK(",
    "",
    "{header}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_drawn_as_text(text: str) -> None:
    pixels(top10_chart(top10(trait(text, text)), "nl"))


@settings(max_examples=25, deadline=None)
@given(header=st.text(), value=st.one_of(st.text(), st.booleans(), st.floats(-1e12, 1e12)))
def test_any_name_can_be_drawn(header: str, value: str | float | bool) -> None:
    pixels(top10_chart(top10(trait(header, value)), "nl"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("een\n twee", "een twee"),
        ("🏠 Koop", "Koop"),
        ("漢字", "□□"),
        ("a\u202eb\u200bc", "abc"),
        ("€\N{NO-BREAK SPACE}5", "€\N{NO-BREAK SPACE}5"),
        ("Ç ş İ é", "Ç ş İ é"),
        ("\ud800x", "x"),
    ],
)
def test_what_the_font_lacks_is_left_out_or_boxed(text: str, shown: str) -> None:
    assert drawable(text) == shown


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200), width=st.integers(120, 900), lines=st.integers(1, 3))
def test_wrapped_lines_fit(text: str, width: int, lines: int) -> None:
    done = wrapped(text, width, 14, lines=lines)
    assert 1 <= len(done) <= lines
    assert all(text_width(line, 14) <= width for line in done)
    assert all(line and "\n" not in line for line in done)


def test_wrapping_loses_no_word_that_fits() -> None:
    text = "18% van je klanten brengt 80% van je omzet"
    lines = wrapped(text, 500, 14)
    assert len(lines) == 2
    assert " ".join(lines) == text
    assert wrapped(text, 250, 14)[-1].endswith("…")


def test_labels_keep_clear_of_each_other_and_of_curves() -> None:
    labels = Labels(Sheet(1000), Box(100, 100, 900, 900))
    x = np.linspace(100, 900, 50)
    labels.avoid(x, 1000 - x)
    along = np.array([[500.0, 500.0], [400.0, 600.0], [600.0, 400.0]])
    for name in ("Omzet", "Kosten", "Gelijk verdeeld"):
        labels.put(name, along)
    boxes = labels.taken
    assert all(a.overlap(b) == 0 for a in boxes for b in boxes if a is not b)
    for box in boxes:
        on_curve = 1000 - np.linspace(box.left, box.right, 20)
        assert ((on_curve < box.top) | (on_curve > box.bottom)).all()
        assert box.left >= 100
        assert box.right <= 900


@pytest.mark.parametrize(
    ("lowest", "highest", "steps"),
    [
        (0.0, 1.0, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0.0, 1.0016, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0.0, 2.4, [0.0, 0.5, 1.0, 1.5, 2.0]),
        (-1.0, 3.0, [-1.0, 0.0, 1.0, 2.0, 3.0]),
        (0.0, 180.0, [0.0, 50.0, 100.0, 150.0]),
    ],
)
def test_steps_of_the_scale_are_round(lowest: float, highest: float, steps: list[float]) -> None:
    assert round_steps(lowest, highest) == pytest.approx(steps)

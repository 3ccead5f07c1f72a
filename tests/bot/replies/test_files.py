"""Lists, differences and files that go out: told whole, in both languages, with any text."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from analysis import clients
from analysis.changes import Changes
from analysis.reading import unpack
from bot.comparison import Compared, Earlier, Moved, ThenAndNow, compare
from bot.jobs import StoredList
from bot.localchat.markup import parse_html
from bot.replies import comparison, exports, files
from bot.replies.comparison import Others
from bot.replies.words import LANGUAGES
from storage.office import Upload, UploadSummary
from tests.bot.replies.situations import SITUATIONS, upload_of
from tests.bot.replies.test_hostile_text import ANY_TEXT, examples, shown
from tests.bot.replies.test_messages import check
from tests.bot.test_workbook import upload_of as upload_of_file

PATIENT = settings(deadline=None)
ZONE = ZoneInfo("Europe/Amsterdam")
EVENING = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def summary(number: int = 1, **changed) -> UploadSummary:
    facts = {
        "number": number,
        "file_name": "klanten.xlsx",
        "received_at": EVENING,
        "clients": 12,
        "rows_kept": True,
        "in_use": False,
    }
    return UploadSummary(**{**facts, **changed})


def changes_of(**changed) -> Changes:
    facts = {
        "since": date(2025, 11, 23),
        "entered": ("10", "11"),
        "left": ("12",),
        "gone": 1,
        "growth": 0.042,
        "clients_growth": 3,
        "clients_for_80_before": 0.18,
        "clients_for_80_now": 0.17,
    }
    return Changes(**{**facts, **changed})


def beside(now: Upload, *earlier: UploadSummary) -> Others:
    return Others(now, earlier, ZONE)


def told(found: Compared, language: str = "nl", situation: str = "nothing significant") -> str:
    upload = _with_client_numbers(upload_of(situation))
    text = comparison.changes(upload, beside(upload), found, language).text
    check(text)
    return parse_html(text).text


def _with_client_numbers(upload: Upload) -> Upload:
    key = upload.plan.columns[0].model_copy(update={"role": "client_id"})
    plan = upload.plan.model_copy(update={"columns": (key, *upload.plan.columns[1:])})
    return Upload(**{**vars(upload), "plan": plan})


CHANGES = [
    ({"clients_growth": 3}, "3 meer dan toen", "3 more than before"),
    ({"clients_growth": -1200}, "1.200 minder dan toen", "1,200 fewer than before"),
    ({"clients_growth": 0}, "evenveel als toen", "as many as before"),
    ({"growth": 0.042}, "4,2% meer", "4.2% more"),
    ({"growth": -0.25}, "25% minder", "25% less"),
    ({"growth": 1.99}, "199% meer", "199% more"),
    ({"growth": 5.2}, "6,2 keer zoveel als toen", "6.2 times as much as before"),
    ({"growth": 76572.36}, "76.573,4 keer zoveel", "76,573.4 times as much"),
    ({"growth": 0.0}, "gelijk gebleven", "unchanged"),
    ({"gone": 1}, "1 klant uit de top van toen staat", "1 client from your earlier top is"),
    ({"gone": 2}, "2 klanten uit de top van toen staan", "2 clients from your earlier top are"),
    ({"entered": (), "left": (), "gone": 0}, "Dezelfde klanten", "The same clients"),
    ({}, "Nieuw in de top: 10, 11.", "New in the top: 10, 11."),
    ({}, "Niet meer in de top, nog wel klant: 12.", "No longer in the top, still a client: 12."),
]


@pytest.mark.parametrize(("changed", "dutch", "english"), CHANGES)
def test_every_difference_has_words(changed, dutch, english):
    found = Compared(changes_of(**changed), None)
    assert dutch in told(found, "nl")
    assert english in told(found, "en")


def test_who_left_the_top_and_the_list_is_named():
    gone = (ThenAndNow("2041", 900.0, None), ThenAndNow("2042", 800.0, 790.0))
    found = Compared(changes_of(gone=1), None, gone)
    assert "Uit de top van toen, en niet meer in je lijst: 2041." in told(found)
    assert "no longer in your list: 2041." in told(found, "en")


def test_two_lists_without_a_client_in_common_are_not_compared():
    found = Compared(changes_of(gone=10, growth=5.0), None)
    upload = _with_client_numbers(upload_of("nothing significant"))
    reply = comparison.changes(upload, beside(upload), found, "nl")
    assert "Vergelijken zegt hier niets" in reply.text
    assert "keer zoveel" not in reply.text
    assert reply.chart is None
    assert "There is nothing to compare" in told(found, "en")


def test_what_is_not_known_is_left_out():
    nothing = changes_of(growth=None, clients_for_80_before=None, clients_for_80_now=None)
    text = told(Compared(nothing, None))
    assert "• Omzet" not in text
    assert "80% van je omzet" not in text


@pytest.mark.parametrize(("fall", "said"), [(0.5, True), (0.21, True), (0.2, False), (0.01, False)])
def test_only_a_large_fall_is_worth_a_call(fall, said):
    text = told(Compared(changes_of(), ("10", fall)))
    assert ("stond toen in de top" in text) is said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_can_be_compared(situation, language):
    upload = upload_of(situation)
    for found in (Compared(changes_of(), ("10", 0.5)), Compared(changes_of(growth=None), None)):
        check(comparison.changes(upload, beside(upload), found, language).text)
        told(found, language, situation)
    for others in (beside(upload), beside(upload, summary(1), summary(2))):
        check(comparison.nothing_to_compare(others, language).text)
        check(comparison.choose(others, language).text)


def list_of(*amounts: int | None) -> Upload:
    """Clients 1000, 1001 … with these amounts; None: in the list, without an amount."""
    rows = [f"{1000 + n};{'' if each is None else each}" for n, each in enumerate(amounts)]
    return upload_of_file("\n".join(["Klantnummer;Omzet", *rows]).encode())


def compared(before: Upload, now: Upload) -> Compared:
    ids = list(clients.build(unpack(before.rows), before.plan).ids)
    earlier = Earlier(before.findings, StoredList(before.rows, before.plan), ids)
    return compare(StoredList(now.rows, now.plan), now.findings, earlier)


def test_the_client_that_fell_most_is_found_by_number():
    before = list_of(*(1000 - n for n in range(40)))
    fewer = [f"{1000 + n};{(250 if n == 3 else 900 if n == 5 else 1000 - n)}" for n in range(40)]
    now = upload_of_file("\n".join(["Klantnummer;Omzet", *fewer[1:]]).encode())
    found = compared(before, now)
    assert found.fell == ("1003", pytest.approx(1 - 250 / 997))
    assert found.changes.gone == 1
    assert found.changes.clients_growth == -1
    assert found.moved == Moved(gone=1, new=0, uncounted=0, stayed=39)
    assert compared(now, now).fell is None


def test_who_is_in_the_list_without_revenue_has_not_gone():
    amounts = [1000 - n for n in range(40)]
    before, now = list_of(*amounts), list_of(None, *amounts[1:20], None, *amounts[21:], 50)
    found = compared(before, now)
    assert found.moved == Moved(gone=0, new=1, uncounted=2, stayed=38)
    assert (found.gone, found.uncounted) == ((), ("1000",))
    text = told(found)
    assert "2 klanten van toen staan nog wel in je lijst, maar tellen niet mee" in text
    assert "Uit de top van toen, en nu wel in je lijst, maar niet meegeteld: 1000." in text
    assert "(1 nieuw)" in text
    # Nor is somebody new who counts now for the first time.
    back = compared(now, before)
    assert back.moved == Moved(gone=1, new=0, uncounted=0, stayed=38)


@pytest.mark.parametrize("language", LANGUAGES)
@examples
@PATIENT
@given(text=ANY_TEXT)
def test_text_of_a_file_arrives_as_it_stood(language, text):
    upload = Upload(**{**vars(_with_client_numbers(upload_of("one giant"))), "file_name": text})
    found = Compared(changes_of(entered=(text,), left=(text,)), (text, 0.5))
    lists = [summary(1, file_name=text, in_use=True), summary(2, file_name=text)]
    for reply, times in (
        (comparison.changes(upload, beside(upload), found, language), 5),
        (comparison.nothing_to_compare(beside(upload), language), 1),
        (comparison.nothing_to_compare(beside(upload, *lists), language), 3),
        (comparison.choose(beside(upload, *lists), language), 3),
        (files.overview(lists, language, ZONE), 2),
        (files.one(lists[0], language, ZONE), 1),
        (files.ask_to_remove(lists[0], language, ZONE), 1),
        (files.in_use(upload, language), 1),
        (files.removed(text, upload, language), 2),
    ):
        parsed = parse_html(reply.text).text
        expected = shown(text, language)
        assert parsed.count(expected) >= times or not expected
        for row in reply.buttons:
            assert all(0 < len(button.label) <= 40 for button in row)


def test_a_day_is_the_day_it_was_here():
    text = files.one(summary(), "nl", ZONE).text
    assert "23 nov 2026" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 6, 7, 13])
def test_pages_of_lists_hold_each_list_once(count, language):
    lists = [
        summary(number, file_name=f"{number}.csv", received_at=EVENING + timedelta(days=number))
        for number in range(count, 0, -1)
    ]
    pages = [files.overview(lists, language, ZONE, page) for page in range(-(-count // 6))]
    numbers = [
        button.press.upload
        for page in pages
        for row in page.buttons
        for button in row
        if button.press.action == "file"
    ]
    assert numbers == list(range(count, 0, -1))
    for page in pages:
        check(page.text)
    assert files.overview(lists, language, ZONE, 99) == pages[-1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changed", "offered"),
    [
        ({}, {"use_file", "remove_file", "files"}),
        ({"in_use": True}, {"remove_file", "files"}),
        ({"clients": None}, {"remove_file", "files"}),
        ({"clients": 1, "rows_kept": False}, {"use_file", "remove_file", "files"}),
    ],
)
def test_only_what_can_be_done_is_offered(changed, offered, language):
    reply = files.one(summary(**changed), language, ZONE)
    assert {button.press.action for row in reply.buttons for button in row} == offered
    check(reply.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("with_names", [False, True])
def test_what_stands_under_an_export_fits_and_offers_the_rest(form, with_names, language):
    upload = upload_of("nothing significant")
    wish = exports.wish(upload, form, language, with_names=with_names)
    for reply in (exports.export(upload, wish), exports.not_made(upload, wish)):
        check(reply.text)
        assert parse_html(reply.text).length <= 1024
    assert exports.export(upload, wish).buttons[-1][0].press.encode() == "unsend:1:"
    check(exports.letter(upload, language).text)


def test_tops_that_were_chosen_differently_are_not_compared():
    now = _with_client_numbers(upload_of("nothing significant"))
    top = now.findings.top10.model_copy(update={"chosen_by": "hand"})
    findings = now.findings.model_copy(update={"top10": top})
    before = Upload(**{**vars(now), "findings": findings})
    reply = comparison.changes(before, beside(now), Compared(changes_of(), ("10", 0.5)), "nl")
    assert "op een andere manier gekozen" in reply.text
    assert "Nieuw in de top" not in reply.text
    assert "Bel die eens" not in reply.text
    assert not reply.chart_of.follows

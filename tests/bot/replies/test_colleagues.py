"""Who belongs to an office, taking files out of the chat, and taking all along: told whole."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bot.localchat.markup import parse_html
from bot.replies import colleagues, everything
from bot.replies.colleagues import COLLEAGUES_ON_A_PAGE, Colleague
from bot.replies.render import render
from bot.replies.words import LANGUAGES
from storage.invitations import Invitation
from tests.bot.replies.test_hostile_text import ANY_TEXT, examples, shown
from tests.bot.replies.test_messages import check

# A machine that does more at once is no failure.
PATIENT = settings(deadline=None)
ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
LARGEST_USER = 2**52 - 1
CODE = "a" * 32


def colleague(user: int = 7, name: str = "Anja", *, is_reader: bool = False) -> Colleague:
    return Colleague(user, name, NOW, is_reader)


def overview(count: int, page: int = 0, *, invitations: int = 0, language: str = "nl"):
    first = page * COLLEAGUES_ON_A_PAGE
    here = range(first, min(first + COLLEAGUES_ON_A_PAGE, count))
    return colleagues.overview(
        [colleague(user, f"Naam {user}", is_reader=user == 0) for user in here],
        count,
        [Invitation(number, "a1", NOW) for number in range(1, invitations + 1)],
        "De Vries",
        language,
        ZONE,
        page,
    )


def presses(reply, action: str) -> list[str]:
    found = [button.press for row in reply.buttons for button in row]
    return [press.argument for press in found if press.action == action]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["dismiss_ask", "dismissed"])
@pytest.mark.parametrize("is_reader", [True, False])
def test_taking_out_is_told_whole(template, is_reader, language):
    check(render(template, language, name="Anja", is_reader=is_reader))


MESSAGES = [
    ("everything_not_made", {"numbers": [3]}),
    ("everything_not_made", {"numbers": [3, 4]}),
    ("given_up", {}),
    ("invitation_made", {}),
    ("joined", {"office": "De Vries"}),
    ("joined", {"office": ""}),
    ("not_dismissed", {"last": True}),
    ("not_dismissed", {"last": False}),
    ("not_joined", {}),
    ("too_many_invitations", {"most": 10}),
    ("unsend_ask", {}),
    ("unsend_done", {}),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("template", "values"), MESSAGES)
def test_every_message_is_whole(template, values, language):
    check(render(template, language, **values))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("office", ["De Vries", ""])
@pytest.mark.parametrize("alone", [True, False])
def test_the_question_to_move_tells_what_becomes_of_the_old_office(alone, office, language):
    reply = colleagues.ask_to_join(CODE, office, language, alone=alone)
    check(reply.text)
    assert presses(reply, "join") == [CODE, ""]
    assert all(len(b.press.encode().encode()) <= 64 for row in reply.buttons for b in row)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 10, 11, 25])
def test_pages_show_each_member_once(count, language):
    pages = range(colleagues.last_page(count) + 1)
    replies = [overview(count, page, language=language) for page in pages]
    for reply in replies:
        check(reply.text)
    users = [user for reply in replies for user in presses(reply, "dismiss")]
    assert users == ([str(user) for user in range(count)] if count > 1 else [])


@pytest.mark.parametrize(
    ("language", "you", "until"), [("nl", "(jij)", "8 dec 2026"), ("en", "(you)", "8 Dec 2026")]
)
def test_the_reader_and_the_open_invitations_are_told(language, you, until):
    reply = overview(2, invitations=2, language=language)
    text = parse_html(reply.text).text
    assert you in text
    assert text.count(until) == 2, "the day it is here, fourteen days later"
    assert presses(reply, "revoke") == ["1", "2"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("link", ["", f"https://t.me/klantkompas_bot?start={CODE}"])
def test_an_invitation_says_how_it_is_used(link, language):
    until = NOW + timedelta(days=14)
    reply = colleagues.invitation(CODE, link, until, "De Vries", language, ZONE)
    check(reply.text)
    assert (link or f"/start {CODE}") in parse_html(reply.text).text


def test_the_largest_number_of_a_user_fits_on_a_button():
    reply = colleagues.ask_to_dismiss(colleague(LARGEST_USER), "nl")
    assert all(len(b.press.encode().encode()) <= 64 for row in reply.buttons for b in row)


@pytest.mark.parametrize("language", LANGUAGES)
@examples
@PATIENT
@given(text=ANY_TEXT)
def test_names_arrive_as_they_stood(language, text):
    expected = shown(text, language)
    person, other = colleague(7, text), colleague(8, "Brian", is_reader=True)
    page = colleagues.overview([person, other], 2, [], text, language, ZONE)
    for reply, times in ((page, 1), (colleagues.ask_to_dismiss(person, language), 1)):
        assert parse_html(reply.text).text.count(expected) >= times or not expected
        for row in reply.buttons:
            assert all(0 < len(button.label) <= 40 for button in row)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("parts", [1, 3])
def test_what_stands_under_all_of_an_office_fits(parts, language):
    reply = everything.part(parts, parts, language)
    check(reply.text)
    assert parse_html(reply.text).length <= 1024
    name = everything.file_name(date(2026, 11, 23), parts, parts, language)
    assert name.startswith("klantkompas_")
    assert name.endswith("_2026-11-23.zip" if parts == 1 else "_2026-11-23_3.zip")

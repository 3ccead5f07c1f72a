"""Who belongs to an office: an overview, an invitation to forward, and leaving or changing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from babel import Locale

from bot.buttons import Button, Press
from bot.replies.answers import Reply, button_label
from bot.replies.formats import day
from bot.replies.render import render
from bot.replies.words import words
from storage.invitations import Invitation

COLLEAGUES_ON_A_PAGE = 10
MOST_OPEN_INVITATIONS = 10


@dataclass(frozen=True)
class Colleague:
    """A member as the overview shows him; `name` is empty where the messenger tells none."""

    user: int
    name: str
    since: datetime
    is_reader: bool


def overview(
    colleagues: Sequence[Colleague],
    count: int,
    invitations: Sequence[Invitation],
    office: str,
    language: str,
    zone: tzinfo,
    page: int = 0,
) -> Reply:
    """One page of members out of `count`, and what may be done about them and the invitations."""
    labels = words(language)["buttons"]
    first = page * COLLEAGUES_ON_A_PAGE
    shown = invitations[:MOST_OPEN_INVITATIONS]
    text = render(
        "colleagues",
        language,
        office=office,
        colleagues=[
            (place, each.is_reader, called(each, language), _day(each.since, language, zone))
            for place, each in enumerate(colleagues, start=first + 1)
        ],
        invitations=[(each.number, _day(each.expires_at, language, zone)) for each in shown],
    )
    rows = [[Button(labels["invite"], Press("invite"))]]
    for still_open in shown:
        label = labels["revoke"].format(number=still_open.number)
        rows.append([Button(label, Press("revoke", 0, str(still_open.number)))])
    # The last one stays: an office without anybody is nobody's.
    for each in colleagues if count > 1 else ():
        label = button_label(labels["dismiss"].format(name=called(each, language)), language)
        rows.append([Button(label, Press("dismiss", 0, str(each.user)))])
    turn = [
        Button(labels[label], Press("colleagues", 0, str(to)))
        for label, to in (("earlier", page - 1), ("further", page + 1))
        if 0 <= to <= last_page(count)
    ]
    return Reply(text, [*rows, turn] if turn else rows)


def last_page(count: int) -> int:
    return max(0, (count - 1) // COLLEAGUES_ON_A_PAGE)


def called(colleague: Colleague, language: str) -> str:
    return colleague.name or words(language)["values"]["nameless"]


def invitation(
    code: str, link: str, until: datetime, office: str, language: str, zone: tzinfo
) -> Reply:
    """What a colleague is sent; `link` is empty where the messenger has none."""
    last = _day(until, language, zone)
    return Reply(render("invitation", language, code=code, link=link, day=last, office=office))


def ask_to_dismiss(colleague: Colleague, language: str) -> Reply:
    labels = words(language)["buttons"]
    yes = Button(labels["dismiss_yes"], Press("dismiss", 0, f"{colleague.user}.yes"))
    no = Button(labels["dismiss_no"], Press("colleagues", 0, "0"))
    text = render(
        "dismiss_ask", language, name=called(colleague, language), is_reader=colleague.is_reader
    )
    return Reply(text, [[yes, no]])


def ask_to_join(code: str, office: str, language: str, *, alone: bool) -> Reply:
    """Whether to leave one's office for another; `alone`: nobody would be left in the old one."""
    labels = words(language)["buttons"]
    yes = Button(labels["join_yes"], Press("join", 0, code))
    no = Button(labels["join_no"], Press("join"))
    return Reply(render("join_ask", language, office=office, alone=alone), [[yes], [no]])


def _day(moment: datetime, language: str, zone: tzinfo) -> str:
    return day(moment.astimezone(zone).date(), Locale(language))

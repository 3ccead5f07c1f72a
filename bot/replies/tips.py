"""Around the monthly tip: asking for it, its buttons, its settings, and what became of it."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import Button, Press
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words
from bot.tips.comment_buttons import comment_buttons
from bot.tips.follow_up import FollowUp
from bot.tips.library import library
from bot.tips.rendering import figure
from storage.outbox import TipCounts
from storage.subscriptions import Subscription, SubscriptionCounts, Times
from storage.tips import ToldTip

ANSWERS = ("done", "later", "not_for_me")
DAYS = (1, 5, 10, 15, 20, 25)
MINUTES = tuple(60 * hour for hour in (8, 9, 10, 12, 14, 16, 18, 19))
# From and until, as minutes after midnight; the last is none at all.
QUIET_HOURS = ((1200, 480), (1080, 540), (1320, 420), (0, 0))
TIPS_IN_THE_LIST = 12


def ask(language: str) -> Reply:
    """Whether one wants a tip each month; asked once, under the first result."""
    yes = Button(words(language)["buttons"]["tips_yes"], Press("tips", 0, "on"))
    no = Button(words(language)["buttons"]["tips_no"], Press("tips", 0, "no"))
    return Reply(render("tip_ask", language), [[yes, no]])


def declined(language: str) -> Reply:
    return Reply(render("tip_declined", language))


def stopped(language: str) -> Reply:
    """No more tips, and the way back."""
    return Reply(render("tip_stopped", language), [[_button("tips_on_again", "on", language)]])


def keyboard_of_tip(
    tip: ToldTip, language: str, *, comments: int, asks_to_go_on: bool = False
) -> InlineKeyboardMarkup:
    """What one can answer, with a check mark at what one did, and the way to the comments."""
    labels, month = words(language)["buttons"], f"{tip.month:%Y-%m}"
    answers = [
        (_checked(labels[f"tip_{answer}"], chosen=answer == tip.answer), answer)
        for answer in ANSWERS
    ]
    rows = [answers[:2], [answers[2], (labels["tip_stop"], "stop")]]
    if asks_to_go_on:
        rows.insert(0, [(labels["tip_go_on"], "go_on")])
    keyboard = [
        [
            InlineKeyboardButton(label, callback_data=Press("tip", 0, f"{month}.{code}").encode())
            for label, code in row
        ]
        for row in rows
    ]
    return InlineKeyboardMarkup(
        [*keyboard, comment_buttons(tip.tip, tip.month, comments, language)]
    )


def settings(wanted: Subscription, language: str, zone: ZoneInfo) -> Reply:
    """Whether and when one gets tips, with buttons to change each of it."""
    rows = [[_button("tips_past", "past", language)]]
    if wanted.active:
        rows.insert(0, [_button(f"tips_{each}", each, language) for each in _WHEN])
        rows.append([_button("tips_off", "off", language)])
    else:
        rows.append([_button("tips_on", "on", language)])
    due_at = wanted.next_due_at if wanted.active else None
    text = render(
        "tip_settings",
        language,
        next=_moment(due_at, language, zone) if due_at else None,
        day=day_label(wanted.times.day, language),
        time=clock_time(wanted.times.minute),
        quiet=quiet_label(wanted.times.quiet_from, wanted.times.quiet_until, language),
    )
    return Reply(text, rows)


_WHEN = ("day", "time", "quiet")


def choose(what: str, times: Times, language: str) -> Reply:
    """Which day, time or quiet hours: `what` is one of `day`, `time` and `quiet`."""
    quiet = [quiet_label(since, until, language) for since, until in QUIET_HOURS]
    choices = {
        "day": [(day_label(day, language), f"{day}", day == times.day) for day in DAYS],
        "time": [(clock_time(each), f"{each}", each == times.minute) for each in MINUTES],
        "quiet": [
            (label, f"{since}-{until}", (since, until) == (times.quiet_from, times.quiet_until))
            for label, (since, until) in zip(quiet, QUIET_HOURS, strict=True)
        ],
    }[what]
    buttons = [
        Button(_checked(label, chosen=chosen), Press("tips", 0, f"{what}.{code}"))
        for label, code, chosen in choices
    ]
    wide = 4 if what == "time" else 1
    rows = [buttons[place : place + wide] for place in range(0, len(buttons), wide)]
    rows.append([_button("back", "", language)])
    return Reply(render("tip_choose", language, what=what), rows)


def past(told: Sequence[ToldTip], language: str) -> Reply:
    """The tips of the last year, with what one answered."""
    answers = words(language)["tip_answers"]
    known = [
        {
            "month": month_name(tip.month, language),
            "title": title_of(tip.tip, language),
            "answer": answers.get(tip.answer or "", ""),
        }
        for tip in told[:TIPS_IN_THE_LIST]
    ]
    return Reply(render("tip_past", language, tips=known), [[_button("back", "", language)]])


def follow_up_text(found: FollowUp, language: str) -> str:
    """What became of an earlier tip: its figure then and now, never an amount."""
    told = found.told
    before, now = (
        "" if value is None else figure(told.tip, value, language)
        for value in (found.before, found.now)
    )
    # Two figures that read alike are the same to the reader.
    same = found.outcome in ("fewer", "changed") and before == now
    return render(
        "tip_follow_up",
        language,
        title=title_of(told.tip, language),
        month=month_name(told.month, language),
        answer=told.answer,
        outcome="same" if same else found.outcome,
        before=before,
        now=now,
        whole=round(found.before or 0),
        settled=round(found.before or 0) - round(found.now or 0),
    )


def follow_ups(found: Sequence[FollowUp], language: str) -> Reply:
    """Of a new list: what became of the tips that rested on the list before it."""
    return Reply("\n\n".join(follow_up_text(each, language) for each in found))


def go_on_question(language: str) -> str:
    return render("tip_go_on", language)


def counts(month: date, tips: TipCounts, members: SubscriptionCounts, language: str) -> Reply:
    """For operators: how many tips went out and what was answered; nothing of an office."""
    text = render(
        "tip_counts", language, month=month_name(month, language), tips=tips, members=members
    )
    return Reply(text)


def title_of(tip: str, language: str) -> str:
    """Of a tip of the library; what an operator wrote has no title."""
    known = library(language).get(tip)
    return known.title if known else words(language)["tip_times"]["written"]


def month_name(month: date, language: str) -> str:
    """`november 2026`, as the language writes it."""
    return format_date(month, "MMMM y", locale=Locale(language))


def clock_time(minute: int) -> str:
    """`09:30`: minutes after midnight as a time of the day."""
    return f"{minute // 60:02}:{minute % 60:02}"


def day_label(day: int, language: str) -> str:
    texts = words(language)["tip_times"]
    return texts["first_working_day"] if day == 1 else texts["working_day_from"].format(day=day)


def quiet_label(quiet_from: int, quiet_until: int, language: str) -> str:
    texts = words(language)["tip_times"]
    if quiet_from == quiet_until:
        return texts["never_quiet"]
    return texts["quiet"].format(since=clock_time(quiet_from), until=clock_time(quiet_until))


def _moment(moment: datetime, language: str, zone: ZoneInfo) -> str:
    """`dinsdag 1 december, 10:00`."""
    local = moment.astimezone(zone)
    day = format_date(local.date(), "EEEE d MMMM", locale=Locale(language))
    return f"{day}, {local:%H:%M}"


def _checked(label: str, *, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def _button(label: str, argument: str, language: str) -> Button:
    return Button(words(language)["buttons"][label], Press("tips", 0, argument))

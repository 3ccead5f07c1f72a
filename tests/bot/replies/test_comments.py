"""Comments and contributions: told whole, in both languages, with any text."""

from datetime import date

import pytest
from hypothesis import given, settings

from bot.localchat.markup import clean, parse_html
from bot.replies import comments, contributions, drafts
from bot.replies.answers import Reply
from bot.replies.blocks import LIMIT, split
from bot.replies.render import render
from bot.replies.words import LANGUAGES
from bot.tips.comment_buttons import comment_buttons
from bot.tips.library import library
from bot.typed import Refusal, email_refusal, lines, one_line, paragraphs
from storage.comments import Comment
from storage.contributions import Contribution
from tests.bot.replies.test_hostile_text import ANY_TEXT, examples
from tests.bot.replies.test_messages import check

PATIENT = settings(deadline=None)
MONTH = date(2026, 11, 1)
SIGNALS = contributions.tellable_signals()


def comment(**changed) -> Comment:
    values = {
        "number": 12,
        "tip": "largest_client",
        "month": MONTH,
        "user": 7,
        "name": "Anja",
        "text": "Dit werkte bij mij.",
        "email": "",
        "state": "waiting",
        "answer": "",
    }
    return Comment(**{**values, **changed})


def contribution(**changed) -> Contribution:
    values = {
        "number": 3,
        "month": MONTH,
        "dutch": "Bel vandaag een klant.",
        "english": "Call a client today.",
        "author": "Olga Bakker",
        "signal": None,
    }
    return Contribution(**{**values, **changed})


def replies_about_comments(language: str) -> dict[str, Reply]:
    values = {"name": "Anja", "text": "Dit werkte.", "email": ""}
    gone = comment(state="removed", name="", text="")
    judged = comment(state="approved", email="anja@kantoor.nl", answer="Fijn.")
    return {
        "name": comments.ask_name(MONTH, "Anja", language),
        "name unknown": comments.ask_name(MONTH, "\u200b", language),
        "text": comments.ask_text(language),
        "email": comments.ask_email(language),
        "preview": comments.preview(values, language),
        "preview with email": comments.preview({**values, "email": "a@b.nl"}, language),
        "too long": drafts.refused(Refusal("too_long", 1234, 600), "comment", language),
        "empty": drafts.refused(Refusal("empty"), "answer", language),
        "no email": comments.email_refused(Refusal("no_email"), language),
        "cancelled": drafts.cancelled(language),
        "none": comments.page([], "largest_client", MONTH, language),
        "one": comments.page([comment()], "largest_client", MONTH, language),
        "page": comments.page([comment()] * 12, "largest_client", MONTH, language, 1),
        "judge": comments.to_judge(comment(), language),
        "judged": comments.to_judge(judged, language),
        "removing": comments.to_judge(comment(), language, removing=True),
        "removed": comments.to_judge(gone, language),
        "answer": comments.ask_answer(comment(), language),
        "approved": comments.news("approved", comment(), language),
        "news of removal": comments.news("removed", gone, language),
        "answered": comments.news("answered", judged, language),
        **{
            f"overview {waiting} {shown}": comments.overview(waiting, shown, language)
            for waiting, shown in ((0, 0), (1, 1), (2, 1), (2, 2), (1234, 5))
        },
        "sent": Reply(render("comment_sent", language)),
        "limit": Reply(render("comment_limit", language, limit=5)),
        "no tip": Reply(render("comment_no_tip", language)),
    }


def replies_about_contributions(language: str) -> dict[str, Reply]:
    on_finding = contribution(signal=SIGNALS[0])
    one_language = contribution(english="")
    return {
        "none": contributions.overview([], language),
        "all": contributions.overview([contribution(), on_finding] * 3, language),
        "dutch": contributions.ask_dutch(language),
        "english": contributions.ask_english(language, skippable=True),
        "english needed": contributions.ask_english(language, skippable=False),
        "author": contributions.ask_author("Olga", language),
        "author unknown": contributions.ask_author("", language),
        **{
            f"audience {page}": contributions.ask_audience(language, page)
            for page in range(-(-len(SIGNALS) // contributions.FINDINGS_ON_A_PAGE))
        },
        "month": contributions.ask_month(date(2026, 11, 23), language),
        "move": contributions.ask_month(date(2026, 11, 23), language, 3),
        "draft": contributions.draft_plan(one_language, language, taken=True),
        "draft in english": contributions.draft_plan(contribution(dutch=""), language, taken=False),
        "planned": contributions.planned(on_finding, language, taken=False),
        "signal lost": contributions.planned(contribution(signal="gone"), language, taken=False),
        "withdraw": contributions.ask_withdraw(contribution(), language),
        "withdrawn": contributions.withdrawn(language),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", [replies_about_comments, replies_about_contributions])
def test_every_message_is_whole_and_every_button_fits(about, language):
    for reply in about(language).values():
        check(reply.text)
        for button in (button for row in reply.buttons for button in row):
            assert 0 < len(button.label) <= 40
            assert len(button.press.encode().encode()) <= 64


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_required_is_marked_so(language):
    replies = replies_about_comments(language)
    required = {"nl": "(verplicht)", "en": "(required)"}[language]
    optional = {"nl": "(niet verplicht)", "en": "(optional)"}[language]
    assert required in replies["name"].text
    assert required in replies["text"].text
    assert optional in replies["email"].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_writing_can_be_left_by_one_tap(language):
    told, planned = replies_about_comments(language), replies_about_contributions(language)
    steps = [told[each] for each in ("name", "name unknown", "text", "email", "preview", "answer")]
    steps += [told[each] for each in ("too long", "empty", "no email")]
    steps += [planned[each] for each in ("dutch", "english", "english needed", "author", "draft")]
    steps += [planned[each] for each in ("author unknown", "audience 0", "audience 1", "month")]
    for reply in steps:
        assert reply.buttons[-1][-1].press.argument == "cancel"


@pytest.mark.parametrize("language", LANGUAGES)
def test_others_never_see_an_email_address(language):
    secret = comment(email="geheim@kantoor.nl", state="approved", answer="Voor jou alleen.")
    page = comments.page([secret], "largest_client", MONTH, language).text
    assert "geheim" not in page
    assert "Voor jou alleen" not in page
    assert "geheim" in comments.to_judge(secret, language).text
    for news in ("approved", "answered"):
        assert "geheim" not in comments.news(news, secret, language).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 5, 6, 11])
def test_pages_hold_each_comment_once_and_fit_in_one_message(count, language):
    widest = "😀" * (comments.TEXT_LENGTH // 2)
    all_of_them = [
        comment(number=n, name=f"{n:02d}" + "x" * (comments.NAME_LENGTH - 2), text=widest)
        for n in range(count)
    ]
    pages = [
        comments.page(all_of_them, "largest_client", MONTH, language, number)
        for number in range(-(-count // comments.COMMENTS_ON_A_PAGE))
    ]
    texts = [parse_html(page.text) for page in pages]
    assert all(text.length <= LIMIT for text in texts)
    for n in range(count):
        assert sum(f"{n:02d}x" in text.text for text in texts) == 1
    beyond = comments.page(all_of_them, "largest_client", MONTH, language, 99)
    assert beyond == pages[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_under_a_tip_fit_for_every_tip_of_the_library(language):
    for name in (*library(language), contribution(number=10**12).name):
        write, read = comment_buttons(name, MONTH, 3, language)
        assert "(3)" in read.text
        for button in (write, read):
            assert len(button.callback_data.encode()) <= 64
        pages = comments.page([comment()] * 500, name, MONTH, language, 50).buttons
        for button in (button for row in pages for button in row):
            assert len(button.press.encode().encode()) <= 64
        _, uncounted = comment_buttons(name, MONTH, 0, language)
        assert "0" not in uncounted.text
        assert uncounted.callback_data == read.callback_data


@pytest.mark.parametrize("language", LANGUAGES)
@examples
@PATIENT
@given(text=ANY_TEXT)
def test_any_comment_arrives_as_it_was_typed(language, text):
    name, body = one_line(text)[:30] or "Anja", lines(text) or "Ja."
    email = one_line(text) if email_refusal(one_line(text)) is None else ""
    written = comment(name=name, text=body, email=email, answer=body)
    preview = comments.preview({"name": name, "text": body, "email": email}, language)
    for reply in (
        preview,
        comments.page([written], "largest_client", MONTH, language),
        comments.to_judge(written, language),
        comments.news("answered", written, language),
    ):
        pieces = [parse_html(piece) for piece in split(reply.text)]
        assert all(0 < piece.length <= LIMIT for piece in pieces)
        whole = "\n\n".join(piece.text for piece in pieces)
        assert _shown(body) in whole
    assert f"{_shown(name)}\n{_shown(body)}" in parse_html(preview.text).text
    suggested = comments.ask_name(MONTH, text, language)
    assert all(0 < len(button.label) <= 40 for row in suggested.buttons for button in row)


@pytest.mark.parametrize("language", LANGUAGES)
@examples
@PATIENT
@given(text=ANY_TEXT)
def test_any_contribution_arrives_as_it_was_typed(language, text):
    body, author = paragraphs(text) or "Ja.", one_line(text)[:30] or "Olga"
    written = contribution(dutch=body, english="", author=author, signal=SIGNALS[0])
    (reply,) = contributions.previews(written, language)
    told = parse_html(reply.text)
    assert told.length <= LIMIT
    assert _shown(body) in told.text
    assert told.text.endswith(_shown(author).rstrip())
    overview = contributions.overview([written], language).text
    assert _shown(author) in parse_html(overview).text


def _shown(text: str) -> str:
    """As the messenger shows it, which takes out a few marks and trims the ends."""
    return clean(text).strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("signal", SIGNALS)
def test_the_longest_contribution_on_any_finding_fits(signal, language):
    longest = contribution(
        dutch="<" * contributions.TEXT_LENGTH,
        english="&" * contributions.TEXT_LENGTH,
        author="x" * contributions.AUTHOR_LENGTH,
        signal=signal,
    )
    for reply in contributions.previews(longest, language):
        assert parse_html(reply.text).length <= LIMIT


def test_months_go_on_into_the_next_year():
    months = contributions.months_from(date(2026, 11, 30))
    assert [(month.year, month.month) for month in months] == [
        (2026, 11), (2026, 12), (2027, 1), (2027, 2), (2027, 3), (2027, 4),
    ]  # fmt: skip

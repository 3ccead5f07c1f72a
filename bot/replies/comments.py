"""Comments under a tip: writing one step by step, reading those of others, judging them."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.buttons import Button, Press
from bot.replies.answers import Reply, Rows, button_label
from bot.replies.drafts import never_mind
from bot.replies.render import render
from bot.replies.tips import month_name, title_of
from bot.replies.words import words
from bot.typed import Refusal, one_line
from storage.comments import Comment, News

NAME_LENGTH = 60
TEXT_LENGTH = 600
ANSWER_LENGTH = 1000
# Five of the longest fit in one message, which can then be turned like a page.
COMMENTS_ON_A_PAGE = 5


def ask_name(month: date, suggested: str, language: str) -> Reply:
    """The first step; with a button for the name that the messenger knows."""
    text = render("comment_name", language, month=month_name(month, language))
    known = one_line(suggested)
    if not known:
        return Reply(text, [[never_mind("comment", language)]])
    label = words(language)["buttons"]["use_name"].format(name=known)
    use = Button(button_label(label, language), Press("comment_draft", 0, "name"))
    return Reply(text, [[use], [never_mind("comment", language)]])


def ask_text(language: str) -> Reply:
    text = render("comment_text", language, limit=TEXT_LENGTH)
    return Reply(text, [[never_mind("comment", language)]])


def ask_email(language: str) -> Reply:
    return Reply(render("comment_email", language), _email_buttons(language))


def email_refused(refusal: Refusal, language: str) -> Reply:
    """Why this is no e-mail address; one may still go on without."""
    return Reply(render("comment_refused", language, refusal=refusal), _email_buttons(language))


def preview(values: Mapping[str, str], language: str) -> Reply:
    """The comment as others will see it, before it is sent."""
    labels = words(language)["buttons"]
    text = render(
        "comment_preview",
        language,
        name=values["name"],
        text=values["text"],
        email=values["email"],
    )
    send = Button(labels["send_comment"], Press("comment_draft", 0, "send"))
    again = Button(labels["write_again"], Press("comment_draft", 0, "again"))
    return Reply(text, [[send], [again], [never_mind("comment", language)]])


def page(
    comments: Sequence[Comment], tip: str, month: date, language: str, number: int = 0
) -> Reply:
    """Comments of others, with name and text alone; pages count from 0."""
    labels, named = words(language)["buttons"], f"{month:%Y-%m}.{tip}"
    last = max(0, (len(comments) - 1) // COMMENTS_ON_A_PAGE)
    number = min(max(number, 0), last)
    first = number * COMMENTS_ON_A_PAGE
    text = render(
        "comment_page",
        language,
        month=month_name(month, language),
        comments=comments[first : first + COMMENTS_ON_A_PAGE],
        first=first + 1,
        total=len(comments),
    )
    turn = [
        Button(labels[label], Press("comment_page", 0, f"{to}.{named}"))
        for label, to in (("earlier", number - 1), ("further", number + 1))
        if 0 <= to <= last
    ]
    write = [Button(labels["comment"], Press("comment", 0, named))]
    return Reply(text, [turn, write] if turn else [write])


def to_judge(comment: Comment, language: str, *, removing: bool = False) -> Reply:
    """A comment as operators see it, with what they can do; `removing` asks whether to."""
    text = render(
        "comment_judge",
        language,
        comment=comment,
        month=month_name(comment.month, language),
        title=title_of(comment.tip, language),
        removing=removing,
    )
    return Reply(text, _judgements(comment, language, removing=removing))


def ask_answer(comment: Comment, language: str) -> Reply:
    text = render("comment_answer", language, comment=comment, limit=ANSWER_LENGTH)
    return Reply(text, [[never_mind("answer", language)]])


def news(kind: News, comment: Comment, language: str) -> Reply:
    """What became of a comment, for who wrote it."""
    month = month_name(comment.month, language)
    return Reply(render("comment_news", language, news=kind, comment=comment, month=month))


def overview(waiting: int, shown: int, language: str) -> Reply:
    """How many comments wait for an operator, and how many of them follow."""
    return Reply(render("comment_overview", language, waiting=waiting, shown=shown))


def _judgements(comment: Comment, language: str, *, removing: bool) -> Rows:
    labels = words(language)["buttons"]

    def button(label: str, judgement: str) -> Button:
        return Button(labels[label], Press("judge", 0, f"{judgement}.{comment.number}"))

    if comment.state == "removed":
        return ()
    if removing:
        return [[button("remove_yes", "remove_yes"), button("remove_no", "show")]]
    others = [button("answer", "answer"), button("remove_comment", "remove")]
    return [[button("approve", "approve")], others] if comment.state == "waiting" else [others]


def _email_buttons(language: str) -> Rows:
    label = words(language)["buttons"]["no_email"]
    return [
        [Button(label, Press("comment_draft", 0, "no_email"))],
        [never_mind("comment", language)],
    ]

"""What all that is written step by step has in common: a text refused, and leaving it."""

from bot.buttons import Action, Button, Press
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words
from bot.typed import Refusal
from storage.drafts import Kind

_BUTTONS_OF: dict[Kind, Action] = {
    "comment": "comment_draft",
    "answer": "answer_draft",
    "contribution": "contribution_draft",
}
FORMS: dict[Action, Kind] = {action: kind for kind, action in _BUTTONS_OF.items()}


def never_mind(kind: Kind, language: str) -> Button:
    """Leaves what is being written, at any step."""
    return Button(words(language)["buttons"]["never_mind"], Press(_BUTTONS_OF[kind], 0, "cancel"))


def refused(refusal: Refusal, kind: Kind, language: str) -> Reply:
    """Why a text was not taken; the same step is still open."""
    text = render("comment_refused", language, refusal=refusal)
    return Reply(text, [[never_mind(kind, language)]])


def cancelled(language: str) -> Reply:
    return Reply(render("comment_cancelled", language))


def waits(kind: Kind, language: str) -> Reply:
    """Something else was asked for meanwhile: what is typed now is no part of it."""
    go_on = Button(words(language)["buttons"]["write_on"], Press(_BUTTONS_OF[kind], 0, "go_on"))
    text = render("draft_waits", language, kind=kind)
    return Reply(text, [[go_on, never_mind(kind, language)]])

"""What else can be asked for, and whether pictures go along."""

from bot.buttons import Button, Press
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload


def more(upload: Upload, language: str) -> Reply:
    """Everything beyond the four answers, by button."""
    labels = words(language)["buttons"]
    presses = [
        ("alike", Press("alike", upload.number)),
        ("whatif", Press("whatif", upload.number)),
        ("report", Press("report", upload.number)),
        ("talk", Press("talk", upload.number)),
        ("export", Press("export", upload.number, "xlsx")),
        ("changes", Press("changes", upload.number)),
        ("columns", Press("columns", upload.number)),
        ("files", Press("files")),
    ]
    buttons = [Button(labels[label], press) for label, press in presses]
    rows = [buttons[place : place + 2] for place in range(0, len(buttons), 2)]
    return Reply(render("more", language, upload=upload), rows)


def what_if(upload: Upload, language: str) -> Reply:
    """How to ask it, with examples that this list can answer."""
    found = upload.findings
    top, pareto = (None, None) if found is None else (found.top10, found.pareto)
    hours = bool(upload.plan.with_role("hours"))
    text = render(
        "what_if",
        language,
        client=top.clients[0].client if top and top.clients else None,
        hours=hours,
        levels=hours and found is not None and found.focus is not None and found.focus.levels,
        costs=pareto is not None and pareto.costs.basis in ("file", "margin"),
    )
    return Reply(text, answers.menu(upload, language))


def pictures_button(language: str, *, text_only: bool) -> Button:
    """Turns pictures off, or on again."""
    label, argument = ("with_pictures", "on") if text_only else ("text_only", "off")
    return Button(words(language)["buttons"][label], Press("pictures", 0, argument))


def ask_pictures(language: str, *, text_only: bool) -> Reply:
    text = render("ask_pictures", language, text_only=text_only)
    return Reply(text, [[pictures_button(language, text_only=text_only)]])


def pictures_set(language: str, *, text_only: bool) -> Reply:
    text = render("pictures_set", language, text_only=text_only)
    return Reply(text, [[pictures_button(language, text_only=text_only)]])

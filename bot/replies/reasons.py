"""*Waarom?*: the numbers behind a claim, in words."""

from collections.abc import Callable

from bot.buttons import Button, Press
from bot.replies import answers
from bot.replies.answers import Reply, menu
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload


def why_first(upload: Upload, language: str) -> Reply:
    """One sentence behind each of the three findings of the first answer, and the way to more."""
    findings = upload.findings
    if findings is None or findings.pareto is None:
        return answers.cannot_tell(upload, language)
    labels = words(language)["buttons"]
    press = {
        "more_pareto": Press("why", upload.number, "pareto"),
        "more_top10": Press("why_top10", upload.number),
        "more_focus": Press("why", upload.number, "focus"),
    }
    if findings.top10 is None:
        del press["more_top10"]
    if findings.focus is None or not findings.focus.levels:
        del press["more_focus"]
    more = [Button(labels[label], to) for label, to in press.items()]
    text = render("why_first", language, upload=upload)
    return Reply(text, [more, *menu(upload, language)])


def why_pareto(upload: Upload, language: str) -> Reply:
    if upload.findings is None or upload.findings.pareto is None:
        return answers.cannot_tell(upload, language)
    return Reply(render("why_pareto", language, upload=upload), menu(upload, language, "pareto"))


def why_value(upload: Upload, language: str) -> Reply:
    if upload.findings is None or upload.findings.pareto is None:
        return answers.cannot_tell(upload, language)
    return Reply(render("why_value", language, upload=upload), menu(upload, language, "value"))


def why_focus(upload: Upload, language: str) -> Reply:
    if upload.findings is None or not upload.findings.focus or not upload.findings.focus.levels:
        return answers.cannot_tell(upload, language)
    text = render("why_focus", language, upload=upload)
    return Reply(text, menu(upload, language, "focus"))


def why_look_alikes(upload: Upload, language: str) -> Reply:
    if upload.findings is None or upload.findings.top10 is None:
        return answers.cannot_tell(upload, language)
    return Reply(render("why_look_alikes", language, upload=upload), menu(upload, language))


REASONS: dict[str, Callable[[Upload, str], Reply]] = {
    "first": why_first,
    "pareto": why_pareto,
    "value": why_value,
    "focus": why_focus,
    "alike": why_look_alikes,
}

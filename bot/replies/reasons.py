"""*Waarom?*: the numbers behind a claim, in words."""

from collections.abc import Callable

from bot.replies import answers
from bot.replies.answers import Reply, menu
from bot.replies.render import render
from storage.office import Upload


def why_first(upload: Upload, language: str) -> Reply:
    """Behind the three findings of the first answer, in their order."""
    findings = upload.findings
    texts = []
    if findings is not None and findings.pareto is not None:
        texts.append(render("why_pareto", language, upload=upload))
    if findings is not None and findings.top10 is not None and findings.pareto is not None:
        texts.append(answers.why_top10(upload, language).text)
    if findings is not None and findings.focus is not None and findings.focus.levels:
        texts.append(why_focus(upload, language).text)
    if not texts:
        return answers.cannot_tell(upload, language)
    return Reply("\n\n".join(texts), menu(upload, language))


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

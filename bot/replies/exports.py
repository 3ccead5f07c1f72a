"""What stands under a file that the bot sends, and the answers that go along in a workbook."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.buttons import Button, Press
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words
from bot.workbook import Form, Wish
from storage.office import Upload


def wish(
    upload: Upload,
    form: Form,
    language: str,
    *,
    with_names: bool,
    marks: Mapping[str, Sequence[str]] | None = None,
) -> Wish:
    """What to write; into a workbook go the answers of the chat, once each, without names.

    `marks` are those that the adviser gave: clients by mark.
    """
    told: list[Reply] = []
    if form == "xlsx":
        told = [
            answers.first_answer(upload, language),
            answers.top10(upload, language),
            answers.pareto(upload, language),
            answers.value(upload, language),
            answers.focus(upload, language),
        ]
    return Wish(
        form=form,
        language=language,
        with_names=with_names,
        file_name=upload.file_name,
        statements=tuple(dict.fromkeys(_on_paper(reply.text, language) for reply in told)),
        marks=marks or {},
    )


def _on_paper(text: str, language: str) -> str:
    """The answer without lines that point at a button: a workbook has none."""
    button = f"<i>{words(language)['buttons']['why']}</i>"
    return "\n".join(line for line in text.split("\n") if button not in line)


def export(upload: Upload, wish: Wish) -> Reply:
    """The caption of an export, the other forms of it, and taking it out of the chat."""
    labels = words(wish.language)["buttons"]
    others = []
    if not wish.with_names and upload.plan.with_role("client_name"):
        others.append(Button(labels["with_names"], _press(upload, wish.form, with_names=True)))
    if wish.form == "xlsx":
        others.append(Button(labels["csv"], _press(upload, "csv", with_names=wish.with_names)))
    unsend = Button(labels["unsend_export"], Press("unsend", upload.number))
    text = render("export", wish.language, upload=upload, wish=wish)
    return Reply(text, [*([others] if others else []), [unsend]])


def file_name(day: date, wish: Wish) -> str:
    """Tells the one with names from the one without: it must not be passed on by mistake."""
    names = f"_{words(wish.language)['workbook']['with_names']}" if wish.with_names else ""
    return f"klantkompas_{day.isoformat()}{names}.{wish.form}"


def not_made(upload: Upload, wish: Wish) -> Reply:
    """Too large or too slow; a csv may still do."""
    text = render("export_not_made", wish.language, upload=upload, wish=wish)
    if wish.form == "csv":
        return Reply(text, answers.menu(upload, wish.language))
    label = words(wish.language)["buttons"]["csv"]
    return Reply(text, [[Button(label, _press(upload, "csv", with_names=wish.with_names))]])


def letter(upload: Upload, language: str) -> Reply:
    return Reply(render("letter_caption", language, upload=upload))


def _press(upload: Upload, form: str, *, with_names: bool) -> Press:
    return Press("export", upload.number, f"{form}.names" if with_names else form)

"""A draft of the letter in which clients read what service to expect, to edit in Word."""

from babel import Locale

from analysis.focus import CARE
from bot.docx import write_docx
from bot.replies.formats import day
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload


def write_letter(upload: Upload, language: str) -> bytes:
    """A docx: a page for the adviser, then a letter for each level that has clients.

    Raises ValueError where the list has no levels.
    """
    findings = upload.findings
    if findings is None or findings.focus is None:
        raise ValueError("a list without levels has no letters")
    text = render(
        "letter",
        language,
        upload=upload,
        day=day(findings.as_of, Locale(language)),
        known={code: code not in findings.focus.cannot_tell for code in CARE.values()},
    )
    return write_docx(text, words(language)["letter"]["title"], language, findings.as_of)

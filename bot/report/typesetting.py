"""Template and data → PDF, by Typst: same letters on every machine, no network, no temporary file.

Text from a file reaches a template as a value of `sys.inputs` and is never part of its source, so
that it can't become markup or code.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Literal

import matplotlib
import typst

from bot.charts.style import UNKNOWN_LETTER, drawable
from bot.errors import NotTypeset
from bot.replies.words import LANGUAGES

Template = Literal["report", "guide", "sheet"]
TEMPLATES = Path(__file__).parent


def typeset(template: Template, language: str, data: Mapping[str, object], day: date) -> bytes:
    """A PDF that keeps to PDF/UA-1: tagged, with a title, a language and a text for each picture.

    `data` is what the template reads; every text in it becomes one line of letters that can be
    drawn. The same data and day give the same bytes. Raises NotTypeset.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no documents in {language!r}")
    try:
        content = typst.compile(
            TEMPLATES / language / f"{template}.typ",
            root=TEMPLATES,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_drawn(data), allow_nan=False)},
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(day, time(12), UTC),
        )
    except typst.TypstError as error:
        raise NotTypeset from error
    assert isinstance(content, bytes)
    return content


@cache
def _fonts() -> typst.Fonts:
    """Typst's own letters, and those of matplotlib for signs that they lack."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _drawn(value: object) -> object:
    if isinstance(value, str):
        return drawable(value) or (UNKNOWN_LETTER if value.strip() else "")
    if isinstance(value, bytes):
        # JSON knows no bytes; Typst makes them of numbers again.
        return list(value)
    if isinstance(value, Mapping):
        return {str(key): _drawn(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_drawn(part) for part in value]
    return value

"""Templates → messages in Telegram's HTML. All escaping happens here."""

import re
from datetime import date
from functools import cache, partial

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis.findings import Condition, Note, StillBinds
from bot.replies import formats
from bot.replies.traits import in_words
from bot.replies.words import words

# Jinja swallows empty lines after a line statement; templates write `---` for one that stays.
EMPTY_LINE = re.compile(r"\n*^---$\n*|\n{3,}", re.MULTILINE)


def render(template: str, language: str, **values: object) -> str:
    """The text of one message, as Telegram's HTML."""
    text = _environment(language).get_template(f"{template}.html").render(**values)
    return EMPTY_LINE.sub("\n\n", text).strip()


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.replies", language),
        autoescape=True,
        # A statement on a line of its own begins with `%` and leaves no empty line behind.
        line_statement_prefix="%",
        undefined=StrictUndefined,
    )
    locale = Locale(language)
    environment.filters |= {
        "money": partial(formats.money, locale=locale),
        "percent": partial(formats.percent, locale=locale),
        "number": partial(formats.number, locale=locale),
        "from_file": formats.from_file,
        "trait": partial(in_words, language=language),
        "chance_of": partial(_chance_of, language=language),
        "care": partial(_care, language=language),
        "note": partial(_note, language=language),
        "traits": lambda conditions: _all_traits(conditions, language),
    }
    environment.globals["words"] = words(language)
    return environment


def _chance_of(p_value: float, language: str) -> str:
    texts = words(language)["chance"]
    if p_value <= 0.01:
        return texts["rare"]
    return texts["one_in"].format(times=max(2, round(1 / p_value)))


def _note(note: Note, language: str) -> str:
    """The note as a sentence; its numbers as the language writes them."""
    locale = Locale(language)
    values = {
        name: formats.number(value, locale)
        if isinstance(value, int | float)
        else formats.from_file(value or "")
        for name, value in note.values.items()
    }
    return words(language)["notes"][note.code].format(**values)


def _care(care: StillBinds, language: str) -> str:
    """What still binds, with its date as a reader of either language writes it."""
    try:
        value = date.fromisoformat(care.value).strftime("%d-%m-%Y")
    except ValueError:
        value = formats.from_file(care.value)
    return words(language)["binds"][care.why].format(value=value)


def _all_traits(conditions: tuple[Condition, ...], language: str) -> Markup:
    joined = escape(f" {words(language)['values']['and']} ")
    return joined.join(escape(in_words(condition, language)) for condition in conditions)

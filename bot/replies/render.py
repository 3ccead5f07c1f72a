"""Templates → messages in Telegram's HTML. All escaping happens here."""

import re
from datetime import date
from functools import cache, partial

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis.columns.plan import Column
from analysis.findings import Condition, Findings, LeftOut, Note, StillBinds
from bot.replies import formats
from bot.replies.profile import in_one_sentence
from bot.replies.traits import in_words
from bot.replies.words import words

# Jinja swallows empty lines after a line statement; templates write `---` for one that stays.
EMPTY_LINE = re.compile(r"\n*(?:^---$\n*)+|\n{3,}", re.MULTILINE)

# `400000000 bytes` or `2000 columns`: how large a file was, or may be.
SIZE = re.compile(r"(\d{1,18}) (bytes|cells|columns|parts)\b")
BYTES_PER_MB = 2**20

# The parameter of a note that makes its sentence singular.
COUNTED = ("count", "tested", "known")

# Beyond one in so many, a chance that was counted in random draws is told in tens.
FINE_UP_TO = 30

# Parameters of notes that are codes, and the section with their words.
CODED = {"measure": "measures", "basis": "cost_basis"}

# Why nothing is said of what the top shares, the most telling first.
SILENCE = ("fewer_than_30_clients", "top_is_most_of_the_file", "no_trait_columns")


def render(template: str, language: str, **values: object) -> str:
    """The text of one message, as Telegram's HTML."""
    text = _environment(language).get_template(f"{template}.html").render(**values)
    return EMPTY_LINE.sub("\n\n", text).strip()


def plain(filter_name: str, value: object, language: str) -> str:
    """What a filter of the templates makes of a value, not escaped: for documents."""
    return str(_environment(language).filters[filter_name](value))


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.replies", language),
        autoescape=True,
        # A template does not change while the program runs: no look at its file at each answer.
        auto_reload=False,
        # A statement on a line of its own begins with `%` and leaves no empty line behind.
        line_statement_prefix="%",
        undefined=StrictUndefined,
    )
    locale, values = Locale(language), words(language)["values"]
    environment.filters |= {
        "money": partial(formats.money, locale=locale),
        "percent": partial(
            formats.percent, locale=locale, below=values["below"], above=values["above"]
        ),
        "number": partial(formats.number, locale=locale),
        "from_file": partial(_from_file, language=language),
        "heading": partial(heading, language=language),
        "typed": _typed,
        "clients": partial(_clients, language=language),
        "size": partial(_size, language=language),
        "trait": partial(in_words, language=language),
        "traits": partial(_all_traits, language=language),
        "chance_of": partial(_chance_of, language=language),
        "care": partial(_care, language=language),
        "left_out": partial(_left_out, language=language),
        "note": partial(_note, language=language),
        "silence": _silence,
        "profile": partial(in_one_sentence, language=language),
    }
    environment.globals["words"] = words(language)
    return environment


def _from_file(text: object, language: str) -> str:
    return formats.from_file(text) or words(language)["values"]["nameless"]


def heading(column: Column, language: str) -> str:
    """The heading of a column; of one without, the letter above it in a spreadsheet."""
    name = formats.from_file(column.name)
    if not column.header and name:
        return words(language)["values"]["no_heading"].format(name=name)
    return _from_file(column.header, language)


def _typed(text: str) -> Markup:
    """What a person typed, cleaned by `bot.typed`; a line of three hyphens stays one."""
    return Markup(re.sub(r"^---$", "&#45;--", str(escape(text)), flags=re.MULTILINE))  # noqa: S704


def _clients(count: int, language: str) -> str:
    """`1 klant` or `1.234 klanten`."""
    return _counted(words(language)["counts"], "client_many", "client_one", count, language)


def _counted(texts: dict[str, str], many: str, one: str, count: int, language: str) -> str:
    key = one if count == 1 else many
    return texts[key].format(count=formats.number(count, Locale(language)))


def _size(fact: str, language: str) -> str:
    """A size as a reader says it; empty where the fact is none."""
    found = SIZE.match(fact)
    if found is None:
        return ""
    count, unit = int(found[1]), found[2]
    shown = formats.number(count / BYTES_PER_MB if unit == "bytes" else count, Locale(language))
    return words(language)["units"][unit].format(count=shown)


def _chance_of(p_value: float, language: str) -> str:
    texts = words(language)["chance"]
    if p_value <= 0.01:
        return texts["rare"]
    times = round(1 / p_value)
    if times > FINE_UP_TO:
        times = round(times, -1)
    return texts["one_in"].format(times=times) if times > 1 else texts["mostly"]


def _left_out(left: LeftOut, language: str) -> str:
    texts = words(language)["left_out"]
    why = left.why if left.why in texts else "other"
    return _counted(texts, why, f"{why}_one", left.count, language)


def _silence(findings: Findings) -> Note | None:
    """The note that says why no trait was tested; None where traits were."""
    by_code = {note.code: note for note in findings.notes}
    return next((by_code[code] for code in SILENCE if code in by_code), None)


def _note(note: Note, language: str) -> str:
    """The note as a sentence; its numbers as the language writes them."""
    texts = words(language)
    count = next((note.values[name] for name in COUNTED if name in note.values), None)
    sentence = texts["notes"][note.code]
    if count == 1:
        sentence = texts["notes"].get(f"{note.code}_one", sentence)
    return sentence.format(**{name: _fact(name, note, language) for name in note.values})


def _fact(name: str, note: Note, language: str) -> str:
    value = note.values[name]
    if name == "rate":
        return formats.money(float(value or 0), Locale(language))
    if name == "share":
        return formats.percent(float(value or 0), Locale(language))
    if isinstance(value, int | float):
        return formats.number(value, Locale(language))
    if name in CODED:
        return words(language)[CODED[name]][str(value)]
    return _from_file(value or "", language)


def _care(care: StillBinds, language: str) -> str:
    """What still binds, with its date as a reader of either language writes it."""
    try:
        value = formats.day(date.fromisoformat(care.value), Locale(language))
    except ValueError:
        value = _from_file(care.value, language)
    return words(language)["binds"][care.why].format(value=value)


def _all_traits(conditions: tuple[Condition, ...], language: str) -> Markup:
    joined = escape(f" {words(language)['values']['and']} ")
    return joined.join(escape(in_words(condition, language)) for condition in conditions)

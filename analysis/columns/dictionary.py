"""What a heading means: the dictionary of spellings, and what may be left out of a heading."""

import csv
import functools
import json
import re
import unicodedata
from dataclasses import dataclass, replace
from importlib import resources
from typing import get_args

from rapidfuzz import fuzz, process

from analysis.columns.parts import meaning_of_parts
from analysis.columns.plan import Kind, Role

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[%#]")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_BRACKETS = re.compile(r"[(\[].*?[)\]]")

VOCABULARY = json.loads(resources.files(__package__).joinpath("vocabulary.json").read_text("utf-8"))
# Words that say in which unit or over which time, not what.
_UNITS = tuple(tuple(unit.split()) for unit in VOCABULARY["units"])
_OWNERS = frozenset(VOCABULARY["owners"])
_PARTNERS = frozenset(VOCABULARY["partners"])
_TURNING = frozenset(VOCABULARY["turning"])
_NEAR_LENGTH, _NEAR_RATIO, _NEAR_DISTANCE = 6, 90.0, 8.0


@dataclass(frozen=True)
class Meaning:
    """What a heading is taken for.

    `how` is `heading` where the dictionary has it, `alike` where a near spelling or a word in it
    led here. `year` is the year that the heading names.
    """

    role: Role
    meaning: str
    kind: Kind
    reversed: bool = False
    ask: bool = False
    confidence: float = 0.98
    how: str = "heading"
    year: int | None = None


def words(heading: str) -> list[str]:
    """Return the words of a heading in lower case without accents; capitals begin a word."""
    text = heading.replace("ß", "ss").replace("’", "'").replace("'", "")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(character for character in text if not unicodedata.combining(character))
    return [word.lower() for word in _WORD.findall(text)]


def is_year(word: str) -> bool:
    """Tell whether a word of a heading is a year."""
    return bool(_YEAR.match(word))


def normalise(heading: str) -> str:
    """Return a heading in lower case with only letters, digits, % and #."""
    return "".join(words(heading))


@functools.cache
def spellings() -> dict[str, Meaning]:
    """Return the dictionary by normalised spelling."""
    found: dict[str, Meaning] = {}
    text = resources.files(__package__).joinpath("headings.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        role, kind = row["role"], row["kind"]
        if role not in get_args(Role) or kind not in get_args(Kind):
            raise ValueError(f"headings.csv: unknown role or kind in {row}")
        flags = row["flags"].split()
        found[normalise(row["spelling"])] = Meaning(
            role=role,  # type: ignore[arg-type]
            meaning=row["meaning"],
            kind=kind,  # type: ignore[arg-type]
            reversed="reversed" in flags,
            ask="ask" in flags,
        )
    return found


@functools.cache
def meaning_of_code(code: str) -> Meaning:
    """Return the first entry of the dictionary with this meaning."""
    return next(each for each in spellings().values() if each.meaning == code)


def look_up(heading: str) -> Meaning | None:
    """Return what a heading means, None where neither the dictionary nor a near spelling tells."""
    parts = words(heading)
    if not parts:
        return None
    found = spellings().get("".join(parts))
    if found:
        return found
    years = [int(word) for word in parts if is_year(word)]
    year = years[-1] if years else None
    for confidence, candidate in _shorter(heading, parts):
        found = spellings().get("".join(candidate))
        if found:
            return replace(found, confidence=confidence, year=year)
    return _of_partner(parts) or _near(parts, year) or _of_parts(parts, year)


def _shorter(heading: str, parts: list[str]) -> list[tuple[float, list[str]]]:
    """Return the heading without units, brackets, and the word for the client."""
    bare = _without_units(parts)
    outside = _without_units(words(_BRACKETS.sub(" ", heading)))
    variants = [(0.95, bare), (0.9, outside)]
    for each in (bare, outside):
        if each and each[0] in _OWNERS:
            variants.append((0.85, [word for word in each[1:] if word != "1"]))
        if each and each[-1] in _OWNERS:
            variants.append((0.85, each[:-1]))
        if len(each) > 1 and each[-1].isdigit():
            variants.append((0.85, each[:-1]))
    return [(confidence, variant) for confidence, variant in variants if variant]


def _without_units(parts: list[str]) -> list[str]:
    kept: list[str] = []
    place = 0
    while place < len(parts):
        unit = next((u for u in _UNITS if tuple(parts[place : place + len(u)]) == u), None)
        if unit:
            place += len(unit)
            continue
        if not is_year(parts[place]):
            kept.append(parts[place])
        place += 1
    return kept


def _of_partner(parts: list[str]) -> Meaning | None:
    """A fact of the partner is no fact of the client: kept where it is an amount, else private."""
    if not _PARTNERS & set(parts):
        return None
    rest = spellings().get("".join(word for word in parts if word not in _PARTNERS))
    if rest is None:
        return None
    if rest.role in ("client_name", "birth_date", "client_id", "postal_code"):
        return replace(meaning_of_code("partner_name"), confidence=0.85)
    if rest.meaning.startswith("income"):
        return replace(meaning_of_code("partner_income"), confidence=0.85)
    return replace(rest, confidence=0.8)


def _of_parts(parts: list[str], year: int | None) -> Meaning | None:
    code = meaning_of_parts(_without_units(parts), _OWNERS)
    if code is None:
        return None
    return replace(meaning_of_code(code), confidence=0.6, how="alike", year=year, reversed=False)


def _near(parts: list[str], year: int | None) -> Meaning | None:
    """Return the meaning of the nearest spelling where it is near enough and no other is."""
    text = "".join(_without_units(parts))
    if len(text) < _NEAR_LENGTH:
        return None
    known = spellings()
    near = [
        (spelling, ratio)
        for spelling, ratio, _ in process.extract(
            text,
            known.keys(),
            scorer=fuzz.ratio,
            score_cutoff=_NEAR_RATIO - _NEAR_DISTANCE,
            limit=20,
        )
        if _digits(spelling) == _digits(text) and _turns(spelling) == _turns(text)
    ]
    if not near or near[0][1] < _NEAR_RATIO or len(near[0][0]) < _NEAR_LENGTH - 1:
        return None
    best, ratio = near[0]
    found = known[best]
    for other, other_ratio in near[1:]:
        if known[other].meaning != found.meaning and ratio - other_ratio < _NEAR_DISTANCE:
            return None
    return replace(found, confidence=0.7, how="alike", year=year)


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit() or character in "%#")


def _turns(text: str) -> frozenset[str]:
    return frozenset(word for word in _TURNING if text.startswith(word) or text.endswith(word))

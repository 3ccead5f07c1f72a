"""A message as tokens: words without accents and capitals, and numbers with their unit."""

import contextlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from text_to_num import alpha2digit

LONGEST_TEXT = 300

NumberUnit = Literal["money", "percent", "years", "months", "weeks", "days", "hours", "plus", ""]

_NUMBER = re.compile(
    r"(?P<sign>€\s*)?(?P<digits>\d{1,15}(?:[.,]\d{1,15})*)(?P<rest>(?:ste|de|e|th|st|nd|rd)\b)?"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?P<cents>[.,]\d{1,2})?")
_PIECE = re.compile(
    rf"80\s*/\s*20|{_NUMBER.pattern}|[^\W\d_]+|[<>]=?|[+%#&=]",
)
# The library leaves a lone *two* as it is, since it may be no number.
_TWO = {"nl": re.compile(r"\btwee\b"), "en": re.compile(r"\btwo\b")}
# *40-60 jaar*, and no date.
_RANGE = re.compile(r"(?<![\d-])(\d{1,3}|(?:19|20)\d\d) ?[-–] ?(\d{1,3}|(?:19|20)\d\d)(?![\d-])")
# It reads *tweeënvijftig*, whose accent is gone by then.
_TWO_AND = re.compile(r"tweeen(?=[^\W\d_])")
_AND_A_HALF = re.compile(r"\b(\d+) (?:en (?:een|1) hal(?:f|ve)|and (?:a|1) half)\b")
# *Vijftigplussers*: the number is read only where it stands by itself.
_PLUS = re.compile(r"(?<=[^\W\d_])(plussers?)\b")
# *Eén* is a number, *een* an article; the accents are gone a moment later.
_STRESSED_ONE = re.compile(r"\b[eé]én\b", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’‘`´]")


@dataclass(frozen=True)
class Token:
    """A word, or a number with its unit. `word` is the text in either case."""

    word: str
    number: float | None = None
    unit: NumberUnit = ""
    ordinal: bool = False


def tokens(text: str, language: str, data: Mapping[str, Mapping[str, Any]]) -> list[Token]:
    """The tokens of a text.

    Of the vocabulary `data` it uses: `units`, by word the unit and the scale, as `money 1000`;
    `quantities`, words that count before a unit only: *een jaar*, *half a year*; `parts`, which
    are percentages by themselves: *de onderste helft*; `numerals`, which the library does not know:
    *nonante*; and `ones`, where *one* is a number.
    """
    plain = _without_accents(_STRESSED_ONE.sub("1", text[:LONGEST_TEXT]))
    found = [_token(match) for match in _PIECE.finditer(_digits(plain, language))]
    found = [
        replace(token, number=float(data["numerals"][token.word]))
        if token.word in data["numerals"]
        else token
        for token in found
    ]
    counted = [_counted(found, place, data["ones"]) for place in range(len(found))]
    parts = data["parts"]
    return [
        replace(token, number=float(parts[token.word]), unit="percent")
        if token.number is None and token.word in parts
        else token
        for token in _with_units(counted, data)
    ]


def _counted(found: Sequence[Token], place: int, ones: Mapping[str, Any]) -> Token:
    """The token, as a number where *more than one* or *de ton* makes it one."""
    token = found[place]
    before = " ".join(each.word for each in found[max(0, place - 2) : place])
    after_sign = before.endswith(tuple(ones["than"])) or before.split(" ")[-1] in ones["after"]
    return replace(token, number=1.0) if token.word in ones["words"] and after_sign else token


def words_of(text: str) -> list[str]:
    """The words of a heading or value of the list, as `tokens` writes them."""
    return [match[0] for match in re.finditer(r"\d+|[^\W\d_]+", _without_accents(text))]


def _without_accents(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    text = "".join(each for each in text if not unicodedata.combining(each)).casefold()
    return _APOSTROPHES.sub("", text)


def _digits(text: str, language: str) -> str:
    """Numbers in words as digits; a text that cannot be read so stays as it is."""
    text = _PLUS.sub(r" \1", text)
    text = _RANGE.sub(r"\1 tot \2", text)
    text = _TWO_AND.sub("tweeën", text)
    with contextlib.suppress(ValueError, IndexError, KeyError):
        text = str(alpha2digit(text, language))
    return _AND_A_HALF.sub(r"\1.5", _TWO[language].sub("2", text))


def _token(match: re.Match[str]) -> Token:
    whole = match[0]
    if whole.startswith("80") and "/" in whole:
        return Token("80/20")
    if match["digits"] is None:
        return Token(whole)
    unit: NumberUnit = "money" if match["sign"] else ""
    return Token(match["digits"], number_of(match["digits"]), unit, ordinal=bool(match["rest"]))


def number_of(digits: str) -> float:
    """The number that digits with points and commas stand for; 0 where a word stands there."""
    thousands = _THOUSANDS.fullmatch(digits)
    if thousands:
        cents = thousands["cents"] or ""
        whole = digits[: len(digits) - len(cents)]
        return float(re.sub(r"[.,]", "", whole) + cents.replace(",", "."))
    first, *others = re.split(r"[.,]", digits)
    if not first.isdecimal():
        return 0.0
    return float(f"{first}.{''.join(others)}" if others else first)


def _with_units(found: Sequence[Token], data: Mapping[str, Mapping[str, Any]]) -> list[Token]:
    """Numbers taken together with the scale and the unit that follow them."""
    units, quantities = data["units"], data["quantities"]
    merged: list[Token] = []
    for token in found:
        if token.word in units:
            name, _, scale = units[token.word].partition(" ")
            # *Per uur* and *an hour* tell a rate, not one hour.
            number = _before_unit(merged, {} if name == "hours" else quantities)
            if name == "years" and number is not None and _is_rate(merged, number, quantities):
                merged.append(Token("yearly"))
                continue
            if number is None and scale and merged and merged[-1].word in data["ones"]["articles"]:
                # *Boven de ton*.
                number = Token("1", 1.0)
            if number is not None and number.number is not None:
                times = float(scale or 1)
                word = f"{number.word} {token.word}"
                unit = name or number.unit
                merged.append(Token(word, number.number * times, unit))
                continue
        if token.number is not None and token.number >= 1_000:
            # *Half miljoen*, of which the million is a number in digits by now.
            number = _before_unit(merged, quantities, digits=False)
            times = 1.0 if number is None else number.number or 1.0
            merged.append(replace(token, number=token.number * times))
            continue
        merged.append(token)
    return merged


def _is_rate(merged: list[Token], number: Token, quantities: Mapping[str, float]) -> bool:
    """*40 thousand a year*, which is no length of time."""
    measured = bool(merged) and merged[-1].number is not None and merged[-1].unit in ("", "money")
    return measured and number.word in quantities


def _before_unit(
    merged: list[Token], quantities: Mapping[str, float], *, digits: bool = True
) -> Token | None:
    """Takes the number that a unit goes with from the end of `merged`, if one stands there."""
    if not merged:
        return None
    last = merged[-1]
    if digits and last.number is not None and not last.ordinal and last.unit in ("", "money"):
        return merged.pop()
    if last.word not in quantities:
        return None
    number = quantities[merged.pop().word]
    while merged and merged[-1].word in quantities:
        number *= quantities[merged.pop().word]
    return Token(last.word, number)

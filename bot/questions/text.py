"""A message as tokens: words without accents and capitals, and numbers with their unit."""

import contextlib
import itertools
import math
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
_AND_A_HALF = re.compile(
    r"\b(\d+) (?:en (?:een|1) hal(?:f|ve)|and (?:a|1) half)(?: (1000|1000000))?\b"
)
# The library reads nothing of *drieënhalf*, and of *one and a half* the half.
_AND_A_HALF_IN_ONE_WORD = re.compile(r"\b([^\W\d_]{3,}?)en(?:een)?hal(?:f|ve)\b")
_ONE_AND_A_HALF = {"nl": re.compile(r"\been en een half\b"),
                   "en": re.compile(r"\bone and a half\b")}  # fmt: skip
# *1.5 million*, *2 hundred thousand*: a number in digits before scales in words.
_SCALED = re.compile(r"(?<![\d.,])(\d{1,12}(?:[.,]\d{1,12})*)((?: +[^\W\d_]+)+)")
# *100 000*, and no two numbers.
_SPACED = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?: 000)+)(?![\d.,])")
# *Omzet/uur*.
_SLASH = re.compile(r"(?<=[^\W\d_]{3}) ?/ ?([^\W\d_]+)")
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
    are percentages by themselves: *de onderste helft*; `ones` and `zeros`, where *one* and *zero*
    are a number; `scales`, by word what it multiplies by; `spelled`, number words as they are
    written as well; and `slashed`, what a word behind a slash stands for.
    """
    plain = _without_accents(_STRESSED_ONE.sub("1", text[:LONGEST_TEXT]))
    found = [_token(match) for match in _PIECE.finditer(_digits(plain, language, data))]
    counted = [_counted(found, place, data) for place in range(len(found))]
    parts = data["parts"]
    return [
        replace(token, number=float(parts[token.word]), unit="percent")
        if token.number is None and token.word in parts
        else token
        for token in _with_units(counted, data)
    ]


def _counted(found: Sequence[Token], place: int, data: Mapping[str, Mapping[str, Any]]) -> Token:
    """The token, as a number where *more than one*, *de ton* or *below zero* makes it one."""
    token, ones, zeros = found[place], data["ones"], data["zeros"]
    if token.word in zeros["words"]:
        signs = [each.word for each in found[max(0, place - 1) : place]]
        return replace(token, number=0.0) if set(signs) & set(zeros["behind"]) else token
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


def _digits(text: str, language: str, data: Mapping[str, Mapping[str, Any]]) -> str:
    """Numbers in words as digits; a text that cannot be read so stays as it is."""
    text = _PLUS.sub(r" \1", text)
    text = _RANGE.sub(r"\1 tot \2", text)
    for written, usual in data["spelled"].items():
        text = text.replace(written, usual)
    text = _SLASH.sub(lambda match: data["slashed"].get(match[1], match[0]), text)
    text = _AND_A_HALF_IN_ONE_WORD.sub(r"\1 en een half", text)
    text = _ONE_AND_A_HALF[language].sub("1.5", text)
    text = _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
    text = _SCALED.sub(lambda match: _scaled(match, data["scales"]), text)
    text = _TWO_AND.sub("tweeën", text)
    with contextlib.suppress(ValueError, IndexError, KeyError):
        text = str(alpha2digit(text, language))
    return _AND_A_HALF.sub(_with_a_half, _TWO[language].sub("2", text))


def _scaled(match: re.Match[str], scales: Mapping[str, float]) -> str:
    """The number times the scales that follow it, before the words that are none."""
    number, words = number_of(match[1]), match[2].split()
    scaling = list(itertools.takewhile(scales.__contains__, words))
    if not scaling:
        return match[0]
    number *= math.prod(scales[word] for word in scaling)
    return " ".join((_plainly(number), *words[len(scaling) :]))


def _with_a_half(match: re.Match[str]) -> str:
    return _plainly((float(match[1]) + 0.5) * float(match[2] or 1))


def _plainly(number: float) -> str:
    return f"{number:.10f}".rstrip("0").rstrip(".")


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
    while merged and (merged[-1].word in quantities or _is_part(merged, quantities)):
        number *= quantities.get(merged.pop().word, 1.0)
    return Token(last.word, number)


def _is_part(merged: Sequence[Token], quantities: Mapping[str, float]) -> bool:
    """*A quarter of a million*, of which *of a million* is left."""
    return merged[-1].word == "of" and len(merged) > 1 and quantities.get(merged[-2].word, 1.0) < 1

"""A message as tokens: words without accents and capitals, and numbers with their unit."""

import contextlib
import itertools
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, get_args

from text_to_num import alpha2digit

LONGEST_TEXT = 300

NumberUnit = Literal["money", "percent", "years", "months", "weeks", "days", "hours", "plus", ""]

_NUMBER = re.compile(
    r"(?P<sign>[€£$]\s*)?(?P<digits>\d{1,15}(?:[.,]\d{1,15})*)(?P<rest>(?:ste|de|e|th|st|nd|rd)\b)?"
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
# *3 à 4*.
_OR_SO = re.compile(r"(?<=\d) a (?=\d)")
# *Het jaar 2000*.
YEARS = range(1900, 2100)
OLDEST = 110
# *'30* and later were in the century before this one.
FIRST_OF_THE_CENTURY = 30
# *Vijftigplussers*: the number is read only where it stands by itself.
_PLUS = re.compile(r"(?<=[^\W\d_])(plussers?)\b")
# *Eén* is a number, *een* an article; the accents are gone a moment later.
_STRESSED_ONE = re.compile(r"\b[eé]én\b", re.IGNORECASE)
# *A, b en c*, *A's, B's en C's*, *niveau A, B en C*: all levels.
_ALL_LEVELS = re.compile(
    r"\b(?:(?:service[ -]?)?(?:niveaus?|levels?|tiers?|class(?:es)?) )?as?\b"
    r"(?:[- ](?:klanten|clients)\b)?[ ,/&+]*"
    r"b(?:s|[- ]?(?:klanten|clients))?\b[ ,/&+]*"
    r"(?:(?:en|and|of|or)\b ?)?(?:de |the )?cs?\b(?:[- ](?:klanten|clients|customers)\b)?"
)
# *Born in '72*.
_SHORT_YEAR = re.compile(r"(?<![\w'’])['’](\d\d)(?=s?\b)")
# *De A's*, who are the clients on that level.
_OF_A_LEVEL = re.compile(r"\b([abc])['’]s\b", re.IGNORECASE)
# *Bs and Cs*, without the sign; *as* is a word.
_OF_LEVELS = re.compile(r"\b([BC])s\b|\b([Aa])s\b(?= (?:and|or|en|of|&|versus|vs) [BCbc]s\b)"
                        r"|(?<=\b[ABC]s and )([bc])s\b|(?<=\b[ABC]s or )([bc])s\b"
                        r"|\b([bc])s\b(?= (?:and|or|en|of|&|versus|vs) [BCbc]s\b)")  # fmt: skip
_WORD = re.compile(r"\d+|[^\W\d_]+")
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
    written as well; `slashed`, what a word behind a slash stands for; and `levels`, how *a, b and
    c* is said otherwise.
    """
    holders = data["levels"]["holders"]
    text = _tag(tuple(data["tags"]["words"])).sub("", text)
    text = _OF_A_LEVEL.sub(rf"\1 {holders}", text[:LONGEST_TEXT])
    text = _SHORT_YEAR.sub(_in_full, text)
    text = _OF_LEVELS.sub(lambda match: f"{match[0][0]} {holders}", text)
    plain = _without_accents(_STRESSED_ONE.sub("1", text))
    plain = _ALL_LEVELS.sub(data["levels"]["all"], plain)
    found = [_token(match) for match in _PIECE.finditer(_digits(plain, language, data))]
    found = _spelled(found, data)
    counted = [_counted(found, place, data) for place in range(len(found))]
    parts = data["parts"]
    return [
        replace(token, number=float(parts[token.word]), unit="percent")
        if token.number is None and token.word in parts
        else token
        for token in _with_units(counted, data)
    ]


@cache
def _tag(words: Sequence[str]) -> re.Pattern[str]:
    """What only asks for assent, at the end: *…, right?*"""
    return re.compile(rf"\s*[,–-]\s*(?:{'|'.join(words)})\s*\?+\s*$", re.IGNORECASE)


def _in_full(match: re.Match[str]) -> str:
    return f"19{match[1]}" if int(match[1]) >= FIRST_OF_THE_CENTURY else f"20{match[1]}"


def _spelled(found: Sequence[Token], data: Mapping[str, Mapping[str, Any]]) -> list[Token]:
    """The tokens, of which some are written as another word: *less then*.

    Of the vocabulary it uses `confused`, what a word is often written for, where the word before
    asks for it.
    """
    asked = {
        (phrase.split()[-2], phrase.split()[-1])
        for kind in ("more", "less", "longer", "shorter")
        for phrase in data["structure"][kind] if " " in phrase
    }  # fmt: skip
    spelled: list[Token] = []
    for token in found:
        meant = data["confused"].get(token.word, token.word)
        fits = bool(spelled) and (spelled[-1].word, meant) in asked
        spelled.append(replace(token, word=meant if fits else token.word))
    return spelled


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
    return _WORD.findall(_without_accents(text))


def tells_months(heading: str) -> bool:
    """*Monthly Premium Auto*, *maandpremie*."""
    return any(word.startswith(("maand", "month")) for word in words_of(heading))


def _without_accents(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
        text = "".join(each for each in text if not unicodedata.combining(each))
    text = text.casefold()
    return _APOSTROPHES.sub("", text)


def _digits(text: str, language: str, data: Mapping[str, Mapping[str, Any]]) -> str:
    """Numbers in words as digits; a text that cannot be read so stays as it is."""
    text = _PLUS.sub(r" \1", text)
    text = _RANGE.sub(r"\1 tot \2", text)
    for written, usual in data["spelled"].items():
        text = text.replace(written, usual)
    text = _part_of_all(data).sub(lambda match: _as_a_top(match, data), text)
    text = _SLASH.sub(lambda match: data["slashed"].get(match[1], match[0]), text)
    text = _AND_A_HALF_IN_ONE_WORD.sub(r"\1 en een half", text)
    text = _ONE_AND_A_HALF[language].sub("1.5", text)
    text = _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
    text = _SCALED.sub(lambda match: _scaled(match, data["scales"]), text)
    text = _TWO_AND.sub("tweeën", text)
    with contextlib.suppress(ValueError, IndexError, KeyError):
        text = str(alpha2digit(text, language))
    text = _OR_SO.sub(" tot ", text)
    return _AND_A_HALF.sub(_with_a_half, _TWO[language].sub("2", text))


def _part_of_all(data: Mapping[str, Mapping[str, Any]]) -> re.Pattern[str]:
    """*The top third*, *de onderste twee derde*: what stands before a part, and the part."""
    ends = {each for kind in ("top", "bottom") for each in data["structure"][kind]}
    ends |= {each.strip() for name in (" most", " least") for each in data["superlatives"][name]}
    before, parts = ("|".join(map(re.escape, sorted(each, key=len, reverse=True)))
                     for each in (ends, data["fractions"]))  # fmt: skip
    return re.compile(rf"\b({before}) ({parts})\b")


def _as_a_top(match: re.Match[str], data: Mapping[str, Mapping[str, Any]]) -> str:
    return f"{match[1]} {data['fractions'][match[2]]} %"


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
    for place, token in enumerate(found):
        if token.word in units and not _adds(found, place, units):
            name, _, scale = units[token.word].partition(" ")
            # *Per uur* and *an hour* tell a rate, not one hour.
            number = _before_unit(merged, {} if name == "hours" else quantities, name=name)
            if name == "years" and number is not None and _is_rate(merged, number, quantities):
                merged.append(Token("yearly"))
                continue
            if number is None and scale and merged and merged[-1].word in data["ones"]["articles"]:
                # *Boven de ton*.
                number = Token("1", 1.0)
            if number is not None and number.number is not None:
                merged += _measured(number, token.word, name, float(scale or 1), data)
                continue
        if token.number is not None and token.number >= 1_000:
            if int(token.number) in YEARS and merged and units.get(merged[-1].word) == "years":
                # *Vóór het jaar 2000*.
                merged.pop()
            # *Half miljoen*, of which the million is a number in digits by now.
            number = _before_unit(merged, quantities, digits=False)
            times = 1.0 if number is None else number.number or 1.0
            merged.append(replace(token, number=token.number * times))
            continue
        about = _about(merged, data) if token.number is not None else None
        if about is not None:
            word, length = about
            del merged[-length:]
            merged += _measured(token, word, units[word], 1.0, data)
            continue
        merged.append(token)
    return merged


def _adds(found: Sequence[Token], place: int, units: Mapping[str, str]) -> bool:
    """Whether a *plus* stands between two numbers: *10452 plus 11751*."""
    behind = found[place + 1 : place + 2]
    return units[found[place].word] == "plus" and any(each.number is not None for each in behind)


def _about(
    merged: Sequence[Token], data: Mapping[str, Mapping[str, Any]]
) -> tuple[str, int] | None:
    """The unit of *een uur of tien*, with how many tokens stand for it before the number."""
    if len(merged) < 2 or merged[-1].word not in data["about"]["words"]:
        return None
    article, _, unit = merged[-2].word.rpartition(" ")
    if " " in data["units"].get(unit, " "):
        return None
    if merged[-2].number is not None:
        return (unit, 2) if article in data["quantities"] and not article.isdigit() else None
    stands_before = len(merged) > 2 and merged[-3].word in data["quantities"]
    return (unit, 3) if stands_before else None


def _measured(
    number: Token, word: str, name: str, scale: float, data: Mapping[str, Mapping[str, Any]]
) -> list[Token]:
    """The number with its unit, a plus sign between them as the words that it stands for."""
    value = (number.number or 0.0) * scale
    written = f"{number.word} {word}"
    or_more = [Token(each) for each in data["structure"]["or_more"][0].split()]
    if name == "plus" and (number.unit or value > OLDEST):
        # *5k+*, which is no age.
        return [number, *or_more]
    if number.unit == "plus":
        # *10+ jaar*.
        return [Token(written, value, _unit(name)), *or_more]
    return [Token(written, value, _unit(name) or number.unit)]


def _unit(name: str) -> NumberUnit:
    return next((each for each in get_args(NumberUnit) if each == name), "")


def _is_rate(merged: list[Token], number: Token, quantities: Mapping[str, float]) -> bool:
    """*40 thousand a year*, which is no length of time."""
    measured = bool(merged) and merged[-1].number is not None and merged[-1].unit in ("", "money")
    return measured and number.word in quantities


def _before_unit(
    merged: list[Token], quantities: Mapping[str, float], *, digits: bool = True, name: str = ""
) -> Token | None:
    """Takes the number that a unit goes with from the end of `merged`, if one stands there."""
    if not merged:
        return None
    last = merged[-1]
    if name == "plus" and len(merged) > 1 and _is_letter(merged[-2]):
        # *L3 plus L1*, which is no age.
        return None
    if (
        digits
        and last.number is not None
        and not last.ordinal
        and last.unit in ("", "money", "plus")
    ):
        return merged.pop()
    if last.word not in quantities:
        return None
    number = quantities[merged.pop().word]
    while merged and (merged[-1].word in quantities or _is_part(merged, quantities)):
        number *= quantities.get(merged.pop().word, 1.0)
    return Token(last.word, number)


def _is_letter(token: Token) -> bool:
    return len(token.word) == 1 and token.word.isalpha() and token.word not in ("a", "i")


def _is_part(merged: Sequence[Token], quantities: Mapping[str, float]) -> bool:
    """*A quarter of a million*, of which *of a million* is left."""
    return merged[-1].word == "of" and len(merged) > 1 and quantities.get(merged[-2].word, 1.0) < 1

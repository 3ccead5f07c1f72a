"""Numbers and amounts as people write them; how is decided per column, never per cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NUMBER = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$")
_CURRENCY = re.compile(
    r"€|\$|£|¥|ƒ|\b(?:eur|euro|euro's|usd|gbp|chf|dm|hfl|nlg|fl\.?)(?![a-z])|(?<=\d)(?:eur|euro)\b",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(r"^(.*\d)\s*(k|dzd|duizend|mln|mio|miljoen|m|mrd)\.?$", re.IGNORECASE)
_FACTORS = {"k": 1e3, "dzd": 1e3, "duizend": 1e3, "m": 1e6, "mln": 1e6, "mio": 1e6}
_FACTORS |= {"miljoen": 1e6, "mrd": 1e9}
_NO_CENTS = re.compile(r"[.,](?:-{1,2}|–|—|=)$")
_DIGITS = re.compile(r"^[\d.,'’\s]+$")
_GROUPED = {
    ".": re.compile(r"^[1-9]\d{0,2}(?:\.\d{3})+$"),
    ",": re.compile(r"^[1-9]\d{0,2}(?:,\d{3})+$"),
}
_EITHER = re.compile(r"^[1-9]\d{0,2}[.,]\d{3}$")
_FEW_OTHERS = 0.1
_LONGEST = 400
"""The largest float has 309 digits; a cell of megabytes is no number, and looking takes time."""


@dataclass(frozen=True)
class NumberStyle:
    """Which sign stands before the decimals; the other of `.` and `,` groups thousands."""

    decimal: str = "."
    mixed: bool = False
    """More than a few numbers of the column are of the other style: `1.250` may be either."""

    @property
    def grouping(self) -> str:
        return "," if self.decimal == "." else "."

    @property
    def other(self) -> "NumberStyle":
        """The style with both signs changed over."""
        return NumberStyle(self.grouping, self.mixed)


@dataclass(frozen=True)
class Number:
    """A number, whether it was written as a percentage, and its digits behind the decimal sign."""

    value: float
    percent: bool = False
    decimals: int = 0


def _bare(text: str) -> tuple[str, bool, bool]:
    """Return the digits and signs of `text`, whether it is negative, whether a percentage."""
    if len(text) > _LONGEST:
        return "", False, False
    bare = text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-")
    percent = bare.endswith("%")
    bare = _CURRENCY.sub("", bare.removesuffix("%")).strip()
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1].strip()
    bare = _NO_CENTS.sub("", bare)
    if bare.endswith("-") and len(bare) > 1:
        negative, bare = True, bare[:-1].strip()
    if bare.startswith("-"):
        negative, bare = not negative, bare[1:].strip()
    return bare.removeprefix("+"), negative, percent


def parse_number(text: str, style: NumberStyle) -> Number | None:
    """Return the number that `text` stands for, None where it is none.

    What is no number under `style` may be one in the other style alone: `950,75` among numbers
    with a point, as a cell typed as text beside cells that a program wrote.
    """
    found = parse_in_style(text, style)
    return parse_in_style(text, style.other) if found is None else found


def parse_in_style(text: str, style: NumberStyle) -> Number | None:
    """Return the number that `text` stands for under `style` alone, None where it is none."""
    bare, negative, percent = _bare(text)
    factor = 1.0
    if bare and bare[-1].isalpha():
        multiple = _MULTIPLE.match(bare)
        if not multiple:
            return None
        bare, factor = multiple[1], _FACTORS[multiple[2].lower()]
    bare = bare.replace(" ", "").replace("'", "").replace("’", "")
    if style.mixed and _EITHER.match(bare):
        return None
    if style.grouping in bare:
        whole, sign, fraction = bare.partition(style.decimal)
        # A grouping sign behind the decimals, or in no group of three, is no number of this style.
        if style.grouping in fraction or not _GROUPED[style.grouping].match(whole):
            return None
        bare = whole.replace(style.grouping, "") + sign + fraction
    bare = bare.replace(style.decimal, ".", 1) if style.decimal != "." else bare
    if not _NUMBER.match(bare):
        return None
    value = float(bare) * factor
    if value in (float("inf"), float("-inf")):
        return None
    decimals = len(bare) - bare.index(".") - 1 if "." in bare and "e" not in bare.lower() else 0
    if "e" in bare.lower():
        decimals = 15
    if percent:
        value, decimals = value / 100, decimals + 2
    return Number(-value if negative else value, percent, decimals)


def in_plain_notation(text: str, style: NumberStyle) -> str:
    """Return `text` with a point before its decimals and no thousands marked, where a number."""
    for read_as in (style, style.other):
        if parse_in_style(text, read_as) is not None:
            # A sign before no digit stands for no cents (`950,-`).
            bare = re.sub(rf"\{read_as.grouping}(?=\d)", "", text)
            return re.sub(rf"\{read_as.decimal}(?=\d)", ".", bare)
    return text


def detect_style(texts: Iterable[str], *, prefer: str = ".") -> NumberStyle:
    """Decide the decimal sign of a column from all its cells together.

    A sign that occurs twice in a number groups thousands; the last of two different signs, or one
    that is not followed by three digits, stands before decimals. Where every number could be read
    both ways (`1.200`), numbers without a sign above 999 tell that nothing is grouped, a leading
    zero tells decimals; else the sign groups, unless it is `prefer` and shown as such elsewhere.

    Where both signs stand before decimals, the style is mixed, unless three decimals are usual.
    """
    votes = {".": 0, ",": 0}
    unclear = {".": 0, ",": 0}
    three_decimals = False
    ungrouped = False
    for text in texts:
        bare, _, _ = _bare(text)
        if not _DIGITS.match(bare):
            continue
        dots, commas = bare.count("."), bare.count(",")
        if not dots and not commas:
            ungrouped = ungrouped or (len(bare) > 3 and bare.isdigit())
        elif dots and commas:
            votes["." if bare.rindex(".") > bare.rindex(",") else ","] += 3
        elif dots > 1 or commas > 1:
            votes["," if dots else "."] += 3
        else:
            sign = "." if dots else ","
            if _EITHER.match(bare):
                unclear[sign] += 1
            else:
                votes[sign] += 2
                three_decimals = three_decimals or len(bare.partition(sign)[2]) == 3
    few = _FEW_OTHERS * sum(votes.values())
    mixed = min(votes.values()) > few and not three_decimals
    return NumberStyle(_decide(votes, unclear, ungrouped, prefer), mixed)


def _decide(votes: dict[str, int], unclear: dict[str, int], ungrouped: bool, prefer: str) -> str:
    if votes["."] != votes[","]:
        return "." if votes["."] > votes[","] else ","
    if unclear["."] or unclear[","]:
        sign = "." if unclear["."] >= unclear[","] else ","
        other = "," if sign == "." else "."
        return sign if ungrouped else other
    return prefer


def looks_like_number(text: str) -> bool:
    """Tell whether `text` is a number in any of the two styles."""
    return parse_number(text, NumberStyle()) is not None

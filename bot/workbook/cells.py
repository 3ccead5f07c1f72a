"""Text of a file on its way into a cell of another: whole, in one line, and never a formula."""

import unicodedata

LONGEST_CELL = 32_767
"""Characters; Excel takes no more."""

# What a spreadsheet takes for the start of a formula, in any width it is written in.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = frozenset("=+-@＝＋－＠")


def plain(text: str) -> str:
    """The text in one line, without control characters and what no XML can hold."""
    # Text that prints as it stands has nothing to take out: nearly every cell, in a tenth the time.
    kept = (
        text
        if text.isprintable()
        else "".join(" " if _breaks(sign) else sign for sign in text if _writable(sign))
    )
    return " ".join(kept.split())[:LONGEST_CELL]


def harmless(text: str) -> str:
    """Text for a csv cell: an apostrophe in front of what would be a formula."""
    return f"'{text}" if text[:1] in FORMULA_STARTS else text


def _breaks(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Zl", "Zp"}


def _writable(sign: str) -> bool:
    """Not half a character, and none of the two that XML 1.0 excludes at the end of the plane."""
    return unicodedata.category(sign) != "Cs" and sign not in "\ufffe\uffff"

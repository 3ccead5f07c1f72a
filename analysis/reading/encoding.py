"""Bytes of a text file to text."""

import codecs
import io
from typing import BinaryIO

from analysis.errors import UnreadableFile
from analysis.reading.stream import pieces

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman", "iso8859_15")
# What stands between ASCII in Dutch, English, German and French tables, and what hardly does.
_USUAL = frozenset("éëèêïîöôüûäáàâçñóíúßæøåÉËÈÖÜÄÁÇÏ€£§°²½–—‘’“”•…´µ\u00a0")
_SAMPLE = 1 << 18
_ASCII = bytes(range(128))
_CONTROL = bytes(set(range(32)) - {0, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31})


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and the name of the encoding; raise UnreadableFile where it is no text."""
    name = detect_encoding(io.BytesIO(content))
    return content.decode(name, errors="replace").lstrip("\ufeff"), name


def detect_encoding(content: BinaryIO) -> str:
    """Return the name of the encoding; raise UnreadableFile where the content is no text."""
    content.seek(0)
    sample = content.read(_SAMPLE)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    wide = _wide_encoding(sample)
    if wide:
        return wide
    if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 50:
        raise UnreadableFile("unknown_format")
    if _is_utf8(content):
        return "utf-8"
    return _best_single_byte(content)


def _is_utf8(content: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in pieces(content):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _is_mostly_utf8(content)
    return True


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark shows by where its zero bytes stand."""
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    zeros = [sample[start::4].count(0) / max(1, len(sample[start::4])) for start in range(4)]
    if zeros[1] > 0.7 and zeros[2] > 0.7 and zeros[3] > 0.7:
        return "utf-32-le"
    if zeros[0] > 0.7 and zeros[1] > 0.7 and zeros[2] > 0.7:
        return "utf-32-be"
    if zeros[1] > 0.4 and zeros[3] > 0.4 and zeros[0] < 0.1:
        return "utf-16-le"
    if zeros[0] > 0.4 and zeros[2] > 0.4 and zeros[1] < 0.1:
        return "utf-16-be"
    return None


def _is_mostly_utf8(content: BinaryIO) -> bool:
    """One damaged character should not turn a whole UTF-8 file into another encoding."""
    text = next(pieces(content)).decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) > 10 * broken


def _best_single_byte(content: BinaryIO) -> str:
    high = b"".join(piece.translate(None, _ASCII) for piece in pieces(content))[:20_000]
    best, best_score = "cp1252", float("-inf")
    for name in _SINGLE_BYTE:
        try:
            letters = high.decode(name)
        except UnicodeDecodeError:
            letters = high.decode(name, errors="replace")
        score = sum(1 if letter in _USUAL else -1 for letter in letters)
        if score > best_score:
            best, best_score = name, score
    return best

"""Reads the PDFs of the house back: pages, text and structure.

Not for PDFs in general: Typst writes one content stream a page and tells the letter of every glyph.
"""

import re
import zlib
from dataclasses import dataclass
from functools import cached_property

PAGE = re.compile(rb"/Type\s*/Page\b")
OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
FONT_NAMES = re.compile(rb"/Font<<(.*?)>>")
FONT_NAME = re.compile(rb"/(f\d+) (\d+) 0 R")
LETTERS = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
# A string in parentheses may hold such itself, as long as they match.
DRAWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|(\((?:\\.|[^\\()]|(?:\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)))*\)"
    rb"|<[0-9A-Fa-f]+>)|(\bET\b)",
    re.DOTALL,
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Pdf:
    content: bytes

    @cached_property
    def objects(self) -> dict[int, bytes]:
        return {int(number): body for number, body in OBJECT.findall(self.content)}

    @property
    def page_count(self) -> int:
        return len(PAGE.findall(self.content))

    def count(self, mark: bytes) -> int:
        """How often this stands in the file outside of streams."""
        return STREAM.sub(b"", self.content).count(mark)

    @cached_property
    def text(self) -> str:
        """All text in one line."""
        return " ".join(" ".join(self._drawn()).replace("\N{NO-BREAK SPACE}", " ").split())

    @cached_property
    def metadata(self) -> str:
        return next(
            body.decode(errors="replace") for body in self.objects.values() if b"xmpmeta" in body
        )

    def _drawn(self) -> list[str]:
        pages = [body for body in self.objects.values() if PAGE.search(body)]
        return [line for page in pages for line in self._lines(page)]

    def _lines(self, page: bytes) -> list[str]:
        letters = self._letters(self._linked(page, b"Resources"))
        stream = _stream(self._linked(page, b"Contents"))
        lines: list[str] = []
        font, line = "", ""
        for name, string, end in DRAWN.findall(stream):
            if name:
                font = name.decode()
            elif string and font:
                glyphs = _bytes(string)
                for place in range(0, len(glyphs), 2):
                    line += letters[font][glyphs[place : place + 2]]
            elif end:
                lines.append(line)
                font, line = "", ""
        return lines

    def _letters(self, resources: bytes) -> dict[str, dict[bytes, str]]:
        """Letter by glyph, by name of the font."""
        found = {}
        for names in FONT_NAMES.findall(resources):
            for name, number in FONT_NAME.findall(names):
                table = _stream(self._linked(self.objects[int(number)], b"ToUnicode"))
                found[name.decode()] = {
                    bytes.fromhex(glyph.decode()): _letter(letter)
                    for glyph, letter in LETTERS.findall(table)
                }
        return found

    def _linked(self, body: bytes, key: bytes) -> bytes:
        link = re.search(rb"/%s (\d+) 0 R" % key, body)
        assert link is not None, f"no {key!r} in {body[:200]!r}"
        return self.objects[int(link[1])]


def _letter(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    assert found is not None
    return zlib.decompress(found[1]) if b"/FlateDecode" in body[: found.start()] else found[1]


def _bytes(string: bytes) -> bytes:
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())

    def plain(escape: re.Match[bytes]) -> bytes:
        code = escape[1]
        return bytes([int(code, 8)]) if code.isdigit() else ESCAPED.get(code, code)

    return ESCAPE.sub(plain, string[1:-1])

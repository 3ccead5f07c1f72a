"""A large text, taken in piece by piece: its bytes never stand in memory beside its table."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

PIECE_BYTES = 2**20


def size_of(content: BinaryIO) -> int:
    """Return the number of bytes."""
    return content.seek(0, io.SEEK_END)


def pieces(content: BinaryIO) -> Iterator[bytes]:
    """Yield all of the content in its order."""
    content.seek(0)
    while piece := content.read(PIECE_BYTES):
        yield piece


class Utf8Stream(io.RawIOBase):
    """The text of a content in UTF-8, without a byte order mark.

    Damaged UTF-8 is passed on as it is; what is damaged in another encoding becomes U+FFFD.
    """

    def __init__(self, content: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._content = content
        self._content.seek(len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        self._decoder = None
        if encoding not in ("utf-8", "utf-8-sig"):
            self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def readable(self) -> bool:
        return True

    def read(self, size: int = PIECE_BYTES) -> bytes:
        """Return the next piece, empty at the end; it may be longer or shorter than `size`."""
        while piece := self._content.read(size):
            if text := self._in_utf8(piece):
                return text
        return self._in_utf8(b"", final=True)

    def _in_utf8(self, piece: bytes, *, final: bool = False) -> bytes:
        return self._decoder.decode(piece, final).encode() if self._decoder else piece

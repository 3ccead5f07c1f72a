"""What a workbook says about its own size, looked at before a reader makes room for it.

Calamine makes room for every cell between the first and the last one of a sheet, and for what an
.xls claims to hold. Where it gets no room it ends the whole process.
"""

import io
import re
import struct
import zipfile
from typing import IO
from xml.parsers import expat

from analysis.errors import UnreadableFile
from analysis.reading.content import OLE
from analysis.reading.grid import check_size

_LARGEST_LOOKED_AT = 16 * 2**20
"""Unpacked bytes of a sheet: looking takes time, and the limit of memory stays behind this one."""
# Of 26 columns a million rows are no more than can be handled, of 702 columns ten thousand.
_SECOND_LETTER = re.compile(rb"""r=["'][A-Z]{2}""")
_THIRD_LETTER = re.compile(rb"""r=["'][A-Z]{3}""")
_FIFTH_DIGIT = re.compile(rb"""r=["'][A-Z]*[0-9]{5}""")
_SEVENTH_DIGIT = re.compile(rb"""r=["'][A-Z]*[0-9]{7}""")
_MOST_SIGNS = 9
"""Of a reference; more of them make no number that matters any more."""
_CLAIMED_STRINGS = re.compile(rb"""\buniqueCount=["']([0-9]+)["']""")
_HEAD = 4096
_OPENDOCUMENT = "content.xml"
_REFERENCE = re.compile(rb"""\br=["'](?:([A-Z]+)([0-9]+)|([0-9]+))["']""")
_DIMENSIONS = 0x0200
"""The record that says how large a sheet is ([MS-XLS] 2.4.90); Excel 5 wrote a shorter one."""
_LATE_FORM, _EARLY_FORM = 14, 10
_CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
"""The records that hold cells; each begins with its row and its column."""
_XLS_ROWS, _XLS_COLUMNS = 65_536, 256


def refuse_to_spread(content: bytes) -> None:
    """Refuse a workbook that would make calamine ask for an enormous room, or wait for ever.

    Raises UnreadableFile for a sheet that is too large, declares entities or does not end, and
    ValueError for what claims more than it can hold: another reader may know better.
    """
    if content.startswith(OLE):
        _check_streams(content)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                small = part.file_size <= _LARGEST_LOOKED_AT
                if small and part.filename.lower().endswith(".xml"):
                    content_of_part = archive.read(part)
                    _check_strings(content_of_part)
                    _check_cells(content_of_part)
                if part.filename == _OPENDOCUMENT:
                    with archive.open(part) as stream:
                        _check_tags(stream)


def _check_tags(content: IO[bytes]) -> None:
    """Calamine waits for ever for the end of a table that does not end."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_entities
    try:
        parser.ParseFile(content)
    except expat.ExpatError as error:
        raise UnreadableFile("damaged", "ods") from error


def _refuse_entities(*_: object) -> None:
    raise UnreadableFile("hostile", "entities")


def _check_strings(part: bytes) -> None:
    """A table of texts cannot hold more of them than it has bytes."""
    for claim in _CLAIMED_STRINGS.findall(part[:_HEAD]):
        if _number(claim) > len(part):
            raise ValueError("a table of texts that claims more than it holds")


def _check_cells(sheet: bytes) -> None:
    if _is_near(sheet):
        return
    found = _REFERENCE.findall(sheet)
    columns = [_column(letters) for letters in {letters for letters, _, _ in found if letters}]
    rows = [_number(digits) for digits in {row or alone for _, row, alone in found}]
    if columns and rows:
        check_size(max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)


def _is_near(sheet: bytes) -> bool:
    """Tell by a few quick looks that no cell is so far that its sheet could be too large."""
    if _THIRD_LETTER.search(sheet):
        return False
    digits = _FIFTH_DIGIT if _SECOND_LETTER.search(sheet) else _SEVENTH_DIGIT
    return not digits.search(sheet)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:_MOST_SIGNS]:
        number = number * 26 + letter - 64
    return number


def _number(digits: bytes) -> int:
    return int(digits[:_MOST_SIGNS])


def _check_streams(content: bytes) -> None:
    import olefile  # type: ignore[import-untyped]

    with olefile.OleFileIO(io.BytesIO(content)) as compound:
        for entry in filter(None, compound.direntries):
            if entry.sizeHigh or entry.sizeLow > len(content):
                raise ValueError("a stream that claims more than the file has")
        for name in ("Workbook", "Book"):
            if compound.exists(name):
                _check_records(compound.openstream(name).read())


def _check_records(stream: bytes) -> None:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if place + length > len(stream):
            return
        if kind == _DIMENSIONS and length >= _EARLY_FORM:
            form = "<HHHH" if length < _LATE_FORM else "<IIHH"
            _check_dimensions(*struct.unpack_from(form, stream, place))
        elif kind in _CELLS and length >= 4:
            _, column = struct.unpack_from("<HH", stream, place)
            _check_dimensions(0, 1, 0, column + 1)
        place += length


def _check_dimensions(top: int, bottom: int, left: int, right: int) -> None:
    """`bottom` and `right` are one beyond the last; a sheet without cells has zeros."""
    if bottom > _XLS_ROWS or right > _XLS_COLUMNS:
        raise ValueError("a sheet that claims more than a sheet can hold")
    if top > max(bottom - 1, 0) or left > max(right - 1, 0):
        raise ValueError("a sheet that ends before it begins")

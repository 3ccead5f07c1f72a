"""Files that are built to harm: each ends as a table or as one clear refusal, in a worker.

The conversation goes on meanwhile: `test_the_bot_goes_on` sends them to the real bot.
"""

import contextlib
import gzip
import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from analysis.errors import UnreadableFile
from analysis.reading import read_sheets
from benchmarks.hostile_samples import ROWS, biff, compound_file, ods, packed, record, xlsx
from bot.jobs import read_list

LINES = "Klantnr;Naam;Omzet\n" + "".join(f"{n};Naam {n};{n}00\n" for n in range(1, 9))
SECONDS = 20.0


def with_part(name: str, change: Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    """A workbook with one part changed, or added where it has none of that name."""
    with zipfile.ZipFile(io.BytesIO(content or xlsx())) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return packed(parts | {name: change(parts.get(name, b""))})


def declared(doctype: str) -> Callable[[bytes], bytes]:
    """Puts a declaration behind the first line, and its entity into the first text."""

    def change(part: bytes) -> bytes:
        head, _, rest = part.partition(b"?>")
        return head + b"?>" + doctype.encode() + rest.replace(b"Klantnr", b"&e;", 1)

    return change


def laughs(levels: int = 12) -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}<!ENTITY e "&e{levels - 1};">]>'


STRINGS, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
NETWORK = '<!DOCTYPE x [<!ENTITY % d SYSTEM "http://example.test/x.dtd"> %d;]>'


def zip_bomb() -> bytes:
    return packed({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(80 * 2**20)})


def nested_zips() -> bytes:
    inner = packed({"klanten.csv": LINES.encode()})
    for _ in range(40):
        inner = packed({"binnen.zip": inner})
    return inner


def overlapping_zip() -> bytes:
    """Many names for one and the same packed part."""
    one = packed({"0.csv": bytes(2**20)})
    end = one.index(b"PK\x05\x06")
    start = one.index(b"PK\x01\x02")
    entries = one[start:end] * 2000
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 2000, 2000, len(entries), start, 0)
    return one[:start] + entries + tail


def gzip_bomb() -> bytes:
    """900 MiB of nothing: the same packed part again and again, for to pack it all takes seconds.

    Its checksum is wrong, but stands behind what anybody may unpack.
    """
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS + 16)
    first, again = (
        packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    return first + 899 * again + packer.flush()


def looping_compound_file() -> bytes:
    """Each sector of the stream says that the next one is itself."""
    content = bytearray(compound_file(biff(ROWS)))
    for place in range(2, 10):
        content[512 + 4 * place : 516 + 4 * place] = struct.pack("<I", place)
    return bytes(content)


def deep(tag: str, depth: int = 200_000) -> bytes:
    return (f"<{tag}>" * depth).encode()


def endless_strings() -> bytes:
    """An .xls that claims four thousand million texts."""
    claim = record(0x00FC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + b"\x01\x00\x00A")
    stream = biff(ROWS)
    place = stream.index(b"\xfc\x00")
    length = struct.unpack_from("<H", stream, place + 2)[0]
    return compound_file(stream[:place] + claim + stream[place + 4 + length :])


HOSTILE = {
    "a billion laughs": lambda: with_part(STRINGS, declared(laughs())),
    "a billion laughs in a sheet": lambda: with_part(SHEET, declared(laughs())),
    "a billion laughs in opendocument": lambda: with_part("content.xml", declared(laughs()), ods()),
    "a file of this computer": lambda: with_part(STRINGS, declared(OUTSIDE)),
    "a file of this computer in opendocument": (
        lambda: with_part("content.xml", declared(OUTSIDE), ods())
    ),
    "something from the network": lambda: with_part(STRINGS, declared(NETWORK)),
    "a zip bomb": zip_bomb,
    "a zip bomb in a zip": lambda: packed({"klanten.csv": bytes(200 * 2**20)}),
    "zips in zips": nested_zips,
    "one part under many names": overlapping_zip,
    "a gzip bomb": gzip_bomb,
    "a gzip in a gzip": lambda: gzip.compress(gzip.compress(LINES.encode())),
    "a far cell": lambda: with_part(SHEET, lambda xml: xml.replace(b'r="B2"', b'r="XFD1048576"')),
    "huge references": (
        lambda: with_part(SHEET, lambda xml: xml.replace(b'r="B2"', b'r="' + b"Z" * 9000 + b'9"'))
    ),
    "a huge string reference": (
        lambda: with_part(SHEET, lambda xml: xml.replace(b"<v>0</v>", b"<v>4294967295</v>"))
    ),
    "columns repeated without end": (
        lambda: with_part(
            "content.xml",
            lambda xml: xml.replace(b'repeated="1"', b'repeated="2147483647"'),
            ods(),
        )
    ),
    "millions of columns": lambda: b";".join([b"kop"] * 2_000_000) + b"\n" + b"1;" * 100,
    "a million empty lines": lambda: b"\n" * 1_000_000 + LINES.encode(),
    "a million quotes": lambda: LINES.encode() + b'9;"' + b'"' * 1_000_000,
    "one cell of many megabytes": lambda: LINES.encode() + b"9;" + b"x" * 20_000_000 + b";1\n",
    "tags without end": lambda: b"<html><table>" + deep("table"),
    "cells over cells": lambda: b"<table>" + b'<td colspan="999999999">x' * 5_000,
    "tags without end in a sheet": lambda: with_part(SHEET, lambda _: deep("row")),
    "a compound file that loops": looping_compound_file,
    "endless strings": endless_strings,
    "digits without end": lambda: LINES.encode() + b"9;Naam;" + b"9" * 400_000 + b"\n",
    "decimals without end": lambda: LINES.encode() + b"9;Naam;1." + b"5" * 350 + b"\n",
}


@cache
def hostile(name: str) -> bytes:
    """To build some of them takes longer than to refuse them."""
    return HOSTILE[name]()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_table_or_one_clear_refusal_soon(name: str) -> None:
    content = hostile(name)
    # Of this process alone: the machine may do more at once.
    begin = time.process_time()
    with contextlib.suppress(UnreadableFile):
        read_list(content, "klanten", {})
    assert time.process_time() - begin < SECONDS


REFUSED = {
    "a billion laughs in opendocument": "hostile",
    "a file of this computer in opendocument": "hostile",
    "a zip bomb": "hostile",
    "a zip bomb in a zip": "hostile",
    "a gzip bomb": "too_large",
    "a far cell": "too_large",
    "zips in zips": "unsupported",
    "a gzip in a gzip": "unsupported",
    "millions of columns": "too_large",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_harms_is_named(name: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(hostile(name), "klanten")
    assert refusal.value.reason == REFUSED[name]


@pytest.mark.parametrize("name", [name for name in HOSTILE if "this computer" in name])
def test_no_file_of_this_computer_is_read(name: str) -> None:
    secret = Path("/etc/hostname").read_text().strip()
    try:
        sheets = read_sheets(hostile(name), "klanten")
    except UnreadableFile:
        sheets = []
    assert not any(secret in cell for sheet in sheets for cell in sheet.header)


NASTY = (
    "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "+1+1", "-2+3", "\t=1+1", "<b>vet", "<script>x</script>",
    "&amp;lt;", "{{7*7}}", "\u202egnorts", "\u2066x", "\x1b[31mrood", "\x07", "a\u0300" * 30,
    "../../etc/passwd", "C:\\x", "'; drop table clients; --", "%s%n", "\ufeff", "\ud7ff",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_text_that_would_be_something_else_stays_text(text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    rows = [f"{n};{quoted};{'iets langers ' * 9};{n}00\n" for n in range(1, 9)]
    (sheet,) = read_sheets(("Klantnr;Naam;Uitleg;Omzet\n" + "".join(rows)).encode(), "klanten.csv")
    assert len(sheet.cells) == 8
    assert sheet.cells.iloc[0, 1].strip() == text.strip()

"""Files damaged on purpose: bytes changed, and the structure of each format attacked.

A mutation is made by a seed alone: the seed that found something repeats it.
"""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from benchmarks.hostile_samples import compound_file, packed, record, samples

# Encrypting takes a tenth of a second, so that is tried less often.
_WEIGHTS = {"encrypted xlsx": 0.04}
_LARGEST = 2**20
_EXTREME = (
    "", "-1", "0", "1", "255", "65536", "2147483647", "2147483648", "4294967295", "999999999",
    "18446744073709551616", "1e308", "-1e-320", "NaN", "1/0", "0x7f", "1.2.3", " ",
)  # fmt: skip
_NASTY = (
    "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://example.test\")", "<script>", "]]>", "&#0;", "&x;",
    "\u202e\u2066", "\ufeff", "\x00", "\x1b[31m", "\u0300" * 50, "'; drop table clients; --",
    "../../etc/passwd", "{{7*7}}", "%s%n", "\ud7ff", "😀", '"', '""', "\\", "\r", "\n", "\t", ";",
)  # fmt: skip
_REFERENCES = ("XFD1048576", "A0", "ZZZZZZ9", "A1048577", "A4294967296", "1A", "", "B-1")
_NAMES = ("../../etc/passwd", "/tmp/x.csv", "C:\\x.csv", "con", "a" * 300, "\u202ecsv.exe", ".", "")
_DOCTYPE = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY e SYSTEM "file:///etc/hostname">]>'
)

Change = Callable[[random.Random, bytes], bytes]


def mutation(seed: int, extra: dict[str, bytes] | None = None) -> tuple[str, bytes]:
    """The name of a sample, and that sample damaged; `extra` joins the samples made here."""
    chance = random.Random(seed)
    files = samples() | (extra or {})
    names = list(files)
    name = chance.choices(names, [_WEIGHTS.get(each, 1.0) for each in names])[0]
    content = files[name]
    structural = _change_of(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        change = change_bytes if structural is None or chance.random() < 0.35 else structural
        content = change(chance, content)
    return name, content[:_LARGEST]


def _change_of(content: bytes) -> Change | None:
    """What attacks the structure of this content; None where only its bytes can be changed."""
    if content.startswith(b"PK"):
        return change_zip
    if content.startswith(b"\x1f\x8b"):
        return change_gzip
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return change_compound
    if content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        return change_markup
    return change_text


def change_bytes(chance: random.Random, content: bytes) -> bytes:
    """Some bytes changed, cut out, doubled, moved or cut off."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if not changed:
            break
        place = chance.randrange(len(changed))
        length = chance.choice((1, 1, 2, 4, 8, 40))
        match chance.randrange(7):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length]
            case 3:
                changed[place : place + 4] = struct.pack("<I", chance.choice(_NUMBERS))
            case 4:
                changed[place : place + length] = bytes(length)
            case 5:
                changed[place : place + length] = chance.randbytes(length)
            case _ if chance.random() < 0.2:
                del changed[place:]
    return bytes(changed)


_NUMBERS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)


def change_zip(chance: random.Random, content: bytes) -> bytes:
    """One part changed, dropped, doubled, renamed or cut off; or a size declared wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(each.filename, archive.read(each)) for each in archive.infolist()]
    except Exception:
        # An earlier change went too deep.
        return change_bytes(chance, content)
    if not parts:
        return content
    place = _telling_place(chance, parts)
    name, part = parts[place]
    match chance.randrange(8):
        case 0:
            del parts[place]
        case 1:
            parts.append((name, change_markup(chance, part)))
        case 2:
            parts[place] = (chance.choice(_NAMES), part)
        case 3:
            parts[place] = (name, chance.choice(parts)[1])
        case 4:
            return _declared_wrong(chance, packed(parts))
        case 5:
            parts[place] = (name, change_bytes(chance, part))
        case _:
            change = _change_of(part) or change_bytes
            parts[place] = (name, change(chance, part))
    return packed(parts)


def _telling_place(chance: random.Random, parts: list[tuple[str, bytes]]) -> int:
    """Mostly a part that holds cells."""
    cells = [
        place
        for place, (name, _) in enumerate(parts)
        if re.search(r"sheet|workbook|strings|content|rels|\.csv|\.bin", name, re.IGNORECASE)
    ]
    return chance.choice(cells) if cells and chance.random() < 0.8 else chance.randrange(len(parts))


def _declared_wrong(chance: random.Random, content: bytes) -> bytes:
    """A number in a header of the zip says something else than what is there."""
    changed = bytearray(content)
    headers = re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", content)
    place = chance.choice([header.start() for header in headers]) + chance.choice(
        (4, 6, 8, 10, 14, 18, 22, 26, 28, 42)
    )
    changed[place : place + 4] = struct.pack("<I", chance.choice(_NUMBERS))
    return bytes(changed)


def change_gzip(chance: random.Random, content: bytes) -> bytes:
    """What is inside changed, and packed again."""
    try:
        inner = zlib.decompress(content, 31)
    except zlib.error:
        return change_bytes(chance, content)
    packer = zlib.compressobj(wbits=31)
    return packer.compress((_change_of(inner) or change_bytes)(chance, inner)) + packer.flush()


def change_compound(chance: random.Random, content: bytes) -> bytes:
    """A record of BIFF changed, or a number of the container's own tables."""
    sector = 512
    begin = content.find(b"\x09\x08\x10\x00", sector)
    if begin < 0 or chance.random() < 0.3:
        place = chance.randrange(0, max(4, min(len(content) - 4, 4 * sector)), 4)
        number = struct.pack("<I", chance.choice((*_NUMBERS, *range(12))))
        return content[:place] + number + content[place + 4 :]
    records = _records(content[begin:])
    if not records:
        return change_bytes(chance, content)
    place = chance.randrange(len(records))
    kind, payload = records[place]
    match chance.randrange(5):
        case 0:
            records[place] = (chance.choice((*_NUMBERS, 0x00FD, 0x003C, 0x0006)) & 0xFFFF, payload)
        case 1:
            records.insert(place, (kind, payload))
        case 2:
            del records[place]
        case 3:
            records[place] = (kind, change_bytes(chance, payload) if payload else b"\xff" * 20)
        case _:
            cut = chance.randrange(len(payload) + 1)
            records[place] = (kind, payload[:cut])
    stream = b"".join(record(kind, payload[:0xFFFF]) for kind, payload in records)
    return compound_file(stream)


def _records(stream: bytes) -> list[tuple[int, bytes]]:
    records: list[tuple[int, bytes]] = []
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == 0:
            break
        records.append((kind, stream[place + 4 : place + 4 + length]))
        place += 4 + length
    return records


def change_markup(chance: random.Random, content: bytes) -> bytes:
    """A tag, a number, a reference or an entity that is not what a program writes."""
    text = content.decode("utf-8", errors="replace")
    tags = [match.span() for match in re.finditer(r"<[^<>]*>", text)]
    if not tags:
        return change_text(chance, content)
    start, end = chance.choice(tags)
    tag = text[start:end]
    match chance.randrange(10):
        case 0:
            text = text[:start] + text[end:]
        case 1:
            text = text[:end] + tag * chance.choice((1, 2, 3000)) + text[end:]
        case 2 | 3:
            text = _with_number(chance, text)
        case 4:
            reference = chance.choice(_REFERENCES)
            text = re.sub(r'(?<= r=")[A-Z]+\d+', reference, text, count=chance.choice((1, 0)))
        case 5:
            begin = text.find("?>") + 2 if text.startswith("<?") else 0
            text = text[:begin] + _DOCTYPE + text[begin:].replace(">Zonneschijn", ">&c;&e;", 1)
        case 6:
            text = text[:end] + chance.choice(_NASTY) + text[end:]
        case 7:
            other = chance.choice(tags)
            text = text[:start] + text[slice(*other)] + text[end:]
        case 8:
            extra = chance.choice((' x="1"', f' ss:Index="{chance.choice(_EXTREME)}"', " r", "/"))
            text = text[: end - 1] + extra + text[end - 1 :]
        case _:
            text = text[:end] + chance.choice(("<!--", "<![CDATA[", "<?x", "</", "&")) + text[end:]
    return text.encode("utf-8", errors="surrogatepass")


def _with_number(chance: random.Random, text: str) -> str:
    numbers = [match.span() for match in re.finditer(r"\d+(?:\.\d+)?", text)]
    if not numbers:
        return text
    start, end = chance.choice(numbers)
    return text[:start] + chance.choice(_EXTREME) + text[end:]


def change_text(chance: random.Random, content: bytes) -> bytes:
    """Cells, quotes, delimiters and line ends that are not in order."""
    text = content.decode("latin-1")
    lines = text.split("\n")
    place = chance.randrange(len(lines))
    line = lines[place]
    at = chance.randrange(len(line) + 1)
    match chance.randrange(9):
        case 0:
            lines[place] = line[:at] + _latin(chance.choice(_NASTY)) + line[at:]
        case 1:
            lines[place] = line.replace(";", chance.choice((",", "\t", "|", " ", "")))
        case 2:
            lines[place] = line[:at] + chance.choice(('"', "'", '""', '";"')) + line[at:]
        case 3:
            lines[place:place] = [line] * chance.choice((1, 5, 200))
        case 4:
            lines[place] = line + chance.choice((";", ",", "\t")) * chance.choice((1, 30, 3000))
        case 5:
            lines[place] = line[:at] + chance.choice('ax0;" \x00') * 20_000 + line[at:]
        case 6:
            lines[place] = chance.choice(("\r", "\r\r\n", "\x0b", "\x0c", "\x85", "")).join(
                [line[:at], line[at:]]
            )
        case 7:
            return _with_number(chance, text).encode("latin-1", errors="replace")
        case _:
            return chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"sep=;\n")) + content
    return "\n".join(lines).encode("latin-1", errors="replace")


def _latin(text: str) -> str:
    """The bytes of the text in UTF-8, as characters of Latin-1."""
    return text.encode("utf-8", errors="surrogatepass").decode("latin-1")

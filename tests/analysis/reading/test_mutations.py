"""Sample files with bytes changed: always a table or one clear reason, and never a long wait."""

import contextlib
import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from analysis.clients import build
from analysis.columns import propose
from analysis.errors import UnreadableFile
from analysis.reading import pack, read_sheet, unpack

TEXT = (
    "Klantnr;Naam;BSN;Geboortedatum;Omzet;Opmerking\n"
    + "".join(
        f'{n};"Naam {n}";111222333;0{1 + n % 9}-05-1970;1.{n:03},50;"zegt ""ja"""\n'
        for n in range(30)
    )
    + "Totaal;;;;30.435,00;\n"
).encode("cp1252")
_SECONDS = 10.0


def mutated(content: bytes, seed: int) -> bytes:
    """Return `content` with some bytes changed, cut out, doubled or moved."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(changed))
        length = chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length]
            case 3:
                changed[place:place] = bytes(chance.choices(b";,\"'\n\r\t\x00=<(", k=3))
            case _:
                changed[place : place + length] = chance.randbytes(length)
        if not changed:
            break
    return bytes(changed)


def read_all_the_way(content: bytes) -> None:
    begin = time.monotonic()
    # A refusal is as good an answer as a table; any other error fails the test.
    with contextlib.suppress(UnreadableFile):
        sheet = read_sheet(content, "klanten")
        plan = propose(sheet)
        assert len(unpack(pack(sheet, plan)).header) == len(sheet.header)
        clients = build(sheet, plan)
        assert len(clients.ids) == len(clients)
    assert time.monotonic() - begin < _SECONDS


@pytest.mark.parametrize("seed", range(150))
def test_text(seed: int) -> None:
    read_all_the_way(mutated(TEXT, seed))


@pytest.mark.parametrize("seed", range(100))
def test_workbook(seed: int, xlsx: Callable[..., bytes], clients: list[list[Any]]) -> None:
    read_all_the_way(mutated(xlsx(Klanten=clients), seed))

"""What is stored of an upload: its rows as text, without what may never be stored."""

import pandas as pd
import pytest

from analysis.clients import build
from analysis.columns import propose
from analysis.reading import pack, read_sheet, unpack

CONTENT = (
    b"Klantnr;Naam;BSN;E-mail;Postcode;Opmerkingen;Omzet\n"
    b"1001;Jansen;111222333;a@voorbeeld.nl;1234 AB;belt graag;10,50\n"
    b"1002;Bos;123456782;b@voorbeeld.nl;2345 BC;heeft astma;20,25\n"
    b"1003;Smit;111222333;c@voorbeeld.nl;3456CD;;30,00\n"
    b"Totaal;;;;;;60,75\n"
)


def test_round_trip() -> None:
    sheet = read_sheet(CONTENT, "klanten.csv")
    plan = propose(sheet)
    again = unpack(pack(sheet, plan))
    assert again.source == sheet.source
    assert again.header == sheet.header
    assert again.row_numbers.tolist() == [2, 3, 4]
    assert list(again.cells.columns) == [0, 1, 4, 6]
    pd.testing.assert_frame_equal(again.cells[[0, 1, 6]], sheet.cells[[0, 1, 6]])
    pd.testing.assert_frame_equal(build(again, plan).table, build(sheet, plan).table)


@pytest.mark.parametrize("secret", ["111222333", "123456782", "voorbeeld.nl", "astma", "1234 AB"])
def test_secrets_are_gone(secret: str) -> None:
    sheet = read_sheet(CONTENT, "klanten.csv")
    again = unpack(pack(sheet, propose(sheet)))
    assert not any(again.cells[column].str.contains(secret).any() for column in again.cells)


def test_no_rows() -> None:
    sheet = read_sheet(b"Klantnr;Naam;Omzet\n", "klanten.csv")
    again = unpack(pack(sheet, propose(sheet)))
    assert again.header == sheet.header
    assert len(again.cells) == 0

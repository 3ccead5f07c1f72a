"""Sheets to clients: one typed row each, added up exactly."""

import numpy as np
import pandas as pd
import pytest

from analysis.adding_up import Keys
from analysis.clients import Clients, build
from analysis.columns import assign, propose
from analysis.errors import UnreadableFile
from analysis.reading import read_sheet


def clients(text: str) -> Clients:
    sheet = read_sheet(text.encode(), "klanten.csv")
    return build(sheet, propose(sheet))


POLICIES = """Klantnr;Naam;Plaats;Omzet;Uren;Laatste contact;Klant sinds;Contactmomenten
1;Bakker;Delft;0,10;1:30;01-02-2024;05-06-2010;2
2;Visser;Gouda;5,00;0:30;01-03-2024;01-01-2015;1
1;Bakker;Leiden;0,20;0:20;01-05-2024;05-06-2008;3
1;Bakker;Delft;0,05;0:10;;;
3;Smit;Delft;;2:00;01-01-2024;01-01-2020;4
"""


def test_rows_of_one_client_are_added_up() -> None:
    found = clients(POLICIES)
    assert found.ids.tolist() == ["1", "2"]
    assert found.names is not None
    assert found.names.tolist() == ["Bakker", "Visser"]
    assert found.revenue is not None
    assert found.revenue.tolist() == [0.35, 5.0]
    assert found.hours is not None
    assert found.hours.tolist() == [2.0, 0.5]
    assert found.contacts is not None
    assert found.contacts.tolist() == [5.0, 1.0]
    assert found.rows == 5
    assert found.rows_added_up
    assert found.row_counts is not None
    assert found.row_counts.tolist() == [3, 1]


def test_traits_follow_the_revenue_and_dates_their_sense() -> None:
    table = clients(POLICIES).table
    assert table["Plaats"].tolist() == ["Leiden", "Gouda"]
    assert table["Laatste contact"].dt.strftime("%d-%m-%Y").tolist() == ["01-05-2024", "01-03-2024"]
    assert table["Klant sinds"].dt.strftime("%d-%m-%Y").tolist() == ["05-06-2008", "01-01-2015"]


def test_without_revenue_traits_follow_the_rows() -> None:
    found = clients("Klantnr;Plaats;Leeftijd\n1;Delft;50\n1;Leiden;50\n1;Leiden;50\n2;Gouda;40\n")
    assert found.table["Plaats"].tolist() == ["Leiden", "Gouda"]
    assert found.table["Leeftijd"].tolist() == [50.0, 40.0]
    assert found.revenue is None


def test_missing_revenue_is_left_out_and_not_zero() -> None:
    found = clients(POLICIES)
    assert [(each.why, each.count) for each in found.left_out] == [("no revenue", 1)]


def test_cents_are_exact() -> None:
    rows = "".join(f"{number % 7};0,1\n" for number in range(7_000))
    found = clients("Klantnr;Omzet\n" + rows)
    assert found.revenue is not None
    assert found.revenue.tolist() == [100.0] * 7


def test_one_row_per_client_is_not_added_up() -> None:
    found = clients("Klantnr;Omzet\n1;10\n2;20\n3;30\n")
    assert not found.rows_added_up
    assert found.row_counts is None
    assert found.ids.tolist() == ["1", "2", "3"]


def test_without_an_id_the_row_number_is_the_client() -> None:
    found = clients("Omzet per klant;;\n;;\nNaam;Leeftijd;Omzet\nBos, A.;50;10\nVos, B.;60;20\n")
    assert found.ids.tolist() == ["4", "5"]


def test_same_name_with_another_birth_date_is_another_client() -> None:
    found = clients(
        "Naam;Geboortedatum;Omzet\nJ. Bos;1-1-1960;10\nJ. Bos;2-2-1970;20\nJ. Bos;1-1-1960;5\n"
    )
    assert found.revenue is not None
    assert found.revenue.tolist() == [15.0, 20.0]


def test_surname_alone_joins_nobody() -> None:
    found = clients("Achternaam;Leeftijd;Omzet\nJansen;40;10\nJansen;50;20\nBos;60;5\n")
    assert len(found) == 3


def test_rows_without_id_and_name_are_left_out() -> None:
    found = clients("Klantnr;Plaats;Omzet\n1;Delft;10\n;Gouda;99\n2;Delft;20\n3;Delft;5\n")
    assert found.ids.tolist() == ["1", "2", "3"]
    assert [(each.why, each.count) for each in found.left_out] == [("no client", 1)]


def test_cost_from_margin() -> None:
    found = clients("Customer ID;Sales;Profit\nA;10,50;2,25\nB;20,00;-1,50\n")
    assert found.cost is not None
    assert found.cost.tolist() == [8.25, 21.5]
    assert found.cost_basis == "margin"
    assert [note.code for note in found.notes] == ["cost_from_margin"]


def test_cost_from_the_file_comes_first() -> None:
    found = clients("Klantnr;Omzet;Kosten;Marge\nA;10;4;1\nB;20;5;2\n")
    assert found.cost is not None
    assert found.cost.tolist() == [4.0, 5.0]
    assert found.cost_basis == "file"


def test_parts_add_up_to_revenue() -> None:
    found = clients("Klantnr;Provisie;Advieskosten\nA;10,10;0,20\nB;;5\nC;;\n")
    assert found.revenue is not None
    assert found.revenue.tolist() == [10.3, 5.0]


def test_an_amount_that_was_not_read_is_told_with_its_row_and_text() -> None:
    found = clients("Klantnr;Omzet\nA;10\nB;veel\nC;30\nD;40\nE;\nF;n.v.t.\n")
    assert [(note.code, note.values) for note in found.notes] == [
        ("amounts_not_read", {"header": "Omzet", "count": 1, "row": 3, "found": "veel"})
    ]
    left_out = {each.why: each.count for each in found.left_out}
    assert left_out == {"no revenue": 2, "revenue not read": 1}


def test_unread_amounts_of_clients_with_several_rows() -> None:
    found = clients("Klantnr;Omzet\nA;10\nA;veel\nB;?!\nB;\nC;30\nC;40\nD;40\n;weinig\n")
    assert found.ids.tolist() == ["A", "C", "D"]
    assert [note.values["count"] for note in found.notes] == [3]
    left_out = {each.why: each.count for each in found.left_out}
    assert left_out == {"no client": 1, "revenue not read": 1}


def test_an_unread_part_beside_a_whole_is_no_unread_revenue() -> None:
    found = clients("Klantnr;Omzet;Provisie\nA;10;4\nB;;weinig\nC;30;9\nD;40;8\n")
    assert [note.code for note in found.notes] == ["cells_not_understood"]
    assert [each.why for each in found.left_out] == ["no revenue"]


def test_what_was_not_understood_is_counted_with_its_row() -> None:
    found = clients("Klantnr;Omzet;Leeftijd\nA;10;40\nB;20;oud\nC;30;50\nD;40;60\n")
    (note,) = found.notes
    assert note.code == "cells_not_understood"
    assert note.values == {"header": "Leeftijd", "count": 1, "row": 3}


def test_total_row_is_never_a_client() -> None:
    found = clients("Klantnr;Naam;Omzet\n1;Aa;10\n2;Bb;20\n3;Cc;30\n;Totaal;60\n")
    assert found.ids.tolist() == ["1", "2", "3"]


def test_forbidden_and_private_columns_are_in_no_table() -> None:
    found = clients("Klantnr;BSN;E-mail;Omzet\n1;111222333;a@b.nl;10\n2;123456782;c@d.nl;20\n")
    assert list(found.table.columns) == ["Klantnr", "Omzet"]
    assert [column.stored for column in found.columns] == [True, False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "Maand;Aantal klanten;Bedrag\njan;12;100\nfeb;13;110\nmrt;14;120\n",
        "Jaar;Gemeente;Omzet;Kosten\n2023;Delft;100;50\n2024;Gouda;110;60\n",
        "Dit is een brief.\nEr staat geen tabel in.\nMet groet.\n",
        "Naam;Jan\nAdres;Dorp 1\nTelefoon;06\nE-mail;x\nIBAN;NL\n",
        "Klantnr;Naam;Omzet\n",
    ],
)
def test_no_client_list(text: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        clients(text)
    assert refusal.value.reason == "no_client_list"


def test_a_sheet_that_is_used_up_gives_the_same_clients() -> None:
    sheet = read_sheet(POLICIES.encode(), "klanten.csv")
    again = read_sheet(POLICIES.encode(), "klanten.csv")
    kept, used = build(sheet, propose(sheet)), build(again, propose(again), use_up=True)
    assert kept.table.equals(used.table)
    assert kept.ids.tolist() == used.ids.tolist()
    assert kept.notes == used.notes
    assert len(again.cells.columns) < len(sheet.cells.columns) == 8


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (["a", "b", "c"], [0, 1, 2]),
        (["c", "a", "b"], [0, 1, 2]),
        (["a", "b", "b"], [0, 1, 1]),
        (["b", "a", "b"], [0, 1, 0]),
        (["", "a", "b"], [-1, 0, 1]),
        (["a", "", "b", ""], [0, -1, 1, -1]),
        (["", ""], [-1, -1]),
        ([], []),
        (["é", "ab", "é"], [0, 1, 0]),
        (["é", "ab", "b"], [0, 1, 2]),
        (["a\x00", "a"], [0, 1]),
        (["x" * 40, "a", "x" * 40], [0, 1, 0]),
    ],
)
@pytest.mark.parametrize("pieces", [1, 2])
def test_keys(texts: list[str], codes: list[int], pieces: int) -> None:
    half = len(texts) // pieces
    parts = [pd.Series(part, dtype="str") for part in (texts[:half], texts[half:])]
    keys = Keys.from_texts(pd.concat(parts, ignore_index=True))
    assert keys.codes.tolist() == codes
    assert len(keys.first_rows) == len(set(codes) - {-1})
    assert keys.without == codes.count(-1)


def test_a_chosen_role_changes_the_figures() -> None:
    sheet = read_sheet(b"Klantnr;Omzet;Opbrengst\n1;10;1\n2;20;2\n", "k.csv")
    found = build(sheet, assign(propose(sheet), {2: "revenue"}))
    assert found.revenue is not None
    assert found.revenue.tolist() == [1.0, 2.0]
    assert np.issubdtype(found.revenue.dtype, np.floating)

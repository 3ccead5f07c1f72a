"""Tables that belong together are joined on the key of the clients."""

import io

import openpyxl
import pytest

from analysis import load
from analysis.columns import propose
from analysis.joining import extends, joined, rival_lists, share_in_common, with_columns_of
from analysis.reading import read_sheet, read_sheets

CLIENTS = [
    ["Klantnummer", "Beroep", "Leeftijd"],
    *[[f"{100 + n}", f"beroep {n % 3}", 30 + n] for n in range(40)],
]
INVOICES = [
    ["Factuurnummer", "Klantnummer", "Factuurdatum", "Factuurbedrag"],
    *[[f"F{n}", f"{100 + n % 38}", f"2025-01-{1 + n % 28:02d}", 10.1 * (n + 1)] for n in range(90)],
]


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_clients_and_their_invoices_become_one_list(tmp_path):
    path = tmp_path / "boek.xlsx"
    path.write_bytes(workbook(Klanten=CLIENTS, Facturen=INVOICES))
    clients = load(path)
    expected: dict[str, float] = {}
    for _, client, _, amount in INVOICES[1:]:
        expected[client] = expected.get(client, 0) + amount
    assert len(clients) == 38
    assert {left.why: left.count for left in clients.left_out} == {"no revenue": 2}
    assert dict(zip(clients.ids, clients.revenue, strict=True)) == pytest.approx(expected, abs=1e-9)
    assert {"Beroep", "Leeftijd"} <= set(clients.table.columns)


@pytest.mark.parametrize(
    "other",
    [
        [["Artikel", "Prijs"], *[[f"artikel {n}", n] for n in range(90)]],
        [["Klantnummer", "Factuurbedrag"], *[[f"X{n}", n] for n in range(90)]],
    ],
    ids=["no key", "other clients"],
)
def test_what_does_not_belong_together_is_left_alone(other):
    sheets = read_sheets(workbook(Klanten=CLIENTS, Anders=other), "boek.xlsx")
    assert len(joined(sheets).header) in {2, 3}


def test_a_list_with_an_amount_of_its_own_is_not_joined():
    own = [[*row, "Omzet" if n == 0 else n] for n, row in enumerate(CLIENTS)]
    sheets = read_sheets(workbook(Klanten=own, Facturen=INVOICES), "boek.xlsx")
    assert joined(sheets).header == ("Klantnummer", "Beroep", "Leeftijd", "Omzet")


def test_extra_columns_for_the_same_clients():
    main = read_sheet(b"Klantnummer;Omzet\n1;10\n2;20\n3;30\n", "a.csv")
    extra = read_sheet(b"Klantnummer;Uren;Bel-me-niet\n3;1,5\n1;2;ja\n9;4;nee\n", "b.csv")
    assert share_in_common(main, propose(main), extra, propose(extra)) == pytest.approx(2 / 3)
    both, plan = with_columns_of(main, propose(main), extra, propose(extra))
    assert both.header == ("Klantnummer", "Omzet", "Uren", "Bel-me-niet")
    assert both.cells[2].tolist() == ["2", "", "1.5"]
    assert both.cells[3].tolist() == ["ja", "", ""]
    assert both.cells[1].tolist() == ["10", "20", "30"]
    assert plan.roles == {
        "Klantnummer": "client_id",
        "Omzet": "revenue",
        "Uren": "hours",
        "Bel-me-niet": "consent",
    }


def test_two_lists_of_a_size_are_a_question_and_a_small_one_is_not():
    rows = [[f"{n}", f"beroep {n % 3}", n] for n in range(40)]
    header = ["Klantnummer", "Beroep", "Omzet"]
    two = workbook(Particulier=[header, *rows], Zakelijk=[header, *rows[:30]])
    assert rival_lists(read_sheets(two, "boek.xlsx")) == ("Particulier", "Zakelijk")
    one = workbook(Klanten=[header, *rows], Voorbeeld=[header, *rows[:3]])
    assert rival_lists(read_sheets(one, "boek.xlsx")) == ()


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Klantnummer;Uren\n1;1\n2;2\n", True),
        ("Klantnummer;Uren;Omzet\n1;1;5\n2;2;6\n", False),
        ("Klantnummer;Uren\n8;1\n9;2\n", False),
        ("Naam;Uren\nJansen;1\nDe Vries;2\n", False),
    ],
    ids=["more about the same", "all anew", "other clients", "no key"],
)
def test_a_second_file_extends_the_first_or_not(text, more):
    earlier = read_sheet(b"Klantnummer;Omzet\n1;10\n2;20\n3;30\n", "a.csv")
    new = read_sheet(text.encode(), "b.csv")
    assert extends(new, propose(new), earlier, propose(earlier)) == more


@pytest.mark.parametrize(
    ("earlier", "more"),
    [
        ("Klantnummer;Beroep\n1;bakker\n2;slager\n", True),
        ("Klantnummer\n1\n2\n", False),
        ("Klantnummer;Omzet\n1;5\n2;6\n", False),
        ("Klantnummer;Beroep\n8;bakker\n9;slager\n", False),
    ],
    ids=["a trait", "nothing else", "all of it", "other clients"],
)
def test_a_file_of_amounts_goes_with_an_earlier_one_that_lacks_them(earlier, more):
    before = read_sheet(earlier.encode(), "a.csv")
    new = read_sheet(b"Klantnummer;Omzet\n1;10\n2;20\n2;30\n", "b.csv")
    assert extends(new, propose(new), before, propose(before)) == more

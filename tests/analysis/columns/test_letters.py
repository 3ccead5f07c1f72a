"""A letter is no list of clients, whatever a reader makes a table of."""

import pytest

from analysis.clients import build
from analysis.columns import propose
from analysis.errors import UnreadableFile
from analysis.reading import read_sheet

LETTERS = [
    "Geachte heer,\n\nHierbij de offerte.\nMet vriendelijke groet\n",
    "Beste Anja,\n\nDank voor het prettige gesprek, ik kom er graag op terug.\n\nGroet, Bram\n",
    "Agenda\n\nopening\nnotulen\nrondvraag\nsluiting\n",
]


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_refused(letter):
    with pytest.raises(UnreadableFile):
        _read(letter)


def _read(letter: str) -> None:
    sheet = read_sheet(letter.encode(), "brief.txt")
    build(sheet, propose(sheet))

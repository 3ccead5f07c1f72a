"""Small files of every format, damaged by structure and by bytes: the short form of
`benchmarks/hostile_files.py`."""

import pytest

from analysis.reading import read_sheet
from benchmarks.hostile_files import read
from benchmarks.hostile_samples import MARKER, ROWS, samples
from benchmarks.mutations import mutation


@pytest.mark.parametrize("name", samples())
def test_every_sample_is_a_list_before_it_is_damaged(name: str) -> None:
    sheet = read_sheet(samples()[name], "klanten")
    assert sheet.header == ROWS[0]
    assert sheet.cells.iloc[5, 1] == f"{MARKER} 5"


def test_the_same_seed_gives_the_same_file() -> None:
    assert [mutation(seed) for seed in range(50)] == [mutation(seed) for seed in range(50)]


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_damaged_files_end_as_a_table_or_a_refusal(first: int) -> None:
    outcomes = [read(seed, *mutation(seed)) for seed in range(first, first + 50)]
    assert [each for each in outcomes if each.kind not in ("table", "refused")] == []
    assert {each.kind for each in outcomes} == {"table", "refused"}

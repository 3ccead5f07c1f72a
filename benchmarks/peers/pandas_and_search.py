"""What a large text file takes at least: `pandas_and_search.py FILE`.

pandas reads it, told all there is to know, and the search for groups runs on plain codes of its
columns: nothing is detected, checked, tested against chance or written.
"""

import sys

import numpy as np
import pandas as pd

from analysis.subgroups import best_by_mean, warm
from benchmarks.bench_reading import told_everything

CUTS = 5
LEFT_OUT = ("Klantnummer", "Naam", "Omzet", "Kosten")


def codes_of(column: pd.Series) -> np.ndarray:
    """Return a small number per row: its value, or the fifth of all values that it stands in."""
    if isinstance(column.dtype, pd.CategoricalDtype) or not pd.api.types.is_numeric_dtype(column):
        return pd.factorize(column)[0]
    return pd.qcut(column, CUTS, labels=False, duplicates="drop").to_numpy()


def main() -> None:
    """Read and search."""
    warm()
    frame = told_everything(sys.argv[1])
    numbers = frame.assign(
        **{name: frame[name].astype("int64") for name in frame.select_dtypes("datetime")}
    )
    traits = [codes_of(numbers[name]) for name in frame.columns if name not in LEFT_OUT]
    best_by_mean(np.column_stack(traits), frame["Omzet"].to_numpy())


if __name__ == "__main__":
    main()

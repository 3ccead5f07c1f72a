"""One pysubgroup search in an environment of its own: `pysubgroup_once.py TABLE TASK SET-UP`.

TABLE is an .npz with codes, amounts and positive; prints one line of JSON with seconds and
qualities.
"""

import contextlib
import io
import json
import math
import sys
import time

import numpy as np
import pandas as pd
import pysubgroup as ps


def main() -> None:
    """Run the search and print what it took and found."""
    table, task, set_up = np.load(sys.argv[1]), sys.argv[2], sys.argv[3]
    codes = table["codes"]
    frame = pd.DataFrame(
        {
            f"t{place}": pd.Categorical([f"v{code}" for code in column])
            for place, column in enumerate(codes.T)
        }
    )
    frame["target"] = table["amounts"] if task == "numeric" else table["positive"]
    space = ps.create_nominal_selectors(frame, ignore=["target"])
    if task == "numeric":
        target = ps.NumericTarget("target")
        estimator = "order" if set_up.endswith("-order") else "default"
        quality = ps.StandardQFNumeric(0.5, estimator=estimator)
    else:
        target, quality = ps.BinaryTarget("target", True), ps.WRAccQF()
    smallest = max(10, math.ceil(0.01 * len(codes)))
    search = ps.SubgroupDiscoveryTask(
        frame, target, space, result_set_size=20, depth=3, qf=quality,
        constraints=[ps.MinSupportConstraint(smallest)],
    )  # fmt: skip
    depth_first = set_up.startswith("dfs")
    algorithm = ps.DFS(ps.BitSetRepresentation) if depth_first else ps.Apriori(use_numba=False)
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        found = algorithm.execute(search)
    seconds = time.perf_counter() - start
    qualities = sorted((float(result[0]) for result in found.results), reverse=True)
    print(json.dumps({"seconds": seconds, "qualities": qualities}))


if __name__ == "__main__":
    main()

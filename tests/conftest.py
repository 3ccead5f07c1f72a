"""What holds for all tests: the order they run in, and that none computes on several threads."""

import os
from pathlib import Path

import pytest

# Read by numpy when it is first imported. As in the product's own processes: on small tables
# threads only wait for one another, and the other cores have tests of their own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

HERE = Path(__file__).parent
WITH_PROCESSES_OF_THEIR_OWN = (
    "bot/operating",
    "bot/test_cli.py",
    "bot/test_cluster.py",
    "bot/test_engine.py",
    "browser",
    "conversations/test_cluster.py",
    "conversations/test_given_up.py",
    "conversations/test_restart.py",
    "conversations/test_tips_kill.py",
    "reliability",
    "storage/test_backup.py",
    "storage/test_rekeying.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First those that mostly wait for processes: at the end one of them would be waited for, while
    beside the others they cost little. No test relies on it.
    """
    first = {
        path: any(path.is_relative_to(HERE / name) for name in WITH_PROCESSES_OF_THEIR_OWN)
        for path in {item.path for item in items}
    }
    items.sort(key=lambda item: not first[item.path])

"""Data folders to bring trouble to: made once for all tests of this process."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.kill_conversation import make_folders


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `make_folders`; each test works on a copy."""
    folder = tmp_path_factory.mktemp("folders")
    asyncio.run(make_folders(folder))
    return folder

import json
from itertools import pairwise

import pytest

from scripts.check_vulnerabilities import AUDIT, REQUIREMENTS, verdict

SOUND = {"name": "yarl", "version": "1.25.1", "vulns": []}
UNSOUND = {
    "name": "pillow",
    "version": "9.0.0",
    "vulns": [
        {"id": "PYSEC-2022-9", "fix_versions": ["9.0.1"]},
        {"id": "PYSEC-2022-10", "fix_versions": []},
    ],
}
UNKNOWN = {"name": "secret", "skip_reason": "not found"}
OUT_OF_REACH = "requests.exceptions.ConnectionError: Failed to resolve"


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([SOUND], 0, "vulnerabilities: none known in 1 packages"),
        (
            [SOUND, UNSOUND],
            1,
            "vulnerabilities:\npillow 9.0.0: PYSEC-2022-9 (mended in 9.0.1)\n"
            "pillow 9.0.0: PYSEC-2022-10 (mended in no version yet)",
        ),
        # A registry that answers "not found" to everything is no all-clear.
        ([SOUND, UNKNOWN], 0, "vulnerabilities: SKIPPED for 1 of 2 packages, none known"),
        ([UNKNOWN, UNSOUND], 1, "vulnerabilities:\npillow 9.0.0"),
    ],
)
def test_what_was_found_is_said(packages, status, said):
    found = verdict(json.dumps({"dependencies": packages, "fixes": []}), "")
    assert found[0] == status
    assert found[1].startswith(said)


@pytest.mark.parametrize(
    ("errors", "status", "said"),
    [
        (OUT_OF_REACH, 0, "vulnerabilities: SKIPPED, the advisory database cannot be reached"),
        ("ERROR: no hash for yarl\n", 1, "pip-audit failed: ERROR: no hash for yarl"),
        ("", 1, "pip-audit failed: it said nothing"),
    ],
)
def test_an_audit_that_did_not_happen_is_no_all_clear(errors, status, said):
    found = verdict("", errors)
    assert found[0] == status
    assert said in found[1]


def test_all_that_a_deployment_installs_is_looked_up():
    """Only what developers need is left out."""
    lock_files = {str(path) for path in REQUIREMENTS.glob("*.txt") if path.stem != "dev"}
    asked = {value for option, value in pairwise(AUDIT) if option == "--requirement"}
    assert asked == lock_files

"""Looks up known vulnerabilities of what Klantkompas runs on, alone and on a cluster.

Exit status 1 where there are any. Where the advisory database (OSV) cannot be reached, that is
said, and nothing is found out.
"""

import json
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[1] / "requirements"
# The lock files of one name a package in the same version: it counts once.
LOCK_FILES = (REQUIREMENTS / "run.txt", REQUIREMENTS / "cluster.txt")
AUDIT = (
    sys.executable, "-m", "pip_audit",
    "--vulnerability-service", "osv",
    *(part for file in LOCK_FILES for part in ("--requirement", str(file))),
    # The lock file names everything: nothing is resolved or installed.
    "--disable-pip", "--require-hashes",
    "--format", "json", "--progress-spinner", "off",
)  # fmt: skip
OUT_OF_REACH = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "Could not reach")


def verdict(document: str, errors: str) -> tuple[int, str]:
    """Exit status and what to say, of what pip-audit wrote to its outputs."""
    if not document.strip():
        if any(sign in errors for sign in OUT_OF_REACH):
            return 0, "vulnerabilities: SKIPPED, the advisory database cannot be reached from here"
        last = (errors.strip().splitlines() or ["it said nothing"])[-1]
        return 1, f"vulnerabilities: pip-audit failed: {last}"
    packages = json.loads(document)["dependencies"]
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}"
        f" (mended in {', '.join(flaw['fix_versions']) or 'no version yet'})"
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    if found:
        return 1, "\n".join(["vulnerabilities:", *found])
    unknown = sum("skip_reason" in package for package in packages)
    if unknown:
        return 0, f"vulnerabilities: SKIPPED for {unknown} of {len(packages)} packages, none known"
    return 0, f"vulnerabilities: none known in {len(packages)} packages"


if __name__ == "__main__":
    done = subprocess.run(AUDIT, capture_output=True, text=True, check=False)
    status, said = verdict(done.stdout, done.stderr)
    print(said)
    sys.exit(status)

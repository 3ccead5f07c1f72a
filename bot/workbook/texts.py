"""The chat's answers as lines of plain text."""

import html
import re
from collections.abc import Iterator

TAG = re.compile(r"<[^>]+>")
HEADING = re.compile(r"<b>[^<]*</b>")


def lines_of(markup: str) -> Iterator[tuple[str, bool]]:
    """Each line of a message without its tags, and whether it is a heading: all of it bold."""
    for line in markup.split("\n"):
        yield html.unescape(TAG.sub("", line)), HEADING.fullmatch(line) is not None

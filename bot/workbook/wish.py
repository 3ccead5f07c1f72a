"""What the adviser asked for when he asked for an export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Form = Literal["xlsx", "csv"]


@dataclass(frozen=True)
class Wish:
    """What the adviser asked for. `statements` are the answers of the chat, in its HTML; `marks`
    what he told of clients himself, their ids by the code of the mark."""

    form: Form
    language: str
    with_names: bool
    file_name: str
    statements: tuple[str, ...] = ()
    marks: Mapping[str, Sequence[str]] = field(default_factory=dict)

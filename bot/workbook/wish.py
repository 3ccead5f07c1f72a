"""What the adviser asked for when he asked for an export."""

from dataclasses import dataclass
from typing import Literal

Form = Literal["xlsx", "csv"]


@dataclass(frozen=True)
class Wish:
    """What the adviser asked for. `statements` are the answers of the chat, in its HTML."""

    form: Form
    language: str
    with_names: bool
    file_name: str
    statements: tuple[str, ...] = ()

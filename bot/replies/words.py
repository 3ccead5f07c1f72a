"""Short texts that are no template: labels, commands, verdicts, notes. One file a language."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("nl", "en")


@cache
def words(language: str) -> dict[str, dict[str, str]]:
    """The sections of `words.toml` of a language."""
    text = files("bot.replies").joinpath(language, "words.toml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = tomllib.loads(text)
    return loaded

"""What a bot says about itself: its commands, descriptions and menu button."""

from __future__ import annotations

from dataclasses import dataclass, field

from .model import Json, User

Scope = tuple[str, int | None]
"""Kind of scope, and the chat's id where the scope is one chat."""


@dataclass
class BotProfile:
    """Texts are kept by language code; the empty code is the default."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "default"})

    def commands_for(self, user: User) -> list[Json]:
        """The commands this person sees in a private chat, by the precedence of the Bot API.

        Source: https://core.telegram.org/bots/api#determining-list-of-commands
        """
        scopes: list[Scope] = [
            ("chat", user.id),
            ("all_private_chats", None),
            ("default", None),
        ]
        for scope in scopes:
            for language in (user.language_code, ""):
                if found := self.commands.get((scope, language)):
                    return found
        return []

    def description_for(self, user: User) -> str:
        """What an empty chat shows above the start button."""
        return self.descriptions.get(user.language_code) or self.descriptions.get("", "")

"""What a button carries: `action:upload:argument`, within Telegram's 64 bytes."""

from dataclasses import dataclass
from typing import Literal, get_args

Action = Literal[
    "top10",
    "why_top10",
    "names",  # argument: `alike` for who resemble the ten
    "alike",
    "pareto",
    "value",
    "focus",
    "columns",  # argument: the page to show in its place, or empty for a new message
    "column",  # argument: the position of the column
    "role",  # argument: `position.role`, or `position.private.yes` where it was asked
    "take_back",  # argument: the position of a column that was thrown away
    "include",  # argument: prospect, former or household, a dot, and `in` or `out`
    "sheet",  # argument: the place of the sheet among those asked
    "complete",  # argument: yes or no
    "nopassword",
    "password",  # argument: yes or no
    "stop",
    "revenue",  # argument: the position of the column, or `skip`
    "period",  # argument: `position.month`, `position.year` or `position.skip`
    "unsend",  # argument: the message that held the file, or empty for the one it is under
    "language",  # argument: nl or en
    "sample",
    "question",  # argument: `number.place`, or `number.names`
    "forget",  # argument: no, or `yes.SECONDS` with when it was asked; the list: the newest then
    "files",  # argument: the page
    "file",
    "use_file",
    "remove_file",  # argument: yes, or empty to be asked
    "changes",  # argument: empty, the earlier list to compare with, or `choose`
    "export",  # argument: the form, with `.names` where they go along
    "letter",
    "report",
    "whatif",
    "more",
    "profit",
    "why",  # argument: first, pareto, value, focus or alike
    "marks",  # argument: empty, or what to show in its place: back, names, others, others_names
    "mark",  # argument: `SHOWN.MARK.KEY`; without a mark the client is opened
    "own_top",  # argument: empty, menu, a measure, `size.N`, hand, names or done
    "choose",  # argument: `hand.KEY` or `found.KEY`
    "find",  # argument: mark or choose, with `.n` where names are shown
    "found",  # argument: names
    "pictures",  # argument: off, on, or empty to be asked
    "talk",  # argument: empty to be asked, `guide`, `client.KEY` or `group.KEY`
    "colleagues",  # argument: the page
    "invite",
    "revoke",  # argument: the number of the invitation
    "dismiss",  # argument: the user, with `.yes` where it was asked
    "join",  # argument: the code of the invitation, or empty to stay
    "unsending",  # argument: yes or no; behind a dot the message that held the file, or `privacy`
    "take_all",
    "tip",  # argument: `2026-11.done`, or later, not_for_me, go_on or stop
    "tips",  # argument: empty for the settings, what to change, or with the choice behind a dot
    "comment",  # argument: `2026-11.TIP`
    "comments",  # argument: `2026-11.TIP`
    "comment_page",  # argument: `PAGE.2026-11.TIP`
    "comment_draft",  # argument: name, no_email, send, again, go_on or cancel
    "judge",  # argument: what to do with a comment, a dot, and its number
    "answer_draft",  # argument: go_on or cancel
    "contribution",  # argument: empty for all, `new`, or what to do, a dot, and its number
    "contribution_draft",  # argument: what was chosen, with a value behind a dot where it has one
]


@dataclass(frozen=True)
class Press:
    """A pressed button. `upload` is 0 where the action is about none."""

    action: Action
    upload: int = 0
    argument: str = ""

    def encode(self) -> str:
        return f"{self.action}:{self.upload}:{self.argument}"


def decode(data: str | None) -> Press | None:
    """The press, or None for text that no button of ours carries."""
    parts = (data or "").split(":", 2)
    if len(parts) != 3 or parts[0] not in get_args(Action):
        return None
    action, upload, argument = parts
    if not (upload.isascii() and upload.isdigit() and len(upload) < 10):
        return None
    return Press(action, int(upload), argument)  # type: ignore[arg-type]  # checked above


@dataclass(frozen=True)
class Button:
    """A label with what it carries."""

    label: str
    press: Press

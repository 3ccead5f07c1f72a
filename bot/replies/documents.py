"""What is said with a document, and what is asked before one is made."""

from collections.abc import Sequence
from itertools import islice

from analysis.columns import normalise
from analysis.findings import Findings, Group
from bot.buttons import Button, Press
from bot.replies import answers
from bot.replies.answers import Reply, button_label
from bot.replies.formats import in_file_name
from bot.replies.render import render
from bot.replies.traits import in_words
from bot.replies.words import words
from storage.listed_clients import key_of
from storage.office import Upload

MOST_GROUPS = 3
SHORT = 8
"""Numbers up to so many letters stand five in a row, longer ones two."""


def report(upload: Upload, language: str) -> Reply:
    labels = words(language)["buttons"]
    talk = Button(labels["talk"], Press("talk", upload.number))
    return Reply(render("report", language, upload=upload), [[talk], [_unsend(language)]])


def ask_conversation(upload: Upload, language: str) -> Reply:
    """Which conversation: any, with one of the ten, or with a group."""
    return Reply(render("conversation", language), _choices(upload, language))


def guide(language: str) -> Reply:
    return Reply(render("guide", language))


def client_sheet(client: str, language: str) -> Reply:
    return Reply(render("client_sheet", language, client=client), [[_unsend(language)]])


def group_sheet(group: Group, language: str) -> Reply:
    return Reply(render("group_sheet", language, group=group), [[_unsend(language)]])


def sheet_of_client(client: str, language: str) -> str:
    """A name by which the file is known among others in the downloads of a phone."""
    sheet: str = words(language)["documents"]["sheet"]
    return sheet.format(subject=in_file_name(client))


def sheet_of_group(group: Group, language: str) -> str:
    texts = words(language)["documents"]
    traits = " ".join(in_words(condition, language) for condition in group.conditions)
    sheet: str = texts["sheet"]
    return sheet.format(subject=texts["group"].format(traits=in_file_name(traits)))


def no_such_client(upload: Upload, client: str, language: str) -> Reply:
    text = render("no_such_client", language, upload=upload, client=client)
    return Reply(text, _choices(upload, language))


def not_made(upload: Upload | None, language: str) -> Reply:
    buttons = answers.menu(upload, language) if upload else ()
    return Reply(render("document_not_made", language), buttons)


def clients_of(findings: Findings) -> list[str]:
    """The numbers that one can choose from."""
    return [client.client for client in findings.top10.clients] if findings.top10 else []


def key_of_group(group: Group) -> str:
    """A group for a button: its own also after the list was analysed again."""
    return key_of(" + ".join(condition.trait for condition in group.conditions))


def group_called(text: str, findings: Findings | None, language: str) -> int | None:
    """The place of the group that is called so, or begins so as on its button, which may be cut."""
    wanted, cut = normalise(text), text.rstrip().endswith("…")
    for place, group in enumerate(findings.groups if findings and wanted else ()):
        called = normalise(_in_words(group, language))
        if called == wanted or (cut and called.startswith(wanted)):
            return place
    return None


def _in_words(group: Group, language: str) -> str:
    return " + ".join(in_words(condition, language) for condition in group.conditions)


def _choices(upload: Upload, language: str) -> list[Sequence[Button]]:
    findings = upload.findings
    label = words(language)["buttons"]["guide"]
    rows: list[Sequence[Button]] = [[Button(label, Press("talk", upload.number, "guide"))]]
    # Without its rows nothing is known of one client.
    if findings is not None and upload.rows_kept:
        clients = [
            Button(
                button_label(client, language),
                Press("talk", upload.number, f"client.{key_of(client)}"),
            )
            for client in clients_of(findings)
        ]
        in_a_row = 3 if all(len(button.label) <= SHORT for button in clients) else 2
        rows += [clients[place : place + in_a_row] for place in range(0, len(clients), in_a_row)]
    claimed = (
        group
        for group in (findings.groups if findings else ())
        if group.verdict != "chance" and group.direction == "high"
    )
    for group in islice(claimed, MOST_GROUPS):
        press = Press("talk", upload.number, f"group.{key_of_group(group)}")
        rows.append([Button(button_label(_in_words(group, language), language), press)])
    return rows


def _unsend(language: str) -> Button:
    return Button(words(language)["buttons"]["unsend_export"], Press("unsend"))

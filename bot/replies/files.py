"""The lists of an office: an overview, one of them, and taking it away."""

from collections.abc import Sequence
from datetime import tzinfo

from babel import Locale

from bot.buttons import Button, Press
from bot.replies.answers import BUTTON_LENGTH, Reply, button_label, menu, nothing_yet
from bot.replies.formats import day, from_file
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload, UploadSummary

LISTS_ON_A_PAGE = 6


def overview(lists: Sequence[UploadSummary], language: str, zone: tzinfo, page: int = 0) -> Reply:
    """The newest first, with a button for each; dates as they were in `zone`."""
    if not lists:
        return nothing_yet(language)
    last = (len(lists) - 1) // LISTS_ON_A_PAGE
    page = min(max(page, 0), last)
    first = page * LISTS_ON_A_PAGE
    shown = lists[first : first + LISTS_ON_A_PAGE]
    labels = words(language)["buttons"]
    rows = [
        [Button(file_label(each.file_name, place), Press("file", each.number))]
        for place, each in enumerate(shown, start=first + 1)
    ]
    turn = [
        Button(labels[label], Press("files", 0, str(to)))
        for label, to in (("earlier", page - 1), ("further", page + 1))
        if 0 <= to <= last
    ]
    text = render(
        "files",
        language,
        lists=[(each, _day(each, language, zone)) for each in shown],
        first=first + 1,
        total=len(lists),
    )
    used = [each.number for each in lists if each.in_use]
    compare = [Button(labels["changes"], Press("changes", number)) for number in used]
    below = [row for row in (turn, compare if len(lists) > 1 else []) if row]
    return Reply(text, [*rows, *below])


def one(shown: UploadSummary, language: str, zone: tzinfo) -> Reply:
    """One list, and what can be done with it."""
    labels = words(language)["buttons"]
    rows = [[Button(labels["remove_file"], Press("remove_file", shown.number))]]
    if shown.clients is not None and not shown.in_use:
        rows.insert(0, [Button(labels["use_file"], Press("use_file", shown.number))])
    rows.append([Button(labels["back"], Press("files"))])
    text = render("file", language, list=shown, day=_day(shown, language, zone))
    return Reply(text, rows)


def in_use(upload: Upload, language: str) -> Reply:
    return Reply(render("file_used", language, upload=upload), menu(upload, language))


def use_instead(other: UploadSummary, language: str) -> list[Button]:
    """To a list that can answer what the one in use cannot."""
    label = words(language)["buttons"]["use_instead"].format(file=other.file_name)
    return [Button(button_label(label, language), Press("use_file", other.number))]


def ask_to_remove(shown: UploadSummary, language: str, zone: tzinfo) -> Reply:
    labels = words(language)["buttons"]
    text = render("file_remove_ask", language, list=shown, day=_day(shown, language, zone))
    yes = Button(labels["remove_yes"], Press("remove_file", shown.number, "yes"))
    no = Button(labels["remove_no"], Press("file", shown.number))
    return Reply(text, [[yes, no]])


def removed(file_name: str | None, now_in_use: Upload | None, language: str) -> Reply:
    """What went, and which list the answers are about from now on.

    Without a name where the list was gone before it could be told.
    """
    text = render("file_removed", language, file_name=file_name, now=now_in_use)
    if now_in_use is None:
        return Reply(text, nothing_yet(language).buttons)
    return Reply(text, menu(now_in_use, language))


def file_label(file_name: str, place: int) -> str:
    """A file on a button, numbered; a long name keeps its end, where files of one kind differ."""
    name, room = from_file(file_name), BUTTON_LENGTH - len(f"{place} · ")
    if len(name) > room:
        end = room // 2
        name = f"{name[: room - end - 1].rstrip()}…{name[-end:].lstrip()}"
    return f"{place} · {name}"


def _day(shown: UploadSummary, language: str, zone: tzinfo) -> str:
    return day(shown.received_at.astimezone(zone).date(), Locale(language))

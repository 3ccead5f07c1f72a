"""Soft marks and the own top: what is shown, and the buttons to tell it."""

from collections.abc import Mapping, Sequence

from analysis.segmentation import FEWEST_TO_COMPARE
from bot.buttons import Button, Press
from bot.marking import MARKS, SIZES, Purpose, measures_of
from bot.replies.answers import Reply, button_label
from bot.replies.render import render
from bot.replies.words import words
from storage.listed_clients import key_of
from storage.marks import EVERY_LIST, OwnTop
from storage.office import Upload

SHORT = 10
ON = "✓ "
NAMED = "n"
"""In a button: what it leads to goes on showing names."""

Names = Mapping[str, str]


def buttons_under_top(upload: Upload, language: str) -> list[Button]:
    """The way to the marks and to another top, under the ten."""
    labels = words(language)["buttons"]
    return [
        Button(labels["marks"], Press("marks", upload.number)),
        Button(labels["own_top"], Press("own_top", upload.number)),
    ]


def overview(
    upload: Upload,
    clients: Sequence[str],
    own: OwnTop,
    language: str,
    *,
    listed: int,
    others: bool = False,
    names: Names | None = None,
) -> Reply:
    """The clients to mark: the top, or some others to compare it with."""
    labels = words(language)["buttons"]
    top = upload.findings.top10.clients if upload.findings and upload.findings.top10 else ()
    outside = set(own.looked_at) - {client.client for client in top}
    text = render(
        "marks",
        language,
        others=others,
        missing=max(0, FEWEST_TO_COMPARE - len(outside)),
        for_every_list=listed == EVERY_LIST,
    )
    buttons = [
        Button(
            _label(client, language, names, on=client in own.looked_at),
            _open(upload, client, names),
        )
        for client in clients
    ]
    turn = Button(
        labels["back" if others else "others"],
        Press("marks", upload.number, _shown(others=not others, named=names is not None)),
    )
    last = [turn, _find(upload, language, "mark", names)]
    if names is None and upload.plan.with_role("client_name"):
        shown = _shown(others=others, named=True)
        last.append(Button(labels["names"], Press("marks", upload.number, shown)))
    return Reply(text, [*_in_rows(buttons), last, [_done(upload, language, "mark")]])


def card(
    upload: Upload, client: str, own: OwnTop, language: str, *, name: str | None, others: bool
) -> Reply:
    """One client with the five marks, each to be tapped on and off; by `name` if asked for."""
    has = own.marks_of(client)
    texts = words(language)["marks"]
    shown = "" if name is None else NAMED
    rows = [
        [
            Button(
                f"{ON if mark in has else ''}{texts[mark]}",
                Press("mark", upload.number, f"{shown}.{mark}.{key_of(client)}"),
            )
        ]
        for mark in MARKS
    ]
    argument = _shown(others=others, named=name is not None)
    back = Button(words(language)["buttons"]["back"], Press("marks", upload.number, argument))
    rows.append([back, _done(upload, language, "mark")])
    return Reply(render("mark_client", language, client=name or client), rows)


def own_top(upload: Upload, own: OwnTop, language: str, *, holds: bool) -> Reply:
    """By what the top is ordered and how large it is, or who was named by hand.

    `holds`: it is so already; else it is what a member composes, until he says that it is done.
    """
    labels = words(language)["buttons"]
    measures = [
        Button(
            f"{ON if not own.chosen and own.measure == measure else ''}{labels[f'by_{measure}']}",
            Press("own_top", upload.number, measure),
        )
        for measure in measures_of(upload.findings)
    ]
    sizes = [
        Button(
            f"{ON if not own.chosen and own.size == size else ''}{size}",
            Press("own_top", upload.number, f"size.{size}"),
        )
        for size in SIZES
    ]
    by_hand = Button(
        f"{ON if own.chosen else ''}{labels['by_hand']}", Press("own_top", upload.number, "hand")
    )
    done = _done(upload, language, "choose")
    rows = [measures, *([] if own.chosen else [sizes]), [by_hand], [done]]
    return Reply(render("own_top", language, own=own, holds=holds), rows)


def by_hand(upload: Upload, own: OwnTop, language: str, names: Names | None = None) -> Reply:
    """Who was named by hand; a tap takes somebody out."""
    labels = words(language)["buttons"]
    where = "hand" if names is None else f"hand{NAMED}"
    buttons = [
        Button(
            _label(client, language, names, on=True),
            Press("choose", upload.number, f"{where}.{key_of(client)}"),
        )
        for client in own.chosen
    ]
    last = [_find(upload, language, "choose", names)]
    if names is None and own.chosen and upload.plan.with_role("client_name"):
        last.append(Button(labels["names"], Press("own_top", upload.number, "names")))
    back = Button(labels["back"], Press("own_top", upload.number, "menu"))
    text = render("own_top_by_hand", language, count=len(own.chosen))
    return Reply(text, [*_in_rows(buttons), last, [back, _done(upload, language, "choose")]])


def ask_for_client(language: str) -> str:
    """What stands above the field in which a number or a name is typed."""
    return render("find_client", language)


def found(
    upload: Upload,
    clients: Sequence[str],
    own: OwnTop,
    language: str,
    purpose: Purpose,
    names: Names | None = None,
) -> Reply:
    """Whom the search found, each to be tapped."""
    labels = words(language)["buttons"]
    buttons = [_found_button(upload, client, own, language, purpose, names) for client in clients]
    last = [_find(upload, language, purpose, names)]
    if clients and names is None and upload.plan.with_role("client_name"):
        last.append(Button(labels["names"], Press("found", upload.number, "names")))
    text = render("found_clients", language, count=len(clients))
    return Reply(text, [*_in_rows(buttons), last, [_done(upload, language, purpose)]])


def _found_button(
    upload: Upload,
    client: str,
    own: OwnTop,
    language: str,
    purpose: Purpose,
    names: Names | None,
) -> Button:
    if purpose == "mark":
        press = _open(upload, client, names)
        on = client in own.looked_at
    else:
        where = "found" if names is None else f"found{NAMED}"
        press = Press("choose", upload.number, f"{where}.{key_of(client)}")
        on = client in own.chosen
    return Button(_label(client, language, names, on=on), press)


def _open(upload: Upload, client: str, names: Names | None) -> Press:
    shown = "" if names is None else NAMED
    return Press("mark", upload.number, f"{shown}..{key_of(client)}")


def _label(client: str, language: str, names: Names | None, *, on: bool) -> str:
    shown = (names or {}).get(client, client)
    return (ON if on else "") + button_label(shown, language, room=30)


def _in_rows(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    in_a_row = 3 if all(len(button.label) <= SHORT for button in buttons) else 2
    return [buttons[place : place + in_a_row] for place in range(0, len(buttons), in_a_row)]


def _shown(*, others: bool, named: bool) -> str:
    """The overview that a button leads to."""
    if named:
        return "others_names" if others else "names"
    return "others" if others else "back"


def _find(upload: Upload, language: str, purpose: Purpose, names: Names | None) -> Button:
    argument = purpose if names is None else f"{purpose}.{NAMED}"
    return Button(words(language)["buttons"]["find"], Press("find", upload.number, argument))


def _done(upload: Upload, language: str, purpose: Purpose) -> Button:
    """Back to the ten, which are then computed with all that was told."""
    to_top = Press("top10", upload.number)
    press = to_top if purpose == "mark" else Press("own_top", upload.number, "done")
    return Button(words(language)["buttons"]["done"], press)

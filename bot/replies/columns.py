"""How a list is read: every column with what it is taken for, and saying otherwise."""

from collections.abc import Sequence

from analysis.columns import dictionary
from analysis.columns.plan import Column, Role
from analysis.traits import is_switched_off
from bot.buttons import Button, Press
from bot.replies.answers import Reply, button_label
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload

COLUMNS_ON_A_PAGE = 10
MOST_TO_TAKE_BACK = 10
ROLES_OF_DATES: tuple[Role, ...] = ("birth_date", "since", "last_contact")
ROLES_TO_CHOOSE: tuple[Role, ...] = (
    "revenue",
    "cost",
    "hours",
    "contacts",
    "client_id",
    "client_name",
    "trait",
    "ignore",
    "private",
)


def roles_to_choose(column: Column) -> tuple[Role, ...]:
    """What one may say that this column is; a date is more than the others can be."""
    return (*ROLES_OF_DATES, *ROLES_TO_CHOOSE) if column.kind == "date" else ROLES_TO_CHOOSE


def plan_of_columns(
    upload: Upload, thrown_away: Sequence[Column], language: str, page: int = 0
) -> Reply:
    """How the list is read, and a button for each column to say otherwise.

    Those that the adviser had thrown away can be had again in the next list.
    """
    kept = [column for column in upload.plan.columns if column.stored]
    last = max(0, (len(kept) - 1) // COLUMNS_ON_A_PAGE)
    page = min(max(page, 0), last)
    shown = kept[page * COLUMNS_ON_A_PAGE : (page + 1) * COLUMNS_ON_A_PAGE]
    labels = words(language)["buttons"]
    buttons = [
        Button(
            button_label(column.header or column.name, language),
            Press("column", upload.number, str(column.position)),
        )
        for column in shown
    ]
    rows = [buttons[place : place + 2] for place in range(0, len(buttons), 2)]
    turn = [
        Button(labels[label], Press("columns", upload.number, str(to)))
        for label, to in (("earlier", page - 1), ("further", page + 1))
        if 0 <= to <= last
    ]
    if turn:
        rows.append(turn)
    rows += [[_take_back(upload, column, language)] for column in thrown_away[:MOST_TO_TAKE_BACK]]
    text = render(
        "columns",
        language,
        upload=upload,
        kept=kept,
        off=[column for column in kept if is_switched_off(column)],
        thrown_away=thrown_away,
        dropped=[
            column
            for column in upload.plan.columns
            if not column.stored and column not in thrown_away
        ],
    )
    return Reply(text, rows)


def _take_back(upload: Upload, column: Column, language: str) -> Button:
    label = words(language)["buttons"]["take_back"].format(column=column.header)
    return Button(
        button_label(label, language), Press("take_back", upload.number, f"{column.position}")
    )


def ask_role(upload: Upload, position: int, language: str) -> Reply:
    """What is this column? The roles that one may choose, and the way back."""
    column = upload.plan.columns[position]
    buttons = [
        Button(words(language)["roles"][role], Press("role", upload.number, f"{position}.{role}"))
        for role in roles_to_choose(column)
        if role != column.role or (role == "trait" and is_switched_off(column))
    ]
    rows = [buttons[place : place + 2] for place in range(0, len(buttons), 2)]
    back = Button(words(language)["buttons"]["back"], Press("columns", upload.number, "0"))
    text = render("ask_role", language, column=column, switched_off=is_switched_off(column))
    return Reply(text, [*rows, [back]])


def ask_to_throw_away(upload: Upload, position: int, language: str) -> Reply:
    """Whether that is meant, with the milder choice beside it."""
    column, texts = upload.plan.columns[position], words(language)
    choices = [
        Button(
            texts["buttons"]["throw_away"], Press("role", upload.number, f"{position}.private.yes")
        )
    ]
    if column.role != "ignore":
        ignore = Press("role", upload.number, f"{position}.ignore")
        choices.insert(0, Button(texts["roles"]["ignore"], ignore))
    back = Button(texts["buttons"]["back"], Press("column", upload.number, str(position)))
    return Reply(render("ask_throw_away", language, column=column), [choices, [back]])


def thrown_away_in(upload: Upload, question: str) -> Column | None:
    """The column that a question names, where the adviser had it thrown away."""
    asked = _as_words(question)
    return next(
        (
            column
            for column in upload.plan.with_role("private")
            if column.why == "asked" and _as_words(column.header) in asked
        ),
        None,
    )


def _as_words(text: str) -> str:
    """So that one text is looked for in another by whole words."""
    return f" {' '.join(dictionary.words(text))} "


def was_thrown_away(column: Column, language: str) -> Reply:
    return Reply(render("was_thrown_away", language, column=column))


def taken_back(column: Column, language: str) -> Reply:
    return Reply(render("taken_back", language, column=column))

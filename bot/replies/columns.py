"""How a list is read: every column with what it is taken for, and saying otherwise."""

from collections.abc import Callable, Sequence

from analysis.columns import dictionary
from analysis.columns.plan import Column, ColumnPlan, Role
from analysis.traits import is_switched_off
from bot.buttons import Button, Press
from bot.replies.answers import Reply, button_label
from bot.replies.render import heading, render
from bot.replies.roles import role_in_words, told_by_row
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


def roles_to_choose(column: Column, plan: ColumnPlan) -> tuple[Role, ...]:
    """What one may say that this column is.

    A date is more than the others can be; an amount can be added to what counts as revenue.
    """
    if column.kind == "date":
        return (*ROLES_OF_DATES, *ROLES_TO_CHOOSE)
    counting = plan.revenue_columns
    if column.kind in ("money", "number") and counting and column not in counting:
        return ("revenue", "revenue_part", *ROLES_TO_CHOOSE[1:])
    return ROLES_TO_CHOOSE


def plays(upload: Upload, position: int, role: str) -> bool:
    """Whether the column counts in this role already."""
    column = upload.plan.columns[position]
    if role == "revenue_part":
        return column.role == role and column in upload.plan.revenue_columns
    return column.role == role and not is_switched_off(column)


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
            button_label(heading(column, language), language),
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
        role_of=_role_of(upload, language),
        by_row=[column for column in kept if column.header in told_by_row(upload.findings)],
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
    label = words(language)["buttons"]["take_back"].format(column=heading(column, language))
    return Button(
        button_label(label, language), Press("take_back", upload.number, f"{column.position}")
    )


def ask_role(upload: Upload, position: int, language: str) -> Reply:
    """What is this column? The roles that one may choose, and the way back."""
    column = upload.plan.columns[position]
    labels = words(language)["roles"] | words(language)["roles_to_choose"]
    buttons = [
        Button(labels[role], Press("role", upload.number, f"{position}.{role}"))
        for role in roles_to_choose(column, upload.plan)
        if not plays(upload, position, role)
    ]
    rows = [buttons[place : place + 2] for place in range(0, len(buttons), 2)]
    back = Button(words(language)["buttons"]["back"], Press("columns", upload.number, "0"))
    text = render("ask_role", language, column=column, role=_role_of(upload, language)(column))
    return Reply(text, [*rows, [back]])


def is_premium(column: Column) -> bool:
    """Whether these amounts usually go on to an insurer."""
    return column.meaning == "premium"


def ask_premium(upload: Upload, position: int, role: str, language: str) -> Reply:
    """Whether a premium really is what the office itself is paid."""
    column, labels = upload.plan.columns[position], words(language)["buttons"]
    sure = Button(labels["premium_is_mine"], Press("role", upload.number, f"{position}.{role}.yes"))
    back = Button(labels["back"], Press("column", upload.number, str(position)))
    return Reply(render("ask_premium", language, column=column), [[sure], [back]])


def role_set(before: Upload, now: Upload, position: int, language: str) -> str:
    """What a column counts as from now on, and what no longer is revenue because of it."""
    column = now.plan.columns[position]
    counting = now.plan.revenue_columns
    chosen = column in counting
    return render(
        "role_set",
        language,
        column=column,
        role=_role_of(now, language)(column),
        together=counting if chosen and len(counting) > 1 else (),
        no_longer=[
            now.plan.columns[each.position]
            for each in before.plan.revenue_columns
            if chosen and now.plan.columns[each.position] not in counting
        ],
    )


def _role_of(upload: Upload, language: str) -> Callable[[Column], str]:
    by_row = told_by_row(upload.findings)
    return lambda column: role_in_words(column, upload.plan.columns, language, by_row)


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

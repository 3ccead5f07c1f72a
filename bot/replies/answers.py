"""Findings → what the adviser reads: the text, its buttons, and whether a chart goes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.columns.plan import Question, Standing
from analysis.findings import Findings, Note
from bot.buttons import Action, Button, Press
from bot.comparison import Comparison
from bot.jobs import Chart
from bot.replies.formats import from_file
from bot.replies.render import heading, render
from bot.replies.words import words
from storage.office import Upload, WaitingFile

Rows = Sequence[Sequence[Button]]
# Telegram shows some 30 characters of a button on a phone.
BUTTON_LENGTH = 40
LARGE_BYTES = 2**20
SHEETS_TO_CHOOSE = 8
STANDINGS: tuple[Standing, ...] = ("prospect", "former")
HOUSEHOLD_NOTES = frozenset({"households_apart", "households_added_up"})
RECEIPT_NOTES = HOUSEHOLD_NOTES | {"cost_from_margin", "costs_assumed", "amounts_not_read"}


@dataclass(frozen=True)
class Reply:
    """One answer. `text` is Telegram's HTML; `chart` is drawn and sent with it.

    `chart_of` is what the chart is drawn from, where that is not the findings of one list.
    """

    text: str
    buttons: Rows = ()
    chart: Chart | None = None
    chart_of: Comparison | None = None


def start(language: str) -> Reply:
    return Reply(render("start", language), [[_button(language, "sample")]])


def start_again(upload: Upload, language: str) -> Reply:
    """Who starts with a list hears which one it is, and gets its menu."""
    return Reply(render("start_again", language, upload=upload), menu(upload, language))


def nothing_yet(language: str) -> Reply:
    return Reply(render("nothing_yet", language), [[_button(language, "sample")]])


def received(file_name: str, language: str, size: int = 0, seconds: int = 0) -> Reply:
    """The first sign of life, with a way to stop; the `size` in bytes is told of a large file."""
    large = f"{size} bytes" if size >= LARGE_BYTES else ""
    text = render("received", language, file_name=file_name, size=large, seconds=seconds)
    return Reply(text, [[_button(language, "stop")]])


def computing(upload: Upload, language: str, seconds: int = 0) -> Reply:
    """The list is read; now the figures."""
    text = render(
        "computing",
        language,
        file_name=upload.file_name,
        row_count=upload.row_count,
        seconds=seconds,
    )
    return Reply(text, [[_button(language, "stop")]])


def still_working(language: str, seconds: int) -> Reply:
    """What takes longer than one would think, with a way to stop."""
    text = render("still_working", language, seconds=seconds)
    return Reply(text, [[_button(language, "stop")]])


def receipt(upload: Upload, language: str, message_with_file: int) -> Reply:
    """What was read, and what was thrown away before anything was stored."""
    plan = upload.plan
    cost = plan.with_role("cost")
    skipped = {question.code: question for question in plan.skipped}
    period = skipped.get("month_or_year")
    text = render(
        "receipt",
        language,
        upload=upload,
        dropped=[column for column in plan.columns if not column.stored],
        health=plan.with_health_in_values,
        revenue=plan.revenue_columns,
        cost=cost[0] if cost else None,
        assumed="revenue_column" in skipped,
        assumed_yearly=plan.columns[period.positions[0]] if period else None,
        notes=[note for note in _findings(upload).notes if note.code in RECEIPT_NOTES],
    )
    unsend = Press("unsend", upload.number, str(message_with_file))
    rows = [[button] for button in _who_counts(upload, language)]
    # Without the message there is nothing to take out.
    if message_with_file:
        rows.append([Button(words(language)["buttons"]["unsend"], unsend)])
    return Reply(text, rows)


def _who_counts(upload: Upload, language: str) -> list[Button]:
    """Buttons that take in who was set apart, and the way back."""
    findings, plan = _findings(upload), upload.plan
    apart = {left.why for left in findings.clients.left_out}
    labels: list[tuple[str, str]] = []
    for standing in STANDINGS:
        if standing in plan.taken_in:
            labels.append((f"put_{standing}", f"{standing}.out"))
        elif standing in apart:
            labels.append((f"take_{standing}", f"{standing}.in"))
    codes = {note.code for note in findings.notes}
    if HOUSEHOLD_NOTES & codes:
        label = "split_households" if plan.by_household else "add_households"
        labels.append((label, f"household.{'out' if plan.by_household else 'in'}"))
    texts = words(language)["buttons"]
    return [Button(texts[label], Press("include", upload.number, who)) for label, who in labels]


def ask(upload: Upload, question: Question, language: str) -> Reply:
    """One question about a list, which may be skipped."""
    if question.code == "month_or_year":
        return _ask_period(upload, question, language)
    labels = words(language)["buttons"]
    columns = [upload.plan.columns[position] for position in question.positions]
    only = columns[0] if len(columns) == 1 else None
    answers = [
        (
            labels["revenue_yes"] if only else button_label(heading(column, language), language),
            str(column.position),
        )
        for column in columns
    ]
    if only:
        answers.append((labels["revenue_no"], "none"))
    buttons = [Button(label, Press("revenue", upload.number, answer)) for label, answer in answers]
    rows = [buttons] if only else [[button] for button in buttons]
    skip = Button(labels["skip"], Press("revenue", upload.number, "skip"))
    text = render("ask_revenue", language, upload=upload, only=only, columns=columns)
    return Reply(text, [*rows, [skip]])


def _ask_period(upload: Upload, question: Question, language: str) -> Reply:
    position = question.positions[0]
    labels = words(language)["buttons"]
    month, year, skip = (
        Button(labels[label], Press("period", upload.number, f"{position}.{answer}"))
        for label, answer in (("per_month", "month"), ("per_year", "year"), ("skip", "skip"))
    )
    text = render("ask_period", language, column=upload.plan.columns[position])
    return Reply(text, [[month, year], [skip]])


def ask_sheet(waiting: WaitingFile, language: str) -> Reply:
    """Which of these sheets is the list?"""
    rows = [
        [Button(button_label(name, language), Press("sheet", 0, str(place)))]
        for place, name in enumerate(waiting.sheets[:SHEETS_TO_CHOOSE])
    ]
    text = render("ask_sheet", language, file_name=waiting.file_name)
    return Reply(text, [*rows, [_button(language, "nopassword")]])


def ask_complete(upload: Upload, earlier: Upload, language: str) -> Reply:
    """Do this file and the earlier one tell of the same clients, or is it a list of its own?"""
    labels = words(language)["buttons"]
    buttons = [
        [Button(labels[f"complete_{yes}"], Press("complete", upload.number, yes))]
        for yes in ("yes", "no")
    ]
    return Reply(render("ask_complete", language, upload=upload, earlier=earlier), buttons)


def ask_password(file_name: str, language: str, *, wrong: bool) -> Reply:
    text = render("ask_password", language, file_name=file_name, wrong=wrong)
    return Reply(text, [[_button(language, "nopassword")]])


def ask_if_password(file_name: str, language: str) -> Reply:
    """Was that the password of the file, or is it meant for the bot?"""
    text = render("ask_if_password", language, file_name=file_name)
    labels = words(language)["buttons"]
    rows = [
        [Button(labels[f"password_{answer}"], Press("password", 0, answer))]
        for answer in ("yes", "no")
    ]
    return Reply(text, [*rows, [_button(language, "nopassword")]])


def first_answer(upload: Upload, language: str, aside: str = "") -> Reply:
    """Three findings, one picture, and the way to the rest; `aside` is a file with revenue."""
    findings = _findings(upload)
    rows = list(menu(upload, language))
    if findings.pareto is not None:
        rows[-1] = [_why(language, upload, "first"), *rows[-1]]
    return Reply(
        render(
            "first_answer",
            language,
            upload=upload,
            has_best=_has_best(findings),
            notes=telling_notes(findings),
            aside=aside,
        ),
        rows,
        chart=_pareto_chart(findings),
    )


def top10(
    upload: Upload,
    language: str,
    names: Mapping[str, str] | None = None,
    marks: Mapping[str, Sequence[str]] | None = None,
) -> Reply:
    """The ten and what they share; with `names` in place of client numbers where they are known.

    `marks` are those that the adviser gave, by client.
    """
    findings = _findings(upload)
    if findings.top10 is None or not _has_best(findings):
        return cannot_tell(upload, language)
    buttons = [_button(language, "why_top10", upload, label="why")]
    if names is None and upload.plan.with_role("client_name"):
        buttons.append(_button(language, "names", upload))
    rows = [buttons]
    if findings.top10.look_alikes:
        rows.append([_button(language, "alike", upload)])
    text = render("top10", language, upload=upload, names=names or {}, marks=marks or {})
    chart: Chart | None = "top10" if findings.top10.traits and names is None else None
    return Reply(text, [*rows, *menu(upload, language, without="top10")], chart)


def look_alikes(upload: Upload, language: str, names: Mapping[str, str] | None = None) -> Reply:
    """Who resemble the ten, and why; `names` where asked for, and a guess only if asked for."""
    findings = _findings(upload)
    if findings.top10 is None or not _has_best(findings):
        return cannot_tell(upload, language)
    found = findings.top10
    text = render(
        "look_alikes", language, upload=upload, names=names or {}, guess=names is not None
    )
    buttons = [_why(language, upload, "alike")]
    named = found.look_alikes and upload.plan.with_role("client_name")
    if names is None and (named or found.nearest):
        label = words(language)["buttons"]["names" if named else "guess"]
        buttons.append(Button(label, Press("names", upload.number, "alike")))
    return Reply(text, [buttons, *menu(upload, language)])


def why_top10(upload: Upload, language: str) -> Reply:
    if not _has_best(_findings(upload)):
        return cannot_tell(upload, language)
    text = render("why_top10", language, upload=upload)
    return Reply(text, menu(upload, language, without="top10"))


def pareto(upload: Upload, language: str) -> Reply:
    """The own X/Y with the cost mirror."""
    findings = _findings(upload)
    if findings.pareto is None:
        return cannot_tell(upload, language)
    buttons = [_why(language, upload, "pareto")]
    if findings.pareto.profit_curve:
        buttons.append(_button(language, "profit", upload))
    return Reply(
        render("pareto", language, upload=upload),
        [buttons, *menu(upload, language, without="pareto")],
        chart=_pareto_chart(findings),
    )


def profit(upload: Upload, language: str) -> Reply:
    """The whale curve: where profit comes from, and where it goes again."""
    found = _findings(upload).pareto
    if found is None or not found.profit_curve:
        return cannot_tell(upload, language)
    text = render("profit", language, upload=upload)
    return Reply(text, menu(upload, language), chart="profit")


def value(upload: Upload, language: str) -> Reply:
    if _findings(upload).pareto is None:
        return cannot_tell(upload, language)
    text = render("value", language, upload=upload)
    rows = [[_why(language, upload, "value")], *menu(upload, language, without="value")]
    claimed = any(group.verdict != "chance" for group in _findings(upload).groups)
    return Reply(text, rows, chart="groups" if claimed else None)


def focus(upload: Upload, language: str) -> Reply:
    found = _findings(upload).focus
    if found is None or not found.levels:
        return cannot_tell(upload, language)
    text = render("focus", language, upload=upload)
    buttons = [_why(language, upload, "focus"), _button(language, "letter", upload)]
    return Reply(text, [buttons, *menu(upload, language, without="focus")], chart="levels")


def cannot_tell(upload: Upload, language: str) -> Reply:
    """What is asked does not follow from this file, and why."""
    notes = telling_notes(_findings(upload))
    return Reply(
        render("cannot_tell", language, upload=upload, notes=notes), menu(upload, language)
    )


def outdated(upload: Upload | None, language: str) -> Reply:
    """A fresh menu for a button that has lost its question."""
    if upload is None:
        return Reply(render("outdated", language), [[_button(language, "sample")]])
    return Reply(render("outdated", language), menu(upload, language))


def ask_language(language: str) -> Reply:
    labels = words(language)["buttons"]
    buttons = [Button(labels[f"language_{to}"], Press("language", 0, to)) for to in ("nl", "en")]
    return Reply(render("ask_language", language), [buttons])


def unreadable(
    reason: str, found: str, limit: str, file_name: str, *, kept: bool, language: str
) -> Reply:
    """Why a file gives no answer, and what to do."""
    text = render(
        "unreadable",
        language,
        reason=reason,
        found=found,
        limit=limit,
        file_name=file_name,
        kept=kept,
    )
    return Reply(text, [[_button(language, "sample")]])


def menu(upload: Upload, language: str, without: Action | None = None) -> Rows:
    """Buttons to all answers, two in a row; without revenue the one that leads to them."""
    if upload.findings is not None and upload.findings.pareto is None:
        # Columns can only be read otherwise while the rows are kept.
        press = Press("columns", upload.number)
        return [[Button(words(language)["buttons"]["columns"], press)]] if upload.rows_kept else []
    actions: list[Action] = ["top10", "pareto", "value", "focus"]
    shown = [_button(language, action, upload) for action in actions if action != without]
    shown.append(_button(language, "more", upload))
    return [shown[place : place + 2] for place in range(0, len(shown), 2)]


def telling_notes(findings: Findings) -> list[Note]:
    """The notes that say why something is missing, most telling first."""
    order = ("no_revenue", "revenue_not_positive", "fewer_than_20_clients", "fewer_than_30_clients")
    return sorted(
        (note for note in findings.notes if note.code in order),
        key=lambda note: order.index(note.code),
    )


def _button(
    language: str, action: Action, upload: Upload | None = None, label: str | None = None
) -> Button:
    number = upload.number if upload else 0
    return Button(words(language)["buttons"][label or action], Press(action, number))


def _why(language: str, upload: Upload, claim: str) -> Button:
    """To the numbers behind a claim."""
    return Button(words(language)["buttons"]["why"], Press("why", upload.number, claim))


def button_label(text: str, language: str, room: int = BUTTON_LENGTH) -> str:
    """Text of a file on a button, which is never empty."""
    label = from_file(text)
    if len(label) > room:
        label = label[: room - 1].rstrip() + "…"
    return label or words(language)["values"]["nameless"]


def _findings(upload: Upload) -> Findings:
    if upload.findings is None:
        raise ValueError("an upload without findings has no answers")
    return upload.findings


def _has_best(findings: Findings) -> bool:
    """Whether there is a top that may be called the best: chosen by hand, or above zero."""
    top = findings.top10
    if top is None:
        return False
    by_revenue = top.chosen_by == "measure" and top.measure == "revenue"
    return not by_revenue or any((client.revenue or 0) > 0 for client in top.clients)


def _pareto_chart(findings: Findings) -> Chart | None:
    found = findings.pareto
    return "pareto" if found and found.curve and not found.too_few else None

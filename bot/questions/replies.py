"""Answers and choices → what the adviser reads, with its buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.columns.plan import Column
from analysis.findings import LeftOut
from analysis.traits import is_switched_off
from bot.buttons import Button, Press
from bot.questions.model import Amount, Answer, Listed, Part, Question, Side
from bot.questions.remarks import by_row_remark
from bot.questions.wording import Wording, texts
from bot.replies.answers import BUTTON_LENGTH, Reply, button_label, menu
from bot.replies.formats import from_file
from bot.replies.render import render
from storage.office import Upload


@dataclass(frozen=True)
class Figures:
    """The figures of a side, written."""

    total: str
    mean: str
    median: str


@dataclass(frozen=True)
class InsideTop:
    """A count within a top, beside the same count outside it."""

    size: int
    share: float
    outside_count: int
    outside_size: int
    outside_share: float


def answered(
    answer: Answer,
    upload: Upload,
    language: str,
    number: int | None = None,
    names: Mapping[str, str] | None = None,
    left_out: Sequence[str] = (),
) -> Reply:
    """The answer; `number` is that of the kept question, for its button. With `names` in place of
    client numbers where they are known. `left_out` are words of the question that play no part."""
    wording = Wording(upload.plan.columns, language, by_row=answer.by_row)
    question = answer.question
    findings = upload.findings
    values: dict[str, object] = {
        "compared": findings is not None and bool(findings.groups),
        "costs": [n for n in findings.notes if n.code == "costs_assumed"] if findings else [],
        "by_row": by_row_remark(answer, [wording.column(each) for each in answer.by_row]),
        "answer": answer,
        "understood": wording.question(question),
        "left_out": left_out,
        "uncounted": _uncounted(upload),
    }
    # Who asks for one client or for ten knows that they are few.
    chosen_few = question.limit is not None or any(f.type == "client" for f in question.filters)
    if answer.lacking:
        text = render(
            "question_cannot",
            language,
            why=wording.lacking(answer.lacking),
            **values,
        )
        return Reply(text, menu(upload, language))
    template, more = _figures(answer, wording, names or {})
    text = render(template, language, chosen_few=chosen_few, **values, **more)
    buttons = []
    named = bool(answer.listed) and bool(upload.plan.with_role("client_name"))
    if named and number is not None and names is None:
        label = texts(language)["buttons"]["question_names"]
        buttons.append([Button(label, Press("question", upload.number, f"{number}.names"))])
    return Reply(text, [*buttons, *menu(upload, language)])


def _uncounted(upload: Upload) -> Sequence[LeftOut]:
    """Who is in the file and in no figure."""
    return upload.findings.clients.left_out if upload.findings else ()


def choice(
    questions: Sequence[Question],
    unknown: str,
    upload: Upload,
    language: str,
    number: int,
    reason: str = "",
) -> Reply:
    """Which of these do you mean? `number` is that of the kept questions. They may be two questions
    of one message, as the `reason` says."""
    wording = Wording(upload.plan.columns, language)
    readings = [wording.question(question) for question in questions]
    two = reason == "two_questions"
    text = render("question_choice", language, readings=readings, unknown=unknown, two=two)
    return Reply(text, _to_choose(_differences(readings, language), upload, number, numbered=True))


def _differences(readings: Sequence[str], language: str) -> list[str]:
    """The readings without the pieces that all share: a button shows only its beginning."""
    joint = texts(language)["joins"]["all"]
    pieces = [reading.split(joint) for reading in readings]
    shared = set.intersection(*map(set, pieces)) if len(pieces) > 1 else set()
    if any(shared.issuperset(own) for own in pieces):
        # One says no more than the other: then only what both begin with is left out.
        shared = {own[0] for own in pieces if len(own) > 1} & shared
    differing = (joint.join(each for each in own if each not in shared) for own in pieces)
    return [short or whole for short, whole in zip(differing, readings, strict=True)]


def not_understood(
    phrases: Sequence[str],
    words: str,
    upload: Upload,
    language: str,
    number: int,
    *,
    lacking: bool,
    reason: str = "",
) -> Reply:
    """What it cannot do and for what reason, and the nearest that it can."""
    off = next(filter(is_switched_off, upload.plan.columns), None)
    off = off if reason == "switched_off" else None
    text = render(
        "question_unknown",
        language,
        words_of_question=words,
        phrases=phrases,
        in_full=any(len(phrase) > BUTTON_LENGTH for phrase in phrases),
        lacking=lacking,
        switched_off=off,
        never_kept=reason == "never_kept",
        why=texts(language)["beyond"].get(reason, ""),
        perhaps_name=reason == "perhaps_name",
    )
    buttons = [] if off is None else [[_to_switch_on(off, upload, language)]]
    buttons += _to_choose(phrases, upload, number, numbered=False)
    return Reply(text, buttons or menu(upload, language))


def _to_switch_on(column: Column, upload: Upload, language: str) -> Button:
    label = texts(language)["buttons"]["switch_on"].format(column=column.header)
    press = Press("role", upload.number, f"{column.position}.trait")
    return Button(button_label(label, language), press)


def too_much(upload: Upload, language: str) -> Reply:
    return Reply(render("question_too_much", language), menu(upload, language))


def small_talk(kind: str, upload: Upload, language: str) -> Reply:
    """A kind short answer to what asks nothing."""
    said = texts(language)["small_talk"][kind]
    return Reply(render("question_small_talk", language, said=said), menu(upload, language))


def _to_choose(
    labels: Sequence[str], upload: Upload, number: int, *, numbered: bool
) -> list[list[Button]]:
    rows = []
    for place, label in enumerate(labels):
        shown = f"{place + 1}. {label}" if numbered else label
        cut = shown if len(shown) <= BUTTON_LENGTH else shown[: BUTTON_LENGTH - 1].rstrip() + "…"
        rows.append([Button(cut, Press("question", upload.number, f"{number}.{place}"))])
    return rows


def _figures(
    answer: Answer, wording: Wording, names: Mapping[str, str]
) -> tuple[str, dict[str, object]]:
    """The template of this answer, and what it needs beside the answer itself."""
    question = answer.question
    if question.intent == "what_if":
        found = answer.what_if
        if found is None:
            return "question_profit", {"profits": answer.profits}
        more = {"before": found.before, "after": found.after, "profits": answer.profits}
        return "question_what_if", {"found": found, **more}
    if question.intent == "breakdown":
        return "question_breakdown", {
            "parts": _parts(answer, wording, names),
            "together": _together(answer, wording),
            "groups": _groups(answer),
            "in_time": wording.is_by_date(question.group_by),
        }
    if question.intent == "card":
        facts = wording.facts(answer.facts)
        asked = facts[: any(each.column == question.column for each in answer.facts)]
        return "question_card", {"asked": asked, "facts": facts[len(asked) :]}
    if question.intent == "rank":
        return "question_rank", {}
    if question.intent == "reach":
        return "question_reach", _reached(answer, wording)
    if question.intent == "clients" and question.group_by is not None:
        return "question_tops", {"parts": _parts(answer, wording, names)}
    if question.intent == "clients":
        return "question_clients", _listed(answer, wording, names)
    if question.intent == "compare":
        return "question_compare", {
            "sides": _sides(answer, wording),
            "lead": question.statistic or "mean",
            "counted": question.amount is None,
        }
    if question.statistic == "share":
        return "question_share", _share(answer, wording)
    if question.intent == "count":
        assert answer.selected is not None
        return "question_count", {
            "share": _part_of(answer.selected.clients, answer.clients),
            "of_all": not (question.base or question.filters or question.versus),
            "inside": _inside(answer),
        }
    return "question_statistic", _statistic(answer, wording)


def _reached(answer: Answer, wording: Wording) -> dict[str, object]:
    amount, whole = answer.question.amount, answer.whole
    assert whole is not None
    total = whole.total or 0.0
    return {
        "share": _part_of(answer.reached or 0, answer.clients),
        "figure": wording.figure(answer.reached_amount, amount),
        "part": (answer.reached_amount or 0.0) / total if total > 0 else 0.0,
        "whole": wording.figure(total, amount),
    }


def _statistic(answer: Answer, wording: Wording) -> dict[str, object]:
    question, side = answer.question, answer.selected
    assert side is not None
    value = getattr(side, question.statistic or "total")
    return {
        "figure": wording.figure(value, question.amount) or "–",
        "more": _more(answer.more, question, wording),
        "selected": _written(side, question.amount, wording),
        "rest": _written(answer.rest, question.amount, wording),
    }


def _written(side: Side | None, amount: Amount | None, wording: Wording) -> Figures | None:
    if side is None or not side.known:
        return None
    return Figures(
        total=wording.figure(side.total, amount) if _adds_up(amount, wording) else "",
        mean=wording.figure(side.mean, amount),
        median=wording.figure(side.median, amount),
    )


def _adds_up(amount: Amount | None, wording: Wording) -> bool:
    """Whether a total says something: of amounts and counts, not of ages and rates."""
    return amount is not None and wording.unit(amount) in ("money", "hours", "number")


def _share(answer: Answer, wording: Wording) -> dict[str, object]:
    side, whole, amount = answer.selected, answer.whole, answer.question.amount
    assert side is not None
    if amount is None:
        share = _part_of(side.clients, answer.clients)
        return {"share": share, "figure": "", "whole": ""}
    total = whole.total if whole is not None and whole.total else 0.0
    return {
        "share": (side.total or 0.0) / total if total > 0 else 0.0,
        "figure": wording.figure(side.total or 0.0, amount),
        "whole": wording.figure(total, amount),
    }


def _inside(answer: Answer) -> InsideTop | None:
    if answer.within is None or answer.selected is None or answer.outside is None:
        return None
    outside_size = answer.clients - answer.within
    return InsideTop(
        size=answer.within,
        share=_part_of(answer.selected.clients, answer.within),
        outside_count=answer.outside,
        outside_size=outside_size,
        outside_share=_part_of(answer.outside, outside_size),
    )


def _part_of(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _parts(answer: Answer, wording: Wording, names: Mapping[str, str]) -> list[dict[str, object]]:
    question = answer.question
    shown = []
    for part in answer.parts:
        counted = question.amount is not None or question.statistic == "share"
        shown.append(
            {
                "label": wording.part(part, question.group_by),
                "figure": _figure_of_part(part, answer, wording),
                "clients": (part.whole or part.side).clients,
                "counted": counted,
                "more": _more(part.more, question, wording),
                "listed": _written_list(part.listed, question, wording, names),
            }
        )
    return shown


def _figure_of_part(part: Part, answer: Answer, wording: Wording) -> str:
    question, side, whole = answer.question, part.side, part.whole or answer.selected
    if question.statistic == "share":
        assert whole is not None
        if question.amount is None:
            return wording.percent(_part_of(side.clients, whole.clients))
        above, below = side.total or 0.0, whole.total or 0.0
        return wording.percent(above / below) if below > 0 else "–"
    if question.amount is None:
        return wording.figure(side.clients, None)
    return wording.figure(getattr(side, question.statistic or "total"), question.amount) or "–"


def _together(answer: Answer, wording: Wording) -> str:
    """Of all groups taken together, which part it is; empty where no part of each was asked."""
    if answer.whole is None or answer.selected is None:
        return ""
    return _figure_of_part(Part(side=answer.selected, whole=answer.whole), answer, wording)


def _groups(answer: Answer) -> int:
    """How many groups there are, without those of whom it is not known; 0 where only a few were
    asked for."""
    if answer.question.limit is not None or answer.question.amount is not None:
        return 0
    named = sum(part.label is not None for part in answer.parts)
    return named + answer.parts_left_out if named else 0


def _more(sides: Sequence[Side], question: Question, wording: Wording) -> list[tuple[str, str]]:
    """What was asked as well, each with its figure."""
    return [
        (
            wording.beside(measure),
            wording.figure(getattr(side, measure.statistic), measure.amount) or "–",
        )
        for measure, side in zip(question.also, sides, strict=True)
    ]


def _written_list(
    listed: Sequence[Listed], question: Question, wording: Wording, names: Mapping[str, str]
) -> list[dict[str, object]]:
    return [
        {
            "shown": from_file(names.get(client.client, client.client)),
            "figure": wording.figure(client.amount, question.amount),
            "more": [
                (
                    wording.beside(measure, of_one=True),
                    wording.figure(figure, measure.amount) or "–",
                )
                for measure, figure in zip(question.also, client.more, strict=False)
            ],
        }
        for client in listed
    ]


def _listed(answer: Answer, wording: Wording, names: Mapping[str, str]) -> dict[str, object]:
    amount, side = answer.question.amount, answer.selected
    assert side is not None
    added = _adds_up(amount, wording)
    return {
        "total": wording.figure(side.total, amount) if added and side.clients > 1 else "",
        "listed": _written_list(answer.listed, answer.question, wording, names),
    }


def _sides(answer: Answer, wording: Wording) -> list[dict[str, object]]:
    question = answer.question
    sides = []
    for filters, side in ((question.filters, answer.selected), (question.versus, answer.rest)):
        if side is None:
            continue
        written = _written(side, question.amount, wording)
        everybody = filters == question.versus and question.beside_all
        sides.append(
            {
                "label": wording.everybody()
                if everybody
                else wording.conditions(filters, rows=bool(answer.by_row)),
                "clients": side.clients,
                "mean": written.mean if written else "",
                "median": written.median if written else "",
                "total": written.total if written else "",
            }
        )
    return sides

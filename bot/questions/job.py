"""The work on a question in a worker process: read it, compute it, or only compute it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.columns.plan import ColumnPlan
from bot.questions.model import Answer, Question

SUGGESTIONS = 3


@dataclass(frozen=True)
class Handled:
    """What became of a text. `answer` where one reading stood out; else `questions` to choose from.

    `outcome`, `words` and `left_out` are those of the reading. `phrases` are the texts
    of the `questions` where these are suggestions.
    """

    outcome: Literal["sure", "likely", "ask", "lacking", "unknown", "thanks"]
    answer: Answer | None = None
    questions: tuple[Question, ...] = ()
    phrases: tuple[str, ...] = ()
    words: str = ""
    left_out: tuple[str, ...] = ()
    reason: str = ""
    """Why no list can tell it, or which small talk it is; as in the reading."""


def ask(
    rows: bytes,
    plan: ColumnPlan,
    text: str,
    language: str,
    as_of: date,
    previous: Question | None = None,
) -> Handled:
    """Reads a text and answers it, or says what it could mean. It may go on with the `previous`.

    Raises UnreadableFile where the plan leaves no client.
    """
    from analysis import clients, reading
    from bot.questions.answers.compute import answer
    from bot.questions.follow_up import follow_up
    from bot.questions.near import nearest
    from bot.questions.pieces import Context
    from bot.questions.read import read

    built = clients.build(reading.unpack(rows), plan)
    context = Context(built, as_of)
    goes_on = None if previous is None else follow_up(text, previous, context, language)
    found = goes_on or read(text, context, language)
    if found.outcome in ("sure", "likely"):
        question = found.questions[0]
        told = (
            Answer(question=question, clients=len(built))
            if question.intent == "show"
            else answer(question, built, as_of)
        )
        return Handled(found.outcome, told, left_out=found.left_out)
    if found.outcome in ("ask", "thanks"):
        return Handled(
            found.outcome, questions=found.questions, words=found.words, reason=found.reason
        )
    near = nearest(text, context, language, SUGGESTIONS, found.reason)
    return Handled(
        found.outcome,
        questions=tuple(question for _, question in near),
        phrases=tuple(phrase for phrase, _ in near),
        words=found.words,
        reason=found.reason,
    )


def compute(rows: bytes, plan: ColumnPlan, question: Question, as_of: date) -> Answer | None:
    """The answer to a stored reading; None where the list has no such column any more.

    Raises UnreadableFile where the plan leaves no client.
    """
    from analysis import clients, reading
    from bot.questions.answers.compute import answer

    built = clients.build(reading.unpack(rows), plan)
    try:
        return answer(question, built, as_of)
    except KeyError:
        return None

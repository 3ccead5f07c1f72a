"""The work on a question in a worker process: read it, compute it, or only compute it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.columns.plan import ColumnPlan
from bot.questions.model import Answer, Question

SUGGESTIONS = 3


@dataclass(frozen=True)
class Handled:
    """What became of a text. `answer` where it was read surely; else `questions` to choose from.

    `outcome` is that of the reading, and `words` what was not understood. `phrases` are the texts
    of the `questions` where these are suggestions.
    """

    outcome: Literal["sure", "ask", "lacking", "unknown", "thanks"]
    answer: Answer | None = None
    questions: tuple[Question, ...] = ()
    phrases: tuple[str, ...] = ()
    words: str = ""
    reason: str = ""
    """Why no list can tell it, or which small talk it is; as in the reading."""


def ask(rows: bytes, plan: ColumnPlan, text: str, language: str, as_of: date) -> Handled:
    """Reads a text and answers it, or says what it could mean.

    Raises UnreadableFile where the plan leaves no client.
    """
    from analysis import clients, reading
    from bot.questions.compute import answer
    from bot.questions.near import nearest
    from bot.questions.pieces import Context
    from bot.questions.read import read

    built = clients.build(reading.unpack(rows), plan)
    context = Context(built, as_of)
    found = read(text, context, language)
    if found.outcome == "sure":
        question = found.questions[0]
        if question.intent == "show":
            return Handled("sure", Answer(question=question, clients=len(built)))
        return Handled("sure", answer(question, built, as_of))
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
    from bot.questions.compute import answer

    built = clients.build(reading.unpack(rows), plan)
    try:
        return answer(question, built, as_of)
    except KeyError:
        return None

"""A free question about a stored list: read and computed in a worker, kept for its buttons."""

from collections.abc import Sequence
from datetime import date

from bot.questions import job
from bot.questions.job import Handled
from bot.questions.model import Answer, Question, as_text, from_text
from bot.services import Services
from storage.office import Upload


class Asking:
    """Questions of one office. The texts themselves are neither kept nor logged."""

    def __init__(self, services: Services, office: str) -> None:
        self._services = services
        self._office = office

    async def ask(self, upload: Upload, text: str, language: str) -> tuple[Handled, int]:
        """What became of the text, and the number under which its questions are kept.

        Raises UnreadableFile where that takes too long or too much.
        """
        handled = await self._services.engine.run(
            job.ask,
            await self._services.lists.rows(upload),
            upload.plan,
            text,
            language,
            self._today(),
        )
        questions = (handled.answer.question,) if handled.answer else handled.questions
        return handled, self.keep(upload, questions)

    async def compute(self, upload: Upload, question: Question) -> Answer | None:
        """The answer; None where the list has no such column any more. Raises UnreadableFile."""
        return await self._services.engine.run(
            job.compute,
            await self._services.lists.rows(upload),
            upload.plan,
            question,
            self._today(),
        )

    def kept(self, upload: Upload, number: int) -> tuple[Question, ...]:
        """The questions of that number about this list; none where they are gone."""
        with self._services.offices.open(self._office) as file:
            found = file.questions(number, upload.number)
        return () if found is None else from_text(found)

    def keep(self, upload: Upload, questions: Sequence[Question]) -> int:
        """The number under which these questions are kept, for a button."""
        with self._services.offices.open(self._office) as file:
            return file.keep_questions(upload.number, as_text(questions), self._services.clock())

    def _today(self) -> date:
        return self._services.clock().astimezone(self._services.settings.timezone).date()

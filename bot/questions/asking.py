"""A free question about a stored list: read and computed in a worker, kept for its buttons."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.questions import job
from bot.questions.job import Handled
from bot.questions.model import Answer, Question, as_text, from_text
from bot.services import Services
from storage.office import Upload
from storage.register import Member

# A question goes on with the one before while that still stands in sight.
IN_SIGHT = timedelta(minutes=30)


class Asking:
    """Questions of one member. The texts themselves are neither kept nor logged."""

    def __init__(self, services: Services, member: Member) -> None:
        self._services = services
        self._office = member.office
        self._member = member

    async def ask(self, upload: Upload, text: str) -> tuple[Handled, int]:
        """What became of the text, and the number under which its questions are kept.

        Raises UnreadableFile where that takes too long or too much.
        """
        handled = await self._services.engine.run(
            job.ask,
            await self._services.lists.rows(upload),
            upload.plan,
            text,
            self._member.language,
            self._today(),
            self._previous(upload),
        )
        if handled.answer is not None:
            return handled, self.keep(upload, [handled.answer.question], answered=True)
        return handled, self.keep(upload, handled.questions)

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

    def keep(self, upload: Upload, questions: Sequence[Question], *, answered: bool = False) -> int:
        """The number under which these questions are kept, for a button.

        The next question may go on with one that was `answered`.
        """
        member = self._member.user if answered else None
        with self._services.offices.open(self._office) as file:
            return file.keep_questions(
                upload.number, as_text(questions), self._services.clock(), member
            )

    def _previous(self, upload: Upload) -> Question | None:
        since = self._services.clock() - IN_SIGHT
        with self._services.offices.open(self._office) as file:
            kept = file.last_answered(upload.number, self._member.user, since)
        return next(iter(from_text(kept or "[]")), None)

    def _today(self) -> date:
        return self._services.clock().astimezone(self._services.settings.timezone).date()

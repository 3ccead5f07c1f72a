"""What an adviser tells of his clients himself, for one of his lists. Knows no chat."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

from analysis.findings import Findings
from analysis.measures import Measure
from storage.marks import EVERY_LIST, OwnTop, Search
from storage.office import Upload
from storage.offices import Offices

Mark = Literal["pleasant", "knows_much", "much_contact", "ambassador", "important"]
MARKS: tuple[Mark, ...] = get_args(Mark)
Purpose = Literal["mark", "choose"]
SIZES = (5, 10, 15, 20)
OTHERS = 10
MOST_FOUND = 8
MOST_BY_HAND = 20


class Marking:
    """The marks and the own top that go with one list of an office."""

    def __init__(self, offices: Offices, office: str, upload: Upload) -> None:
        self._offices = offices
        self._office = office
        self._upload = upload
        self._listed = clients_known_in(upload)

    @property
    def own(self) -> OwnTop:
        with self._offices.open(self._office) as file:
            return file.marks.of(self._listed)

    def client(self, key: str) -> str | None:
        """The client of a button; None where the list has him not."""
        with self._offices.open(self._office) as file:
            return file.clients(self._upload.number).by_key(key)

    def find(self, text: str) -> list[str]:
        with self._offices.open(self._office) as file:
            return file.clients(self._upload.number).find(text.strip(), MOST_FOUND)

    def others(self) -> list[str]:
        """Some clients outside the top, from all over the list, to compare its marks with."""
        with self._offices.open(self._office) as file:
            return file.clients(self._upload.number).any_others(self.top(), OTHERS)

    def top(self) -> list[str]:
        """The top as the findings have it."""
        top = self._upload.findings.top10 if self._upload.findings else None
        return [client.client for client in top.clients] if top else []

    def names(self, clients: Sequence[str]) -> dict[str, str]:
        with self._offices.open(self._office) as file:
            return file.names_of(self._upload.number, list(clients))

    def look_at(self, client: str) -> None:
        with self._offices.open(self._office) as file:
            file.marks.look_at(self._listed, client)

    def toggle(self, client: str, mark: Mark, wanted: bool | None = None) -> None:
        with self._offices.open(self._office) as file:
            file.marks.toggle(self._listed, client, mark, wanted)

    def wanted(self, user: int) -> OwnTop:
        """The top that a member is composing."""
        with self._offices.open(self._office) as file:
            return file.marks.wanted(user, self._upload.number, self._listed)

    def want(self, user: int, top: OwnTop) -> None:
        with self._offices.open(self._office) as file:
            file.marks.want(user, self._upload.number, top)

    def choose(self, user: int, client: str, wanted: bool | None = None) -> bool:
        """Into the top by hand, or out of it; False where it is full."""
        top = self.wanted(user)
        others = tuple(each for each in top.chosen if each != client)
        into = client not in top.chosen if wanted is None else wanted
        if into and len(others) >= MOST_BY_HAND:
            return False
        if into != (client in top.chosen):
            self.want(user, replace(top, chosen=(*others, client) if into else others))
        return True

    def begin_anew(self, user: int) -> None:
        """What a member composed and did not finish is forgotten."""
        with self._offices.open(self._office) as file:
            file.marks.stop_wanting(user)

    def adopt(self, user: int) -> None:
        """The findings are to go by the top that a member composed."""
        with self._offices.open(self._office) as file:
            file.marks.adopt(user, self._upload.number, self._listed)

    def holds(self, top: OwnTop) -> bool:
        """Whether the findings have this top, by its measure."""
        found = self._upload.findings.top10 if self._upload.findings else None
        if found is None or found.chosen_by == "hand":
            return False
        return (found.measure, found.size) == (top.measure, top.size)

    def ask(
        self,
        user: int,
        message: int,
        purpose: Purpose,
        found: Sequence[str] = (),
        *,
        named: bool = False,
    ) -> None:
        """Remembers which message asks for a client, and whom the answer found."""
        search = Search(user, message, self._upload.number, purpose, tuple(found), named)
        with self._offices.open(self._office) as file:
            file.marks.ask(search)


def clients_known_in(upload: Upload) -> int:
    """Under which list its clients are known: every list, where they have numbers of their own."""
    numbered = upload.plan.with_role("client_id") and not upload.plan.by_household
    return EVERY_LIST if numbered else upload.number


def asked(offices: Offices, office: str, user: int) -> Search | None:
    """What a member was asked for last."""
    with offices.open(office) as file:
        return file.marks.asked(user)


def measures_of(findings: Findings | None) -> list[Measure]:
    """What the top of these findings can be ordered by."""
    pareto = findings.pareto if findings else None
    if findings is None or pareto is None:
        return []
    measures: list[Measure] = ["revenue"]
    if pareto.profit is not None and not pareto.costs.estimated:
        measures.append("profit")
    if findings.focus and any(level.hours for level in findings.focus.levels):
        measures.append("profit_per_hour")
    return measures

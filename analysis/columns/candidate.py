"""One column while its role is being decided."""

from dataclasses import dataclass

from analysis.columns.evidence import Evidence
from analysis.columns.plan import NEVER_STORED, Column, Kind, Role


@dataclass
class Candidate:
    """What a column is taken for so far; `evidence` is None where there are no rows to look at."""

    position: int
    header: str
    name: str
    role: Role
    meaning: str
    kind: Kind
    confidence: float
    why: str
    evidence: Evidence | None
    reversed: bool = False
    ask: bool = False
    year: int | None = None
    times_a_year: float = 1.0

    @property
    def has_numbers(self) -> bool:
        """Whether the values can be amounts; true where there are no values to look at."""
        return self.evidence is None or (self.evidence.cells > 0 and self.evidence.number >= 0.5)

    def as_column(self) -> Column:
        """Return the decided column."""
        return Column(
            position=self.position,
            header=self.header,
            name=self.name,
            role=self.role,
            meaning=self.meaning,
            kind=self.kind,
            confidence=round(self.confidence, 2),
            why=self.why,
            stored=self.role not in NEVER_STORED,
            reversed=self.reversed,
            times_a_year=self.times_a_year,
        )

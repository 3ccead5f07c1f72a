"""One column: its heading and its values weighed together."""

from analysis.columns.candidate import Candidate
from analysis.columns.dictionary import Meaning, look_up, meaning_of_code, words
from analysis.columns.evidence import Evidence, few_values
from analysis.columns.health import OTHER_MEANINGS, PEOPLE_MEANINGS, asks_for_a_reason
from analysis.columns.parts import tells_apart
from analysis.columns.plan import Kind, Role

_FREE_TEXT_LENGTH = 40.0
_MOSTLY = 0.5
_NEARLY_ALL = 0.9
_NUMBERED = ("client_id", "ignore", "household", "birth_date", "last_contact", "since")


def judge(position: int, header: str, name: str, evidence: Evidence | None) -> Candidate:
    """Return what a column is taken for, by itself."""
    found = look_up(header)
    if evidence is None or evidence.cells == 0:
        return _by_heading(position, header, name, found, evidence)
    private = _private_by_values(found, evidence, tells_apart(header))
    if private is None and _tells_health(header, found, evidence):
        private = "forbidden_health"
    if private is not None:
        meaning = meaning_of_code(private)
        why = "heading_and_values" if found and found.meaning == private else "values"
        return _candidate(position, header, name, meaning, 0.95, why, evidence)
    if found is None or _contradicted(found, evidence):
        return _by_values(position, header, name, evidence)
    candidate = _candidate(position, header, name, found, found.confidence, found.how, evidence)
    return _with_values(candidate, evidence)


def _candidate(
    position: int,
    header: str,
    name: str,
    found: Meaning,
    confidence: float,
    why: str,
    evidence: Evidence | None,
) -> Candidate:
    return Candidate(
        position=position,
        header=header,
        name=name,
        role=found.role,
        meaning=found.meaning,
        kind=found.kind,
        confidence=confidence,
        why=why,
        evidence=evidence,
        reversed=found.reversed,
        ask=found.ask,
        year=found.year,
    )


def _by_heading(
    position: int, header: str, name: str, found: Meaning | None, evidence: Evidence | None
) -> Candidate:
    if found is not None:
        return _candidate(position, header, name, found, found.confidence, found.how, evidence)
    role: Role = "trait" if evidence is None else "ignore"
    return Candidate(position, header, name, role, "", "text", 0.3, "default", evidence)


def _private_by_values(found: Meaning | None, evidence: Evidence, is_key: bool) -> str | None:
    """Return the meaning under which the values themselves forbid to keep a column.

    `is_key` is whether the heading says that the column tells records apart.
    """
    if evidence.bsn > _MOSTLY:
        return "forbidden_bsn"
    if evidence.mail > _MOSTLY:
        return "email"
    if evidence.iban > _MOSTLY:
        return "iban"
    known = found.role if found else None
    dates = evidence.date > _MOSTLY
    numbered = known in _NUMBERED or (found is None and (is_key or evidence.running))
    if evidence.phone > _MOSTLY and not dates and not numbered:
        numbers = evidence.number > _NEARLY_ALL and evidence.length < 9
        return None if numbers else "phone"
    if evidence.street > _MOSTLY and known in (None, "trait", "private"):
        return "street"
    free = evidence.length > _FREE_TEXT_LENGTH and evidence.unique > _MOSTLY
    if free and evidence.cells >= 5 and known in (None, "trait", "ignore"):
        return "notes"
    return None


def _tells_health(header: str, found: Meaning | None, evidence: Evidence) -> bool:
    """Tell whether values say how somebody is, as `Disabled` under *Employment status*."""
    if found is not None and (
        found.role not in ("trait", "ignore", "outcome") or found.meaning in OTHER_MEANINGS
    ):
        return False
    if evidence.health == "among_people":
        of_people = found is not None and found.meaning in PEOPLE_MEANINGS
        return of_people or asks_for_a_reason(words(header))
    return evidence.health == "unmistakable"


def _contradicted(found: Meaning, evidence: Evidence) -> bool:
    """Tell whether the values cannot be what the heading says."""
    if found.meaning in ("phone", "email", "iban", "partner_name", "contact_person"):
        # `telephone: yes` and `partner: no` say whether there is one, not which.
        return evidence.yes_no > _NEARLY_ALL or (evidence.distinct <= 3 and evidence.cells > 10)
    if found.role == "birth_date":
        return evidence.date + evidence.year + evidence.number < _MOSTLY
    if found.role in ("age", "contacts", "proposals", "deals"):
        return evidence.number < _MOSTLY
    if found.role in ("cost", "hours"):
        return evidence.number + evidence.time < _MOSTLY and not evidence.bands
    return False


def _with_values(candidate: Candidate, evidence: Evidence) -> Candidate:
    """Let the values correct the kind, and the few roles that depend on it."""
    if candidate.meaning == "age" and evidence.year > _NEARLY_ALL:
        born = meaning_of_code("birth_year")
        candidate.role, candidate.meaning, candidate.kind = born.role, born.meaning, born.kind
        candidate.why = "heading_and_values"
    elif candidate.role == "since" and evidence.date < _MOSTLY and evidence.number > _MOSTLY:
        candidate.kind = "date" if evidence.year > _NEARLY_ALL else "number"
    elif candidate.meaning == "partner" and evidence.letters > _MOSTLY and not few_values(evidence):
        hidden = meaning_of_code("partner_name")
        candidate.role, candidate.meaning = hidden.role, hidden.meaning
        candidate.why = "heading_and_values"
    else:
        candidate.kind = _kind_for(candidate.kind, evidence)
    if candidate.role == "trait" and candidate.kind == "text":
        candidate.kind = "category"
    return candidate


def _kind_for(wanted: Kind, evidence: Evidence) -> Kind:
    """Return the kind that a heading asks for where the values allow it, else what they are."""
    if wanted in ("text", "duration"):
        return wanted
    fits = {
        "money": evidence.number,
        "number": evidence.number,
        "percentage": evidence.number,
        "date": evidence.date + evidence.year,
        "yes_no": evidence.yes_no,
        "category": 1.0 if evidence.number < _NEARLY_ALL or few_values(evidence) else 0.0,
        "ordered": 1.0 if evidence.bands else 0.0,
    }
    enough = _NEARLY_ALL if wanted == "yes_no" else _MOSTLY
    return wanted if fits[wanted] >= enough else kind_of_values(evidence)


def kind_of_values(evidence: Evidence) -> Kind:
    """Return the kind of a column by its values alone."""
    if evidence.yes_no > 0.95 and evidence.distinct <= 4:
        return "yes_no"
    if evidence.date > 0.8:
        return "date"
    if evidence.time > 0.8:
        return "duration"
    if evidence.bands and evidence.number < 0.8:
        return "ordered"
    if evidence.number > 0.8:
        if evidence.percent > _MOSTLY:
            return "percentage"
        return "money" if evidence.currency > _MOSTLY else "number"
    return "category" if few_values(evidence) or evidence.unique < _MOSTLY else "text"


def _by_values(position: int, header: str, name: str, evidence: Evidence) -> Candidate:
    """A heading that says nothing: a postal code shows itself, the rest is a trait or a key."""
    if evidence.postcode > _MOSTLY:
        postcode = meaning_of_code("postcode")
        return _candidate(position, header, name, postcode, 0.8, "values", evidence)
    kind = kind_of_values(evidence)
    useless = kind == "text" or (kind == "number" and evidence.unique == 1.0 == evidence.whole)
    role: Role = "ignore" if useless or kind == "date" else "trait"
    return Candidate(position, header, name, role, "", kind, 0.4, "values", evidence)

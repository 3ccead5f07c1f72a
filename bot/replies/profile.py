"""What the best clients clearly share, as one sentence that an adviser can quote."""

from analysis.findings import Condition, Findings
from bot.replies.traits import in_words, name_of, value_in_words
from bot.replies.words import words

NOT_TOLD_BY_A_HEADING = frozenset({"mark", "years_until", "years_since", "region", "legal_form"})
"""Traits whose name is no noun to put `from 50` behind."""


def in_one_sentence(findings: Findings, language: str) -> str | None:
    """`Je bent op je best bij klanten die dga zijn, met vermogen vanaf € 250.000.`, not escaped.

    None where the best clients clearly share nothing.
    """
    top = findings.top10
    if top is None or not top.profile:
        return None
    texts = words(language)["profile"]
    meanings = {column.header: column.meaning for column in findings.columns}
    roles, traits = [], []
    for condition in top.profile:
        role = _role(condition, meanings.get(condition.header, ""), language)
        if role:
            roles.append(role)
        else:
            traits.append(_phrase(condition, language))
    clients = texts["clients"]
    if roles:
        clients += f" {texts['roles'].format(roles=_listed(roles, language))}"
    if traits:
        comma = "," if roles else ""
        clients += f"{comma} {texts['traits'].format(traits=_listed(traits, language))}"
    return str(texts["sentence"].format(clients=clients))


def _role(condition: Condition, meaning: str, language: str) -> str | None:
    """`dga` for *DGA j/n: ja*, where the dictionary of headings knows what the question asks."""
    if not isinstance(condition.value, bool) or condition.derived is not None:
        return None
    answer = condition.value is (condition.operator == "is")
    known: dict[str, str] = words(language)["profile_roles" if answer else "profile_no_roles"]
    return known.get(meaning)


def _phrase(condition: Condition, language: str) -> str:
    """`vermogen vanaf € 250.000`; as a quotation where that makes no phrase."""
    texts = words(language)
    pattern = texts["profile_traits"].get(condition.operator)
    heading = name_of(condition, language)
    odd = condition.derived in NOT_TOLD_BY_A_HEADING or isinstance(condition.value, bool)
    # `Vehicle Class` is a name, no noun of the sentence.
    if odd or pattern is None or any(word[:1].isupper() for word in heading.split()[1:]):
        return str(texts["profile"]["quoted"].format(trait=in_words(condition, language)))
    if heading[1:2].islower():
        heading = heading[0].lower() + heading[1:]
    value, upper = value_in_words(condition, language)
    return str(pattern.format(header=heading, value=value, upper=upper))


def _listed(parts: list[str], language: str) -> str:
    *first, last = parts
    return f"{', '.join(first)} {words(language)['values']['and']} {last}" if first else last

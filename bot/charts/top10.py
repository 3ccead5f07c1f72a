"""What the best clients share, set against all others."""

from collections.abc import Mapping
from typing import Any

from analysis.findings import SharedTrait, Top10
from bot.charts.bars import Bar, Group, bar_chart
from bot.charts.style import SIGNS
from bot.charts.texts import texts_of
from bot.replies.formats import percent
from bot.replies.traits import in_words

MOST_TRAITS, MOST_USUAL = 5, 1


def top10_chart(top10: Top10 | Mapping[str, Any], language: str) -> bytes | None:
    """A PNG of the strongest shared traits, with the verdict on each; None without any.

    The trait that most clients have, the ten or not, comes last: to show that it is no finding.
    """
    top = Top10.model_validate(top10)
    if not top.traits:
        return None
    texts, _ = texts_of(language)
    shown = top.traits[:MOST_TRAITS]
    drawn = {trait.trait for trait in shown}
    usual = [trait for trait in top.usual if trait.trait not in drawn][:MOST_USUAL]
    groups = [_group(trait, trait.verdict, top.size, language) for trait in shown]
    groups += [_group(trait, "usual", top.size, language) for trait in usual]
    title = texts["top_title"].format(size=top.size)
    return bar_chart(title, texts["top_below"], groups)


def _group(trait: SharedTrait, verdict: str, size: int, language: str) -> Group:
    texts, locale = texts_of(language)
    stressed = verdict in ("clear", "hint")
    of_top = trait.in_top / trait.top_size if trait.top_size else 0.0
    return Group(
        heading=in_words(trait, language),
        tag=f"{SIGNS[verdict]} {texts[verdict]}",
        bars=(
            Bar(
                texts["top"].format(size=size),
                of_top,
                texts["of"].format(count=trait.in_top, size=trait.top_size),
                "accent" if stressed else "outline",
            ),
            Bar(texts["rest"], trait.in_rest, percent(trait.in_rest, locale), "hatched"),
        ),
        stressed=stressed,
    )

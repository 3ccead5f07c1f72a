"""The words inside the pictures, in both languages."""

from babel import Locale

LANGUAGES = ("nl", "en")

TEXTS: dict[str, dict[str, str]] = {
    "nl": {
        "pareto_title": "{clients} van je klanten brengt {revenue} van je omzet",
        "pareto_title_few": "{count} van je {of} klanten brengen {revenue} van je omzet",
        "pareto_title_few_one": "1 van je {of} klanten brengt {revenue} van je omzet",
        "pareto_title_one": "1 klant brengt al je omzet",
        "pareto_rest": "De andere {clients} vraagt {costs} van je kosten.",
        "pareto_rest_estimate": "De andere {clients} vraagt naar schatting {costs} van je kosten.",
        "pareto_clients": "{share}: {count} klanten",
        "pareto_clients_one": "{share}: 1 klant",
        "revenue": "Omzet",
        "costs": "Kosten",
        "costs_estimate": "Kosten (schatting)",
        "even": "Gelijk verdeeld",
        "pareto_across": "Deel van je klanten, van groot naar klein",
        "pareto_up": "Deel van je omzet",
        "pareto_up_costs": "Deel van je omzet en kosten",
        "top_title": "Wat je {size} beste klanten delen",
        "top_below": "Vergeleken met al je andere klanten",
        "top": "top {size}",
        "rest": "de rest",
        "of": "{count} van {size}",
        "clear": "duidelijk",
        "hint": "aanwijzing",
        "chance": "kan toeval zijn",
        "usual": "heel gewoon",
        "levels_title": "Wat elke groep brengt en vraagt",
        "levels_below": (
            "A brengt de eerste 80% van je omzet, "
            "B\N{NO-BREAK SPACE}de\N{NO-BREAK SPACE}volgende\N{NO-BREAK SPACE}15%, C de rest."
        ),
        "level_one": "{level}: 1 klant",
        "level": "{level}: {count} klanten",
        "per_client": "{money} per klant",
        "level_clients": "klanten",
        "level_revenue": "omzet",
        "level_costs": "kosten",
        "level_costs_estimate": "kosten*",
        "estimate_note": "* schatting",
    },
    "en": {
        "pareto_title": "{clients} of your clients bring {revenue} of your revenue",
        "pareto_title_few": "{count} of your {of} clients bring {revenue} of your revenue",
        "pareto_title_few_one": "1 of your {of} clients brings {revenue} of your revenue",
        "pareto_title_one": "1 client brings all your revenue",
        "pareto_rest": "The other {clients} take {costs} of your costs.",
        "pareto_rest_estimate": "The other {clients} take an estimated {costs} of your costs.",
        "pareto_clients": "{share}: {count} clients",
        "pareto_clients_one": "{share}: 1 client",
        "revenue": "Revenue",
        "costs": "Costs",
        "costs_estimate": "Costs (estimate)",
        "even": "Evenly spread",
        "pareto_across": "Share of your clients, largest first",
        "pareto_up": "Share of your revenue",
        "pareto_up_costs": "Share of your revenue and costs",
        "top_title": "What your {size} best clients share",
        "top_below": "Set against all your other clients",
        "top": "top {size}",
        "rest": "the rest",
        "of": "{count} of {size}",
        "clear": "clear",
        "hint": "a hint",
        "chance": "may be chance",
        "usual": "very common",
        "levels_title": "What each group brings and takes",
        "levels_below": "A brings the first 80% of your revenue, B the next 15%, C the rest.",
        "level_one": "{level}: 1 client",
        "level": "{level}: {count} clients",
        "per_client": "{money} per client",
        "level_clients": "clients",
        "level_revenue": "revenue",
        "level_costs": "costs",
        "level_costs_estimate": "costs*",
        "estimate_note": "* estimate",
    },
}


def texts_of(language: str) -> tuple[dict[str, str], Locale]:
    """Texts and number formats; Dutch for any language but English."""
    known = language if language in LANGUAGES else "nl"
    return TEXTS[known], Locale(known)

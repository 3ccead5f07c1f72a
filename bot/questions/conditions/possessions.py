"""Money of which no amount is named, only a verb: *worth over half a million*, *die 60k verdienen*.

What clients have is their wealth, and what they earn is their income, where the list tells those;
otherwise money is what they bring.
"""

from bot.questions.conditions.values import REVENUE
from bot.questions.model import Amount, Compare
from bot.questions.pieces import Pieces
from bot.questions.words.item import Item
from bot.questions.words.lexicon import LANGUAGES, vocabulary
from bot.questions.words.text import YEARS

_PASSED = ("skip", "of", "present", "verb", "who", "clients", "yields", "yearly", "own")
_FAR = 4
LEAST_BARE = 1_000


def is_money(item: Item) -> bool:
    """Whether the number may be one of euros, as far as it tells itself."""
    number = item.number or 0.0
    large = item.unit == "" and number >= LEAST_BARE and int(number) not in YEARS
    return item.unit == "money" or large


def owned(pieces: Pieces, first: int, last: int) -> tuple[Amount, list[int]] | None:
    """What money from `first` to `last` is, where a verb near it tells, with the place of that."""
    number = next((at for at in (last, last - 1) if pieces.number(at, "money", "")), None)
    if number is None or not is_money(pieces.items[number]):
        return None
    for meaning in ("income", "wealth"):
        column = pieces.context.meant(meaning, "money")
        place = _verb(pieces, first, last, meaning)
        if column is not None and place is not None:
            holds = pieces.has(place, "present", "skip") and not pieces.has(place, "yields")
            return Amount(kind="column", column=column.name), [] if holds else [place]
    return None


def _verb(pieces: Pieces, first: int, last: int, meaning: str) -> int | None:
    """Where the verb of this meaning stands, if nothing between says of what the money is."""
    verbs = {verb for each in LANGUAGES for verb in vocabulary(each)["possessions"][meaning]}
    found = None
    for step, start in ((-1, first - 1), (1, last + 1)):
        place = start
        while 0 <= place < len(pieces.items) and abs(place - start) < _FAR:
            item = pieces.items[place]
            brings = item.has("yields") and not _ends_with(item.words, verbs)
            if brings or _is_named(pieces, place) or _is_ours(item.words):
                # *Wie heeft meer dan 5000 euro opgeleverd*.
                return None
            if found is not None and meaning == "income" and item.has("clients"):
                # *Median revenue of people making 150k*: the verb tells of them.
                break
            if not pieces.is_free(place) or not (item.has(*_PASSED) or item.words in verbs):
                break
            if found is None and _ends_with(item.words, verbs):
                found = place
            place += step
    return found


def _is_named(pieces: Pieces, place: int) -> bool:
    """Whether an amount is named here; what somebody brings is no name of one."""
    return pieces.amount(place) is not None and not pieces.has(place, "yields")


def _is_ours(words: str) -> bool:
    ours = {each for language in LANGUAGES for each in vocabulary(language)["possessions"]["ours"]}
    return not ours.isdisjoint(words.split())


def _ends_with(words: str, verbs: set[str]) -> bool:
    return words in verbs or words.rpartition(" ")[2] in verbs


def may_be_owned(pieces: Pieces, condition: Compare, place: int) -> Compare | None:
    """*Klanten met meer dan 2 ton* may as well be about what they have."""
    wealth = pieces.context.meant("wealth", "money")
    introduced = pieces.next(place, lambda at: pieces.has(at, "present"), step=-1)
    if wealth is None or introduced is None or condition.amount != REVENUE:
        return None
    amount = Amount(kind="column", column=wealth.name)
    return condition.model_copy(update={"amount": amount})

"""What can be asked that is nearest to what was asked."""

from rapidfuzz import fuzz

from bot.questions.compute import answer
from bot.questions.lexicon import vocabulary
from bot.questions.model import Question
from bot.questions.pieces import Context
from bot.questions.read import read
from bot.questions.text import LONGEST_TEXT, words_of

# A word in common says more than letters in common.
WORD_WEIGHT = 25.0
SHORTEST_WORD = 4


def nearest(text: str, context: Context, language: str, count: int) -> list[tuple[str, Question]]:
    """The example phrases nearest to the text, of those that this list can answer."""
    words = " ".join(words_of(text[:LONGEST_TEXT]))
    phrases: list[str] = vocabulary(language)["examples"]["phrases"]
    ranked = sorted(phrases, key=lambda phrase: -_likeness(words, phrase))
    found: list[tuple[str, Question]] = []
    for phrase in ranked:
        reading = read(phrase, context, language)
        if reading.outcome != "sure":
            continue
        if not answer(reading.questions[0], context.clients, context.as_of).lacking:
            found.append((phrase, reading.questions[0]))
        if len(found) == count:
            break
    return found


def _likeness(words: str, phrase: str) -> float:
    other = words_of(phrase)
    common = {word for word in words.split() if len(word) >= SHORTEST_WORD} & set(other)
    return fuzz.ratio(words, " ".join(other)) + WORD_WEIGHT * len(common)

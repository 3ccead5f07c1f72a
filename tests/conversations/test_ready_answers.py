"""An answer is made once, as long as nothing of the office changes."""

import pytest

from bot.replies import answers
from storage.office import Upload
from tests.conversations.lists import csv_list


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """The language of each `/focus` that is made from now on."""
    languages: list[str] = []
    focus = answers.focus

    def counted(upload: Upload, language: str) -> answers.Reply:
        languages.append(language)
        return focus(upload, language)

    monkeypatch.setattr("bot.replies.answers.focus", counted)
    return languages


async def focus(adviser) -> str:
    await adviser.says("/focus")
    return (await adviser.sees("A")).text


async def test_the_second_time_it_is_there_already(bot, anja, made):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    # The picture that goes with the first one is remembered in the office's file.
    first = [await focus(anja) for _ in range(2)][-1]
    assert [await focus(anja) for _ in range(3)] == [first] * 3
    assert len(made) <= 2


async def test_another_list_is_another_answer(bot, anja, made):
    await anja.sends("klanten.csv", csv_list(60))
    await anja.sees_photo()
    before = [await focus(anja) for _ in range(2)][-1]
    await anja.sends("klanten.csv", csv_list(80))
    await anja.sees_photo()
    assert await focus(anja) != before


async def test_another_language_is_another_answer(bot, anja, made):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    dutch = [await focus(anja) for _ in range(2)][-1]
    bot.services.register.set_language(anja.user.id, "en")
    assert await focus(anja) != dutch
    assert made[-1] == "en"


async def test_nothing_of_a_forgotten_office_is_left(bot, anja, made):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await focus(anja)
    bot.services.offices.remove(bot.services.register.member(anja.user.id).office)
    await anja.says("/focus")
    await anja.sees("nog geen")

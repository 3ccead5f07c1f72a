"""Dutch and English say the same: same files, same keys, same statements, same figures."""

import re
import string
from importlib.resources import files

import pytest
from jinja2 import Environment, nodes
from telegram.constants import BotCommandLimit, CallbackQueryLimit

from bot.replies.words import LANGUAGES, words

FOLDERS = {language: files("bot.replies").joinpath(language) for language in LANGUAGES}
TEMPLATES = sorted(each.name for each in FOLDERS["nl"].iterdir() if each.name.endswith(".html"))
# A command has a name of its own in each language.
MENUS = ("commands", "operator_commands")
SYNTAX = Environment(line_statement_prefix="%", autoescape=True)


def source(language: str, name: str) -> str:
    return FOLDERS[language].joinpath(name).read_text(encoding="utf-8")


def used(language: str, name: str) -> list[str]:
    """Every variable, attribute, filter and test of a template, with how often it is used."""
    tree = SYNTAX.parse(source(language, name))
    return sorted(
        [f"variable {node.name}" for node in tree.find_all(nodes.Name)]
        + [f"attribute {node.attr}" for node in tree.find_all(nodes.Getattr)]
        + [f"filter {node.name}" for node in tree.find_all(nodes.Filter)]
        + [f"test {node.name}" for node in tree.find_all(nodes.Test)]
    )


def only_filters(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith("filter ")]


def statements(language: str, name: str) -> list[str]:
    """The lines that steer a template, and the empty lines it asks for."""
    return re.findall(r"^(?:% ?.*|---)$", source(language, name), re.MULTILINE)


def keys_of(language: str) -> set[str]:
    return {
        f"{section}.{key}"
        for section, texts in words(language).items()
        for key in texts
        if section not in MENUS
    }


def test_both_languages_have_the_same_files():
    names = [sorted(each.name for each in FOLDERS[language].iterdir()) for language in LANGUAGES]
    assert names[0] == names[1]


def test_both_languages_have_the_same_words():
    assert keys_of("nl") == keys_of("en")


@pytest.mark.parametrize("menu", MENUS)
def test_both_languages_have_the_same_commands_in_the_same_order(menu):
    """A command that is common to both stands level."""
    dutch, english = list(words("nl")[menu]), list(words("en")[menu])
    assert len(dutch) == len(english)
    common = set(dutch) & set(english)
    assert menu != "commands" or "top10" in common
    assert all(dutch.index(name) == english.index(name) for name in common)


@pytest.mark.parametrize("name", TEMPLATES)
def test_both_languages_steer_alike(name):
    assert statements("nl", name) == statements("en", name)


# English needs the number a second time where its verb bends and the Dutch one does not.
BENDS_IN_ENGLISH = {"pareto.html"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_both_languages_use_the_same_figures(name):
    dutch, english = used("nl", name), used("en", name)
    assert set(dutch) == set(english)
    if name in BENDS_IN_ENGLISH:
        dutch, english = only_filters(dutch), only_filters(english)
    assert dutch == english


def test_both_languages_fill_in_the_same_values():
    for section, texts in words("nl").items():
        if section in MENUS:
            continue
        for key, text in texts.items():
            fields = [
                sorted({field for _, field, _, _ in string.Formatter().parse(each) if field})
                for each in (text, words("en")[section][key])
            ]
            assert fields[0] == fields[1], f"{section}.{key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_has_loose_spaces(language):
    for section, texts in words(language).items():
        for key, text in texts.items():
            assert text, f"{section}.{key}"
            assert text == " ".join(text.split()), f"{section}.{key}"


@pytest.mark.parametrize("menu", MENUS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_menu_is_what_telegram_takes(language, menu):
    for name, text in words(language)[menu].items():
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert len(text) <= BotCommandLimit.MAX_DESCRIPTION
        assert len(text) <= 45, "longer is cut on a phone"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_word_after_a_press_fits(language):
    for text in words(language)["toasts"].values():
        assert len(text) <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_names_every_command_of_the_menu(language):
    text = source(language, "help.html")
    for name in words(language)["commands"]:
        assert name == "help" or f"/{name} ·" in text

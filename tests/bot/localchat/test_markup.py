"""Telegram's HTML becomes text and entities, counted in UTF-16 units."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.localchat.limits import RefusedError
from bot.localchat.markup import clean, parse_html, plain
from bot.localchat.model import utf16_length


def _spans(markup: str) -> list[tuple[Any, ...]]:
    return [
        (entity["type"], entity["offset"], entity["length"])
        for entity in parse_html(markup).entities
    ]


@pytest.mark.parametrize(
    ("markup", "text", "spans"),
    [
        ("plain", "plain", []),
        ("<b>vet</b> en <i>cursief</i>", "vet en cursief", [("bold", 0, 3), ("italic", 7, 7)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("🧭 <u>x</u>", "🧭 x", [("underline", 3, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<TG-SPOILER>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<code>a &lt; b</code>", "a < b", [("code", 0, 5)]),
        ("<pre>a <b>b</b></pre>", "a b", [("pre", 0, 3)]),
        ("  <b> x </b>  ", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("&amp;lt; &laquo; &#8364; &#x20AC; &quot &#0;", '&lt; &laquo; € € " &#0;', []),
        ("a &amp b & c", "a & b & c", []),
        ("tab\tbell\x07 a\r\nb\u202ec", "tab bell  a\nbc", []),
        ("<a href='javascript:x'>y</a>", "y", []),
        ("zie /top10 of 1/2", "zie /top10 of 1/2", [("bot_command", 4, 6)]),
        ("<code>/top10</code>", "/top10", [("code", 0, 6)]),
        ("op https://a.nl/b?c=1.", "op https://a.nl/b?c=1.", [("url", 3, 18)]),
    ],
)
def test_text_and_entities(markup: str, text: str, spans: list[tuple[Any, ...]]) -> None:
    assert parse_html(markup).text == text
    assert _spans(markup) == spans


def test_links_and_languages() -> None:
    (link,) = parse_html('<a href="https://a.nl/?b=1&amp;c=2">x</a>').entities
    assert link["url"] == "https://a.nl/?b=1&c=2"
    (block,) = parse_html('<pre><code class="language-python">x</code></pre>').entities
    assert (block["type"], block["language"]) == ("pre", "python")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<", "Unclosed start tag at byte offset 0"),
        ("€<b", "Unclosed start tag at byte offset 3"),
        ("<b x>y</b>", 'Expected equal sign in declaration of an attribute of the tag "b"'),
        ('<a href="x>y</a>', 'Unclosed start tag "a" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("<b><i>x</b></i>", 'expected "</i>", found "</b>"'),
    ],
)
def test_refused(markup: str, words: str) -> None:
    with pytest.raises(RefusedError, match="can't parse entities: ") as caught:
        parse_html(markup)
    assert words in caught.value.description


@given(st.text())
def test_any_escaped_text_arrives_as_it_was(text: str) -> None:
    """But for the blanks at both ends and the characters that Telegram takes from every text."""
    assert parse_html(html.escape(text)).text == clean(text).strip()


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs", "Z", "M"])))
def test_any_escaped_ordinary_text_arrives_identical(text: str) -> None:
    assert parse_html(html.escape(text)).text == text


@given(st.text(alphabet=st.sampled_from("<>/&;\"'= \n🧭abipre-codespan#x1"), max_size=60))
def test_hostile_markup_is_read_or_refused(markup: str) -> None:
    try:
        body = parse_html(markup)
    except RefusedError:
        return
    for entity in body.entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= body.length


@given(st.text(), st.text(min_size=1))
def test_offsets_count_utf16_units(before: str, marked: str) -> None:
    body = parse_html(f"x{html.escape(before)}<b>{html.escape(marked)}</b>x")
    text = clean(marked)
    bold = [entity for entity in body.entities if entity["type"] == "bold"]
    assert [(entity["offset"], entity["length"]) for entity in bold] == (
        [(1 + utf16_length(clean(before)), utf16_length(text))] if text else []
    )


def test_plain_text_is_no_markup() -> None:
    assert plain(" <b>x</b> ").text == "<b>x</b>"
    assert plain("<b>x</b>").entities == ()

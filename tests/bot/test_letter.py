"""The draft letter: a document that Word opens, kind, and without a word on levels."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest

from bot.docx import PARTS, STYLE_OF_TAG, paragraphs, write_docx
from bot.letter import write_letter
from bot.replies.words import LANGUAGES
from tests.bot.replies.situations import DAY, SITUATIONS, upload_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
WITH_LEVELS = [name for name in SITUATIONS if upload_of(name).findings.focus is not None]
FORBIDDEN = re.compile(
    r"afstoten|slechte|belangrijk(?:e|ste) klant|onrendabel|bad client|important client|profit",
    re.IGNORECASE,
)


def package_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def pages_of(content: bytes) -> list[list[str]]:
    """The text of each paragraph, by page that the document itself begins."""
    pages: list[list[str]] = [[]]
    for paragraph in Xml.fromstring(package_of(content)["word/document.xml"]).iter(f"{W}p"):
        if paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None:
            pages.append([])
        pages[-1].append("".join(each.text or "" for each in paragraph.iter(f"{W}t")))
    return pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_package_holds_together(language):
    package = package_of(write_letter(upload_of("care and conversion"), language))
    assert next(iter(package)) == "[Content_Types].xml"
    parsed = {name: Xml.fromstring(part) for name, part in package.items()}
    types = {each.get("PartName") for each in parsed["[Content_Types].xml"]}
    assert {f"/{name}" for name in package if name.endswith(".xml")} - types == {
        "/[Content_Types].xml"
    }
    for relations, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        for relation in parsed[relations].iter(RELATION):
            assert folder + relation.get("Target") in package
    styles = {each.get(f"{W}styleId") for each in parsed["word/styles.xml"].iter(f"{W}style")}
    assert set(STYLE_OF_TAG.values()) <= styles
    used = {each.get(f"{W}val") for each in parsed["word/document.xml"].iter(f"{W}pStyle")}
    assert used == set(STYLE_OF_TAG.values())
    spoken = next(parsed["word/styles.xml"].iter(f"{W}lang")).get(f"{W}val")
    assert spoken == {"nl": "nl-NL", "en": "en-GB"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", WITH_LEVELS)
def test_each_level_with_clients_has_a_letter_that_names_no_level(situation, language):
    upload = upload_of(situation)
    levels = [level for level in upload.findings.focus.levels if level.clients]
    first, *letters = pages_of(write_letter(upload, language))
    assert len(letters) == len(levels)
    for level in levels:
        assert any(f" {level.level}: " in line for line in first)
    always = {"nl": "Wat altijd doorgaat", "en": "What never changes"}[language]
    bodies = [" ".join(letter) for letter in letters]
    assert all(always in body for body in bodies)
    assert len(set(bodies)) == len(bodies)
    for body in bodies:
        assert not re.search(r"niveau|\blevel\b|groep|segment", body, re.IGNORECASE)
        assert not FORBIDDEN.search(body)
        assert not re.search(r"[{}<>]|\bNone\b|  ", body)
        assert body.count("[") == body.count("]") >= 8


def test_what_the_list_does_not_tell_is_left_to_the_adviser():
    known = " ".join(pages_of(write_letter(upload_of("care and conversion"), "nl"))[1])
    unknown = " ".join(pages_of(write_letter(upload_of("nothing significant"), "nl"))[1])
    assert "[Bij hypotheken:] Loopt uw rentevaste periode af" in unknown
    assert "[Bij hypotheken:]" not in known
    assert "Loopt uw rentevaste periode af" in known


def test_no_text_of_the_list_comes_into_a_letter():
    upload = replace(upload_of("care and conversion"), file_name="<b>Jansen & co.xlsx")
    assert write_letter(upload, "nl") == write_letter(upload_of("care and conversion"), "nl")


def test_a_list_without_levels_has_no_letter():
    with pytest.raises(ValueError, match="without levels"):
        write_letter(upload_of("twelve clients"), "nl")


def test_any_text_is_escaped_and_spaces_stay():
    markup = "<p>een <b>twee &amp; &lt;drie&gt;</b> vier<br>vijf</p><hr><li>zes</li>"
    package = package_of(write_docx(markup, "A & <b>", "nl", DAY))
    assert set(package) == {*PARTS, "word/document.xml"}
    document = Xml.fromstring(package["word/document.xml"])
    texts = [each.text for each in document.iter(f"{W}t")]
    assert texts == ["een ", "twee & <drie>", " vier", "vijf", "zes"]
    assert b"A &amp; &lt;b&gt;" in package["docProps/core.xml"]
    assert len(list(document.iter(f"{W}br"))) == 1


def test_a_page_begins_where_the_template_says():
    found = paragraphs("<h1>a</h1>\n<p>b</p>\n<hr>\n<p>c</p>\n<p>d</p>")
    assert [(each.tag, each.begins_page) for each in found] == [
        ("h1", False), ("p", False), ("p", True), ("p", False)
    ]  # fmt: skip

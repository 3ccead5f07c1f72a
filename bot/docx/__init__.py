"""A few paragraphs as a Word document: Office Open XML, written by itself.

The fixed parts stand in the folder `parts`; ECMA-376 part 1 is the standard of all of them.
"""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from string import Template
from xml.etree import ElementTree as Xml
from xml.sax.saxutils import escape

from typing_extensions import override

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LOCALES = {"nl": "nl-NL", "en": "en-GB"}

# Where each part stands in the document. Word wants the content types first.
PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_relations.xml",
    "docProps/core.xml": "core.xml",
    "word/_rels/document.xml.rels": "document_relations.xml",
    "word/numbering.xml": "numbering.xml",
    "word/styles.xml": "styles.xml",
}
STYLE_OF_TAG = {"h1": "Heading1", "h2": "Heading2", "p": "Normal", "li": "ListBullet"}
# A4 with margins of 2.5 cm, in twentieths of a point.
PAGE = {"w": "11906", "h": "16838"}
MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "1418")
LINE_END = "\n"


@dataclass
class Paragraph:
    """One paragraph: the tag it was, whether it begins a page, and its pieces.

    A piece is text and whether it is bold; a line end within the paragraph is a piece of its own.
    """

    tag: str
    begins_page: bool
    pieces: list[tuple[str, bool]] = field(default_factory=list)


def write_docx(markup: str, title: str, language: str, day: date) -> bytes:
    """A document of the paragraphs in `markup`; see `paragraphs` for the tags it may hold."""
    facts = {"title": escape(title), "language": LOCALES[language], "day": day.isoformat()}
    folder = files("bot.docx") / "parts"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for place, name in PARTS.items():
            part = Template((folder / name).read_text(encoding="utf-8"))
            package.writestr(place, part.substitute(facts))
        package.writestr("word/document.xml", _document(paragraphs(markup)))
    return content.getvalue()


def paragraphs(markup: str) -> list[Paragraph]:
    """The paragraphs of HTML with h1, h2, p, li, b, br, and hr where a page begins."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.paragraphs


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self._open: Paragraph | None = None
        self._bold = False
        self._page_begins = False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in STYLE_OF_TAG:
            self._open = Paragraph(tag, self._page_begins)
            self._page_begins = False
        elif tag == "hr":
            self._page_begins = True
        elif tag == "b":
            self._bold = True
        elif tag == "br" and self._open is not None:
            self._open.pieces.append((LINE_END, False))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "b":
            self._bold = False
        elif tag in STYLE_OF_TAG and self._open is not None:
            self.paragraphs.append(self._open)
            self._open = None

    @override
    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.pieces.append((data, self._bold))


def _document(shown: list[Paragraph]) -> bytes:
    Xml.register_namespace("w", W)
    root = Xml.Element(f"{{{W}}}document")
    body = _add(root, "body")
    for paragraph in shown:
        _add_paragraph(body, paragraph)
    section = _add(body, "sectPr")
    _add(section, "pgSz", **PAGE)
    _add(section, "pgMar", **MARGINS, header="709", footer="709", gutter="0")
    written: bytes = Xml.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _add_paragraph(body: Xml.Element, paragraph: Paragraph) -> None:
    element = _add(body, "p")
    properties = _add(element, "pPr")
    _add(properties, "pStyle", val=STYLE_OF_TAG[paragraph.tag])
    if paragraph.begins_page:
        _add(properties, "pageBreakBefore")
    for text, bold in paragraph.pieces:
        run = _add(element, "r")
        if bold:
            _add(_add(run, "rPr"), "b")
        if text == LINE_END:
            _add(run, "br")
            continue
        written = _add(run, "t")
        written.text = text
        # Without it Word drops the spaces where bold begins and ends.
        written.set(XML_SPACE, "preserve")


def _add(parent: Xml.Element, tag: str, **attributes: str) -> Xml.Element:
    named = {f"{{{W}}}{name}": value for name, value in attributes.items()}
    return Xml.SubElement(parent, f"{{{W}}}{tag}", named)

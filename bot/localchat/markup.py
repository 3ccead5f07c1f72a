"""Telegram's HTML: markup → text and entities, refused where Telegram refuses it.

Rules: https://core.telegram.org/bots/api#html-style. Offsets in entities count UTF-16 units;
offsets in refusals count UTF-8 bytes of the markup, as Telegram's do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Never

from telegram.constants import MessageLimit

from .limits import refuse
from .model import FormattedText, Json, utf16_length

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([a-zA-Z]+));?")
START_TAG = re.compile(r"<([a-zA-Z0-9-]*)")
ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>"']++)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[\w.-]+))|(?!\s*=))"""
)
END_TAG = re.compile(r"</([a-zA-Z0-9-]*)\s*(>?)")
COMMAND = re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,32}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}']")
VALUELESS = {"expandable"}

_UNWANTED = {code: " " for code in range(32) if code != ord("\n")}
_UNWANTED[ord("\r")] = ""
_UNWANTED |= dict.fromkeys([*range(8232, 8239), 819, 831, 778], "")


@dataclass(frozen=True)
class _OpenTag:
    name: str
    begins_at: int
    attributes: dict[str, str]


@dataclass
class _Written:
    """The text so far and its length in UTF-16 units."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        text = clean(text)
        self.parts.append(text)
        self.length += utf16_length(text)


def clean(text: str) -> str:
    """Text without the characters that Telegram takes out; control characters become spaces."""
    return text.translate(_UNWANTED)


def plain(text: str) -> FormattedText:
    """Text without markup, trimmed as at Telegram, with the entities it finds by itself."""
    return _finish(clean(text), [])


def parse_html(markup: str) -> FormattedText:
    """Telegram's HTML subset.

    Raises:
        RefusedError: an unsupported, unclosed or wrongly nested tag.
    """
    written, open_tags, entities = _Written(), list[_OpenTag](), list[Json]()
    position = 0
    while position < len(markup):
        character = markup[position]
        if character == "&":
            text, position = _read_reference(markup, position)
            written.add(text)
        elif markup.startswith("</", position):
            position = _close_tag(markup, position, open_tags, entities, written.length)
        elif character == "<":
            tag, position = _read_start_tag(markup, position, written.length)
            open_tags.append(tag)
        else:
            following = re.compile("[&<]").search(markup, position)
            end = following.start() if following else len(markup)
            written.add(markup[position:end])
            position = end
    if open_tags:
        _refuse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].name}"')
    return _finish("".join(written.parts), entities)


def _refuse(reason: str, markup: str = "", position: int | None = None) -> Never:
    where = "" if position is None else f" at byte offset {len(markup[:position].encode())}"
    refuse(f"can't parse entities: {reason}{where}")


def _read_reference(markup: str, position: int) -> tuple[str, int]:
    found = CHARACTER_REFERENCE.match(markup, position)
    if found is None:
        return "&", position + 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        character = NAMED_CHARACTERS.get(name)
        return (character, found.end()) if character else ("&", position + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= code <= 0xDFFF:
        _refuse(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    if code == 0 or code >= 0x10FFFF:
        return "&", position + 1
    return chr(code), found.end()


def _read_start_tag(markup: str, position: int, written: int) -> tuple[_OpenTag, int]:
    found = START_TAG.match(markup, position)
    name = found.group(1).lower() if found else ""
    after_name = position + 1 + len(name)
    if after_name >= len(markup):
        _refuse("Unclosed start tag", markup, position)
    if name not in ENTITY_OF_TAG:
        _refuse(f'Unsupported start tag "{name}"', markup, position)
    attributes, end = _read_attributes(markup, position, after_name, name)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        _refuse('Tag "span" must have class "tg-spoiler"', markup, position)
    return _OpenTag(name, written, attributes), end


def _read_attributes(
    markup: str, tag_begin: int, position: int, tag: str
) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    while True:
        rest = re.compile(r"\s*(>?)").match(markup, position)
        if rest is not None and rest.group(1):
            return attributes, rest.end()
        found = ATTRIBUTE.match(markup, position)
        if found is None or found.end() >= len(markup):
            _refuse(f'Unclosed start tag "{tag}"', markup, tag_begin)
        values = [found.group(kind) for kind in ("double", "single", "bare")]
        value = next((value for value in values if value is not None), None)
        name = found.group("name").lower()
        if value is None and name not in VALUELESS:
            _refuse(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}"',
                markup,
                tag_begin,
            )
        attributes[name] = _decode(value or "")
        position = found.end()


def _decode(value: str) -> str:
    parts, position = list[str](), 0
    while position < len(value):
        text, position = (
            _read_reference(value, position)
            if value[position] == "&"
            else (value[position], position + 1)
        )
        parts.append(text)
    return "".join(parts)


def _close_tag(
    markup: str, position: int, open_tags: list[_OpenTag], entities: list[Json], written: int
) -> int:
    if not open_tags:
        _refuse("Unexpected end tag", markup, position)
    found = END_TAG.match(markup, position)
    if found is None or not found.group(2):
        _refuse("Unclosed end tag", markup, position)
    tag, name = open_tags.pop(), found.group(1).lower()
    if name not in {"", tag.name}:
        _refuse(
            f"Unmatched end tag at byte offset {len(markup[:position].encode())}, "
            f'expected "</{tag.name}>", found "</{name}>"'
        )
    if written > tag.begins_at:
        entities.extend(_entities_of(tag, written))
    return found.end()


def _entities_of(tag: _OpenTag, end: int) -> Iterator[Json]:
    entity: Json = {
        "type": ENTITY_OF_TAG[tag.name],
        "offset": tag.begins_at,
        "length": end - tag.begins_at,
    }
    if tag.name == "a":
        address = tag.attributes.get("href", "")
        if not address.startswith(("http://", "https://", "tg://", "mailto:", "tel:")):
            return
        entity["url"] = address
    elif tag.name == "blockquote" and "expandable" in tag.attributes:
        entity["type"] = "expandable_blockquote"
    elif tag.name == "code" and tag.attributes.get("class", "").startswith("language-"):
        entity["language"] = tag.attributes["class"].removeprefix("language-")
    yield entity


def _finish(text: str, entities: list[Json]) -> FormattedText:
    """Trim, put the entities in order and add what Telegram recognises by itself."""
    trimmed = text.rstrip()
    leading = len(trimmed) - len(trimmed.lstrip())
    offset = utf16_length(trimmed[:leading])
    trimmed = trimmed[leading:]
    kept = list(_moved(_without_nested_in_code(entities), offset, utf16_length(trimmed)))
    occupied = [entity for entity in kept if entity["type"] in {"code", "pre", "text_link"}]
    kept += [found for found in _recognised(trimmed) if not _overlaps(found, occupied)]
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return FormattedText(trimmed, tuple(kept[: MessageLimit.MESSAGE_ENTITIES]))


def _moved(entities: Iterable[Json], offset: int, length: int) -> Iterator[Json]:
    for entity in entities:
        begin = max(entity["offset"] - offset, 0)
        end = min(entity["offset"] + entity["length"] - offset, length)
        if end > begin:
            yield {**entity, "offset": begin, "length": end - begin}


def _without_nested_in_code(entities: list[Json]) -> list[Json]:
    """Code takes no other formatting inside; `<pre><code class=…>` is one block with a language."""
    blocks = [entity for entity in entities if entity["type"] == "pre"]
    for entity in entities:
        for block in blocks:
            if "language" in entity and _overlaps(entity, [block]):
                block["language"] = entity["language"]
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    fixed = [entity for entity in entities if entity["type"] in {"code", "pre"}]
    return [
        entity
        for entity in entities
        if not any(_is_inside(entity, other) for other in fixed if other is not entity)
    ]


def _is_inside(entity: Json, other: Json) -> bool:
    if entity["type"] == "pre" and other["type"] == "code":
        return False
    return bool(
        entity["offset"] >= other["offset"]
        and entity["offset"] + entity["length"] <= other["offset"] + other["length"]
    )


def _overlaps(entity: Json, others: Iterable[Json]) -> bool:
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    return any(
        begin < other["offset"] + other["length"] and other["offset"] < end for other in others
    )


def _recognised(text: str) -> Iterator[Json]:
    addresses = [_entity_at(text, found, "url") for found in WEB_ADDRESS.finditer(text)]
    yield from addresses
    for found in COMMAND.finditer(text):
        command = _entity_at(text, found, "bot_command")
        if not _overlaps(command, addresses):
            yield command


def _entity_at(text: str, found: re.Match[str], kind: str) -> Json:
    offset = utf16_length(text[: found.start()])
    return {"type": kind, "offset": offset, "length": utf16_length(found.group())}

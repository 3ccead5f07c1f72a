"""What a call brings: url-encoded, as JSON or in parts with files; nested values as JSON text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web
from telegram.constants import FileSizeLimit

from ..limits import RefusedError, check_upload, refuse

MAX_REQUEST_BYTES = int(FileSizeLimit.FILESIZE_UPLOAD) + 1_000_000
MAX_FORM_BYTES = 1_000_000


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Parameters:
    """The named values of one call, read as what the method needs."""

    values: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value, empty where it is absent."""
        return self.values.get(name, "")

    def integer(self, name: str, default: int | None = None) -> int | None:
        """The value as a number, `default` where it is absent or no number."""
        try:
            return int(self.values[name])
        except (KeyError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        return self.values.get(name, "").lower() in {"true", "1", "yes", "t"}

    def json(self, name: str) -> Any:
        """The nested value, None where it is absent.

        Raises:
            RefusedError: not JSON.
        """
        if not self.values.get(name):
            return None
        try:
            return json.loads(self.values[name])
        except (ValueError, RecursionError):
            refuse(f"can't parse {name.replace('_', ' ')} JSON object")

    def only(self, accepted: frozenset[str]) -> None:
        """Refuse what the method would pass over in silence."""
        strange = sorted(set(self.values) - accepted)
        if strange:
            refuse(f"this local server does not know the parameter {strange[0]!r} of this method")


async def read_parameters(request: web.Request) -> Parameters:
    """Read the query and the body of a request, never more than an upload may be.

    Raises:
        RefusedError: 413 for too large, 400 for a body that can't be read.
    """
    values = dict(request.query)
    uploads: dict[str, Upload] = {}
    kind = request.content_type
    if request.body_exists and kind == "multipart/form-data":
        await _read_parts(request, values, uploads)
    elif request.body_exists:
        body = await read_capped(request, MAX_FORM_BYTES)
        values |= _read_json(body) if kind == "application/json" else _read_form(body)
    if any("\ud800" <= character <= "\udfff" for text in values.values() for character in text):
        refuse("strings must be encoded in UTF-8")
    return Parameters(values, uploads)


async def read_capped(request: web.Request, limit: int) -> bytes:
    """The body, refused with 413 as soon as it grows over `limit` bytes."""
    body = bytearray()
    async for chunk in request.content.iter_chunked(65_536):
        body += chunk
        if len(body) > limit:
            raise RefusedError(413, "Request Entity Too Large")
    return bytes(body)


async def _read_parts(
    request: web.Request, values: dict[str, str], uploads: dict[str, Upload]
) -> None:
    total = 0
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                refuse("can't parse multipart form")
            content = bytearray()
            while chunk := await part.read_chunk(65_536):
                content += chunk
                total += len(chunk)
                if total > MAX_REQUEST_BYTES:
                    raise RefusedError(413, "Request Entity Too Large")
            if part.filename is None:
                values[part.name] = content.decode()
            else:
                check_upload(bytes(content))
                uploads[part.name] = Upload(part.filename, bytes(content))
    except RefusedError:
        raise
    except Exception:  # hostile bytes lead the parser anywhere
        refuse("can't parse multipart form")


def _read_form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError:
        refuse("strings must be encoded in UTF-8")


def _read_json(body: bytes) -> dict[str, str]:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        refuse("can't parse JSON object")
    if not isinstance(values, dict):
        refuse("can't parse JSON object")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
        if value is not None
    }

"""Files that went through the chat, in memory only."""

from __future__ import annotations

import mimetypes
import secrets

from .limits import refuse
from .model import StoredFile


class FileStore:
    """Every file stays until the server stops, as a file_id at Telegram outlives its message."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add_document(self, content: bytes, name: str, mime: str = "") -> StoredFile:
        kind = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._add("documents", content, name, kind)

    def add_photo(self, content: bytes, dimensions: tuple[int, int]) -> StoredFile:
        """`dimensions`: width and height in pixels."""
        mime = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
        return self._add("photos", content, "photo", mime, *dimensions)

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def get(self, file_id: str) -> StoredFile:
        """The file with this id.

        Raises:
            RefusedError: there is none.
        """
        return self.find(file_id) or refuse("invalid file_id")

    def at(self, path: str) -> StoredFile | None:
        """The file to download at this path."""
        return self._by_path.get(path)

    def _add(
        self,
        folder: str,
        content: bytes,
        name: str,
        mime: str,
        width: int | None = None,
        height: int | None = None,
    ) -> StoredFile:
        # A client of the Bot API reads the local disk where a file of this path exists there.
        path = f"{folder}/{secrets.token_hex(16)}"
        file = StoredFile(
            file_id=f"local-{secrets.token_urlsafe(24)}",
            unique_id=secrets.token_urlsafe(8),
            path=path,
            name=name,
            mime=mime,
            content=content,
            width=width,
            height=height,
        )
        self._by_id[file.file_id] = self._by_path[path] = file
        return file

"""Files behind a password."""

import io

from analysis.errors import PasswordRequired, UnreadableFile
from analysis.reading.content import OLE

_USUAL = "VelvetSweatshop"
"""With this password Excel itself opens a workbook that is protected against changes only."""


def unlock(content: bytes, password: str | None) -> bytes:
    """Return a workbook in an office container without its encryption.

    A workbook that is not encrypted comes back as it is. Raises PasswordRequired without the right
    password, and UnreadableFile where the encryption is of an unknown kind.
    """
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    if not content.startswith(OLE):
        return content
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        if not office.is_encrypted():
            return content
    except (FileFormatError, ParseError, OSError, ValueError, IndexError, KeyError):
        return content
    for attempt in (password, _USUAL):
        if attempt is None:
            continue
        opened = io.BytesIO()
        try:
            office.load_key(password=attempt)
            office.decrypt(opened)
        except (DecryptionError, InvalidKeyError, AssertionError):
            continue
        except Exception as error:
            # Damaged encryption headers make the library fail in many ways.
            raise UnreadableFile("damaged", "encrypted") from error
        return opened.getvalue()
    raise PasswordRequired("password_wrong" if password else "password_needed")

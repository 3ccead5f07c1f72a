import pytest

from storage.errors import StorageError
from storage.keys import derive, master_key


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first = master_key("", tmp_path / "data")
    assert master_key("", tmp_path / "data") == first
    assert len(first) == 32
    assert (tmp_path / "data" / "key").stat().st_mode & 0o777 == 0o600


def test_a_configured_key_leaves_no_file(tmp_path):
    assert master_key("ab" * 32, tmp_path) == bytes.fromhex("ab" * 32)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("configured", ["kort", "ab" * 31, "zz" * 32])
def test_a_malformed_key_is_refused(tmp_path, configured):
    with pytest.raises(StorageError, match="malformed_key"):
        master_key(configured, tmp_path)


def test_each_purpose_has_a_key_of_its_own():
    master = bytes(32)
    assert derive(master, "register") != derive(master, "office a") != derive(master, "office b")


def test_derivation_is_hkdf_of_rfc_5869():
    # Written out with hmac alone: extract with a salt of zeros, then one block of expand.
    import hashlib
    import hmac

    master = bytes(range(32))
    extracted = hmac.new(bytes(32), master, hashlib.sha256).digest()
    expected = hmac.new(extracted, b"klantkompas register\x01", hashlib.sha256).digest()
    assert derive(master, "register") == expected

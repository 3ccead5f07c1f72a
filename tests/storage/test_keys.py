import pytest

from storage.errors import StorageError
from storage.keys import derive, fingerprint, master_key, write_new_key


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


def test_a_lost_key_is_not_replaced_by_a_new_one(tmp_path):
    (tmp_path / "register.db").touch()
    with pytest.raises(StorageError, match="no_key"):
        master_key("", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["register.db"]


def test_of_two_that_make_the_key_at_once_one_wins(tmp_path):
    first = write_new_key(tmp_path / "key")
    assert write_new_key(tmp_path / "key") == first
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_fingerprint_tells_keys_apart_and_is_no_part_of_them():
    one, other = bytes(32), bytes(range(32))
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one) not in one.hex()

"""What `klantkompas check` says, item by item."""

import shutil
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from pydantic import SecretStr

from bot import cluster
from bot.operating import health
from bot.operating.health import examine
from bot.operating.heartbeat import Heartbeat
from bot.settings import Settings
from bot.tips.library import library
from storage.keys import fingerprint
from tests.bot.certificates import certificates
from tests.storage.conftest import KEY, NOW
from tests.storage.data_folders import make_data


@pytest.fixture
def settings(tmp_path) -> Settings:
    """A data folder with two offices, and a bot that polled just now."""
    from analysis.columns.plan import ColumnPlan

    data = make_data(tmp_path / "data", ColumnPlan(columns=()))
    (data / "key").write_text(KEY.hex())
    (data / "key").chmod(0o600)
    _beat(data)
    return Settings(_env_file=None, data=data, token=SecretStr("1:geheim"))


def _beat(data: Path, *, alive=NOW, heard=NOW, polling=True) -> None:
    moments = iter([heard, alive, alive])
    heartbeat = Heartbeat(data, lambda: next(moments), polling=polling)
    if heard is None:
        next(moments)
        heartbeat.alive()
    else:
        heartbeat.heard()


def _said(settings: Settings, name: str, *, deep: bool = False) -> tuple[bool, str]:
    (item,) = [item for item in examine(settings, NOW, deep=deep) if item.name == name]
    return item.good, item.says


def test_all_is_well(settings):
    assert [(item.name, item.good, item.says) for item in examine(settings, NOW)][:4] == [
        ("settings", True, "long polling, by invitation, operators: 0"),
        ("key", True, f"{fingerprint(KEY)}, in the data folder"),
        ("database", True, "register and offices (2), the register read"),
        ("last poll", True, "Telegram answered 0 s ago"),
    ]


def test_nothing_that_is_secret_is_said(settings):
    said = " ".join(item.says for item in examine(settings, NOW, deep=True))
    assert "geheim" not in said
    assert KEY.hex()[:8] not in said


def test_an_empty_token_is_told(settings):
    bare = settings.model_copy(update={"token": SecretStr("")})
    assert _said(bare, "settings") == (False, "KLANTKOMPAS_TOKEN is empty")


def test_a_webhook_without_a_secret_is_told(settings):
    open_to_all = settings.model_copy(update={"webhook_url": "https://bot.example.nl/"})
    assert _said(open_to_all, "settings") == (False, "KLANTKOMPAS_WEBHOOK_SECRET is empty")


def test_a_lost_key_is_told(settings):
    (settings.data / "key").unlink()
    good, says = _said(settings, "key")
    assert (good, "no key that opens it" in says) == (False, True)
    assert not _said(settings, "database")[0]


def test_a_wrong_key_is_told(settings):
    other = settings.model_copy(update={"key": SecretStr("ab" * 32)})
    good, says = _said(other, "database")
    assert not good
    assert says.startswith("register.db: The data folder does not open with this key")


def test_a_key_that_others_can_read_is_told(settings):
    (settings.data / "key").chmod(0o644)
    assert _said(settings, "key") == (False, "others may read the file `key`: chmod 600 it")


def test_a_change_of_the_key_that_was_not_finished_is_told(settings):
    (settings.data / "key.new").touch()
    assert "rekey" in _said(settings, "key")[1]


@pytest.mark.parametrize(("deep", "good"), [(False, True), (True, False)])
def test_a_damaged_page_is_found_by_reading_all_of_it(settings, deep, good):
    path = settings.data / "offices" / "b2.db"
    content = bytearray(path.read_bytes())
    content[len(content) - 100] ^= 1
    path.write_bytes(content)
    found, says = _said(settings, "database", deep=deep)
    assert found == good
    assert says.startswith("register and offices (2)" if good else "offices/b2.db: ")


def test_a_file_that_was_cut_off_is_found_without_reading_it(settings):
    path = settings.data / "offices" / "b2.db"
    path.write_bytes(path.read_bytes()[:-100])
    good, says = _said(settings, "database")
    assert (good, says[:13]) == (False, "offices/b2.db")


def test_looking_changes_nothing(settings):
    before = {path: path.read_bytes() for path in settings.data.rglob("*") if path.is_file()}
    examine(settings, NOW, deep=True)
    after = {path: path.read_bytes() for path in settings.data.rglob("*") if path.is_file()}
    assert after == before


def test_before_the_first_start(tmp_path):
    settings = Settings(_env_file=None, data=tmp_path / "none", token=SecretStr("1:x"))
    items = examine(settings, NOW)
    assert [item.name for item in items if not item.good] == [
        "key", "database", "last poll", "disk"
    ]  # fmt: skip
    assert not (tmp_path / "none").exists()


LONG_AGO = NOW - timedelta(minutes=3)


@pytest.mark.parametrize(
    ("beat", "good", "says"),
    [
        ({"heard": NOW - timedelta(seconds=40)}, True, "Telegram answered 40 s ago"),
        ({"heard": LONG_AGO}, False, "Telegram has not answered since 2026-11-23"),
        ({"heard": None}, False, "Telegram has not answered since the bot started"),
        ({"alive": LONG_AGO, "heard": LONG_AGO}, False, "no sign of life of the bot since"),
        ({"heard": None, "polling": False}, True, "alive 0 s ago, by webhook"),
        ({"alive": LONG_AGO, "heard": None, "polling": False}, False, "no sign of life"),
    ],
)
def test_the_last_poll(settings, beat, good, says):
    _beat(settings.data, **beat)
    found = _said(settings, "last poll")
    assert found[0] == good
    assert found[1].startswith(says)


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\x00", b'{"process": "x"}'])
def test_without_a_sign_of_life_no_bot_runs(settings, content):
    path = settings.data / "heartbeat"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert _said(settings, "last poll") == (False, "no bot runs on this data folder")


def test_a_full_disk_is_told(settings, monkeypatch):
    usage = shutil.disk_usage(settings.data)._replace(free=health.FREE_DISK - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert _said(settings, "disk") == (False, "0.2 GB free")


FIRST_END = min(tip.until for tip in library().values())


@pytest.mark.parametrize(
    ("days_left", "warns"), [(61, False), (60, True), (0, True), (-1, True), (-400, True)]
)
def test_tips_whose_facts_end_soon_or_have_ended_are_told(settings, days_left, warns):
    now = datetime.combine(FIRST_END, time(12), settings.timezone) - timedelta(days=days_left)
    (tips,) = [item for item in examine(settings, now) if item.name == "tips"]
    assert (tips.good, tips.warns) == (True, warns)
    ending = [tip for tip in library().values() if tip.until == FIRST_END]
    told = [f"{tip.name} {FIRST_END}" in tips.says for tip in ending]
    assert told == [warns] * len(ending)


def test_without_a_cluster_nothing_is_said_of_one(settings):
    assert "cluster" not in [item.name for item in examine(settings, NOW)]


@pytest.fixture
def clustered(settings, tmp_path, monkeypatch) -> Settings:
    """The settings of a cluster with certificates, as where Dask is installed."""
    monkeypatch.setattr(cluster, "find_spec", lambda _: True)
    authority, certificate, key = certificates(tmp_path / "certificates")
    return settings.model_copy(
        update={
            "cluster": "tls://10.0.0.5:8786",
            "cluster_ca": authority,
            "cluster_cert": certificate,
            "cluster_key": key,
        }
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, "tls://10.0.0.5:8786, certificates read"),
        ({"cluster": "127.0.0.1:8786"}, "tcp://127.0.0.1:8786, no TLS"),
    ],
)
def test_a_cluster_that_can_be_used(clustered, change, says):
    assert _said(clustered.model_copy(update=change), "cluster") == (True, says)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cluster": "10.0.0.5"}, "The address of a Dask scheduler was expected"),
        ({"cluster": "10.0.0.5:8786"}, "unencrypted"),
        ({"cluster_ca": ""}, "must name the files"),
        ({"cluster_ca": "/nowhere/ca.pem"}, "CLUSTER_CA cannot be read"),
        ({"cluster_cert": "/nowhere/bot.pem"}, "CLUSTER_CERT and _KEY cannot be read"),
        ({"cluster_key": "/nowhere/bot.key"}, "CLUSTER_CERT and _KEY cannot be read"),
    ],
)
def test_settings_of_a_cluster_that_cannot_be_used_are_told(clustered, change, says):
    found = _said(clustered.model_copy(update=change), "cluster")
    assert (found[0], says in found[1]) == (False, True), found


def test_the_key_of_another_certificate_is_told(clustered, tmp_path):
    *_, key = certificates(tmp_path / "other")
    assert not _said(clustered.model_copy(update={"cluster_key": key}), "cluster")[0]


def test_a_key_under_a_password_is_told_and_asks_for_none(clustered):
    path = Path(clustered.cluster_key)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"geheim"),
        )
    )
    assert "without a password" in _said(clustered, "cluster")[1]

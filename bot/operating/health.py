"""Whether everything is in order: the same for `klantkompas check` and the health endpoint."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from bot.cluster import ClusterRefusedError, address_and_certificates, check_certificates
from bot.operating.heartbeat import read_beat
from bot.operating.sentences import SENTENCES
from bot.settings import Settings
from bot.tips.library import library
from storage import copying
from storage.data_folder import FILE_OF_REGISTER, KEY, NEW_KEY, REGISTER, encrypted_files
from storage.errors import StorageError
from storage.keys import derive, existing_key, fingerprint

# PTB asks Telegram at least every ten seconds, and waits up to half a minute after an error.
SILENCE = timedelta(minutes=2)
FREE_DISK = 200_000_000
PAGE = 4096

# A tip falls silent with its facts; that long before, somebody should look them up again.
SILENT_SOON = timedelta(days=60)

Name = Literal["settings", "key", "database", "last poll", "disk", "tips", "cluster"]


@dataclass(frozen=True)
class Item:
    """One thing that was looked at; `says` holds counts and times, never content."""

    name: Name
    good: bool
    says: str
    warns: bool = False
    """It is good for now, and somebody has to do something before long."""


def examine(settings: Settings, now: datetime, *, deep: bool = False) -> list[Item]:
    """Looks at everything, also while the bot runs. `deep` reads every page of every file."""
    return [
        _settings(settings),
        _key(settings),
        _database(settings, deep=deep),
        _last_poll(settings.data, now),
        _disk(settings.data),
        _tips(now.astimezone(settings.timezone).date()),
        *([_cluster(settings)] if settings.cluster else []),
    ]


def _settings(settings: Settings) -> Item:
    if not settings.token.get_secret_value():
        return Item("settings", False, "KLANTKOMPAS_TOKEN is empty")
    if settings.webhook_url and not settings.webhook_secret.get_secret_value():
        return Item("settings", False, "KLANTKOMPAS_WEBHOOK_SECRET is empty")
    way = "webhook" if settings.webhook_url else "long polling"
    who = "anyone may come in" if settings.open else "by invitation"
    return Item("settings", True, f"{way}, {who}, operators: {len(settings.operators)}")


def _key(settings: Settings) -> Item:
    configured = settings.key.get_secret_value()
    path = settings.data / KEY
    if (settings.data / NEW_KEY).exists():
        return Item("key", False, SENTENCES["half_rekeyed"])
    if not configured and not path.exists() and not (settings.data / REGISTER).exists():
        return Item("key", False, "none yet: the bot makes one when it first starts")
    try:
        master = existing_key(configured, settings.data)
    except StorageError as error:
        return Item("key", False, SENTENCES[error.reason])
    if not configured and path.stat().st_mode & 0o077:
        return Item("key", False, "others may read the file `key`: chmod 600 it")
    place = "in KLANTKOMPAS_KEY" if configured else "in the data folder"
    return Item("key", True, f"{fingerprint(master)}, {place}")


def _database(settings: Settings, *, deep: bool) -> Item:
    data = settings.data
    if not (data / REGISTER).exists():
        return Item("database", False, SENTENCES["no_data"])
    files = encrypted_files(data)
    at = FILE_OF_REGISTER.name
    try:
        master = existing_key(settings.key.get_secret_value(), data)
        for file in files:
            at = file.name
            if deep or file == FILE_OF_REGISTER:
                copying.check_in_use(data / file.name, derive(master, file.purpose))
            elif (data / file.name).stat().st_size % PAGE:
                raise StorageError("wrong_key_or_damaged")
    except FileNotFoundError:
        # Forgotten while this looked.
        return _database(settings, deep=deep)
    except StorageError as error:
        if not (data / at).exists():
            return _database(settings, deep=deep)
        return Item("database", False, f"{at}: {SENTENCES[error.reason]}")
    how = "every page read" if deep else "the register read"
    return Item("database", True, f"register and offices ({len(files) - 1}), {how}")


def _last_poll(data: Path, now: datetime) -> Item:
    beat = read_beat(data)
    if beat is None:
        return Item("last poll", False, "no bot runs on this data folder")
    if now - beat.alive_at > SILENCE:
        return Item("last poll", False, f"no sign of life of the bot since {_ago(beat.alive_at)}")
    if not beat.polling:
        return Item("last poll", True, f"alive {_seconds(now - beat.alive_at)}, by webhook")
    if beat.heard_at is None:
        return Item("last poll", False, "Telegram has not answered since the bot started")
    if now - beat.heard_at > SILENCE:
        return Item("last poll", False, f"Telegram has not answered since {_ago(beat.heard_at)}")
    return Item("last poll", True, f"Telegram answered {_seconds(now - beat.heard_at)}")


def _disk(data: Path) -> Item:
    try:
        free = shutil.disk_usage(data).free
    except OSError:
        return Item("disk", False, SENTENCES["no_data"])
    return Item("disk", free >= FREE_DISK, f"{free / 1e9:.1f} GB free")


def _tips(today: date) -> Item:
    tips = sorted(library().values(), key=lambda tip: (tip.until, tip.name))
    ending = [f"{tip.name} {tip.until}" for tip in tips if tip.until <= today + SILENT_SOON]
    if not ending:
        return Item("tips", True, f"{len(tips)}, each told until {tips[0].until} or longer")
    says = (
        f"told until the day beside them, then silent: {', '.join(ending)}; upgrade, or look"
        " their facts up again in bot/tips/facts.toml"
    )
    return Item("tips", True, says, warns=True)


def _cluster(settings: Settings) -> Item:
    try:
        address, certificates = address_and_certificates(settings)
        if certificates:
            check_certificates(certificates)
    except ClusterRefusedError as error:
        return Item("cluster", False, str(error))
    return Item("cluster", True, f"{address}, {'certificates read' if certificates else 'no TLS'}")


def _ago(moment: datetime) -> str:
    return moment.astimezone().isoformat(sep=" ", timespec="seconds")


def _seconds(time: timedelta) -> str:
    return f"{max(0, round(time.total_seconds()))} s ago"

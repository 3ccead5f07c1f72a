"""The settings, from the environment or a file `.env`; all of them stand in `.env.example`."""

import os
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Language = Literal["nl", "en"]


def host_and_port(address: str) -> tuple[str, int]:
    """What `HOST:PORT` names; without a port 8080. Raises ValueError for a port that is none."""
    parts = urlsplit(f"//{address}")
    return parts.hostname or "127.0.0.1", 8080 if parts.port is None else parts.port


class Settings(BaseSettings):
    """Read when it is built, never at import."""

    model_config = SettingsConfigDict(env_prefix="KLANTKOMPAS_", env_file=".env", extra="ignore")

    token: SecretStr = SecretStr("")
    data: Path = Path("data")
    key: SecretStr = SecretStr("")
    operators: Annotated[frozenset[int], NoDecode] = frozenset()
    open: bool = False
    bot_api_url: str = "https://api.telegram.org"
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1:8080"
    webhook_secret: SecretStr = SecretStr("")
    cluster: str = ""
    cluster_ca: str = ""
    cluster_cert: str = ""
    cluster_key: str = ""
    cluster_plain: bool = False
    workers: int = Field(default_factory=lambda: max(1, (os.cpu_count() or 2) - 1), ge=1)
    timezone: Annotated[ZoneInfo, NoDecode] = ZoneInfo("Europe/Amsterdam")
    language: Language = "nl"
    retention_days: int = Field(90, ge=1)
    health_listen: str = ""

    @field_validator("operators", mode="before")
    @classmethod
    def _separated_by_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(int(part) for part in value.split(",") if part.strip())
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _as_telegram_takes_it(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch("[A-Za-z0-9_-]{0,256}", value.get_secret_value()):
            raise ValueError("letters of a to z, digits, _ and -, at most 256")
        return value

    @field_validator("health_listen")
    @classmethod
    def _on_this_computer(cls, value: str) -> str:
        """Nobody else needs to know how the bot does."""
        if value and host_and_port(value)[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError("an address of this computer alone")
        return value

    @field_validator("timezone", mode="before")
    @classmethod
    def _by_name(cls, value: object) -> object:
        return ZoneInfo(value) if isinstance(value, str) else value

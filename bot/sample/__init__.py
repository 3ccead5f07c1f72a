"""The sample client lists that ship with the bot: to try it with, and as a template."""

from importlib.resources import files

NAMES = {"nl": "klanten_voorbeeld.xlsx", "en": "clients_sample.xlsx"}


def sample(language: str) -> tuple[str, bytes]:
    """File name and content of the sample list; Dutch for any language but English."""
    name = NAMES.get(language, NAMES["nl"])
    return name, files(__package__).joinpath(name).read_bytes()

"""The bot without Telegram: a Bot API server on loopback, with a chat page in the browser."""

from .clock import MovableClock
from .faults import Fault, Faults
from .limits import RefusedError
from .messenger import Answer, Change, Messenger, MessengerError, Watch
from .model import Message, Person, Sample, User
from .server import LocalServer

__all__ = [
    "Answer",
    "Change",
    "Fault",
    "Faults",
    "LocalServer",
    "Message",
    "Messenger",
    "MessengerError",
    "MovableClock",
    "Person",
    "RefusedError",
    "Sample",
    "User",
    "Watch",
]

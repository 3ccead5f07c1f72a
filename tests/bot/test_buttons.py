"""What a button carries fits in Telegram's 64 bytes, and comes back as it went."""

from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from telegram.constants import InlineKeyboardButtonLimit

from bot.buttons import Action, Press, decode

# A machine that does more at once is no failure.
PATIENT = settings(deadline=None)

ACTIONS = get_args(Action)
LARGEST_UPLOAD = 999_999_999
LARGEST_MESSAGE = str(2**53)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("argument", ["", "skip", "en", "yes", "9999", LARGEST_MESSAGE])
def test_every_press_fits(action, argument):
    data = Press(action, LARGEST_UPLOAD, argument).encode()
    assert len(data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


@PATIENT
@given(st.sampled_from(ACTIONS), st.integers(0, LARGEST_UPLOAD), st.text(max_size=30))
def test_a_press_comes_back_as_it_went(action, upload, argument):
    press = Press(action, upload, argument)
    assert decode(press.encode()) == press


@PATIENT
@given(st.none() | st.text())
@example("top10:١:")
@example("top10:-1:")
@example("top10:1")
@example("top10: 1:")
@example("top10:9999999999:")
def test_any_other_text_is_no_press_or_a_sound_one(data):
    press = decode(data)
    assert press is None or (press.action in ACTIONS and 0 <= press.upload <= LARGEST_UPLOAD)


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        ":",
        "::",
        "top10",
        "top10:1",
        "top10::",
        "top10:x:",
        "top10:-1:",
        "top10:1.0:",
        "top10:١:",
        "top10:²:",
        "top10:1234567890:",
        "TOP10:1:",
        "drop:1:",
        " top10:1:",
    ],
)
def test_what_no_button_of_ours_carries(data):
    assert decode(data) is None


def test_an_argument_may_hold_colons():
    assert decode("revenue:3:a:b") == Press("revenue", 3, "a:b")

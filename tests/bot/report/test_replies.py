"""What is said with the documents, and the buttons that lead to them."""

from dataclasses import replace

import pytest
from telegram.constants import InlineKeyboardButtonLimit

from bot.buttons import decode
from bot.replies import documents
from bot.replies.answers import BUTTON_LENGTH
from tests.bot.replies.situations import SITUATIONS, upload_of

LANGUAGES = ("nl", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_choice_fits_a_button_and_is_understood(situation, language):
    upload = upload_of(situation)
    reply = documents.ask_conversation(upload, language)
    buttons = [button for row in reply.buttons for button in row]
    for button in buttons:
        assert 0 < len(button.label) <= BUTTON_LENGTH
        data = button.press.encode()
        assert len(data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
        assert decode(data) == button.press
    assert upload.findings is not None
    top = upload.findings.top10
    chosen = [button for button in buttons if button.press.argument.startswith("client.")]
    assert len(chosen) == (len(top.clients) if top else 0)


def test_long_numbers_stand_two_in_a_row():
    upload = upload_of("nothing significant")
    findings = upload.findings
    assert findings is not None
    assert findings.top10 is not None
    long = tuple(
        client.model_copy(update={"client": f"2026-00{client.client:>09}"})
        for client in findings.top10.clients
    )
    top = findings.top10.model_copy(update={"clients": long})
    reply = documents.ask_conversation(
        replace(upload, findings=findings.model_copy(update={"top10": top})), "nl"
    )
    assert [len(row) for row in reply.buttons][1:6] == [2] * 5


def test_without_its_rows_a_list_offers_no_client():
    upload = replace(upload_of("everything significant"), rows_kept=False)
    arguments = [
        button.press.argument
        for row in documents.ask_conversation(upload, "nl").buttons
        for button in row
    ]
    assert "guide" in arguments
    assert any(argument.startswith("group.") for argument in arguments)
    assert not any(argument.startswith("client.") for argument in arguments)

"""A tip in the chat, for conversations that go on from there."""

from datetime import UTC, date, datetime

from telegram import Bot as Messenger
from telegram import InlineKeyboardMarkup

from bot.localchat.server import LOCAL_TOKEN
from bot.tips.comment_buttons import comment_buttons
from storage.tips import ToldTip
from tests.conversations.adviser import Adviser
from tests.conversations.conftest import Bot

MONTH = date(2026, 11, 1)
TIP = "largest_client"


async def arrives(bot: Bot, adviser: Adviser, language: str, tip: str = TIP) -> None:
    """The tip of November 2026 with the buttons to its comments, as the bot sends it."""
    count = bot.services.register.comments.approved_count(tip, MONTH)
    buttons = comment_buttons(tip, MONTH, count, language)
    base = f"{bot.server.url}/bot"
    async with Messenger(LOCAL_TOKEN, base_url=base) as messenger:
        await messenger.send_message(
            adviser.user.id, "Een tip.", reply_markup=InlineKeyboardMarkup([buttons])
        )


def told(bot: Bot, adviser: Adviser, tip: str = TIP) -> None:
    """The adviser got this tip in November 2026."""
    office = bot.services.register.member(adviser.user.id).office
    with bot.services.offices.open_tips(office) as tips:
        tips.tell(
            adviser.user.id,
            ToldTip(
                month=MONTH,
                tip=tip,
                signal=None,
                reason="general",
                value=None,
                clients=None,
                few=False,
                earlier_month=None,
                earlier_value=None,
                answer=None,
                told_at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
                upload=None,
            ),
        )

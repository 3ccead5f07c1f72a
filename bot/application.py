"""The one place where the bot is put together: for Telegram, the local chat and the tests."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram import BotCommand, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.buttons import Action, decode
from bot.context import Context, KlantkompasApplication, OneAtATimePerChat
from bot.delivery import WaitsWhenTold
from bot.handlers import (
    answers,
    anything_else,
    changes,
    colleagues,
    columns,
    comments,
    contributions,
    documents,
    errors,
    everything,
    export,
    files,
    forget,
    gate,
    judging,
    marks,
    menu,
    passwords,
    pictures,
    questions,
    questions_of_plan,
    sheets,
    start,
    tips,
    unsending,
    uploads,
)
from bot.handlers.command_words import alone
from bot.inbox import InboxQueue
from bot.operating.heartbeat import Heard
from bot.operator_commands import tell_operator_commands
from bot.replies.words import LANGUAGES, words
from bot.services import Services
from bot.settings import Settings
from bot.tips.comment_news import tell_news
from bot.tips.sending import send_due_tips
from bot.transport import AiohttpRequest, PollingRequest

# Waiting updates cost little; a bound keeps a flood from filling the memory.
CONCURRENT_UPDATES = 1024

# Calls to the messenger at a time, over all chats; the others wait for a free connection.
CONNECTIONS = 16

# What somebody began to write and left; the bare row of a removed comment, for the limit per day.
UNFINISHED_IS_KEPT = timedelta(days=7)
REMOVED_IS_COUNTED = timedelta(days=2)

MENUS_AGAIN_AFTER = timedelta(minutes=1)

log = logging.getLogger(__name__)


def build_application(settings: Settings, services: Services) -> KlantkompasApplication:
    """The bot, wired and not yet started."""
    base_url = settings.bot_api_url.rstrip("/")
    tell_date = services.watch.telegram_clock.tell
    polling = PollingRequest(2, pool_timeout=30, tell_date=tell_date)
    application = (
        ApplicationBuilder()
        .application_class(KlantkompasApplication, {"services": services})
        .context_types(ContextTypes(context=Context))
        .token(settings.token.get_secret_value())
        .base_url(f"{base_url}/bot")
        .base_file_url(f"{base_url}/file/bot")
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                tzinfo=settings.timezone,
            )
        )
        .update_queue(
            InboxQueue(
                services.register,
                services.clock,
                lambda update: errors.tell_not_kept(update, settings.language),
                polling.take_batch,
            )
        )
        .rate_limiter(WaitsWhenTold())
        .concurrent_updates(OneAtATimePerChat(CONCURRENT_UPDATES, goes_first=_stops))
        .request(
            AiohttpRequest(
                CONNECTIONS, pool_timeout=30, media_write_timeout=60, tell_date=tell_date
            )
        )
        # Polling waits behind no other call, and a torn connection does not hold it up.
        .get_updates_request(Heard(polling, services.watch.heartbeat.heard))
        .post_init(_on_start)
        .post_shutdown(_on_end)
        .build()
    )
    assert isinstance(application, KlantkompasApplication)
    _add_handlers(application)
    return application


def _add_handlers(application: KlantkompasApplication) -> None:
    # Before all others, and the only one in its group: nobody passes unseen.
    application.add_handler(TypeHandler(Update, gate.gate), group=-1)

    # A free text stands behind these, or it does no harm.
    for names, handler in (
        (("start",), start.start),
        (("help",), start.help_),
        (("top10",), questions.top10),
        (("watals", "whatif"), questions.what_if),
        (("gesprek", "conversation"), documents.conversation),
        (("export",), export.export),
        (("annuleer", "cancel"), uploads.stop),
    ):
        application.add_handler(CommandHandler(names, handler))
    for names, handler in (
        (("taal", "language"), start.ask_language),
        (("privacy",), start.privacy),
        (("pareto",), answers.pareto),
        (("waarde", "value"), answers.value),
        (("focus",), answers.focus),
        (("lijktop", "lookalikes"), answers.look_alikes),
        (("kolommen", "columns"), columns.show),
        (("rapport", "report"), documents.report),
        (("bestanden", "files"), files.show),
        (("collega", "colleague"), colleagues.show),
        (("verschil", "changes"), changes.changes),
        (("tip",), tips.tip),
        (("tips",), tips.show_settings),
        (("reactie", "comment"), comments.write),
        (("wis", "forget"), forget.ask),
    ):
        application.add_handler(CommandHandler(names, alone(handler)))

    # To anybody else these are commands that nobody knows.
    operators = filters.User(application.services.settings.operators)
    judge, write = judging.overview, contributions.overview
    application.add_handler(CommandHandler(("reacties", "comments"), alone(judge), operators))
    application.add_handler(CommandHandler(("tip_nieuw", "tip_new"), alone(write), operators))

    application.add_handler(CallbackQueryHandler(_press))

    application.add_handler(MessageHandler(filters.Document.ALL, uploads.receive_document))
    application.add_handler(MessageHandler(filters.TEXT, anything_else.text))
    # Whatever is left was sent by a person: a photo, a voice message, a sticker.
    application.add_handler(MessageHandler(~filters.StatusUpdate.ALL, anything_else.not_a_file))

    application.add_error_handler(errors.apologise)


PRESSES: dict[Action, Callable[[Update, Context], Coroutine[Any, Any, None]]] = {
    "top10": answers.top10,
    "why_top10": answers.why_top10,
    "names": answers.names,
    "alike": answers.look_alikes,
    "pareto": answers.pareto,
    "value": answers.value,
    "focus": answers.focus,
    "columns": columns.turn_page,
    "column": columns.ask_role,
    "role": columns.choose_role,
    "take_back": columns.take_back,
    "include": columns.include,
    "sheet": sheets.choose,
    "complete": sheets.complete,
    "stop": uploads.stop,
    "nopassword": passwords.give_none,
    "password": passwords.judge,
    "revenue": questions_of_plan.choose_revenue,
    "period": questions_of_plan.choose_period,
    "unsend": uploads.unsend,
    "language": start.set_language,
    "sample": start.send_sample,
    "question": questions.choose,
    "forget": forget.press,
    "files": files.turn_page,
    "file": files.show_one,
    "use_file": files.use,
    "remove_file": files.remove,
    "changes": changes.changes,
    "export": export.export,
    "letter": export.letter,
    "talk": documents.press_conversation,
    "report": documents.report,
    "whatif": questions.what_if,
    "more": answers.more,
    "profit": answers.profit,
    "why": answers.why,
    "pictures": pictures.choose,
    "marks": marks.overview,
    "mark": marks.mark,
    "own_top": marks.own_top,
    "choose": marks.choose,
    "find": marks.find,
    "found": marks.show_names,
    "colleagues": colleagues.turn_page,
    "invite": colleagues.invite,
    "revoke": colleagues.revoke,
    "dismiss": colleagues.dismiss,
    "join": colleagues.join,
    "unsending": unsending.choose,
    "take_all": everything.take_all,
    "tip": tips.answer_tip,
    "tips": tips.change_settings,
    "comment": comments.write,
    "comments": comments.read,
    "comment_page": comments.turn_page,
    "comment_draft": comments.press,
    "judge": judging.judge,
    "answer_draft": judging.press_answer,
    "contribution": contributions.press,
    "contribution_draft": contributions.press_draft,
}


def _stops(update: Update) -> bool:
    """A wish to stop does not wait for what it stops."""
    if update.callback_query is not None:
        press = decode(update.callback_query.data)
        return press is not None and press.action == "stop"
    words_said = (update.message.text or "").split() if update.message else []
    return bool(words_said) and words_said[0] in {"/annuleer", "/cancel"}


async def _press(update: Update, context: Context) -> None:
    """The handler of a button; what no button of ours carries gets a fresh menu."""
    assert update.callback_query is not None
    press = decode(update.callback_query.data)
    handler = PRESSES[press.action] if press else menu.refresh_menu
    await handler(update, context)


async def _remove_old_rows(context: Context) -> None:
    """What is kept for a time goes by itself, unless the clock is wrong that says so."""
    services = context.services
    if not services.watch.telegram_clock.agrees():
        log.warning("the clock is not Telegram's: nothing is removed, however old it seems")
        return
    removed = await asyncio.to_thread(
        services.lists.remove_old_rows,
        services.register.offices(),
        services.settings.retention_days,
    )
    services.register.drafts.remove_old(services.clock() - UNFINISHED_IS_KEPT)
    services.register.comments.drop_removed(services.clock() - REMOVED_IS_COUNTED)
    if removed:
        log.info("removed the client rows of %s lists", removed)


async def _tell_news(context: Context) -> None:
    """What could not be told of comments at once, or was decided on the command line."""
    await tell_news(context.bot, context.services)


async def _send_tips(context: Context) -> None:
    """The clock only ticks: what is due stands in the register, also after an outage."""
    if not context.services.watch.telegram_clock.agrees():
        return
    await send_due_tips(context.bot, context.services, lambda: context.application.running)


async def _on_start(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    assert isinstance(application, KlantkompasApplication)
    await application.services.watch.start()
    await _tell_menus(application)
    queue = application.update_queue
    assert isinstance(queue, InboxQueue)
    assert application.job_queue is not None
    application.job_queue.run_repeating(
        _remove_old_rows,
        interval=timedelta(days=1),
        first=timedelta(minutes=1),
        job_kwargs={"misfire_grace_time": None, "coalesce": True},
    )
    application.job_queue.run_repeating(
        _tell_news,
        interval=timedelta(minutes=1),
        first=timedelta(seconds=1),
        job_kwargs={"misfire_grace_time": None, "coalesce": True},
    )
    application.job_queue.run_repeating(
        _send_tips,
        interval=timedelta(minutes=1),
        first=timedelta(seconds=1),
        job_kwargs={"misfire_grace_time": None, "coalesce": True},
    )
    application.job_queue.run_repeating(
        _show_life,
        interval=timedelta(seconds=30),
        job_kwargs={"misfire_grace_time": None, "coalesce": True},
    )
    count = await queue.put_unfinished(application.bot)
    if count:
        log.info("%s updates of an earlier run are handled again", count)


async def _on_end(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    assert isinstance(application, KlantkompasApplication)
    await application.services.watch.stop()


async def _show_life(context: Context) -> None:
    context.services.watch.heartbeat.alive()


async def _tell_menus(application: KlantkompasApplication) -> None:
    """The command menus of all; Telegram may be out of reach, and the bot starts all the same."""
    settings = application.services.settings
    try:
        await _tell_commands(application)
        for operator in settings.operators:
            await tell_operator_commands(application.bot, operator, settings.language)
    except TelegramError as error:
        log.warning("the command menus are told later: %s", type(error).__name__)
        assert application.job_queue is not None
        application.job_queue.run_once(_tell_menus_again, MENUS_AGAIN_AFTER)


async def _tell_menus_again(context: Context) -> None:
    await _tell_menus(context.klantkompas)


async def _tell_commands(application: KlantkompasApplication) -> None:
    """The command menu: per language, and the settings' language for all others."""
    default = application.services.settings.language
    for language in (None, *LANGUAGES):
        commands = [
            BotCommand(name, text) for name, text in words(language or default)["commands"].items()
        ]
        await application.bot.set_my_commands(commands, language_code=language)

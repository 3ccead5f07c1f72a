"""The command line. Each command imports what it needs, so that `--help` answers at once."""

import csv
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, cast, get_args

import typer

if TYPE_CHECKING:
    from analysis.columns.plan import Role
    from analysis.errors import UnreadableFile
    from bot.settings import Settings
    from storage.register import Register

app = typer.Typer(
    help="Klantkompas: what your best clients share, honest about chance.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

comments_app = typer.Typer(
    help="The comments that wait for an operator; the bot tells their writers what you decide."
)
app.add_typer(comments_app, name="comments")

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The client list.")]
PasswordOption = Annotated[str | None, typer.Option(help="The password of the file.")]
CommentArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", min=1, max=2**63 - 1, help="As the list says.")
]
LanguageOption = Annotated[str, typer.Option(help="nl or en.")]


@app.command()
def chat(
    port: Annotated[int, typer.Option(help="Port on this computer; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the chat page.")] = True,
    data: Annotated[Path | None, typer.Option(help="Where to keep the data.")] = None,
) -> None:
    """Talk with the bot in your browser: no token, no account, no network."""
    import asyncio
    import webbrowser

    from bot import running

    running.set_up_logging()
    settings = _settings(data)

    def announce(url: str) -> None:
        typer.echo(f"Klantkompas: {url}/\nStop: Ctrl+C")
        if browser:
            webbrowser.open(url)

    with _plain_errors():
        asyncio.run(running.chat(settings, port, announce))


@app.command()
def run() -> None:
    """The bot on Telegram."""
    from bot import running

    settings = _settings()
    running.set_up_logging(
        [settings.token.get_secret_value(), settings.webhook_secret.get_secret_value()]
    )
    if not settings.token.get_secret_value():
        _stop(
            "A bot token was expected in KLANTKOMPAS_TOKEN, and it is empty: ask @BotFather for one"
            " and put it in .env, or try the bot without one with `klantkompas chat`.",
            2,
        )
    if settings.webhook_url and not settings.webhook_secret.get_secret_value():
        _stop(
            "A long random secret was expected in KLANTKOMPAS_WEBHOOK_SECRET, and it is empty:"
            " without it anyone who finds the webhook could speak for your advisers.",
            2,
        )
    with _plain_errors():
        running.run(settings)


@app.command()
def analyse(
    file: FileArgument,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    language: LanguageOption = "nl",
    role: Annotated[
        list[str] | None, typer.Option(metavar="HEADER=ROLE", help="What a column is.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many best clients.")] = 10,
    on: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The day to reckon from."),
    ] = None,
    password: PasswordOption = None,
) -> None:
    """The same answers in the terminal."""
    # Read by numpy when it is first imported: on small tables threads only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import analysis

    roles = _roles(role or [])
    as_of = on.date() if on else date.today()  # noqa: DTZ011 - the reader's own day
    try:
        clients = analysis.load(file, roles, password=password)
        findings = analysis.segment(clients, as_of=as_of, size=top)
    except (analysis.UnreadableFile, OSError) as error:
        _refuse(error, file, language)
    except KeyError as error:
        _stop(f"--role names a heading that {file.name} lacks: {error.args[0]}.", 2)
    if json:
        sys.stdout.write(findings.model_dump_json(by_alias=True, indent=1) + "\n")
    else:
        from bot import terminal

        sys.stdout.write(terminal.answers(findings, clients.columns, file.name, language))


@app.command()
def read(
    file: FileArgument,
    sheet: Annotated[str | None, typer.Option(help="The sheet to read.")] = None,
    password: PasswordOption = None,
) -> None:
    """The table as it was understood, as CSV on standard output."""
    import analysis

    try:
        table = analysis.read_rows(file, password=password, sheet=sheet)
    except (analysis.UnreadableFile, OSError) as error:
        _refuse(error, file, "en")
    csv.writer(sys.stdout, lineterminator="\n").writerows(table)


@app.command()
def invite(
    office: Annotated[str, typer.Argument(metavar="OFFICE", help="The name of the office.")],
) -> None:
    """Make an invitation to an office, and the office where there is none of that name."""
    from bot import running
    from bot.services import open_register, system_clock

    running.set_up_logging()
    with _plain_errors(), open_register(_settings()) as register:
        now = system_clock()
        known = register.office_called(office)
        code = register.invite(known or register.new_office(office, now), now)
    typer.echo("Another member of an office that is there." if known else "A new office.")
    typer.echo("Works once, within 14 days. Let the adviser open the bot and send:")
    typer.echo(f"/start {code}")


@app.command()
def invitations(
    revoke: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="The invitation to take back.")
    ] = None,
) -> None:
    """List the invitations that are still open, or take one back."""
    from bot import running
    from bot.services import open_register, system_clock

    running.set_up_logging()
    settings = _settings()
    with _plain_errors(), open_register(settings) as register:
        if revoke is not None and not register.invitations.revoke(revoke):
            _stop(f"No invitation with number {revoke} is open.")
        found = register.invitations.open(system_clock())
        names = {each.office: register.office_name(each.office) for each in found}
    for each in found:
        until = each.expires_at.astimezone(settings.timezone).date()
        typer.echo(f"{each.number}  until {until}  {names[each.office] or '(no name)'}")
    if not found:
        typer.echo("No invitation is open.")


@comments_app.callback(invoke_without_command=True)
def comments(context: typer.Context) -> None:
    """List the comments that wait."""
    if context.invoked_subcommand is not None:
        return
    with _register() as register:
        waiting = register.comments.waiting()
    if not waiting:
        typer.echo("No comment waits.")
    for comment in waiting:
        typer.echo(f"{comment.number}  {comment.month:%Y-%m} {comment.tip}")
        typer.echo(
            f"    {comment.name} <{comment.email}>" if comment.email else f"    {comment.name}"
        )
        for line in comment.text.splitlines():
            typer.echo(f"    | {line}")


@comments_app.command()
def approve(number: CommentArgument) -> None:
    """Let others read a comment."""
    with _register() as register:
        if not register.comments.approve(number):
            _stop(f"A comment that waits was expected, and number {number} is none.")


@comments_app.command()
def answer(
    number: CommentArgument,
    text: Annotated[str, typer.Argument(help="What only the writer of the comment reads.")],
) -> None:
    """Answer the writer of a comment in the chat."""
    from bot.replies.comments import ANSWER_LENGTH
    from bot.typed import lines, refusal

    cleaned = lines(text)
    if refusal(cleaned, ANSWER_LENGTH) is not None:
        _stop(f"An answer of 1 to {ANSWER_LENGTH} characters was expected.", 2)
    with _register() as register:
        if not register.comments.answer(number, cleaned):
            _stop(f"There is no comment with number {number}.")


@comments_app.command()
def remove(number: CommentArgument) -> None:
    """Erase a comment, also one that others can read."""
    with _register() as register:
        if not register.comments.remove(number):
            _stop(f"There is no comment with number {number}.")


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder to make.")],
) -> None:
    """Copy the data to a new folder, also while the bot runs."""
    from storage.backup import make_backup

    settings = _settings()
    with _plain_errors():
        made = make_backup(
            settings.data, settings.key.get_secret_value(), folder, datetime.now(UTC)
        )
    typer.echo(
        f"Made and checked: {made.folder}, offices ({made.offices}), {made.bytes / 1e6:.1f} MB."
    )
    typer.echo(
        f"The key ({made.key}) is not in it: without a copy of the key, kept in another place,"
        " nobody can open it, you neither."
    )


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that backup made.")],
) -> None:
    """Check a backup and put it into an empty data folder."""
    from storage.backup import restore_backup

    settings = _settings()
    with _plain_errors():
        put = restore_backup(folder, settings.key.get_secret_value(), settings.data)
    typer.echo(
        f"Checked and put into {settings.data}: the backup of {put.made_at},"
        f" offices ({put.offices})."
    )
    typer.echo("What was sent to the bot after that moment is not in it.")


@app.command()
def rekey() -> None:
    """Encrypt all data anew under a new key. The bot must be stopped."""
    from storage.rekeying import change_key

    settings = _settings()
    configured = settings.key.get_secret_value()
    with _plain_errors():
        done = change_key(settings.data, configured)
    typer.echo(f"Encrypted anew: files ({done.files}), now under the key {done.new}.")
    typer.echo(f"The new key stands in {settings.data / 'key'}: keep a copy of it elsewhere.")
    if configured:
        typer.echo("Set KLANTKOMPAS_KEY to it before the bot starts, or leave that setting empty.")
    if done.kept:
        typer.echo(
            f"Backups made before open with the old key ({done.old}) alone. It stands in"
            f" {done.kept}: remove it when those backups are gone."
        )


@app.command()
def check(
    deep: Annotated[bool, typer.Option("--deep", help="Read every page of every file.")] = False,
) -> None:
    """Say whether all is well, one line per item; exit status 1 where something is not."""
    from bot.operating.health import examine

    items = examine(_settings(status=1), datetime.now(UTC), deep=deep)
    for item in items:
        verdict = "BAD" if not item.good else "WARN" if item.warns else "ok"
        typer.echo(f"{verdict:<4} {item.name:<10} {item.says}")
    if not all(item.good for item in items):
        raise typer.Exit(1)


@contextmanager
def _register() -> "Iterator[Register]":
    """The register, beside a bot that may be running."""
    from bot import running
    from bot.services import open_register

    running.set_up_logging()
    with _plain_errors(), open_register(_settings()) as register:
        yield register


def _settings(data: Path | None = None, status: int = 2) -> "Settings":
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        names = ", ".join(f"KLANTKOMPAS_{e['loc'][0]!s}".upper() for e in error.errors())
        _stop(f"A setting has a value that cannot be used: {names}. See .env.example.", status)
    return settings.model_copy(update={"data": data}) if data else settings


def _roles(pairs: list[str]) -> "dict[str, Role]":
    from analysis.columns.plan import Role

    roles: dict[str, Role] = {}
    for pair in pairs:
        header, separator, role = pair.rpartition("=")
        if not separator or not header:
            _stop(f"HEADER=ROLE was expected after --role, and {pair!r} was found.", 2)
        if role not in get_args(Role):
            _stop(f"--role knows no role {role!r}; there are: {', '.join(get_args(Role))}.", 2)
        roles[header] = cast("Role", role)
    return roles


@contextmanager
def _plain_errors() -> Iterator[None]:
    """One sentence in place of a traceback for what an operator can mend himself."""
    from sqlcipher3 import DatabaseError
    from telegram.error import Conflict, InvalidToken

    from bot.cluster import ClusterRefusedError
    from bot.operating.sentences import SENTENCES
    from storage.database import reason_of
    from storage.errors import StorageError

    try:
        yield
    except ClusterRefusedError as error:
        _stop(str(error), 2)
    except InvalidToken:
        _stop("Telegram does not know this token: check KLANTKOMPAS_TOKEN with @BotFather.", 2)
    except Conflict:
        _stop(
            "Another program asks Telegram for the messages to this bot, and was there first: stop"
            " it, or use a token of your own."
        )
    except StorageError as error:
        _stop(SENTENCES[error.reason])
    except DatabaseError as error:
        reason = reason_of(error)
        if reason is None:
            raise
        _stop(SENTENCES[reason])
    except OSError as error:
        _stop(f"The computer refused: {error.strerror or error}.")


def _refuse(error: "UnreadableFile | OSError", file: Path, language: str) -> NoReturn:
    """One sentence on a file that is not read, which is when sentences are needed at all."""
    from bot import terminal

    if isinstance(error, OSError):
        _stop(terminal.no_such_file(error, file.name, language))
    _stop(terminal.unreadable(error, file.name, language))


def _stop(sentence: str, status: int = 1) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(status)

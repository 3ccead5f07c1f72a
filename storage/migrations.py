"""The schema. A change of it is a new function at the end; none is ever edited after a release."""

from sqlite_utils import Database, Migrations

register = Migrations("klantkompas.register")
office = Migrations("klantkompas.office")


@register()
def offices_members_invitations(database: Database) -> None:
    database.table("offices").create(
        {"id": str, "name": str, "created_at": str}, pk="id", not_null={"name", "created_at"}
    )
    database.table("members").create(
        {"user": int, "office": str, "language": str, "joined_at": str},
        pk="user",
        not_null={"office", "language", "joined_at"},
        foreign_keys=[("office", "offices", "id")],
    )
    database.table("invitations").create(
        {"code_hash": str, "office": str, "created_at": str, "used_at": str},
        pk="code_hash",
        not_null={"office", "created_at"},
        foreign_keys=[("office", "offices", "id")],
    )


@register()
def inbox_of_updates(database: Database) -> None:
    # `payload` is erased when an update is done; the bare number stays, so that a batch that
    # Telegram delivers again is known.
    database.table("inbox").create(
        {"update_id": int, "user": int, "received_at": str, "payload": str, "done_at": str},
        pk="update_id",
        not_null={"received_at"},
    )
    database.table("inbox").create_index(["done_at"])


@office()
def uploads(database: Database) -> None:
    database.table("uploads").create(
        {
            "id": int,
            "update_id": int,
            "received_at": str,
            "file_name": str,
            "plan": str,
            "rows": bytes,
            "row_count": int,
            "findings": str,
            "findings_schema": int,
            "columns": str,
        },
        pk="id",
        not_null={"update_id", "received_at", "file_name", "plan"},
    )
    database.table("uploads").create_index(["update_id"], unique=True)


@office()
def remembered_answers(database: Database) -> None:
    # What this office said a heading means, for its next lists.
    database.table("answers").create(
        {"heading": str, "role": str, "given_at": str}, pk="heading", not_null={"role", "given_at"}
    )
    # A file that waits for its password; the password itself is never kept.
    database.table("waiting").create(
        {
            "user": int,
            "update_id": int,
            "file_id": str,
            "file_name": str,
            "message": int,
            "since": str,
        },
        pk="user",
        not_null={"update_id", "file_id", "file_name", "message", "since"},
    )


@office()
def lists_to_go_back_to(database: Database) -> None:
    # `used_after`: the number of the newest list when the adviser went back to this one, so that
    # any later list comes before it again. AUTOINCREMENT, for a list may now be removed, and its
    # number stands in buttons: no other list may ever get it.
    columns = (
        "id, update_id, received_at, file_name, plan, rows, row_count, findings,"
        " findings_schema, columns"
    )
    for statement in (
        "create table uploads_new (id integer primary key autoincrement,"
        " update_id integer not null, received_at text not null, file_name text not null,"
        " plan text not null, rows blob, row_count integer, findings text,"
        " findings_schema integer, columns text, used_after integer)",
        f"insert into uploads_new ({columns}) select {columns} from uploads",
        "drop table uploads",
        "alter table uploads_new rename to uploads",
    ):
        database.execute(statement)
    database.table("uploads").create_index(["update_id"], unique=True)


@office()
def second_files(database: Database) -> None:
    # The list that a new one may complete, until the adviser said whether it does.
    database.table("uploads").add_column("extends", int)
    # The sheets to choose from; null where the file waits for a password.
    database.table("waiting").add_column("sheets", str)


@office()
def asked_questions(database: Database) -> None:
    # How a free question can be read, for the buttons under it; never the text itself.
    # AUTOINCREMENT, for a number stands in buttons.
    database.execute(
        "create table questions (id integer primary key autoincrement, upload integer not null,"
        " questions text not null, asked_at text not null)"
    )


@register()
def members_without_pictures(database: Database) -> None:
    # 1 for a member who wants answers as text alone.
    database.table("members").add_column("text_only", int, not_null_default=0)


@register()
def comments_contributions_and_drafts(database: Database) -> None:
    # AUTOINCREMENT, for their numbers stand in buttons.
    for statement in (
        "create table comments (id integer primary key autoincrement,"
        " update_id integer not null unique, office text not null, user integer not null,"
        " tip text not null, month text not null, name text not null, text text not null,"
        " email text not null, state text not null, answer text not null, sent_at text not null)",
        "create index comments_of_tip on comments (tip, month, state)",
        "create index comments_of_user on comments (user, sent_at)",
        # What somebody must still hear about a comment; `claimed_at` while it is being told.
        "create table comment_news (comment integer not null references comments(id)"
        " on delete cascade, news text not null, claimed_at text, primary key (comment, news))",
        "create table contributions (id integer primary key autoincrement,"
        " update_id integer not null unique, month text not null, dutch text not null,"
        " english text not null, author text not null, signal text, scheduled_at text not null)",
        "create index contributions_of_month on contributions (month)",
        "create table drafts (user integer not null, kind text not null, asks text not null,"
        " content text not null, update_id integer not null, since text not null,"
        " primary key (user, kind))",
    ):
        database.execute(statement)


@register()
def subscriptions_and_outbox_of_tips(database: Database) -> None:
    for statement in (
        "create table subscriptions (user integer primary key, chat integer not null,"
        " active integer not null, day integer not null, minute integer not null,"
        " quiet_from integer not null, quiet_until integer not null, next_month text,"
        " next_due_at text, asked_at text not null, started_at text, stopped_at text,"
        " blocked_at text)",
        "create index subscriptions_due on subscriptions (next_due_at)",
        "create table outbox (id integer primary key, office text not null,"
        " user integer not null, month text not null, state text not null,"
        " reason text not null default '', send_from text not null, changed_at text not null,"
        " answer text, answered_at text)",
        # A member's one tip of a month. He comes first, because he is what is asked for.
        "create unique index outbox_once on outbox (user, month, office)",
        "create index outbox_by_state on outbox (state, id)",
    ):
        database.execute(statement)


@office()
def figures_and_told_tips(database: Database) -> None:
    for statement in (
        "create table figures (upload integer primary key, clients integer not null,"
        " signals text not null)",
        "insert into figures select id, json_extract(findings, '$.clients.count'),"
        " (select json_group_object(json_extract(value, '$.signal'),"
        " json_extract(value, '$.value')) from json_each(findings, '$.signals'))"
        " from uploads where findings is not null",
        "create table told (user integer not null, month text not null, tip text not null,"
        " signal text, reason text not null, value real, clients integer,"
        " few integer not null, earlier_month text, earlier_value real, answer text,"
        " told_at text not null, upload integer, primary key (user, month)) without rowid",
    ):
        database.execute(statement)


@office()
def rows_apart_and_sent_pictures(database: Database) -> None:
    for statement in (
        # SQLite walks through a large value to reach what stands behind it in the same row, and
        # most answers need the findings and no rows.
        "create table client_rows (upload integer primary key, rows blob not null)",
        "insert into client_rows (upload, rows)"
        " select id, rows from uploads where rows is not null",
        "alter table uploads drop column rows",
        "alter table uploads add column analysis integer not null default 0",
        # Pictures by the messenger's file id, which is one bot's own.
        "create table sent_pictures (upload integer not null, analysis integer not null,"
        " picture text not null, bot integer not null, file_id text not null,"
        " primary key (upload, picture, bot))",
    ):
        database.execute(statement)


@office()
def marks_and_own_top(database: Database) -> None:
    # `list` is 0 for clients known by a number of the office, which any list may bring again; else
    # the one list in which they stand.
    for statement in (
        "create table marks (list integer not null, client text not null, mark text not null,"
        " primary key (list, client, mark)) without rowid",
        "create table looked_at (list integer not null, client text not null,"
        " primary key (list, client)) without rowid",
        "create table chosen (place integer primary key autoincrement, list integer not null,"
        " client text not null, unique (list, client))",
        # One row, once something was told. `version` goes up with every change.
        "create table own_top (id integer primary key check (id = 1), version integer not null,"
        " size integer not null, measure text not null)",
        # With which version the findings of a list were made; none stands for 0.
        "create table top_versions (upload integer primary key, version integer not null)",
        # The message that asks for a client by number or name, and whom the answer found.
        "create table searches (user integer primary key, message integer not null,"
        " upload integer not null, purpose text not null, found text not null)",
    ):
        database.execute(statement)


@register()
def numbered_invitations_attempts_and_removing_uploads(database: Database) -> None:
    for statement in (
        # AUTOINCREMENT, for their numbers stand in buttons.
        "create table invitations_new (number integer primary key autoincrement,"
        " code_hash text not null unique, office text not null references offices(id),"
        " created_at text not null, used_at text)",
        "insert into invitations_new (code_hash, office, created_at, used_at)"
        " select code_hash, office, created_at, used_at from invitations order by created_at",
        "drop table invitations",
        "alter table invitations_new rename to invitations",
        # How often an update was begun after a start; null as long as the first run has it.
        "alter table inbox add column attempts integer",
        # Whether a member's files go out of the chat once they are read: yes, no, asked, or null.
        "alter table members add column unsend text",
    ):
        database.execute(statement)


@office()
def ready_answers(database: Database) -> None:
    database.execute(
        "create table ready_answers (key text primary key, answer text not null) without rowid"
    )
    database.execute("create table revision (number integer not null)")
    database.execute("insert into revision (number) values (0)")
    for table, events in (
        ("uploads", ("insert", "update", "delete")),
        ("client_rows", ("insert", "delete")),
        ("own_top", ("insert", "update")),
    ):
        for event in events:
            database.execute(
                f"create trigger {table}_{event} after {event} on {table} begin"
                " delete from ready_answers; update revision set number = number + 1; end"
            )


@office()
def questions_that_were_answered(database: Database) -> None:
    # The member who got the answer; null where the question only waits for a choice.
    database.table("questions").add_column("answered_to", int)


@office()
def wanted_tops(database: Database) -> None:
    # A top that a member is composing: nothing goes by it until he says that it is done.
    database.execute(
        "create table wanted_tops (user integer primary key, upload integer not null,"
        " top text not null)"
    )
    # Whether the member saw names when he was asked for a client.
    database.execute("alter table searches add column named integer not null default 0")


@register()
def drafts_set_aside(database: Database) -> None:
    # 1 once something else was asked for meanwhile: what is typed then is no part of it.
    database.execute("alter table drafts add column set_aside integer not null default 0")

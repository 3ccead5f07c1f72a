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

"""What the chat page gets to see, as JSON: text with entities, never markup."""

from __future__ import annotations

from collections.abc import Sequence

from .messenger import Change, Messenger
from .model import BOT_NAME, Json, Media, Message, Sample, User


def snapshot_view(messenger: Messenger, samples: Sequence[Sample]) -> Json:
    """Everything as it stands."""
    return {
        "bot": {"name": BOT_NAME},
        "now": _now(messenger),
        "people": [person_view(messenger, user) for user in messenger.users.values()],
        "samples": [
            {"name": sample.name, "size": len(sample.content), "label": sample.label}
            for sample in samples
        ],
    }


def person_view(messenger: Messenger, user: User) -> Json:
    """One person with the whole chat."""
    return {
        **_standing_view(messenger, user),
        "messages": [message_view(message) for message in messenger.messages(user)],
    }


def change_view(messenger: Messenger, change: Change) -> Json:
    """One change, with all that the page needs to show it."""
    view: Json = {"kind": change.kind}
    if change.kind == "profile":
        view["people"] = [_standing_view(messenger, user) for user in messenger.users.values()]
        return view
    if change.kind == "clock":
        view["now"] = _now(messenger)
    if change.user is not None:
        view["user"] = change.user.id
    if change.kind == "person" and change.user is not None:
        view["person"] = person_view(messenger, change.user)
    if change.message is not None:
        view["id"] = change.message.message_id
        if change.kind in {"message", "edit"}:
            view["message"] = message_view(change.message)
    if change.action:
        view["action"] = change.action
    return view


def _now(messenger: Messenger) -> int:
    """Milliseconds since 1970, as the page counts."""
    return int(messenger.clock.now().timestamp() * 1000)


def message_view(message: Message) -> Json:
    view: Json = {
        "id": message.message_id,
        "mine": not message.from_bot,
        "date": message.date,
        "edited": message.edit_date is not None,
        "text": message.text,
        "entities": list(message.body.entities),
        "keyboard": [
            [
                {"text": button["text"], "url": button.get("url"), "style": button.get("style")}
                for button in row
            ]
            for row in message.markup.keyboard
        ],
    }
    if message.media is not None:
        view[message.media.kind] = _media_view(message.media)
    if message.reply_to is not None:
        view["reply"] = _reply_view(message.reply_to)
    if message.markup.force_reply is not None:
        view["force_reply"] = message.markup.force_reply
    if message.media_group_id is not None:
        view["group"] = message.media_group_id
    return view


def _standing_view(messenger: Messenger, user: User) -> Json:
    return {
        "id": user.id,
        "name": user.first_name,
        "language": user.language_code,
        "started": user.started,
        "blocked": user.has_blocked,
        "sent_file": user.has_sent_file,
        "commands": messenger.profile.commands_for(user),
        "description": messenger.profile.description_for(user),
    }


def _media_view(media: Media) -> Json:
    file = media.file
    return {
        "url": f"/page/file/{file.path}",
        "name": file.name,
        "size": file.size,
        "width": file.width,
        "height": file.height,
    }


def _reply_view(message: Message) -> Json:
    fallback = message.media.file.name if message.media is not None else ""
    return {
        "id": message.message_id,
        "mine": not message.from_bot,
        "text": message.text or fallback,
    }

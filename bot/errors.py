"""What can go wrong in the work of a worker process, told to the chat."""


class NotTypeset(Exception):  # noqa: N818 - it reads as what happened
    """Typst refuses a document. Its own message may quote the data and is for no log."""

"""The bot's side of the local server: the methods of the Bot API."""

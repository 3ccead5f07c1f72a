"""The client list with its levels, to take back into the administration: Excel and csv."""

from bot.workbook.export import Form, Wish, write_export

__all__ = ["Form", "Wish", "write_export"]

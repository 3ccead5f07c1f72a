"""The client list with its levels, to take back into the administration: Excel and csv."""

from bot.workbook.export import write_export
from bot.workbook.wish import Form, Wish

__all__ = ["Form", "Wish", "write_export"]

"""The documents: a report to hand to a partner, and guides for a conversation with a client.

Every function returns the bytes of a PDF, touches nothing outside, and can be called in a worker
process. Sentences stand in the Typst templates of `nl/` and `en/`, figures come from the findings.
"""

from bot.report.conversation import client_sheet, general_guide, group_sheet
from bot.report.report import report

__all__ = ["client_sheet", "general_guide", "group_sheet", "report"]

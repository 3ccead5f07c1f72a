"""What a picture shows and why that matters: a picture in a chat has no other description."""

from functools import cache

from bot.jobs import Chart
from bot.replies.render import render


@cache
def caption_of(chart: Chart, language: str) -> str:
    return render("caption", language, chart=chart)

"""The house style of the pictures: sizes, colours, and text that is safe to draw."""

import io
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

WIDTH = 1080
"""Pixels: what a phone shows without scaling."""
DPI = 160
MARGIN = 56

INK = "#1D2733"
MUTED = "#5C6875"
"""Contrast 5.7 : 1 on white."""
LINE = "#D5DBE1"
TRACK = "#F0F3F5"
GREY = "#A9B3BD"
ACCENT = "#0A6C8F"
ACCENT_SOFT = "#E3F0F4"

TITLE, HEADING, BODY = 20.0, 16.0, 14.0
"""Points at DPI; 14 of them are 31 pixels, 11 on a screen 390 wide."""

SIGNS = {"clear": "●", "hint": "◐", "chance": "○", "usual": "○"}
"""How sure a claim is, for who sees no colour."""

UNKNOWN_LETTER = "□"
LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd"})
BREAKS = frozenset({"Cc", "Zl", "Zp"})


@cache
def font(*, bold: bool = False) -> FontProperties:
    """DejaVu Sans from matplotlib itself: the same picture on every machine."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontProperties(fname=Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name)


@cache
def _drawable(*, bold: bool) -> frozenset[int]:
    return frozenset(get_font(str(font(bold=bold).get_file())).get_charmap())


def drawable(text: str, *, bold: bool = False) -> str:
    """The text in one line, with letters that the font lacks as a box, other signs left out."""
    drawn = "".join(_drawn(char, _drawable(bold=bold)) for char in text)
    # Not `split()`: a no-break space holds the sign and its amount together.
    return re.sub(" +", " ", drawn).strip()


def _drawn(char: str, known: frozenset[int]) -> str:
    category = unicodedata.category(char)
    if category in BREAKS:
        return " "
    # Invisible signs can turn the rest of a line round.
    if category == "Cf":
        return ""
    if ord(char) in known:
        return char
    return UNKNOWN_LETTER if category in LETTERS else ""


class Sheet:
    """A white picture `height` pixels high, drawn on in pixels from the top left."""

    def __init__(self, height: int) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")
        # Not an Axes: nothing here needs ticks, and the layout counts in pixels.
        self.pixels = Affine2D().scale(1, -1).translate(0, height)

    def draw(self, artist: Artist) -> None:
        """Adds a line or a patch whose coordinates are pixels."""
        artist.set_transform(self.pixels)
        self.figure.add_artist(artist)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        color: str = INK,
        align: str = "left",
        rise: str = "baseline",
    ) -> Text:
        """Writes one line; `rise` is matplotlib's vertical alignment."""
        return self.figure.text(
            x,
            y,
            text,
            fontproperties=font(bold=bold),
            fontsize=size,
            color=color,
            ha=align,
            va=rise,
            parse_math=False,
            transform=self.pixels,
        )

    def png(self) -> bytes:
        content = io.BytesIO()
        self.figure.savefig(
            content,
            format="png",
            dpi=DPI,
            metadata={"Software": None},
            pil_kwargs={"compress_level": 4},
        )
        return content.getvalue()


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, DPI)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels."""
    properties = font(bold=bold).copy()
    properties.set_size(size)
    width: float = _ruler().get_text_width_height_descent(text, properties, ismath=False)[0]
    return width


def wrapped(
    text: str, width: float, size: float, *, bold: bool = False, lines: int = 2
) -> list[str]:
    """The text in at most `lines` lines of `width` pixels; what is too long ends in `…`.

    Lines are of about equal length, so that no single word stands alone below.
    """
    line = drawable(text, bold=bold) or UNKNOWN_LETTER
    done = _filled(line, width, size, bold=bold, lines=lines)
    if len(done) == 1 or done[-1].endswith("…"):
        return done
    for share in (0.55, 0.65, 0.75, 0.85):
        narrower = _filled(line, width * share, size, bold=bold, lines=lines)
        if len(narrower) == len(done) and not narrower[-1].endswith("…"):
            return narrower
    return done


def _filled(rest: str, width: float, size: float, *, bold: bool, lines: int) -> list[str]:
    done: list[str] = []
    while rest:
        fitting = _longest_start(rest, width, size, bold=bold)
        if fitting < len(rest) and len(done) == lines - 1:
            while fitting and text_width(f"{rest[:fitting]}…", size, bold=bold) > width:
                fitting -= 1
            return [*done, f"{rest[:fitting].rstrip(' …')}…"]
        if fitting < len(rest):
            space = rest.rfind(" ", 0, fitting + 1)
            fitting = space if space > 0 else fitting
        done.append(rest[:fitting].rstrip())
        rest = rest[fitting:].lstrip()
    return done


def _longest_start(text: str, width: float, size: float, *, bold: bool) -> int:
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle], size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def write_head(sheet: Sheet, title: Sequence[str], below: Sequence[str]) -> float:
    """Writes the lines of the title and those below it; the pixel where the picture may begin."""
    y = 30.0
    for line in title:
        y += 52
        sheet.write(MARGIN, y, line, size=TITLE, bold=True)
    for line in below:
        y += 44
        sheet.write(MARGIN, y + 6, line)
    return y + 44


def head_height(title: Sequence[str], below: Sequence[str]) -> int:
    return 30 + 52 * len(title) + 44 * len(below) + 44

"""How large a file may be before it is refused rather than read."""

MAX_FILE_BYTES = 400 * 2**20
MAX_UNPACKED_BYTES = 800 * 2**20
MAX_UNPACKED_RATIO = 150
"""Unpacked bytes per packed byte of one part; checked where the part is not small."""
SMALL_PART_BYTES = 64 * 2**20
MAX_PARTS = 5_000
MAX_CELLS = 40_000_000
MAX_COLUMNS = 2_000

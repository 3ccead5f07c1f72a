"""Text to numbers, money, dates, yes and no, and missing: decided per column, never per cell."""

"""Numbers made fit for JSON."""

import math


def finite(value: float | None, digits: int = 2) -> float:
    """Rounded; nothing and not-a-number become 0, infinities the largest figures that are written."""
    if value is None or math.isnan(value):
        return 0.0
    return round(max(-9999.0, min(9999.0, value)), digits)

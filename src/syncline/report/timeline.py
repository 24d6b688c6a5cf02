"""Posts over time: each network's against everyone else's."""

from typing import Any

from syncline.case.contract import ReportCase

_HOUR = 3_600_000_000
_DAY = 24 * _HOUR
_WIDTHS = ((_HOUR, "hour"), (_DAY, "day"), (7 * _DAY, "week"), (30 * _DAY, "30 days"))
_MOST_BINS = 420

_EVERYBODY = """
SELECT (time_us - {start}) // {width} AS bin, count(*) FROM posts
WHERE time_us IS NOT NULL GROUP BY bin ORDER BY bin
"""
_BY_NETWORK = """
SELECT members.network_id, (posts.time_us - {start}) // {width} AS bin, count(*)
FROM posts JOIN members USING (platform, account_id)
WHERE posts.time_us IS NOT NULL GROUP BY ALL ORDER BY ALL
"""


def build(case: ReportCase) -> dict[str, Any] | None:
    """Bins of one hour to years, at most `_MOST_BINS`, aligned to UTC; counts are sparse (bin, posts).

    Gives `start_s` (seconds since 1970), `width_s`, `unit` ("day"), `everybody` and `networks`
    {network id: counts}; None for a log without times.
    """
    first, last = case.run.get("first_us"), case.run.get("last_us")
    if first is None or last is None:
        return None
    width, unit = _width(last - first)
    start = first - first % width
    bins = {"start": start, "width": width}
    networks: dict[str, list[list[int]]] = {}
    for network_id, place, count in case.sql(_BY_NETWORK.format(**bins)).fetchall():
        networks.setdefault(str(network_id), []).append([place, count])
    return {
        "start_s": start // 1_000_000,
        "width_s": width // 1_000_000,
        "unit": unit,
        "bins": (last - start) // width + 1,
        "everybody": [list(row) for row in case.sql(_EVERYBODY.format(**bins)).fetchall()],
        "networks": networks,
    }


def _width(span_us: int) -> tuple[int, str]:
    for width, unit in _WIDTHS:
        if span_us <= width * _MOST_BINS:
            return width, unit
    days = span_us // _DAY // _MOST_BINS + 1
    return days * _DAY, f"{days} days"

"""Settings, versions and inputs: what another person needs to get the same case."""

from typing import Any

from syncline import words
from syncline.case.contract import ReportCase

_VERSIONS = (
    ("Syncline", "syncline"),
    ("Scanned", "created"),
    ("Engine", "engine"),
    ("Seed", "seed"),
    ("Text normaliser", "normaliser"),
)


def build(case: ReportCase) -> dict[str, Any]:
    """Rows of (name, value), the input files with their SHA-256, and the time each stage took."""
    run = case.run
    return {
        "versions": [[label, _shown(run.get(key))] for label, key in _VERSIONS],
        "log": [
            ["Clock of the log", _resolution(run.get("resolution_us"))],
            [
                "Windows used",
                words.listing([words.within(seconds) for seconds in run["windows_s"]]) or "none",
            ],
            *([["Two clocks", gaps]] if (gaps := clock_gaps(case)) else []),
        ],
        "settings": [[name, _shown(value)] for name, value in sorted(run["settings"].items())],
        "inputs": [_input(source) for source in run.get("inputs") or []],
        "timings": [
            [stage, f"{words.number(round(spent['wall_s'], 1))} s"]
            for stage, spent in (run.get("timings") or {}).items()
        ],
    }


def clock_gaps(case: ReportCase) -> str:
    """How far the posters' own programs are from the server's time, where the source has both; else empty."""
    if "clock_gap_us" not in case.sql("SELECT * FROM posts LIMIT 0").columns:
        return ""  # a case of an earlier version
    posts, both, median, beyond = case.sql(_GAPS).fetchall()[0]
    if not both:
        return ""
    return (
        f"Of {words.plural(posts, 'post')} {words.number(both)} {words.verb(both, 'has', 'have')} the server's time "
        f"beside that of the poster's own program. The server's is used. They differ by "
        f"{words.duration(median)} at the median, by more than an hour in {words.plural(beyond, 'post')}."
    )


_GAPS = """
SELECT count(*), count(clock_gap_us), coalesce(median(abs(clock_gap_us)), 0)::BIGINT,
    count(*) FILTER (abs(clock_gap_us) > 3600000000) FROM posts
"""


def _input(source: dict[str, Any]) -> dict[str, str]:
    texts = {key: str(source.get(key, "")) for key in ("path", "format", "sha256")}
    return texts | {key: words.number(source.get(key, 0)) for key in ("bytes", "rows", "posts")}


def _shown(value: Any) -> str:
    if value is None:
        return "default"
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(item) for item in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _resolution(resolution_us: int | None) -> str:
    return words.duration(resolution_us) if resolution_us and resolution_us >= 1_000 else "1 microsecond"

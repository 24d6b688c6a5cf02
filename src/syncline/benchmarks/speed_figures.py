"""What a speed run says: medians over its rounds, and whether each requirement holds."""

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from syncline.memory import in_bytes

Document = Mapping[str, Any]

GIB = 2**30
MINUTE_S = 60
# From this size on the requirements on ratios are made.
MILLION = 1_000_000


class Key(NamedTuple):
    """One thing that was measured; copies and memory are null where it is no whole scan."""

    name: str
    posts: int
    hot: int = 0
    copies: int | None = None
    memory: str | None = None


class Measured(NamedTuple):
    """Medians over rounds: seconds, bytes; seconds by stage and by table (wall_s and cpu_s each)."""

    cpu_s: float
    wall_s: float
    peak: int
    stopped: bool
    rounds: int
    stages: dict[str, dict[str, float]]
    tables: dict[str, dict[str, float]]
    found: int | None


class Figure(NamedTuple):
    """`asked` is the requirement in words, empty where a figure is only reported."""

    what: str
    measured: float
    unit: str = ""
    asked: str = ""
    holds: bool = True


# What a requirement needs to be measured, where it is not among those of every size; scans with any number of copies.
_ASKED = {
    "5,000,000 posts: at least 25 times faster than Coordination Network Toolkit": {
        Key("edges", 5 * MILLION),
        Key("toolkit", 5 * MILLION),
    },
    "5,000,000 posts: pair step within twice the kernel": {Key("pair-step", 5 * MILLION)},
    "10,000,000 posts: pair step within twice the kernel": {Key("pair-step", 10 * MILLION)},
    "10,000,000 posts with `--memory 2GB`: finishes, and says what it cost": {
        Key("scan", 10 * MILLION, memory="2GB")
    },
}


def measured(document: Document) -> dict[Key, Measured]:
    """What did not fail, in the order in which it ran first."""
    rows: dict[Key, list[dict[str, Any]]] = {}
    for row in document["runs"]:
        if not row["failed"]:
            key = Key(*(row[name] for name in Key._fields))
            rows.setdefault(key, []).append(row)
    return {key: _median(of_key) for key, of_key in rows.items()}


def _median(rows: Sequence[dict[str, Any]]) -> Measured:
    return Measured(
        statistics.median(row["cpu_s"] for row in rows),
        statistics.median(row["wall_s"] for row in rows),
        int(statistics.median(row["peak"] for row in rows)),
        any(row["stopped"] for row in rows),
        len(rows),
        _medians(rows, "stages"),
        _medians(rows, "tables"),
        rows[0]["found"],
    )


def _medians(rows: Sequence[dict[str, Any]], what: str) -> dict[str, dict[str, float]]:
    """Medians of the seconds of each stage or table that every round has."""
    common = [name for name in rows[0][what] if all(name in row[what] for row in rows)]
    return {
        name: {
            clock: statistics.median(row[what][name][clock] for row in rows) for clock in rows[0][what][name]
        }
        for name in common
    }


def scans(documents: Sequence[Document]) -> dict[Key, Measured]:
    """Every whole scan, by size."""
    found = {
        key: each for document in documents for key, each in measured(document).items() if key.name == "scan"
    }
    return dict(sorted(found.items(), key=lambda item: (*item[0][1:4], _bytes(item[0].memory))))


def _bytes(memory: str | None) -> float:
    """A bound in an order: the smaller first, none last."""
    return math.inf if memory is None else in_bytes(memory)


def beside_bounds(documents: Sequence[Document]) -> dict[Key, Key]:
    """Each scan with a bound, and that of the same log with the widest bound or none, of as many copies if there is."""
    whole = scans(documents)
    found = {}
    for key in whole:
        wider = [
            other
            for other in whole
            if (other.posts, other.hot) == (key.posts, key.hot) and _bytes(other.memory) > _bytes(key.memory)
        ]
        if wider:
            found[key] = max(wider, key=lambda other: (_bytes(other.memory), other.copies == key.copies))
    return found


def growing(documents: Sequence[Document], copies: int = 1) -> dict[int, Measured]:
    """By size, the whole scan with one copy, no hot object and the widest bound: what growth is measured on."""
    return {key.posts: each for key, each in scans(documents).items() if not key.hot and key.copies == copies}


def exponent(by_size: Mapping[int, Measured]) -> float:
    """Least squares slope of log CPU seconds on log posts."""
    sizes = [math.log(posts) for posts in by_size]
    seconds = [math.log(each.cpu_s) for each in by_size.values()]
    return statistics.linear_regression(sizes, seconds).slope


def requirements(documents: Sequence[Document]) -> list[Figure]:
    """Every requirement on speed that these runs say something about; what two runs say goes by their commits."""
    of_runs = [(document, figure) for document in documents for figure in _ratios(measured(document))]
    often = Counter(figure.what for _, figure in of_runs)
    found = [
        figure._replace(what=f"{figure.what} (commit {document.get('commit')})")
        if often[figure.what] > 1
        else figure
        for document, figure in of_runs
    ]
    whole = scans(documents)
    return [*found, *_whole(whole), *_hot(whole), *_growth(documents)]


def unmeasured(documents: Sequence[Document]) -> list[str]:
    """What is asked of the published runs, and these runs say nothing about."""
    known = {key._replace(copies=None) for document in documents for key in measured(document)}
    return [words for words, keys in _ASKED.items() if not keys <= known]


def _ratios(at: Mapping[Key, Measured]) -> Iterator[Figure]:
    """What is measured within one run, because only there it can be compared."""
    for posts in dict.fromkeys(key.posts for key in at):
        yield from _beside_toolkit(at, posts)
        yield from _beside_kernel(at, posts)
    yield from _start(at)


def _beside_toolkit(at: Mapping[Key, Measured], posts: int) -> Iterator[Figure]:
    own, other = at.get(Key("edges", posts)), at.get(Key("toolkit", posts))
    if own is None or other is None or posts < MILLION:
        return
    bar = 25 if posts >= 5 * MILLION else 15
    # A method that was stopped has lost the CPU seconds of its own children.
    clock = "wall_s" if other.stopped else "cpu_s"
    coded = sum(own.stages[stage][clock] for stage in ("pairs", "evidence"))
    spent = getattr(other, clock)
    unit = "wall" if other.stopped else "CPU"
    yield _at_least(
        f"{posts:,} posts: Coordination Network Toolkit over Syncline from coded traces to edges, {unit}",
        spent / coded,
        bar,
    )
    yield Figure(
        f"{posts:,} posts: the same over Syncline's whole process, reading and coding too, {unit}",
        spent / getattr(own, clock),
        "times",
    )


def _beside_kernel(at: Mapping[Key, Measured], posts: int) -> Iterator[Figure]:
    if posts < MILLION:
        return
    turns = at.get(Key("pair-step", posts))
    if turns is not None:
        ratio = turns.stages["pair step"]["cpu_s"] / turns.stages["kernel"]["cpu_s"]
        yield _at_most(f"{posts:,} posts: pair step over kernel, CPU", ratio, 2, "times")
    own, kernel = at.get(Key("edges", posts)), at.get(Key("kernel", posts))
    if own is not None and kernel is not None:
        yield _at_most(
            f"{posts:,} posts: file to edges (reposts, one window) over the kernel's whole process, CPU",
            own.cpu_s / kernel.cpu_s,
            4,
            "times",
        )


def _start(at: Mapping[Key, Measured]) -> Iterator[Figure]:
    smallest = min((key.posts for key in at), default=0)
    for key, each in at.items():
        if key.name.startswith("syncline ") and key.posts == smallest:
            yield Figure(f"`{key.name}`, CPU", each.cpu_s, "s", "below 0.4 s", each.cpu_s < 0.4)
            yield Figure(f"`{key.name}`, wall", each.wall_s, "s")


def _whole(whole: Mapping[Key, Measured]) -> Iterator[Figure]:
    for key, each in whole.items():
        about = f"{key.posts:,} posts: whole scan{described(key)}"
        if key.hot:
            continue
        if key.posts == MILLION and key.copies in (0, 3):
            yield _at_most(f"{about}, CPU", each.cpu_s, 60 if key.copies == 0 else 180, "s")
            yield _at_most(f"{about}, peak memory", each.peak / GIB, 3, "GiB")
        if key.posts == 10 * MILLION:
            yield _at_most(f"{about}, CPU", each.cpu_s / MINUTE_S, 30, "min")
            yield _at_most(f"{about}, peak memory", each.peak / GIB, 8, "GiB")
        if key.memory is not None:
            bound = _bytes(key.memory) / GIB
            yield _at_most(f"{about}, peak memory against the bound", each.peak / GIB, bound, "GiB")


def described(key: Key) -> str:
    """What sets a scan apart from the default one, for a heading."""
    said = f", {key.copies} {'copy' if key.copies == 1 else 'copies'}"
    said += f", {key.hot:,} accounts on one object in a minute" if key.hot else ""
    return said + (f", `--memory {key.memory}`" if key.memory else "")


def _hot(whole: Mapping[Key, Measured]) -> Iterator[Figure]:
    for key, each in whole.items():
        without = whole.get(key._replace(hot=0))
        if key.hot and without is not None:
            yield _at_most(
                f"{key.posts:,} posts: whole scan with {key.hot:,} accounts on one object in a minute over "
                "the same without, CPU",
                each.cpu_s / without.cpu_s,
                2,
                "times",
            )


def _growth(documents: Sequence[Document]) -> Iterator[Figure]:
    by_size = growing(documents)
    if len(by_size) > 1:
        yield _at_most(
            f"growth exponent of the whole scan's CPU, {min(by_size):,} to {max(by_size):,} posts",
            exponent(by_size),
            1.1,
            "",
        )


def _at_least(what: str, value: float, bar: float) -> Figure:
    return Figure(what, value, "times", f"at least {bar:g}", value >= bar)


def _at_most(what: str, value: float, bar: float, unit: str) -> Figure:
    return Figure(what, value, unit, f"at most {bar:.3g}", value <= bar)

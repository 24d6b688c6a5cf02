"""The page and the figure of speed runs. Every number on them comes from the runs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from syncline import memory
from syncline.benchmarks.accuracy_page import COLOURS, markdown, number
from syncline.benchmarks.speed_figures import (
    GIB,
    Document,
    Measured,
    beside_bounds,
    described,
    exponent,
    growing,
    measured,
    requirements,
    scans,
    unmeasured,
)
from syncline.errors import SynclineError

_HEAD = """\
# Speed

Written by `syncline bench speed`, not by hand. The workload is seeded: popular objects, lognormal delays, a planted
group of 100 accounts. It measures speed and says nothing about quality, because the group is trivial to find. CPU
seconds come first: the machine did other work as well, which wall seconds show and CPU seconds show less. Everything
runs in a process of its own, methods in turn, and cells are medians over rounds. Peak memory is the largest of any one
process.
"""

# What each method is called on the page.
_NAMES = {
    "edges": "Syncline, file to edges: reposts, 60 s, both passes",
    "profile": "Syncline, file to edges: all behaviours and windows, both passes",
    "kernel": "Kernel: sorted window over integers, and its reading",
    "tfidf": "TF-IDF cosine, no window (Pacheco 2021)",
    "toolkit": "Coordination Network Toolkit: preprocess and co_retweet, 60 s",
}
# The stages of `run.json`, put together in the order of the road; what no stage holds is the last row.
_STAGES = {
    "read": ("reading",),
    "code and traces": ("traces",),
    "pairs and evidence, against chance": ("evidence against chance",),
    "evidence against the crowd": ("evidence against the crowd",),
    "networks": ("networks",),
    "checks": ("confirmation on other days", "other explanations", "groups in the same second"),
    "signs of the accounts": ("signs of the accounts",),
    "placebo copies": ("placebo copies",),
    "times redrawn": ("times redrawn",),
    "campaigns": ("campaigns",),
    "tables": ("tables",),
}
_REST = "report, case and start"
_TABLES_SHOWN = 15


def render(documents: Sequence[Document], before: Document | None = None) -> str:
    """The page in Markdown, from documents of `speed.bench`; `before` is an older document, to compare with."""
    parts = [_HEAD, *_machine(documents), *_asked(documents), *_scans(documents), *_stages(documents)]
    if before is not None:
        parts += _before(documents, before)
    return "\n".join(
        [*parts, *_memory(documents), *_profile(documents), *_methods(documents), *_turns(documents)]
    )


def _machine(documents: Sequence[Document]) -> Iterator[str]:
    """What ran, and on what."""
    commands: dict[str, list[str]] = {}
    for document in documents:
        commands.setdefault(_described_machine(document), []).append(document["command"])
    for machine, asked in commands.items():
        yield "\n".join(f"    {command}" for command in asked) + "\n"
        yield machine + "\n"


def _described_machine(document: Document) -> str:
    commit = f" (commit {document['commit']})" if document.get("commit") else ""
    versions = ", ".join(f"{name} {version}" for name, version in document["versions"].items())
    machine = f"{document['cores']} cores ({document['processor']}), {document['memory_gib']:.0f} GiB"
    return (
        f"Measured on {document['measured']} with Syncline {document['syncline']}{commit}, "
        f"Python {document['python']}, {versions}; {machine}, {document['system']}."
    )


def _asked(documents: Sequence[Document]) -> Iterator[str]:
    rows = [
        [
            figure.what,
            f"{number(figure.measured)} {figure.unit}".strip(),
            figure.asked,
            ("holds" if figure.holds else "**does not hold**") if figure.asked else "",
        ]
        for figure in requirements(documents)
    ]
    if rows:
        yield "## What is asked, and what holds\n"
        yield markdown(["", "measured", "asked", ""], rows)
    yield from _failures(documents)
    if missing := unmeasured(documents):
        yield f"Asked, and not measured by these runs: {'; '.join(missing)}.\n"


def _failures(documents: Sequence[Document]) -> Iterator[str]:
    for document in documents:
        for row in document["runs"]:
            if row["failed"]:
                yield f"`{row['name']}` at {row['posts']:,} posts gave no answer: {row['failed']}\n"


def _scans(documents: Sequence[Document]) -> Iterator[str]:
    whole = scans(documents)
    if not whole:
        return
    yield "## Whole scans\n"
    yield "Files to case and report, all behaviours, three windows, default settings.\n"
    rows = [
        [
            f"{key.posts:,}{described(key)}",
            number(each.cpu_s),
            number(each.wall_s),
            f"{each.peak / GIB:.2f}",
            f"{key.posts / each.cpu_s:,.0f}",
            f"{each.found:,}",
            str(each.rounds),
        ]
        for key, each in whole.items()
    ]
    yield markdown(
        ["posts", "CPU s", "wall s", "peak GiB", "posts per CPU s", "edges", "rounds"],
        rows,
    )
    by_size = growing(documents)
    if len(by_size) > 1:
        steps = ", ".join(
            f"{small:,} to {large:,}: {exponent({small: by_size[small], large: by_size[large]}):.2f}"
            for small, large in pairwise(by_size)
        )
        yield (
            f"Growth exponent of CPU seconds over these sizes, one copy: {exponent(by_size):.2f} "
            f"({steps}). Below 1 weighs what is the same at every size: the start, and the planted group, whose 4,950 "
            "pairs meet on 200 objects each.\n"
        )
        yield "![CPU seconds by posts](speed.svg)\n"


def _stages(documents: Sequence[Document]) -> Iterator[str]:
    whole = scans(documents)
    if not whole:
        return
    yield "## Where the time goes\n"
    yield "CPU seconds of each stage of the scans above.\n"
    yield markdown(
        ["", *(f"{key.posts:,}{described(key)}" for key in whole)],
        [[stage, *(number(by_stage(each)[stage]) for each in whole.values())] for stage in (*_STAGES, _REST)],
    )


def by_stage(scan: Measured) -> dict[str, float]:
    """CPU seconds of a whole scan by the stages of the page, which add up to the process."""
    spent = {
        name: sum(scan.stages[stage]["cpu_s"] for stage in stages if stage in scan.stages)
        for name, stages in _STAGES.items()
    }
    return {**spent, _REST: scan.cpu_s - sum(spent.values())}


def _before(documents: Sequence[Document], before: Document) -> Iterator[str]:
    now = scans(documents)
    both = {key: (old, now[key]) for key, old in scans([before]).items() if key in now}
    if not both:
        return
    yield "### Before and now\n"
    yield f"CPU seconds of the same scans on {before['measured']}, before this work, and now.\n"
    head = [text for key in both for text in (f"{key.posts:,}{described(key)}: before", "now")]
    rows = [
        [stage, *(number(by_stage(each)[stage]) for pair in both.values() for each in pair)]
        for stage in (*_STAGES, _REST)
    ]
    rows.append(["**all**", *(number(each.cpu_s) for pair in both.values() for each in pair)])
    yield markdown(["", *head], rows)


def _memory(documents: Sequence[Document]) -> Iterator[str]:
    """How a bound is kept, with the constants that keep it."""
    if not any(key.memory for key in scans(documents)):
        return
    yield "### Memory with a bound\n"
    yield (
        f"`--memory` bounds everything together. The engine, which spills to disk, gets what {memory.BASE >> 20} MiB "
        f"for the program leave of it, is told {memory.ENGINE_TOLD:.0%} of that, as it takes more than its limit for a "
        f"while, and makes room while arrays are held beside it: {memory.TRACE_IN_KERNELS} "
        f"bytes for each trace, {memory.PAIR} for each of up to {memory.MOST_PAIRS:,} pairs at "
        f"a time, {memory.LINK} for each link of the graphs of taste, {memory.ACT} for each act whose takers are "
        f"counted. Where fewer than {memory.FEWEST_PAIRS:,} pairs would fit, and fewer than half of the traces, SQL "
        f"makes those tables too. {memory.ENGINE_PART:.0%} of the bound stay the engine's beside the pairs, so that a "
        "bound that is too narrow is passed rather than the scan stopped. "
        f"From {memory.NEAR:.0%} of the bound on, memory that is free but kept by the allocator is handed back to the "
        f"system, every {memory.EVERY_S:g} seconds. A scan whose "
        "program and graph of taste alone would pass it is refused before anything is read.\n"
    )
    beside = beside_bounds(documents)
    if not beside:
        return
    yield (
        "What a bound costs: CPU seconds without those of copies and redrawn times, which not every scan has. The "
        "scans are of the commits that stand above.\n"
    )
    whole = scans(documents)
    rows = []
    for key, wider in beside.items():
        one, other = whole[key], whole[wider]
        spent, least = _without_copies(one), _without_copies(other)
        rows.append(
            [
                f"{key.posts:,}{described(key)}", number(spent), f"{one.peak / GIB:.2f}",
                f"`--memory {wider.memory}`" if wider.memory else "no bound", number(least),
                f"{other.peak / GIB:.2f}", number(spent / least),
            ]
        )  # fmt: skip
    yield markdown(["posts", "CPU s", "peak GiB", "beside", "CPU s", "peak GiB", "times, CPU"], rows)


def _without_copies(scan: Measured) -> float:
    """CPU seconds of the log itself."""
    stages = by_stage(scan)
    return sum(stages.values()) - stages["placebo copies"] - stages["times redrawn"]


def _profile(documents: Sequence[Document]) -> Iterator[str]:
    """The tables that cost most, of the largest log that was profiled."""
    profiles = [
        (key, each)
        for document in documents
        for key, each in measured(document).items()
        if key.name == "profile" and not key.hot
    ]
    if not profiles:
        return
    key, each = max(profiles, key=lambda profile: profile[0].posts)
    dear = sorted(each.tables.items(), key=lambda table: -table[1]["cpu_s"])[:_TABLES_SHOWN]
    yield f"### Table by table, {key.posts:,} posts from file to edges\n"
    yield (
        f"The {len(dear)} tables that cost most of {each.cpu_s:,.0f} CPU seconds; a table that both passes, or two "
        "windows, make anew counts with all its makings.\n"
    )
    yield markdown(
        ["stage", "table", "CPU s", "wall s"],
        [[*name.split(": "), number(took["cpu_s"]), number(took["wall_s"])] for name, took in dear],
    )


def _methods(documents: Sequence[Document]) -> Iterator[str]:
    found = [
        (document.get("commit") or "", key, each, at)
        for document in documents
        for at in [measured(document)]
        for key, each in at.items()
        if key.name in _NAMES and not key.hot
    ]
    if not found:
        return
    yield "## Beside other methods\n"
    yield (
        "One behaviour and one window for everybody; only Syncline judges what it finds, by both passes. The kernel "
        "finds the pairs and nothing more: it is the limit, not a method. Reposts need no links, "
        "hashtags and handles, so none are found in the texts here; a whole scan, whose campaigns and posts show them, "
        "finds all. *Times* is CPU over that of Syncline's whole process, wall where a method was stopped.\n"
    )
    rows = []
    for commit, key, each, at in found:
        own = at.get(key._replace(name="edges"))
        rows.append(
            [
                f"{key.posts:,}",
                _NAMES[key.name],
                ("more than " if each.stopped else "") + number(each.cpu_s),
                ("stopped at " if each.stopped else "") + number(each.wall_s),
                f"{each.peak / GIB:.2f}",
                _times(each, own),
                commit,
                ", ".join(f"{stage} {number(took['cpu_s'])}" for stage, took in _in_order(each.stages)),
            ]
        )
    yield markdown(
        ["posts", "method", "CPU s", "wall s", "peak GiB", "times", "commit", "CPU s by stage"], rows
    )


def _times(each: Measured, own: Measured | None) -> str:
    if own is None:
        return ""
    return number(each.wall_s / own.wall_s if each.stopped else each.cpu_s / own.cpu_s)


def _in_order(stages: Mapping[str, dict[str, float]]) -> list[tuple[str, dict[str, float]]]:
    """Stages as the road has them, without what is a part of another."""
    road = ["read", "code", "traces", "pairs", "evidence"]
    if set(road) <= stages.keys():
        return [(stage, stages[stage]) for stage in road]
    return list(stages.items())


def _turns(documents: Sequence[Document]) -> Iterator[str]:
    rows = []
    for document in documents:
        for key, each in measured(document).items():
            if key.name == "pair-step":
                own, kernel = each.stages["pair step"], each.stages["kernel"]
                rows.append(
                    [
                        f"{key.posts:,}",
                        f"{each.found:,}",
                        *(number(took[clock]) for clock in ("cpu_s", "wall_s") for took in (own, kernel)),
                        number(own["cpu_s"] / kernel["cpu_s"]),
                        number(own["wall_s"] / kernel["wall_s"]),
                    ]
                )
    if rows:
        yield "## The pair step beside the kernel\n"
        yield "Both on the same traces in one process, in turn; they find the same pairs, which is checked.\n"
        yield markdown(
            [
                "posts",
                "traces",
                "pair step, CPU s",
                "kernel, CPU s",
                "pair step, wall s",
                "kernel, wall s",
                "times, CPU",
                "times, wall",
            ],
            rows,
        )


def draw(documents: Sequence[Document], path: Path) -> Path:
    """CPU seconds over posts for whole scans and for each method, as SVG.

    Raises SynclineError without matplotlib.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise SynclineError("The figures need matplotlib: pip install 'syncline[bench]'.") from error
    figure = Figure(figsize=(9, 5.5), layout="constrained")
    axes = figure.subplots()
    for place, (name, points) in enumerate(_lines(documents).items()):
        colour = COLOURS[place % len(COLOURS)]
        sizes = sorted(points)
        axes.plot(sizes, [points[posts].cpu_s for posts in sizes], "o-", color=colour, label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("posts")
    axes.set_ylabel("CPU seconds, medians")
    axes.grid(alpha=0.3)
    if axes.lines:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=1, frameon=False, fontsize="small")
    figure.savefig(path, metadata={"Date": None})
    return path


def _lines(documents: Sequence[Document]) -> dict[str, dict[int, Measured]]:
    """What is drawn: points by size; a method that was stopped has no CPU seconds worth drawing."""
    lines: dict[str, dict[int, Measured]] = {}
    if whole := growing(documents):
        lines["Syncline, whole scan to case and report, one copy"] = whole
    for document in documents:
        for key, each in measured(document).items():
            if key.name in _NAMES and not key.hot and not each.stopped:
                lines.setdefault(_NAMES[key.name], {})[key.posts] = each
    return lines

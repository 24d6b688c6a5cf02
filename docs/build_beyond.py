"""Writes docs/beyond.md from measured rates and the method's own formulas: `python docs/build_beyond.py`."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any

from syncline.coaction import CONSTANTS, Tested
from syncline.schema import BEHAVIOURS
from syncline.settings import Settings

PAGE = Path(__file__).parent / "beyond.md"
RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"

POSTS = 10_000_000_000
ACCOUNTS = 100_000_000
DAYS = 30
CORES = 8
WORKERS = (1, 10, 30, 100)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000, ACCOUNTS)
WINDOWS = len(Settings().windows)
SLOTS = WINDOWS * len(BEHAVIOURS)
# Made for each trace, at most.
PAIRS = WINDOWS * int(CONSTANTS["pair_budget_per_trace"])
# Behaviour, object, account, time and post, as the traces are sent.
TRACE_BYTES = 1 + 4 + 4 + 8 + 4
PAIR_BYTES = 4 + 8 + 8
# The largest number of posts that a 32-bit code can hold.
CODES = 2**31
# What stays on one machine whatever the engine.
ONE_MACHINE = ("reading", "traces", "tables", "signs of the accounts", "campaigns")


def render() -> str:
    """The page."""
    parts = (_introduction, _work, _one_machine, _pairs, _threshold, _tastes, _increments)
    return "\n".join(dedent(part()).strip() + "\n" for part in parts)


def _introduction() -> str:
    speed, spark, beyond = (_result(name)["command"] for name in ("speed_before", "spark", "beyond"))
    traces, link = _beyond("traces a post"), _beyond("memory, bytes a link")
    return f"""
    # A plan beyond

    Written by `docs/build_beyond.py`: every figure is computed there, from runs in `benchmarks/results/` and from the
    method's constants. Nothing on this page was run at its size. It says what the measured rates come to, and which
    limit comes next.

    The log: {_n(POSTS)} posts of {_n(ACCOUNTS)} accounts in {DAYS} days. The rates:

    | run | measured |
    |---|---|
    | `{speed}` | {_n(_posts())} posts, default scan without copies: {_s(_cpu_s())} CPU s |
    | `{spark}` | Spark takes {_s(_spark("times DuckDB's CPU seconds"))} times the CPU seconds of DuckDB |
    | `{beyond}` | {_s(traces)} traces a post, {_s(link)} bytes a link |
    """


def _work() -> str:
    on_spark = _hours(evidence=True) * _spark("times DuckDB's CPU seconds")
    rows = [f"| {workers} | {_s(on_spark / workers / CORES)} |" for workers in WORKERS]
    traces = POSTS * _beyond("traces a post")
    return f"""
    ## The work

    At {_s(_cpu_s() / _posts() * 1e6)} CPU seconds a million posts, {_n(POSTS)} posts are
    {_n(_hours(evidence=True) + _hours(evidence=False))} CPU hours in DuckDB, if cost goes on growing with the log.
    {_n(_hours(evidence=False))} of them are reading, codes, traces, and the rooms after the evidence. The others are
    the evidence and its checks, and {_n(on_spark)} at Spark's rate. On workers of {CORES} cores:

    | workers | hours for the evidence |
    |---|---|
    {_lines(rows)}

    The factor is that of whole scans of a log that one machine holds with ease. It has Spark's fixed cost (Java,
    planning) in it, which does not grow, and the rooms that run in DuckDB either way, which dilute it: it is rough in
    both directions, and the first figure to measure anew on a cluster.

    **Disk.** {_n(traces)} traces of {TRACE_BYTES} bytes are {_size(traces * TRACE_BYTES)} before compression, sent to
    Spark once for the log and once for each copy of it.
    """


def _one_machine() -> str:
    beside = _hours(evidence=False)
    return f"""
    ## The first limit: codes, and one machine that reads

    Accounts, objects and posts are 32-bit codes, so a scan holds {_n(CODES)} posts at most. {_n(POSTS)} posts are
    {math.ceil(POSTS / CODES)} scans, or take 64-bit codes. And one machine reads: {_s(beside / CORES)} hours on
    {CORES} cores, at the measured rate, before and after the evidence. Reading and coding must go to the workers before
    anything else does. Reading is row by row; a code is one `DISTINCT` and one join; near-duplicate texts are the part
    that is not so simple, since a text may resemble any other.
    """


def _pairs() -> str:
    traces = POSTS * _beyond("traces a post")
    share = 100 * _beyond("of them, share whose two accounts meet often enough")
    return f"""
    ## All pairs of {_n(ACCOUNTS)} accounts

    There are {_n(ACCOUNTS * (ACCOUNTS - 1) / 2)} of them, and they are never made. Made are pairs that meet on an
    object that says something, within a budget for each behaviour and window: {_n(CONSTANTS["pair_budget"])} and
    {CONSTANTS["pair_budget_per_trace"]} a trace. With {WINDOWS} windows that is {PAIRS} a trace at most,
    {_n(PAIRS * traces)} in all, and {_size(PAIRS * traces * PAIR_BYTES)} through the shuffle; of those made in a small
    log, {_s(share)}% were of two accounts that meet often enough to be scored. It is the largest table of a scan, and
    its work is spread evenly: no object brings more than the budget.
    """


def _threshold() -> str:
    rows = [
        f"| {_n(size)} | {_n(size * (size - 1) / 2)} | {_objects(size, 10)} | {_objects(size, 4_950)} |"
        for size in SIZES
    ]
    return f"""
    ## The bar of e-BH as accounts grow

    e-BH asks e ≥ m / (alpha K) of the K-th pair, m = N (N − 1) / 2. A pair that shares n objects at the greatest
    surprisal, in one of {SLOTS} slots (behaviours and windows), reaches ln e = n w_max − ln(3 × {SLOTS}) at theta = 1.
    So each pair of a network must share at least:

    | accounts | m | objects, in a network of five | objects, in one of a hundred |
    |---|---|---|---|
    {_lines(rows)}

    The bar grows with the logarithm: from {_n(SIZES[0])} to {_n(SIZES[-1])} accounts, a network of five has to share
    {_objects(SIZES[-1], 10)} objects in place of {_objects(SIZES[0], 10)}. The error control is no limit; it only asks
    small networks for a little more.
    """


def _tastes() -> str:
    each = _beyond("memory, bytes a link")
    links = POSTS * _beyond("traces a post") * _beyond("links of accounts and subjects") / _beyond("traces")
    return f"""
    ## Tastes: a graph on one machine

    The graph of who acted on what takes {_n(each)} bytes a link while its communities are found (measured). The log has
    {_n(links)} links, so {_size(links * each)}: more than a machine holds. Tastes last for weeks, so communities may
    come from a sample of accounts; {_n(64e9 / each)} links fit into 64 GB. What a sample costs in wrong names is to be
    measured on the null worlds before it is built.
    """


def _increments() -> str:
    traces = POSTS / DAYS * _beyond("traces a post")
    met = PAIRS * traces
    return f"""
    ## A day at a time

    Whoever wants an answer each morning, over the last {DAYS} days, scans each day {DAYS} times. Most of the work is a
    sum over days: margins, scores (T) and rates of the second pass are made block by block. A day's part can be made
    once and kept:

    | kept for each day | rows | |
    |---|---|---|
    | traces | {_n(traces)} | {_size(traces * TRACE_BYTES)} |
    | pairs that met, also those that met once, at most | {_n(met)} | {_size(met * PAIR_BYTES)} |

    A day then costs one part in {DAYS} of a scan, and the merging of {DAYS} sorted tables of pairs,
    {_size(DAYS * met * PAIR_BYTES)} at most. No sums are: who is suspect, the communities of taste, and the bar.
    They look at summaries of the whole month, which are small, and can be made anew each day. But an answer each day
    is also a test each day. To keep the error over a year, alpha has to be shared out among the days, or the
    e-values made such that they may be looked at again and again. That needs a proof before it needs a cluster.
    """


def _lines(rows: Sequence[str]) -> str:
    """Rows of a table, indented as the text around them."""
    return "\n    ".join(rows)


def _objects(accounts: int, links: int) -> int:
    """How many objects a pair must share to pass, if this many links do."""
    tested = Tested(accounts, SLOTS, 2)
    needed = tested.log_bar(Settings().alpha, links) + math.log(3 * tested.slots)
    return math.ceil(needed / CONSTANTS["surprisal_max"])


def _result(name: str) -> dict[str, Any]:
    run: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return run


def _scan() -> dict[str, Any]:
    """The default scan without copies."""
    return next(run for run in _result("speed_before")["runs"] if run["name"] == "scan" and not run["copies"])


def _posts() -> int:
    return int(_scan()["posts"])


def _cpu_s() -> float:
    return float(_scan()["cpu_s"])


def _hours(*, evidence: bool) -> float:
    """CPU hours for all posts, of the evidence and its checks, or of everything else."""
    # Stages inside reading are in it already.
    stages = {
        name: float(took["cpu_s"])
        for name, took in _scan()["stages"].items()
        if not name.startswith(("reading ", "counting "))
    }
    inside = sum(seconds for name, seconds in stages.items() if name not in ONE_MACHINE)
    return (inside if evidence else _cpu_s() - inside) / _posts() * POSTS / 3600


def _spark(what: str) -> float:
    return _figure(_result("spark")["figures"], what)


def _beyond(what: str) -> float:
    return _figure(_result("beyond")["figures"], what)


def _figure(figures: Sequence[dict[str, Any]], what: str) -> float:
    return next(float(one["measured"]) for one in figures if one["what"] == what)


def _n(value: float) -> str:
    """A count to two digits, from a million on in words."""
    for size, name in ((1e12, "million million"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{float(f'{value / size:.2g}'):,.4g} {name}"
    return f"{float(f'{value:.2g}'):,.0f}" if value >= 10 else _s(value)


def _s(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


def _size(size: float) -> str:
    return f"{_s(size / 1e12)} TB" if size >= 1e12 else f"{_s(size / 1e9)} GB"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")

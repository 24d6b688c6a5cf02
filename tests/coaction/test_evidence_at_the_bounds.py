"""Who is tested, who is excused and which pairs pass, at the bounds, in figures that can be worked out."""

import math

import numpy as np
import pyarrow as pa
import pytest

from evidence import NULLS
from syncline import coaction
from syncline.coaction import Tested, communities, kernels
from syncline.engines.duckdb import DuckDBEngine, connect


@pytest.fixture
def engine() -> DuckDBEngine:
    return DuckDBEngine(connect())


@pytest.mark.parametrize(
    ("slots", "accounts", "expected"),
    [
        # At theta = 1, a third of the mixture, two actions are worth e^12 / 3 in the one slot, and the bar of m pairs
        # with ten discoveries for each account is, at alpha = 0.05, the number of accounts: 54,251 may pass.
        (1, 54_251, Tested(54_251, 1, 2)),
        (1, 54_252, Tested(5, 1, 3)),
        # Of 24 slots each counts a 24th: e^12 / 72 are 2,260.
        (24, 2_260, Tested(2_260, 24, 2)),
        (24, 2_261, Tested(5, 24, 3)),
    ],
)
def test_as_many_actions_are_asked_for_as_could_carry_an_account(
    engine: DuckDBEngine, slots: int, accounts: int, expected: Tested
) -> None:
    """Five accounts have three actions, in another behaviour as well, the others two."""
    engine.make("eligible", f"SELECT range AS behaviour, 60 AS window_us, TRUE AS usable FROM range({slots})")
    engine.connection.execute("INSERT INTO eligible VALUES (99, 60, FALSE)").fetchall()
    engine.make(
        "account_margins",
        f"SELECT 0 AS behaviour, range AS account, 2.0::DOUBLE AS k FROM range({accounts})"
        " UNION ALL SELECT 1, range, 3.0::DOUBLE FROM range(5)",
    )
    assert math.floor(math.exp(12) / (3 * slots)) in (accounts, accounts - 1)
    assert coaction._count_tested(engine, alpha=0.05) == expected


@pytest.mark.parametrize(
    ("share", "left", "suspects"),
    [
        # Of less than a tenth of all traces, all stay suspects, whoever is left within the weeks.
        (0.0999, [1, 2], [1, 2, 3, 4, 5]),
        # Where more than half are cleared, the others stay.
        (0.1, [1, 2], [1, 2]),
        # Of five, three are more than half.
        (0.1, [1, 2, 3], [1, 2, 3, 4, 5]),
    ],
)
def test_the_weeks_excuse_more_than_half_or_nobody(
    engine: DuckDBEngine,
    monkeypatch: pytest.MonkeyPatch,
    share: float,
    left: list[int],
    suspects: list[int],
) -> None:
    engine.put("suspects", pa.table({"account": pa.array([1, 2, 3, 4, 5], pa.int32())}))
    engine.put("discoveries", pa.table({"account_a": left[:-1], "account_b": left[1:]}))
    monkeypatch.setattr(coaction, "_share_of_suspects", lambda engine: share)
    levels = []
    for name in ("against_the_crowd", "discover"):
        monkeypatch.setattr(coaction, name, lambda engine, nulls, *_, **__: levels.append(nulls.alpha))
    monkeypatch.setattr(coaction, "_make", lambda *_, **__: None)
    coaction._excuse(engine, NULLS, Tested(5, 1, 2))
    found = engine.fetch("SELECT account FROM suspects ORDER BY account").column("account").to_pylist()
    assert found == suspects
    # Pairs are weighed and found at the one level that suspects have.
    assert levels in ([], [NULLS.alpha_suspects] * 2)


def test_a_pair_that_just_reaches_the_bar_passes(engine: DuckDBEngine) -> None:
    """Of ten pairs at 0.05 one needs 200, two 100 each: the second has just that, the third nearly 10 / 0.15."""
    engine.make(
        "pair_evidence",
        "SELECT account_a, account_a + 9 AS account_b, ln(10 / (0.05 * place)) - less AS log_e, -1.0 AS log_p,"
        " 2 AS objects FROM (VALUES (1, 2, 0), (2, 2, 0), (3, 3, 1e-9)) AS t(account_a, place, less)",
    )
    assert coaction.discover(engine, NULLS, Tested(5, 1, 2)) == 2
    assert engine.fetch("SELECT account_a FROM discoveries ORDER BY 1").column(0).to_pylist() == [1, 2]


def test_the_most_surprising_objects_are_used_until_their_pairs_fill_the_budget(engine: DuckDBEngine) -> None:
    """10 pairs and one for each of 5 traces: 10 and 5 of the two rarest fill it, and one of the third is too many.

    A surprisal of 1 is enough where there is room, as in the other window, and 0.99 is not.
    """
    engine.put("behaviour_margins", pa.table({"behaviour": [4], "traces": [5.0]}))
    rows = [
        (60, 1, 0.001, 5.0, 10), (60, 2, 0.002, 4.0, 5), (60, 3, 0.003, 3.0, 1),
        (600, 1, 0.001, 1.0, 15), (600, 2, 0.004, 0.99, 0),
    ]  # fmt: skip
    names = ("window_us", "object", "chance", "surprisal", "pairs_in_window")
    columns = {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
    engine.put("surprisals", pa.table({"behaviour": [4] * len(rows), **columns}))
    engine.run("coaction/eligible.sql", surprisal_min=1.0, pair_budget=10, pair_budget_per_trace=1)
    found = engine.connection.execute(
        "SELECT window_us, object FROM eligible WHERE usable ORDER BY ALL"
    ).fetchall()
    assert found == [(60, 1), (60, 2), (600, 1)]


def test_communities_of_fewer_than_200_traces_are_taken_together(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten accounts with twenty subjects each, ten with as many others but for one trace, and a suspect with one."""
    links = [*[(who, who // 10 * 20 + what) for who in range(20) for what in range(20)][:-1], (20, 40)]
    engine.put(
        "traces", pa.table({"account": [who for who, _ in links], "object": [what for _, what in links]})
    )
    engine.put("objects", pa.table({"object": range(41), "subject": range(41)}))
    engine.put("suspects", pa.table({"account": [20]}))
    parts = np.repeat([0, 1, 0, 1], [10, 10, 20, 20])
    monkeypatch.setattr(communities, "louvain", lambda *_, **__: parts)
    communities.find_communities(engine, 1)
    found = dict(engine.connection.execute("SELECT object, community FROM object_communities").fetchall())
    assert found == {number: 2 if number < 20 else 1 for number in range(40)}


def test_a_lag_of_the_whole_window_is_within_it_by_sorting_as_in_sql(engine: DuckDBEngine) -> None:
    """Accounts 1 and 2 met a minute apart, 1 and 3 a microsecond more."""
    engine.put("repeated_pairs", pa.table({
        "behaviour": [4, 4], "object": [7, 7], "account_a": [1, 1], "account_b": [2, 3],
        "lag_us": [60_000_000, 60_000_001],
    }))  # fmt: skip
    engine.put("eligible", pa.table({
        "behaviour": [4], "object": [7], "window_us": [60_000_000], "surprisal": [2.5], "usable": [True],
    }))  # fmt: skip
    kernels.chance_scores(engine, [60_000_000], actions_min=1)
    query = "SELECT account_a, account_b, objects, score FROM chance_scores"
    assert engine.row(query) == (1, 2, 1, 2.5)
    engine.drop("chance_scores")
    engine.run("coaction/chance_scores.sql", window_us=60_000_000, actions_min=1)
    assert engine.connection.execute(query).fetchall() == [(1, 2, 1, 2.5)]

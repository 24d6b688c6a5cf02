"""Both passes against the formulas in plain Python, and the promise behind them: E[e] <= 1 under the null."""

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
import plain
import pyarrow as pa
import pytest

from crowds import crowd, popular, ring
from evidence import (
    DAY,
    HOUR,
    NULLS,
    SECOND,
    START,
    WINDOWS,
    Found,
    Traces,
    engine_with,
    find,
    joined,
    traces,
)
from syncline import coaction
from syncline.coaction import CONSTANTS, against_chance, against_the_crowd, discover
from syncline.engines.duckdb import DuckDBEngine

ACCOUNTS, DAYS = 150, 6


def small_world(seed: int) -> Traces:
    """Two behaviours; people of two tastes; and ten accounts, some of them people too, that act together."""
    rng = np.random.default_rng(seed)
    return joined(*(_behaviour(rng, behaviour) for behaviour in (0, 4)))


def _behaviour(rng: np.random.Generator, behaviour: int) -> Traces:
    acts, objects = 1_200, 400
    account = rng.integers(0, ACCOUNTS, acts)
    object_ = 2 * np.minimum(rng.zipf(1.3, acts), objects // 2 - 1) + account % 2
    born = rng.integers(0, DAYS * DAY - HOUR, objects + 20)
    late = rng.lognormal(np.log(1800 * SECOND), 1.5, acts).astype(np.int64)
    early = rng.integers(0, objects // 4, 200)
    together = np.repeat(np.arange(objects, objects + 20), 10)
    ring = np.tile(np.arange(ACCOUNTS - 5, ACCOUNTS + 5), 20)
    kept = rng.random(ring.size) < 0.6
    quick = rng.integers(0, 40 * SECOND, ring.size)
    return joined(
        traces(object_ + 1000 * behaviour, account, START + born[object_] + late, behaviour),
        traces(
            early + 1000 * behaviour, ACCOUNTS - 1 - early % 4, START + born[early] + 300 * SECOND, behaviour
        ),
        traces(
            together[kept] + 1000 * behaviour, ring[kept], START + (born[together] + quick)[kept], behaviour
        ),
    )


def by_oddness(engine: DuckDBEngine, seed: int) -> None:
    """The tastes of the small world as they are, in the place of communities that would have to be found."""
    engine.connection.execute(
        """
        CREATE OR REPLACE TABLE object_communities AS
        SELECT t.object, (1 + t.object % 2)::INTEGER AS community
        FROM traces AS t ANTI JOIN suspects AS s ON s.account = t.account
        GROUP BY t.object
        """
    ).fetchall()


@pytest.fixture(scope="module", params=[1, 2])
def judged(request: pytest.FixtureRequest) -> Iterator[Found]:
    engine = engine_with(small_world(request.param))
    tested = against_chance(engine, NULLS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coaction, "find_communities", by_oddness)
        against_the_crowd(engine, NULLS, tested)
    yield Found(engine, tested, discover(engine, NULLS, tested))
    engine.connection.close()


def evidence(found: Found, table: str, behaviour: int, window: int) -> dict[plain.Pair, plain.Evidence]:
    rows = found.engine.fetch(
        f"SELECT account_a, account_b, objects, score, log_e, log_p FROM {table}"
        f" WHERE behaviour = {behaviour} AND window_us = {window}"
    ).to_pylist()
    return {(row.pop("account_a"), row.pop("account_b")): plain.Evidence(**row) for row in rows}


def agree(found: plain.Evidence, expected: plain.Evidence) -> bool:
    return found.objects == expected.objects and all(
        math.isclose(getattr(found, name), getattr(expected, name), rel_tol=1e-9, abs_tol=1e-9)
        for name in ("score", "log_e", "log_p")
    )


def acts_of(found: Found, behaviour: int) -> pd.DataFrame:
    return found.frame(f"SELECT object, account, time_us FROM traces WHERE behaviour = {behaviour}")


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("behaviour", [0, 4])
def test_evidence_against_chance_is_the_formula(judged: Found, behaviour: int, window: int) -> None:
    expected, _ = plain.against_chance(acts_of(judged, behaviour), window, judged.tested.actions_min)
    found = evidence(judged, "chance_evidence", behaviour, window)
    assert len(found) > 20
    assert found.keys() == expected.keys()
    assert all(agree(found[pair], expected[pair]) for pair in found)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("behaviour", [0, 4])
def test_evidence_against_the_crowd_is_the_formula(judged: Found, behaviour: int, window: int) -> None:
    acts = acts_of(judged, behaviour)
    usable = judged.frame(
        f"SELECT object, usable FROM eligible WHERE behaviour = {behaviour} AND window_us = {window}"
    )
    communities = judged.frame("SELECT object, community FROM object_communities")
    expected = plain.against_the_crowd(
        acts,
        dict(zip(usable["object"], usable["usable"], strict=True)),
        judged.suspects,
        dict(zip(communities["object"], communities["community"], strict=True)),
        window=window,
        block_us=DAY,
        at_least=judged.tested.actions_min,
    )
    found = evidence(judged, "crowd_evidence", behaviour, window)
    assert len(found) > 20
    assert set(found) <= set(expected)
    assert all(agree(found[pair], expected[pair]) for pair in found)


def test_the_small_world_is_worth_testing_on(judged: Found) -> None:
    assert 5 < len(judged.suspects) < ACCOUNTS / 2
    communities = judged.frame(
        "SELECT DISTINCT coalesce(community, 0) AS h FROM traces LEFT JOIN object_communities USING (object)"
    )
    assert set(communities["h"]) == {0, 1, 2}
    assert judged.frame("SELECT 1 FROM shared_taste_rates WHERE rate_low > 0").size > 20
    assert judged.frame("SELECT 1 FROM account_paces WHERE pace > 1").size > 5


def test_a_pairs_evidence_is_the_mean_over_behaviours_and_windows(judged: Found) -> None:
    parts = judged.frame("SELECT account_a, account_b, log_e, log_p FROM crowd_evidence")
    slots = judged.tested.slots
    assert slots == 2 * len(WINDOWS)
    rows = judged.engine.fetch("FROM pair_evidence").to_pylist()
    found = {(row["account_a"], row["account_b"]): row for row in rows}
    by_pair = dict(plain.groups(parts, ["account_a", "account_b"]))
    assert by_pair.keys() == found.keys()
    for pair, part in by_pair.items():
        mean = math.log(sum(math.exp(log_e) for log_e in part["log_e"]) / slots)
        assert found[pair]["log_e"] == pytest.approx(mean)
        assert found[pair]["log_p"] == pytest.approx(min(part["log_p"].min() + math.log(slots), 0))


def test_error_control_is_e_bh_over_all_pairs(judged: Found) -> None:
    evidence_ = judged.frame("SELECT account_a, account_b, log_e FROM pair_evidence")
    log_e = {(a, b): e for a, b, e in evidence_.itertuples(index=False, name=None)}
    found = judged.frame("SELECT account_a, account_b FROM discoveries").itertuples(index=False, name=None)
    expected = plain.e_bh(log_e, judged.tested.pairs, NULLS.alpha)
    assert set(found) == expected
    assert judged.links == len(expected) > 10


def test_suspects_are_e_bh_in_each_behaviour_and_window(judged: Found) -> None:
    expected = set()
    for behaviour in (0, 4):
        for window in WINDOWS:
            part = evidence(judged, "chance_evidence", behaviour, window)
            passing = plain.e_bh(
                {pair: each.log_e for pair, each in part.items()},
                judged.tested.pairs,
                NULLS.alpha_suspects,
            )
            expected |= {account for pair in passing for account in pair}
    assert judged.suspects == expected


def test_pruning_loses_no_pair_that_would_pass() -> None:
    rng = np.random.default_rng(4)
    people = crowd(rng, accounts=800, acts=20, days=10, objects_per_day=150, communities=8)
    together = ring(rng, np.arange(795, 805), popular(rng, people, 4, 12), np.arange(10), share=0.5)
    found = find(joined(people, together))
    pruned = found.frame("SELECT account_a, account_b, log_e FROM discoveries ORDER BY ALL")
    finalists = found.frame("SELECT 1 FROM crowd_finalists")
    everyone = found.engine.fetch("SELECT DISTINCT account_a, account_b FROM crowd_scores")
    coaction.reweigh(found.engine, NULLS, found.tested, candidates=everyone)
    discover(found.engine, NULLS, found.tested)
    whole = found.frame("SELECT account_a, account_b, log_e FROM discoveries ORDER BY ALL")
    pd.testing.assert_frame_equal(pruned, whole)
    assert 5 < len(pruned) < len(finalists) < everyone.num_rows


@pytest.mark.parametrize("seed", range(5))
def test_e_bh_finds_the_largest_number_that_the_evidence_carries(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size, tested = 300, 2_000
    log_e = rng.normal(4, 4, size).round(1)  # rounded, so that some are equal
    pairs = pa.table(
        {
            "account_a": np.arange(size),
            "account_b": np.arange(size) + 1,
            "log_e": log_e,
            "log_p": -log_e,
            "objects": np.full(size, 2),
        }
    )
    engine = engine_with(traces([1], [1], [START]))
    engine.put("pair_evidence", pairs)
    engine.run("coaction/discoveries.sql", pairs_tested=tested, alpha=NULLS.alpha)
    found = {(row["account_a"], row["account_b"]) for row in engine.fetch("FROM discoveries").to_pylist()}
    everything = {(one, one + 1): float(value) for one, value in enumerate(log_e)}
    assert found == plain.e_bh(everything, tested, NULLS.alpha)
    assert 0 < len(found) < size


def test_nothing_is_discovered_where_nothing_passes() -> None:
    engine = engine_with(traces([1], [1], [START]))
    pairs = {"account_a": [1], "account_b": [2], "log_e": [7.5], "log_p": [-7.5], "objects": [2]}
    engine.put("pair_evidence", pa.table(pairs))
    for tested, number in ((100, 0), (90, 1)):  # ln(100 / 0.05) = 7.60, ln(90 / 0.05) = 7.496
        engine.run("coaction/discoveries.sql", pairs_tested=tested, alpha=NULLS.alpha)
        assert engine.row("SELECT count(*) FROM discoveries")[0] == number


def test_under_the_null_an_e_value_is_one_at_most_on_average() -> None:
    """Step 4's null to the letter: two accounts meet on object o a Poisson number of times, rate k_i k_j c_o."""
    rng = np.random.default_rng(11)
    pairs, objects = 40_000, 60
    # Not too surprising, or the mean would rest on the rarest draws.
    chances = np.exp(rng.uniform(np.log(3e-5), np.log(1e-3), objects))
    activity = rng.integers(2, 12, (pairs, 2))
    mean_activity = 12.0
    surprisals = np.minimum(
        np.log(1 + CONSTANTS["delta"] / (mean_activity**2 * chances)), CONSTANTS["surprisal_max"]
    )
    meetings = rng.poisson(activity.prod(axis=1)[:, None] * chances)
    engine = engine_with(traces([0], [0], [START]))
    engine.put(
        "eligible",
        pa.table(
            {
                "behaviour": np.zeros(objects, np.uint8),
                "object": np.arange(objects),
                "window_us": np.full(objects, 60),
                "chance": chances,
                "surprisal": surprisals,
                "usable": np.ones(objects, np.bool_),
            }
        ),
    )
    accounts = np.arange(2 * pairs).reshape(-1, 2)
    engine.put(
        "account_margins",
        pa.table(
            {
                "behaviour": np.zeros(2 * pairs, np.uint8),
                "account": accounts.ravel(),
                "k": activity.ravel().astype(float),
            }
        ),
    )
    engine.put(
        "chance_scores",
        pa.table(
            {
                "behaviour": np.zeros(pairs, np.uint8),
                "window_us": np.full(pairs, 60),
                "account_a": accounts[:, 0],
                "account_b": accounts[:, 1],
                "objects": meetings.sum(axis=1),
                "score": meetings @ surprisals,
            }
        ),
    )
    engine.run("coaction/chance_potential.sql", **CONSTANTS)
    engine.run("coaction/chance_evidence.sql", **CONSTANTS)
    answer = engine.fetch("SELECT log_e, log_p FROM chance_evidence").to_pandas()
    e = np.exp(answer["log_e"].to_numpy())
    error = e.std() / math.sqrt(pairs)
    assert error < 0.02
    assert abs(e.mean() - 1) < 4 * error
    for level in (0.1, 0.01, 0.001):
        share = (answer["log_p"] <= math.log(level)).mean()
        assert share <= level + 3 * math.sqrt(level / pairs)
        assert (e >= 1 / level).mean() <= level + 3 * math.sqrt(level / pairs)

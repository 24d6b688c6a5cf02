"""Which objects a network took up together, beyond its own habit and beyond everybody else's that day."""

import numpy as np
import pyarrow as pa

from syncline.campaigns.communities import find_communities
from syncline.campaigns.comparables import find_comparables
from syncline.campaigns.constants import (
    ALPHA,
    BLOCKS_A_DAY,
    DAYS_MIN,
    MEMBERS_MIN,
    MEMBERS_SHARE,
    PRIOR,
    TASTE_PRIOR,
)
from syncline.campaigns.crowd import count_takings, find_exposures, find_takers, read_log
from syncline.campaigns.statistics import log10_e_of, log_odds, log_tail
from syncline.e_values import discoveries
from syncline.engines.duckdb import DuckDBEngine
from syncline.memory import ACT, ACT_KEPT

_PARAMETERS = {
    "members_min": MEMBERS_MIN,
    "members_share": MEMBERS_SHARE,
    "days_min": DAYS_MIN,
    "taste_prior": TASTE_PRIOR,
}
_COUNTS = (
    "members", "counted", "takings", "crowd", "crowd_takings", "share", "taste", "crowd_taste_takings",
    "share_of_taste", "alike", "alike_takings", "habit", "habit_takings",
)  # fmt: skip


def find_uptake(engine: DuckDBEngine, seed: int) -> None:
    """Make `campaign_found`: each network, object and day that passes; no day where it is the whole log.

    Four explanations are tried on each: the crowd of that day; the crowd's choice among objects of the same taste;
    the part of the crowd that is most like the network; the network's own quieter days. The p-value is the largest
    of the four, so that each must fail. A day's p-value is its own or that of its best block of hours. e-BH over
    network x day x object decides.
    Reads the tables of `acts.build_acts`.
    """
    engine.run("campaigns/active.sql")
    engine.run("campaigns/candidates.sql", **_PARAMETERS)
    _count(engine, seed)
    engine.run("campaigns/rates.sql", **_PARAMETERS)
    engine.put("campaign_evidence", _with_evidence(engine.fetch("SELECT * FROM campaign_rates")))
    engine.run("campaigns/asked.sql", blocks=BLOCKS_A_DAY)
    asked = engine.fetch("SELECT * FROM campaign_asked")
    log10_e = log10_e_of(asked.column("log_p").to_numpy())
    tests = engine.row("SELECT coalesce(sum(tests), 0)::BIGINT FROM campaign_tests WHERE scope < 2")[0]
    asked = asked.append_column("log10_e", pa.array(log10_e))
    engine.put("campaign_found", asked.filter(pa.array(discoveries(log10_e, tests, ALPHA))))


def _count(engine: DuckDBEngine, seed: int) -> None:
    """Make the counts that `rates` are made of."""
    community = find_communities(engine, seed)
    acts = engine.row("SELECT count(*) FROM campaign_acts")[0]
    with engine.beside(acts * ACT):
        log = read_log(engine)
        count_takings(engine, log, MEMBERS_MIN)
        find_exposures(engine, log, community)
    with engine.beside(acts * ACT_KEPT):
        for step in ("background", "tests", "tastes", "habits"):
            engine.run(f"campaigns/{step}.sql", **_PARAMETERS)
    with engine.beside(acts * ACT):
        find_takers(engine, log)
        find_comparables(engine, log)


def _with_evidence(rates: pa.Table) -> pa.Table:
    (
        members, counted, takings, crowd, crowd_takings, share, taste, crowd_taste_takings, share_of_taste,
        alike, alike_takings, habit, habit_takings,
    ) = (rates.column(name).to_numpy().astype(np.float64) for name in _COUNTS)  # fmt: skip
    log_p, expected = np.full(len(members), -np.inf), np.zeros(len(members))
    for exposure, others, others_takings, prior_share, tried in (
        (takings, crowd, crowd_takings, share, True),
        # No taste where the crowd has none of the network's; no habit without other days.
        (takings * taste, crowd, crowd_taste_takings, share_of_taste, ~np.isnan(taste)),
        (takings, alike, alike_takings, share, True),
        (takings, habit, habit_takings, share, habit_takings > 0),
    ):
        tail = log_tail(counted, exposure, others, others_takings, prior_share, PRIOR)
        rate = (others + PRIOR * prior_share) / (others_takings + PRIOR)
        log_p = np.where(tried, np.maximum(log_p, tail), log_p)
        expected = np.where(tried, np.maximum(expected, rate * exposure), expected)
    odds, error = log_odds(members, takings, crowd, crowd_takings, share, PRIOR)
    for name, values in (
        ("log_p", log_p), ("expected", expected), ("log_odds", odds), ("log_odds_error", error)
    ):  # fmt: skip
        rates = rates.append_column(name, pa.array(values))
    return rates

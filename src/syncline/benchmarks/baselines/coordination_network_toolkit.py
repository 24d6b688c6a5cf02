"""Coordination Network Toolkit 1.5.2 (Graham, QUT Digital Observatory 2020): its co_retweet network."""

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from syncline.benchmarks.baselines.post_log import PostLog, Tables, flags, heaviest_edge

# The window is searched in both directions, so every share meets its own bucket and both neighbours.
_CO_RETWEET = """
    WITH first_wins AS (
        SELECT object, account, post, time_us, time_us // ($window_us + 1) AS bucket
        FROM shares QUALIFY row_number() OVER (PARTITION BY post ORDER BY input_row) = 1
    ),
    partners AS (SELECT *, unnest([bucket - 1, bucket, bucket + 1]) AS meets FROM first_wins)
    SELECT first_wins.account AS user_1, partners.account AS user_2, count(DISTINCT first_wins.post) AS weight
    FROM first_wins
    JOIN partners ON partners.object = first_wins.object AND partners.meets = first_wins.bucket
    WHERE abs(partners.time_us - first_wins.time_us) <= $window_us
      AND ($loops OR first_wins.account != partners.account)
    GROUP BY ALL HAVING weight >= $min_edge_weight ORDER BY user_1, user_2
"""


def co_retweet(
    shares: pa.Table, *, window_s: float = 60, min_edge_weight: int = 2, loops: bool = False
) -> pd.DataFrame:
    """The directed co_retweet network: user_1, user_2, weight (user_1's distinct posts that user_2 matched).

    `shares` has object, account, post (all text or all int64) and time_us (int64); of rows with one post id
    the first counts. Self pairs, which the tool stores and does not export, are left out without `loops`.
    """
    with duckdb.connect() as connection:
        connection.register("shares", shares.append_column("input_row", pa.array(np.arange(shares.num_rows))))
        return connection.execute(
            _CO_RETWEET,
            {
                "window_us": round(window_s * 1_000_000),
                "min_edge_weight": min_edge_weight,
                "loops": loops,
            },
        ).df()


def detect(tables: Tables) -> pd.DataFrame:
    """The co_retweet network at the command's defaults: 60 s, weight 2 or more.

    Curve: edge weight, in the stronger direction. Named: accounts with an edge of weight 2.
    """
    log = PostLog(tables["posts"])
    network = co_retweet(log.shares("repost"), min_edge_weight=1)
    exported = network[network["weight"] >= 2]
    accounts = len(log.accounts)
    return log.detections(
        heaviest_edge(accounts, network["user_1"], network["user_2"], network["weight"]),
        flags(accounts, exported["user_1"], exported["user_2"]),
    )

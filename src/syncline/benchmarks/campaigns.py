"""Directives, targets and applause of networks that are known, because a world's truth says who they are.

The networks come from the truth, or are drawn at random among people whom nobody directs: so that what is scored is
the campaigns' room alone.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from syncline import worlds
from syncline.campaigns import find_campaigns
from syncline.engines.duckdb import DuckDBEngine
from syncline.schema import BEHAVIOURS, CO_ACTIONS, EDGES, FINDINGS, MEMBERS, NETWORKS
from syncline.traces import build_traces, canonical_url, write_traces
from syncline.traces.normalise import fold_hashtag
from syncline.worlds import World

DAY_US = 86_400_000_000
# Accounts that must have obeyed an order before it is asked whether it was found.
FOLLOWERS_MIN = 5

# From a row of the truth (worlds.truth.TRUTH) to the number of a network, or None.
Grouping = Callable[[dict[str, Any]], int | None]


@dataclass
class Labelled:
    """A world whose networks are known."""

    engine: DuckDBEngine
    tables: dict[str, pa.Table]

    @cached_property
    def posts(self) -> list[dict[str, Any]]:
        """The posts, read once."""
        names = (
            "post_id", "account_id", "time_us", "is_repost", "reposted_account_id", "reply_to_account_id",
            "reply_to_post_id", "reposted_post_id", "quoted_post_id", "mentions",
        )  # fmt: skip
        posts: list[dict[str, Any]] = self.tables["posts"].select(names).to_pylist()
        return posts

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The answer to `query`, one dict a row."""
        rows: list[dict[str, Any]] = self.engine.fetch(query).to_pylist()
        return rows


def camps(account: dict[str, Any]) -> int | None:
    """Each camp is one network."""
    return None if account["camp"] is None else int(account["camp"]) + 1


def drawn(seed: int, size: int, within_community: bool) -> Grouping:
    """A network of about `size` in 1,000 accounts that nobody coordinates, or half of those of one taste."""
    rng = np.random.default_rng(seed)
    community = int(rng.integers(5)) if within_community else None
    share = 0.5 if within_community else size / 1000

    def grouping(account: dict[str, Any]) -> int | None:
        if community is not None and account["community"] != community:
            return None
        return 1 if rng.random() < share else None

    return grouping


def make(world: str | World, seed: int, grouping: Grouping = camps) -> Labelled:
    """Generate a world and give it the tables that exist once networks are found."""
    tables = worlds.generate(world, seed)
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    engine = DuckDBEngine(connection)
    engine.put("posts", tables["posts"])
    engine.put("accounts", tables["accounts"])
    groups = {
        (account["platform"], account["account_id"]): number
        for account in tables["truth"].to_pylist()
        if (number := grouping(account)) is not None
    }
    assume_networks(engine, groups)
    return Labelled(engine, tables)


def assume_networks(engine: DuckDBEngine, groups: dict[tuple[str, str], int]) -> None:
    """Make the tables that exist once networks are found; `groups` gives an account (platform, id) its network.

    Reads `posts` and `accounts`.
    """
    build_traces(engine)
    engine.put("behaviour_names", pa.table({"behaviour": range(len(BEHAVIOURS)), "name": list(BEHAVIOURS)}))
    write_traces(engine)
    members = [
        {"network_id": number, "platform": platform, "account_id": account_id, "named": True,
         "reason": "taken as given", "log10_e": 9.0, "edges": 2}
        for (platform, account_id), number in groups.items()
    ]  # fmt: skip
    networks = [
        {"network_id": number, "kind": "network" if size > 2 else "pair", "size": size, "named": size}
        for number, size in Counter(groups.values()).items()
    ]
    engine.put("members", pa.Table.from_pylist(members, schema=MEMBERS))
    engine.put("networks", pa.Table.from_pylist(networks, schema=NETWORKS))
    engine.put("findings", FINDINGS.empty_table())
    engine.put("edges", EDGES.empty_table())
    engine.put("co_actions", CO_ACTIONS.empty_table())


def find(made: Labelled) -> None:
    """Find the campaigns of the world's networks."""
    find_campaigns(made.engine, seed=1)


def ordered_objects(made: Labelled, followers_min: int) -> dict[str, tuple[int, str]]:
    """The truth's directives that so many accounts obeyed: id -> (first moment of the day, object as in the case)."""
    first_day = min(made.tables["posts"].column("time_us").to_pylist()) // DAY_US
    followers = _followers(made)
    return {
        order["directive_id"]: ((first_day + order["day"]) * DAY_US, _key(order["kind"], order["object"]))
        for order in made.tables["truth_directives"].to_pylist()
        if len(followers.get(order["directive_id"], ())) >= followers_min
    }


def right(made: Labelled) -> list[bool]:
    """For each directive of a day, whether most of its followers' first posts were ordered by somebody."""
    ordered = {
        post["post_id"] for post in made.tables["truth_posts"].to_pylist() if post["directive_id"] is not None
    }
    posts: dict[int, list[bool]] = {}
    for row in made.rows(
        "SELECT directive_id, post_id FROM uptake JOIN directives USING (directive_id) WHERE leads AND day_us > 0"
    ):
        posts.setdefault(row["directive_id"], []).append(row["post_id"] in ordered)
    return [float(np.mean(hits)) > 0.5 for hits in posts.values()]


def recovered(made: Labelled) -> list[bool]:
    """For each order that five accounts or more obeyed, whether its object was found on its day."""
    found = {
        (row["day_us"], row["object"].removeprefix("x:").removeprefix("mastodon:"))
        for row in made.rows("SELECT day_us, object FROM directives")
    }
    return [order in found for order in ordered_objects(made, FOLLOWERS_MIN).values()]


def addressed(made: Labelled, table: str, kind: str) -> tuple[list[bool], list[bool]]:
    """For `targets` or `applause`: of the accounts found, which were ordered; of those ordered, which were found.

    Asked for are those ordered for which five accounts or more obeyed, on whatever days.
    """
    followers, obeyed = _followers(made), dict[str, set[str]]()
    for row in made.tables["truth_directives"].to_pylist():
        if row["kind"] == kind:
            obeyed.setdefault(row["object"], set()).update(followers.get(row["directive_id"], ()))
    found = {row["account_id"] for row in made.rows(f"SELECT account_id FROM {table}")}
    return (
        [account in obeyed for account in found],
        [account in found for account, accounts in obeyed.items() if len(accounts) >= FOLLOWERS_MIN],
    )


def _followers(made: Labelled) -> dict[str, set[str]]:
    """For each of the truth's directives, the accounts that obeyed it in a post of the log."""
    followers: dict[str, set[str]] = {}
    for post in made.tables["truth_posts"].to_pylist():
        if post["directive_id"] is not None:
            followers.setdefault(post["directive_id"], set()).add(post["account_id"])
    return followers


def _key(kind: str, written: str) -> str:
    if kind == "hashtag":
        return fold_hashtag(written)
    return canonical_url(written) if kind == "link" else written

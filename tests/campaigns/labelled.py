"""Simulated worlds on a connection, with networks that are made from their truth or drawn at random."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
import pyarrow as pa

from syncline import worlds
from syncline.campaigns import (
    build_acts,
    find_applause,
    find_directives,
    find_roles,
    find_targets,
    find_uptake,
)
from syncline.engines.duckdb import DuckDBEngine
from syncline.schema import BEHAVIOURS, EDGES, FINDINGS, MEMBERS, NETWORKS
from syncline.traces import build_traces, canonical_url, write_traces
from syncline.traces.normalise import fold_hashtag
from syncline.worlds import World

DAY_US = 86_400_000_000

# From a row of the truth (worlds.truth.TRUTH) to the number of a network, or None.
Grouping = Callable[[dict[str, object]], int | None]


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
            "reply_to_post_id", "quoted_post_id", "mentions",
        )  # fmt: skip
        return self.tables["posts"].select(names).to_pylist()

    def rows(self, query: str) -> list[dict[str, object]]:
        return self.engine.fetch(query).to_pylist()


def camps(account: dict[str, object]) -> int | None:
    """Each camp is one network."""
    return None if account["camp"] is None else int(str(account["camp"])) + 1


def make(world: str | World, seed: int, grouping: Grouping = camps) -> Labelled:
    """Generate a world and give it the tables that exist once networks are found."""
    tables = worlds.generate(world, seed)
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    engine = DuckDBEngine(connection)
    engine.put("posts", tables["posts"])
    engine.put("accounts", tables["accounts"])
    build_traces(engine)
    engine.put("behaviour_names", pa.table({"behaviour": range(len(BEHAVIOURS)), "name": list(BEHAVIOURS)}))
    write_traces(engine)
    groups = [(grouping(account), account) for account in tables["truth"].to_pylist()]
    members = [
        {"network_id": number, "platform": account["platform"], "account_id": account["account_id"], "named": True,
         "reason": "by the world's truth", "log10_e": 9.0, "edges": 2}
        for number, account in groups if number is not None
    ]  # fmt: skip
    sizes: dict[object, int] = {}
    for member in members:
        sizes[member["network_id"]] = sizes.get(member["network_id"], 0) + 1
    networks = [
        {"network_id": number, "kind": "network" if size > 2 else "pair", "size": size, "named": size}
        for number, size in sizes.items()
    ]
    engine.put("members", pa.Table.from_pylist(members, schema=MEMBERS))
    engine.put("networks", pa.Table.from_pylist(networks, schema=NETWORKS))
    engine.put("findings", FINDINGS.empty_table())
    engine.put("edges", EDGES.empty_table())
    return Labelled(engine, tables)


def ordered_objects(made: Labelled, followers_min: int) -> dict[str, tuple[int, str]]:
    """The truth's directives that so many accounts obeyed: id -> (first moment of the day, object as in the case)."""
    first_day = min(made.tables["posts"].column("time_us").to_pylist()) // DAY_US
    followers: dict[str, set[str]] = {}
    for post in made.tables["truth_posts"].to_pylist():
        if post["directive_id"] is not None:
            followers.setdefault(post["directive_id"], set()).add(post["account_id"])
    return {
        order["directive_id"]: ((first_day + order["day"]) * DAY_US, _key(order["kind"], order["object"]))
        for order in made.tables["truth_directives"].to_pylist()
        if len(followers.get(order["directive_id"], ())) >= followers_min
    }


def _key(kind: str, written: str) -> str:
    if kind == "hashtag":
        return fold_hashtag(written)
    return canonical_url(written) if kind == "link" else written


def find(made: Labelled) -> None:
    """Find the campaigns of the world's networks."""
    build_acts(made.engine)
    find_uptake(made.engine, seed=1)
    find_directives(made.engine)
    find_targets(made.engine)
    find_applause(made.engine)
    find_roles(made.engine)

"""Cases made by hand for the tests of the report: the tables of `syncline.schema`, filled."""

from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from syncline import schema
from syncline.notes import Notes

START_US = 1_451_822_400_000_000  # 2016-01-03 12:00 UTC
SECOND_US = 1_000_000
DAY_US = 86_400 * SECOND_US


@dataclass
class MadeCase:
    """Fulfils `syncline.report.ReportCase`."""

    run: dict[str, Any]
    connection: duckdb.DuckDBPyConnection
    notes: Notes = field(default_factory=Notes)

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        return self.connection.sql(query)


@dataclass
class Plan:
    """What the made case holds. `names` and `texts` are used in turn."""

    networks: tuple[int, ...] = (10,)
    pairs: int = 0
    members_each: int = 0  # of each network's accounts, how many are not named
    links_each: int = 6  # links of an account, besides the ring that holds its network together
    co_actions_each: int = 3
    bystanders: int = 30
    posts_each: int = 6
    names: tuple[str, ...] = ("account",)
    texts: tuple[str, ...] = ("Something was said about the river and the bridge.",)
    platform: str = "x"
    statement: str = "61% of the shared URLs lead to one domain."
    campaigns: bool = False  # directives, targets, applause, roles and impact for every network
    notes: Notes = field(default_factory=Notes)
    run: dict[str, Any] = field(default_factory=dict)
    synchronous: int = 0  # accounts of one group in the same second, the first of the log


def make(plan: Plan) -> MadeCase:
    tables = _Tables(plan)
    connection = duckdb.connect()
    for name, rows in tables.rows.items():
        table = pa.Table.from_pylist(rows, schema=schema.TABLES[name])
        connection.register(f"made_{name}", table)
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM made_{name}")
    return MadeCase(_run(plan, tables) | plan.run, connection, plan.notes)


class _Tables:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in schema.TABLES}
        self.random = np.random.default_rng(7)
        self.count = 0
        sizes = [("network", size) for size in plan.networks] + [("pair", 2)] * plan.pairs
        for network_id, (kind, size) in enumerate(sizes, start=1):
            self._network(network_id, kind, size)
        for _ in range(plan.bystanders):
            self._account("bystander")
        self._in_the_same_second(self.rows["accounts"][: plan.synchronous])

    def _in_the_same_second(self, accounts: list[dict[str, Any]]) -> None:
        network = {row["account_id"]: row["network_id"] for row in self.rows["members"]}
        for number in range(3):
            at = START_US + 5 * number * DAY_US
            for account in accounts:
                account_id = account["account_id"]
                post_id = f"{account_id}-second-{number}"
                self._post(account_id, post_id, at, number)
                self.rows["synchronous"].append(
                    {"group_id": 1, "platform": self.plan.platform, "account_id": account_id, "behaviour": "repost",
                     "object": f"popular-{self.plan.texts[0]}-{number}", "second_us": at, "post_id": post_id,
                     "accounts_in_second": len(accounts) + 1, "accounts_in_hour": 200, "log10_p": -12.0 - number,
                     "network_id": network.get(account_id)}
                )  # fmt: skip

    def _account(self, stem: str) -> str:
        account_id = str(1000 + self.count)
        name = stem if stem not in ("account", "bystander") else f"{stem}_{self.count}"
        self.rows["accounts"].append(
            {
                "platform": self.plan.platform,
                "account_id": account_id,
                "username": name,
                "display_name": f"{name} (display)",
                "created_us": START_US - 400 * DAY_US,
            }
        )
        for number in range(self.plan.posts_each):
            at = START_US + int(self.random.integers(0, 60 * DAY_US // SECOND_US)) * SECOND_US
            self._post(account_id, f"{account_id}-own-{number}", at, self.count + number)
        self.count += 1
        return account_id

    def _post(self, account_id: str, post_id: str, time_us: int, text: int) -> None:
        self.rows["posts"].append(
            {
                "platform": self.plan.platform,
                "post_id": post_id,
                "account_id": account_id,
                "time_us": time_us,
                "text": self.plan.texts[text % len(self.plan.texts)],
                "is_repost": False,
            }
        )

    def _network(self, network_id: int, kind: str, size: int) -> None:
        names = self.plan.names
        accounts = [self._account(names[(self.count) % len(names)]) for _ in range(size)]
        links = {(i, (i + 1) % size) for i in range(size)} if size > 2 else {(0, 1)}
        for i in range(size):
            for j in self.random.integers(0, size, self.plan.links_each if size > 3 else 0):
                links.add((i, int(j)))
        ordered = sorted({(min(pair), max(pair)) for pair in links if pair[0] != pair[1]})
        for i, j in ordered:
            self._edge(network_id, accounts[i], accounts[j])
        self._members(network_id, kind, accounts, ordered)

    def _edge(self, network_id: int, a: str, b: str) -> None:
        platform = self.plan.platform
        ends = {"platform_a": platform, "account_a": a, "platform_b": platform, "account_b": b}
        number = len(self.rows["edges"])
        first = START_US + (number % 50) * DAY_US
        self.rows["edges"].append(
            ends
            | {
                "network_id": network_id,
                "log10_e": round(float(self.random.uniform(6, 24)), 3),
                "log10_e_chance": 20.0,
                "log10_p_bound": -9.0,
                "log10_p_bound_chance": -21.0,
                "objects": self.plan.co_actions_each,
                "behaviours": ["repost", "url"],
                "window_s": 60.0,
                "days": 1 + number % 3,
                "first_us": first,
                "last_us": first + self.plan.co_actions_each * 3600 * SECOND_US,
            }
        )
        for place in range(self.plan.co_actions_each):
            at = first + place * 3600 * SECOND_US
            lag = (place * 7 - 4) * SECOND_US
            posts = f"{a}-{number}-{place}", f"{b}-{number}-{place}"
            self._post(a, posts[0], at, number + place)
            self._post(b, posts[1], at + lag, number + place)
            self.rows["co_actions"].append(
                ends
                | {
                    "behaviour": ("repost", "url")[place % 2],
                    "object": f"object-{number}-{place}",
                    "post_a": posts[0],
                    "post_b": posts[1],
                    "time_a_us": at,
                    "time_b_us": at + lag,
                    "lag_us": lag,
                    "window_s": 60.0,
                    "surprisal": 5.0 - place / 10,
                    "object_accounts": 2,
                    "active_accounts": 4043,
                    "expected_accounts": 0.004,
                }
            )

    def _members(self, network_id: int, kind: str, accounts: list[str], links: list[tuple[int, int]]) -> None:
        unnamed = len(accounts) if kind == "pair" else min(self.plan.members_each, len(accounts))
        degree = np.bincount(np.array(links).ravel(), minlength=len(accounts))
        usernames = {row["account_id"]: row["username"] for row in self.rows["accounts"]}
        for place, account_id in enumerate(accounts):
            named = place < len(accounts) - unnamed
            self.rows["members"].append(
                {
                    "network_id": network_id,
                    "platform": self.plan.platform,
                    "account_id": account_id,
                    "username": usernames[account_id],
                    "named": named,
                    "reason": "named: its evidence with 4 members passes, each on its own"
                    if named
                    else "not named: its evidence passes with one member only",
                    "log10_e": round(float(self.random.uniform(6, 20)), 3),
                    "edges": int(degree[place]),
                    "posts": self.plan.posts_each,
                    "role": None,
                }
            )
        self._network_row(network_id, kind, len(accounts), len(accounts) - unnamed, len(links))
        if self.plan.campaigns and kind == "network":
            self._campaign(network_id, accounts)

    def _campaign(self, network_id: int, accounts: list[str]) -> None:
        """Two days with a directive each, one through the log, one target with two episodes, one applauded."""
        platform, name = self.plan.platform, self.plan.names[network_id % len(self.plan.names)]
        for number, day_us in enumerate((START_US, START_US + DAY_US, None)):
            directive = 10 * network_id + number
            for place, account_id in enumerate(accounts):
                self.rows["uptake"].append(
                    {"directive_id": directive, "network_id": network_id, "platform": platform,
                     "account_id": account_id, "first_us": START_US + place * 60 * SECOND_US,
                     "delay_us": place * 60 * SECOND_US, "posts": 1, "post_id": f"{account_id}-own-0"}
                )  # fmt: skip
            for leads, kind, label in (
                (True, ("hashtag", "applause", "url")[number], name),
                (False, "text", "t"),
            ):
                self.rows["directives"].append(
                    {"directive_id": directive, "network_id": network_id, "leads": leads, "day_us": day_us,
                     "kind": kind, "object": label, "label": label, "members": len(accounts),
                     "active": len(accounts), "posts": len(accounts), "others": number, "expected": 0.0412,
                     "log_odds": 3.1, "log_odds_error": 0.5, "log10_e": 7.0 - number, "first_us": START_US,
                     "last_us": START_US + 3600 * SECOND_US, "busiest_us": START_US,
                     "followers": len(accounts), "half_us": 90 * SECOND_US, "first_platform": platform,
                     "first_account": accounts[0]}
                )  # fmt: skip
        posts = [f"{account_id}-own-0" for account_id in accounts]
        for episode in (1, 2):
            self.rows["targets"].append(
                {"network_id": network_id, "platform": platform, "account_id": "target", "username": name,
                 "episode": episode, "first_us": START_US, "last_us": START_US + DAY_US,
                 "members": len(accounts), "share": 1.0, "posts": len(posts), "replies": 3, "others": 1,
                 "others_posts": 2, "rate": 3.5, "usual_rate": 0.125, "comparable_rate": None,
                 "overlap": 0.25, "usual_overlap": None, "newcomers": 0.5, "others_newcomers": 0.75,
                 "log10_e": 6.5, "account_ids": accounts, "post_ids": posts, "target_post_ids": posts[:1]}
            )  # fmt: skip
        self.rows["applause"].append(
            {"network_id": network_id, "platform": platform, "account_id": "star", "username": name,
             "members": len(accounts), "share": 1.0, "posts": 40, "mentions": 2, "days": 1, "others": 3,
             "log_odds": 2.0, "log10_e": 5.5, "first_us": START_US, "last_us": START_US + DAY_US, "post_ids": []}
        )  # fmt: skip
        for place, account_id in enumerate(accounts):
            self.rows["roles"].append(
                {"network_id": network_id, "platform": platform, "account_id": account_id, "username": name,
                 "role": ("author", "booster", "mixed")[place % 3], "basis": "directives", "wrote": 3,
                 "boosted": 1, "addressed": 0, "share": 0.75, "share_low": 0.55, "share_high": 0.9,
                 "directives": 3, "firsts": 2, "firsts_low": 0.3, "firsts_high": 0.9,
                 "first_mover": place == 0, "median_delay_us": 0, "joins": 4 if place == 1 else 0,
                 "cadence": "minute_of_hour" if place == 2 else None}
            )  # fmt: skip
        for sign, statement in (
            ("breakout", "Breakout category 1 of 6."),
            ("reach", f"Limited reach: {name}"),
        ):
            self.rows["findings"].append(
                {"network_id": network_id, "gauge": "impact", "sign": sign, "applies": False,
                 "statement": statement, "numbers": "{}"}
            )  # fmt: skip

    def _network_row(self, network_id: int, kind: str, size: int, named: int, edges: int) -> None:
        self.rows["networks"].append(
            {
                "network_id": network_id,
                "kind": kind,
                "size": size,
                "named": named,
                "edges": edges,
                "log10_e": 14.3 - network_id % 6,
                "behaviours": ["repost", "url", "hashtag"][: 1 + network_id % 3],
                "days": 14,
                "first_us": START_US,
                "last_us": START_US + 50 * DAY_US,
                "confirmed": ("confirmed", "not confirmed", "too little data")[network_id % 3 - 1],
            }
        )
        rungs = (
            ("Chance", 1.0),
            ("The same days and news", 1.0),
            ("The same six hours", 0.93),
            ("Shared taste", 0.9),
            ("One client", 0.9),
            ("One domain", 0.4),
            ("One event", 0.0),
        )
        for rung, (explanation, left) in enumerate(rungs, start=1):
            self.rows["ladder"].append(
                {
                    "network_id": network_id,
                    "rung": rung,
                    "explanation": explanation,
                    "edges": round(edges * left),
                    "of": edges,
                    "log10_e": 20.0 * left,
                }
            )
        for sign, applies in (("one_domain", network_id % 2 == 1), ("one_day", False)):
            self.rows["findings"].append(
                {
                    "network_id": network_id,
                    "gauge": "explanation",
                    "sign": sign,
                    "applies": applies,
                    "statement": self.plan.statement
                    if sign == "one_domain"
                    else "The network acts on 14 days; no day holds more than 20% of its evidence.",
                    "numbers": "{}",
                    "account_ids": [],
                    "post_ids": [],
                }
            )


def _run(plan: Plan, tables: _Tables) -> dict[str, Any]:
    rows = tables.rows
    accounts = len(rows["accounts"])
    times = [post["time_us"] for post in rows["posts"]]
    found = bool(rows["networks"])
    return {
        "syncline": "0.1.0",
        "created": "2026-01-02T03:04:05Z",
        "settings": {
            "alpha": 0.05,
            "windows": [60.0, 600.0, 3600.0],
            "placebo_copies": None,
            "confirm": True,
        },
        "seed": 1,
        "engine": "duckdb 2.0.0",
        "normaliser": "syncline-text 1",
        "inputs": [
            {
                "path": "posts.csv",
                "sha256": "ab" * 32,
                "bytes": 123_456,
                "format": "csv",
                "rows": len(rows["posts"]) + 3,
                "posts": len(rows["posts"]),
                "duplicates": 1,
                "rejects": 3,
                "blind": [{"behaviour": "media", "why": "no column holds image hashes"}],
            }
        ],
        "rows": {
            "in": len(rows["posts"]) + 3,
            "posts": len(rows["posts"]),
            "duplicates": 1,
            "rejects": 3,
            "accounts": accounts,
        },
        "resolution_us": SECOND_US,
        "windows_s": [60.0, 600.0, 3600.0],
        "windows_refused": [],
        "behaviours": [
            {"behaviour": "repost", "objects": 900, "left_out_objects": 12, "blind": None},
            {
                "behaviour": "media",
                "objects": 0,
                "left_out_objects": 0,
                "blind": "no file holds image hashes",
            },
        ],
        "accounts_tested": accounts,
        "pairs_tested": accounts * (accounts - 1) // 2,
        "outcome": "networks" if found else "nothing found",
        "outcome_why": "",
        "edges": len(rows["edges"]),
        "networks": len(plan.networks),
        "pairs": plan.pairs,
        "named": sum(member["named"] for member in rows["members"]),
        "suspects": len(rows["members"]),
        "synchronous_groups": 1 if plan.synchronous else 0,
        "placebo": [{"copy": copy, "edges": 0, "named": 0} for copy in (1, 2, 3)],
        "minute_share": 0.38 if found else None,
        "first_us": min(times) if times else None,
        "last_us": max(times) if times else None,
        "timings": {"read": {"wall_s": 0.4, "cpu_s": 0.5}, "pairs": {"wall_s": 3.2, "cpu_s": 5.1}},
        "notes": [],
    }

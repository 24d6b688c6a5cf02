"""The groups of accounts whose signs are looked for: each network, and a list of accounts by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from syncline import words
from syncline.accounts.comparable import FEWEST, Comparison, Ints, all_strata, comparable_accounts
from syncline.accounts.findings import Candidate
from syncline.engines.duckdb import DuckDBEngine

#: Of fewer accounts nothing is said.
FEWEST_MEMBERS = 5


@dataclass(frozen=True)
class Group:
    """A network, or with `network_id` None a whole list, and what it is compared with.

    `members` and `others` are rows of schema.ACCOUNTS with the column `account_number`, in its order.
    """

    network_id: int | None
    members: pa.Table
    others: pa.Table
    comparison: Comparison

    @property
    def size(self) -> int:
        """Number of accounts."""
        return int(self.members.num_rows)

    @property
    def alone(self) -> bool:
        """Whether this is a whole list or log, with nobody to compare with."""
        return self.network_id is None and not self.comparison.given

    def beside(self, controls: pa.Table) -> "Group":
        """The same members, compared with `controls`."""
        return Group(self.network_id, self.members, controls, _given(controls))

    def known(self, column: str) -> tuple[list[str], list[int]]:
        """The texts of a column of the members that are not empty, and the rows they are in."""
        return _known(self.members, column)

    def known_of_others(self, column: str) -> list[str]:
        """The texts of a column of the comparable accounts that are not empty."""
        return _known(self.others, column)[0]

    def cannot_compare(self, members: int, others: int, what: str) -> str:
        """Why so few known values (`what`, a plural) say nothing, as a sentence; empty where they are enough."""
        if members < FEWEST_MEMBERS:
            return (
                f"Insufficient data: {what} are known of {words.number(members)} of "
                f"{words.plural(self.size, 'account')}, where {FEWEST_MEMBERS} are needed."
            )
        if self.alone:
            return f"Insufficient data: no other accounts were given to compare {what} with."
        if others < FEWEST:
            count = words.plural(others, "comparable account")
            return f"Insufficient data: {what} are known of {count}, where {FEWEST} are needed."
        return ""

    def candidate(
        self, p: float, statement: str, rows: Sequence[int], of: int, numbers: dict[str, Any]
    ) -> Candidate:
        """Something found about the members in `rows`, with the span of their creation times."""
        chosen = self.members.take(rows)
        created = pc.min_max(chosen.column("created_us")).as_py()
        return Candidate(
            p,
            statement,
            {
                "accounts": len(rows),
                "of": of,
                "first_us": created["min"],
                "last_us": created["max"],
                **numbers,
            },
            chosen.column("account_id").to_pylist(),
        )


def beside(count: int, of: int) -> str:
    """ "; of 1,151 comparable accounts, 3 do (0.3%)", to follow what a group's accounts do."""
    share = f" ({words.percent(count / of)})" if count else ""
    do = f"{words.number(count)} {words.verb(count, 'does', 'do')}" if count else "none does"
    return f"; of {words.plural(of, 'comparable account')}, {do}{share}"


def _known(accounts: pa.Table, column: str) -> tuple[list[str], list[int]]:
    values = accounts.column(column).to_pylist()
    rows = [row for row, value in enumerate(values) if value and value.strip()]
    return [values[row] for row in rows], rows


def of_list(accounts: pa.Table, controls: pa.Table | None) -> Group:
    """A whole list or log as a group, beside `controls` or alone (both with columns of schema.ACCOUNTS)."""
    if controls is None:
        return Group(None, accounts, accounts.slice(0, 0), Comparison(np.empty(0, np.int64)))
    return Group(None, accounts, controls, _given(controls))


def _given(controls: pa.Table) -> Comparison:
    return Comparison(np.arange(controls.num_rows), {}, controls.num_rows, given=True)


@dataclass(frozen=True)
class Everybody:
    """All accounts of a log: rows of `account_features` and of schema.ACCOUNTS, in the order of `account_number`."""

    features: pa.Table
    accounts: pa.Table
    seed: int

    @cached_property
    def _strata(self) -> list[Ints]:
        return all_strata(self.features)

    def group(self, network_id: int, members: Ints, outside: npt.NDArray[np.bool_]) -> Group:
        """The accounts numbered `members`, beside comparable ones of those that are `outside`."""
        rng = np.random.default_rng([self.seed, network_id])
        comparison = comparable_accounts(self._strata, members, outside, rng)
        others = self.accounts.take(comparison.numbers)
        return Group(network_id, self.accounts.take(members), others, comparison)


def everybody(engine: DuckDBEngine, seed: int) -> Everybody:
    """Reads posts and accounts; makes the table `account_features`."""
    engine.run("accounts/account_features.sql")
    features = engine.fetch("SELECT * FROM account_features ORDER BY account_number")
    return Everybody(features, _numbered(engine), seed)


def networks(engine: DuckDBEngine, seed: int) -> list[Group]:
    """A group for each network of three accounts or more, with comparable accounts from outside all networks.

    Accounts that are cleared are in neither. Reads posts, accounts, networks, members and cleared; makes the table
    `account_features`.
    """
    log = everybody(engine, seed)
    memberships = engine.fetch(
        "SELECT m.network_id, n.kind, f.account_number FROM members AS m ANTI JOIN cleared USING (platform, account_id)"
        " JOIN networks AS n ON n.network_id = m.network_id"
        " JOIN account_features AS f ON f.platform = m.platform AND f.account_id = m.account_id"
        " ORDER BY m.network_id, f.account_number"
    )
    number = memberships.column("account_number").to_numpy()
    cleared = engine.fetch(
        "SELECT account_number FROM account_features SEMI JOIN cleared USING (platform, account_id)"
    )
    outside = np.ones(log.features.num_rows, np.bool_)
    outside[number] = False
    outside[cleared.column("account_number").to_numpy()] = False
    return [
        log.group(
            network_id.as_py(),
            number[pc.equal(memberships.column("network_id"), network_id).to_numpy()],
            outside,
        )
        for network_id in pc.unique(memberships.filter(pc.field("kind") == "network").column("network_id"))
    ]


def _numbered(engine: DuckDBEngine) -> pa.Table:
    return engine.fetch(
        "SELECT f.account_number, a.* FROM account_features AS f"
        " JOIN accounts AS a ON a.platform = f.platform AND a.account_id = f.account_id"
        " ORDER BY f.account_number"
    )

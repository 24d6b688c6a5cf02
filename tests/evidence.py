"""Coded traces straight into an engine, and the evidence run on them: a small log in well under a second."""

from dataclasses import dataclass
from functools import cached_property

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from syncline.coaction import Nulls, Tested, against_chance, against_the_crowd, discover
from syncline.engines.duckdb import DuckDBEngine
from syncline.networks import find_networks

Ints = npt.NDArray[np.int64]

SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
START = 19_700 * DAY  # a midnight, UTC
WINDOWS = (60 * SECOND, 600 * SECOND, 3600 * SECOND)
NULLS = Nulls(WINDOWS, alpha=0.05, alpha_suspects=0.1, seed=1)


@dataclass(frozen=True)
class Traces:
    """Acts on objects: one array each, of one length. An object belongs to one behaviour.

    `subject` says for each act what its object is on whatever day; by default objects are their own subjects.
    Acts of one account at one time are one post.
    """

    behaviour: Ints
    object: Ints
    account: Ints
    time_us: Ints
    subject: Ints | None = None

    @cached_property
    def table(self) -> pa.Table:
        """The first act of each account on each object, as the traces room would give it."""
        frame = pd.DataFrame(
            {
                "behaviour": self.behaviour,
                "object": self.object,
                "account": self.account,
                "time_us": self.time_us,
                "subject": self.object if self.subject is None else self.subject,
            }
        )
        frame = frame.sort_values(["time_us", "object", "account"]).drop_duplicates(["object", "account"])
        frame["post"] = frame.groupby(["time_us", "account"], sort=False).ngroup()
        return pa.Table.from_pandas(frame, preserve_index=False)


def traces(
    object_: npt.ArrayLike, account: npt.ArrayLike, time_us: npt.ArrayLike, behaviour: int = 0
) -> Traces:
    """Acts of one behaviour."""
    objects = np.asarray(object_, np.int64)
    return Traces(
        np.full(len(objects), behaviour),
        objects,
        np.asarray(account, np.int64),
        np.asarray(time_us, np.int64),
    )


def joined(*parts: Traces) -> Traces:
    """Several logs as one; none or all of them name subjects."""
    subjects = [part.subject for part in parts if part.subject is not None]
    assert len(subjects) in (0, len(parts))
    return Traces(
        np.concatenate([part.behaviour for part in parts]),
        np.concatenate([part.object for part in parts]),
        np.concatenate([part.account for part in parts]),
        np.concatenate([part.time_us for part in parts]),
        np.concatenate(subjects) if subjects else None,
    )


def engine_with(log: Traces) -> DuckDBEngine:
    """An engine whose tables `traces_coded`, `traces` and `objects` hold the log."""
    connection = duckdb.connect(config={"threads": 1})
    engine = DuckDBEngine(connection)
    engine.put("acts", log.table)
    connection.execute(
        """
        CREATE TABLE traces_coded AS
        SELECT behaviour::UTINYINT AS behaviour, object::INTEGER AS object, account::INTEGER AS account,
            time_us::BIGINT AS time_us, post::INTEGER AS post
        FROM acts;
        CREATE TABLE traces AS FROM traces_coded;
        CREATE VIEW telling_traces AS FROM traces_coded;
        CREATE TABLE objects AS
        SELECT DISTINCT object::INTEGER AS object, subject::INTEGER AS subject, behaviour::UTINYINT AS behaviour
        FROM acts;
        """
    ).fetchall()
    return engine


@dataclass(frozen=True)
class Found:
    """What both passes and the networks room made of a log."""

    engine: DuckDBEngine
    tested: Tested
    links: int

    def frame(self, query: str) -> pd.DataFrame:
        answer: pd.DataFrame = self.engine.fetch(query).to_pandas()
        return answer

    @property
    def suspects(self) -> set[int]:
        return set(self.frame("SELECT account FROM suspects")["account"])

    @property
    def linked(self) -> set[int]:
        """The accounts of all links."""
        pairs = self.frame("SELECT account_a, account_b FROM discoveries")
        return set(pairs["account_a"]) | set(pairs["account_b"])

    @property
    def named(self) -> set[int]:
        return set(self.frame("SELECT account FROM memberships WHERE named")["account"])


def find(log: Traces | DuckDBEngine, nulls: Nulls = NULLS) -> Found:
    """Both passes, e-BH and the networks on a log."""
    engine = engine_with(log) if isinstance(log, Traces) else log
    tested = against_chance(engine, nulls)
    against_the_crowd(engine, nulls, tested)
    links = discover(engine, nulls, tested)
    find_networks(engine, nulls.seed)
    return Found(engine, tested, links)

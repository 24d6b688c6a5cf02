"""Links across platforms: accounts of two platforms that may be one person's, with the evidence for it.

Two kinds of agreement are asked for, what an account is called or looks like, and what it posts: the same handle
or the same portrait, and the same texts within an hour. For each there is a p-value for two different people:

- handle, portrait: the share of the accounts on either platform that have it, one at least, for each of the two;
- texts: P(Poisson(rate) >= shared texts), the rate being what the first account's texts would meet by chance, each
  with the share of the second platform's accounts that posted it at any time.

Each becomes an e-value (the mixture calibrator of Vovk and Wang 2021); handle and portrait, which one person
chooses together, are averaged; their mean and that of the texts, which are chosen apart, multiplied. e-BH (Wang
and Ramdas 2022) over all pairs of accounts on different platforms decides. A link is told, never merged: the same
handle can be somebody else's, on purpose or by chance.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.special import pdtrc

from syncline import words
from syncline.accounts.findings import Row, row_of
from syncline.e_values import SMALLEST_P, discoveries
from syncline.engines.duckdb import DuckDBEngine
from syncline.traces.normalise import normalise_text

SIGN = "across_platforms"
INNOCENT = "most people who are on two platforms link them openly and deceive nobody; a handle can be somebody else's"

_HOUR_US = 3_600_000_000
_FEWEST_WORDS = 5
_BATCH = 100_000

Key = tuple[str, str]


@dataclass(frozen=True)
class Link:
    """Two accounts on different platforms, `log10_e` for one person behind both, and what they share."""

    first: Key
    second: Key
    log10_e: float
    same_handle: bool
    same_portrait: bool
    posts: tuple[tuple[str, str], ...]  # pairs of post ids with one text within an hour


def find_links(engine: DuckDBEngine, alpha: float) -> list[Link]:
    """The links that pass e-BH at `alpha` over all pairs of accounts on different platforms.

    Reads posts, accounts and cleared, whose accounts are linked to none.
    """
    counted = engine.fetch(
        "SELECT platform, count(*) AS accounts FROM accounts ANTI JOIN cleared USING (platform, account_id)"
        " GROUP BY platform"
    ).to_pylist()
    sizes = {row["platform"]: row["accounts"] for row in counted}
    pairs = (sum(sizes.values()) ** 2 - sum(size**2 for size in sizes.values())) // 2
    if not pairs:
        return []
    accounts = engine.fetch(
        "SELECT platform, account_id, username, avatar_path FROM accounts"
        " ANTI JOIN cleared USING (platform, account_id) ORDER BY 1, 2"
    )
    keys = _keys(accounts)
    handles = _Shared(keys, [(name or "").casefold() for name in accounts.column("username").to_pylist()])
    portraits = _Shared(keys, [path or "" for path in accounts.column("avatar_path").to_pylist()])
    alike = sorted(handles.pairs() | portraits.pairs())
    texts = _Texts(engine, {key for pair in alike for key in pair})
    links = []
    for first, second in alike:
        shared = texts.shared(first, second)
        if shared:
            looks = (handles.e(first, second, sizes) + portraits.e(first, second, sizes)) / 2
            log10_e = float(np.log10(looks) + np.log10(texts.e(first, second, len(shared), sizes)))
            links.append(
                Link(first, second, log10_e, handles.has(first, second), portraits.has(first, second), shared)
            )
    return _passing(links, pairs, alpha)


def rows(links: Sequence[Link], networks: Mapping[Key, int]) -> list[Row]:
    """Rows of schema.FINDINGS: the links of each network's accounts, and of none (`network_id` None) together."""
    grouped: dict[int | None, list[Link]] = defaultdict(list)
    for link in links:
        for network_id in dict.fromkeys([networks.get(link.first), networks.get(link.second)]):
            if network_id is not None or not {link.first, link.second} & networks.keys():
                grouped[network_id].append(link)
    return [_row(network_id, each) for network_id, each in grouped.items()]


def _row(network_id: int | None, links: Sequence[Link]) -> Row:
    count = len(links)
    statement = (
        f"{words.plural(count, 'pair')} of accounts on different platforms {words.verb(count, 'has', 'have')} the "
        "same handle or portrait and posted the same texts within an hour: one person may be behind both. They "
        "are not merged."
    )
    numbers = {
        "accounts": len({key for link in links for key in (link.first, link.second)}),
        "p_bound": 10.0 ** -min(link.log10_e for link in links),
        "innocent": INNOCENT,
        "links": [_told(link) for link in links],
    }
    ids = sorted({key[1] for link in links for key in (link.first, link.second)})
    posts = [post for link in links for pair in link.posts for post in pair]
    return row_of(network_id, SIGN, True, statement, numbers, ids, list(dict.fromkeys(posts)))


def _told(link: Link) -> dict[str, Any]:
    return {
        "platform_a": link.first[0],
        "account_a": link.first[1],
        "platform_b": link.second[0],
        "account_b": link.second[1],
        "log10_e": round(link.log10_e, 2),
        "same_handle": link.same_handle,
        "same_portrait": link.same_portrait,
        "posts": [list(pair) for pair in link.posts],
    }


def _passing(links: Iterable[Link], pairs: int, alpha: float) -> list[Link]:
    """The links that stand among so many pairs, the strongest first."""
    ordered = sorted(links, key=lambda link: (-link.log10_e, link.first, link.second))
    kept = discoveries(np.array([link.log10_e for link in ordered]), pairs, alpha)
    return [link for link, stands in zip(ordered, kept.tolist(), strict=True) if stands]


def _e_of(p: float) -> float:
    """The mixture calibrator: the integral over k in (0, 1) of k p^(k-1)."""
    if p >= 1:
        return 0.5
    p = max(p, SMALLEST_P)
    log = float(np.log(p))
    return float((1 - p + p * log) / (p * log**2))


class _Shared:
    """Handles or portraits, and who has them."""

    def __init__(self, keys: Sequence[Key], values: Sequence[str]) -> None:
        self._value = {key: value for key, value in zip(keys, values, strict=True) if value}
        self._having: dict[str, list[Key]] = defaultdict(list)
        for key, value in self._value.items():
            self._having[value].append(key)

    def pairs(self) -> set[tuple[Key, Key]]:
        """Pairs on different platforms; values that more than two accounts of one platform have make none."""
        found = set()
        for keys in self._having.values():
            if max(Counter(platform for platform, _ in keys).values()) <= 2:
                found |= {(a, b) for a in keys for b in keys if a[0] < b[0]}
        return found

    def has(self, first: Key, second: Key) -> bool:
        """Whether both have the same value."""
        return first in self._value and self._value[first] == self._value.get(second)

    def e(self, first: Key, second: Key, sizes: Mapping[str, int]) -> float:
        """The e-value of the pair's agreement; 1, which says nothing, without one."""
        if not self.has(first, second):
            return 1.0
        counts = Counter(platform for platform, _ in self._having[self._value[first]])
        return _e_of(max(counts[key[0]] / sizes[key[0]] for key in (first, second)))


class _Texts:
    """What the accounts `asked` posted when, originals of five words or more, and who else posted the same."""

    def __init__(self, engine: DuckDBEngine, asked: Iterable[Key]) -> None:
        self._engine = engine
        self._of: dict[Key, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
        names = ("platform", "account_id")
        listed = [dict(zip(names, key, strict=True)) for key in sorted(asked)]
        engine.put(
            "accounts_asked", pa.Table.from_pylist(listed, pa.schema([(name, pa.string()) for name in names]))
        )
        for key, post_id, time_us, text in self._posts(
            "SEMI JOIN accounts_asked USING (platform, account_id)"
        ):
            self._of[key][text].append((time_us, post_id))
        engine.drop("accounts_asked")

    def _posts(self, chosen: str = "") -> Iterator[tuple[Key, str, int, str]]:
        """Account, post, time and normalised text, in the order of time."""
        query = (
            f"SELECT platform, account_id, post_id, time_us, text FROM posts {chosen}"
            " WHERE NOT coalesce(is_repost, FALSE) AND text <> '' ORDER BY time_us, platform, post_id"
        )
        # A cursor of its own, because an open result owns its connection.
        for batch in self._engine.connection.cursor().sql(query).to_arrow_reader(_BATCH):
            columns = (batch.column(name).to_pylist() for name in ("post_id", "time_us", "text"))
            for key, post_id, time_us, text in zip(_keys(batch), *columns, strict=True):
                words_of = normalise_text(text)
                if words_of.count(" ") >= _FEWEST_WORDS - 1:
                    yield key, post_id, time_us, words_of

    @cached_property
    def _accounts(self) -> dict[tuple[str, str], int]:
        """How many accounts of a platform posted each text of the accounts asked. Reads every post."""
        wanted = {text for texts in self._of.values() for text in texts}
        having: dict[tuple[str, str], set[Key]] = defaultdict(set)
        for key, _, _, text in self._posts():
            if text in wanted:
                having[key[0], text].add(key)
        return {each: len(accounts) for each, accounts in having.items()}

    def shared(self, first: Key, second: Key) -> tuple[tuple[str, str], ...]:
        """Posts of the two with one text within an hour, a pair for each text."""
        ours, theirs = self._of.get(first, {}), self._of.get(second, {})
        pairs = []
        for text in sorted(ours.keys() & theirs.keys()):
            near = _first_within_the_hour(ours[text], theirs[text])
            pairs += [near] if near else []
        return tuple(pairs)

    def e(self, first: Key, second: Key, shared: int, sizes: Mapping[str, int]) -> float:
        """The e-value of so many shared texts; the less telling direction counts."""
        p = max(self._p(first, second, shared, sizes), self._p(second, first, shared, sizes))
        return _e_of(p)

    def _p(self, first: Key, second: Key, shared: int, sizes: Mapping[str, int]) -> float:
        there = second[0]
        having = (max(self._accounts.get((there, text), 0), 1) for text in self._of[first])
        return float(pdtrc(shared - 1, sum(having) / sizes[there]))


def _first_within_the_hour(
    ours: Sequence[tuple[int, str]], theirs: Sequence[tuple[int, str]]
) -> tuple[str, str] | None:
    """The first two posts, both given with their times and in order of them, that are an hour apart or less."""
    later = 0
    for at, post in ours:
        while later < len(theirs) and theirs[later][0] < at - _HOUR_US:
            later += 1
        if later < len(theirs) and theirs[later][0] <= at + _HOUR_US:
            return post, theirs[later][1]
    return None


def _keys(table: Any) -> list[Key]:
    return list(
        zip(table.column("platform").to_pylist(), table.column("account_id").to_pylist(), strict=True)
    )

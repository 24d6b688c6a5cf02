"""From tests to findings: which signs stand at the error rate that was asked for, and the rows of the table.

The signs of one group share alpha by Bonferroni's rule, so that a group in which nothing is wrong gets any
sign at all with a probability of at most alpha. Over groups, each sign goes through e-BH (Wang and Ramdas 2022) at
that share. It holds however groups depend on each other, and they do: their comparable accounts are the same, by
and large. The e-values are those of `e_values.log10_of_p`.

What is found inside a group (several batches, several bio templates) has a p-value that is adjusted for all that was
looked at there, and must reach the bar that the selected groups reach. Of these, the share with any wrong finding is
the level at most, on average (after Benjamini, Bogomolov 2014, who ask for more): if M is the e-value of the smallest
p-value among the wrong findings of a group, k of m groups are selected, and M reaches m / (level k), then 1 / k is at
most level M / m; and the mean of M is 1.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import numpy as np

from syncline import words
from syncline.e_values import discoveries, log10_bar, log10_of_p

#: The signs of made-up accounts, in the order in which they are shown.
SIGNS = (
    "creation_batch",
    "handle_pattern",
    "bio_template",
    "location",
    "portrait_reuse",
    "eye_position",
    "hours",
    "handle_change",
    "deletion",
    "client",
)
#: Told with the signs, and counted with none of them.
HINTS = ("eye_position",)

Row = dict[str, Any]


@dataclass(frozen=True)
class Candidate:
    """Something found in a group: its words, and its p-value, adjusted for all that was looked at there.

    `numbers` holds accounts, of, first_us and last_us (creation times, or null), and what a figure needs.
    """

    p: float
    statement: str
    numbers: dict[str, Any]
    account_ids: list[str]
    post_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SignTest:
    """One sign looked for in one group. `otherwise` is what is said when no candidate stands.

    `numbers` go into every row of the sign. Without `sufficient`, nothing could be tested.
    """

    network_id: int | None
    sign: str
    candidates: Sequence[Candidate]
    otherwise: str
    numbers: dict[str, Any] = field(default_factory=dict)
    sufficient: bool = True

    @property
    def p(self) -> float:
        """The smallest p-value of its candidates."""
        return min((each.p for each in self.candidates), default=1.0)


@dataclass(frozen=True)
class ErrorControl:
    """The error rate asked for, the number of groups that share it, and the seed of all draws."""

    alpha: float
    groups: int = 1
    seed: int = 1

    @property
    def level(self) -> float:
        """The share of alpha that one sign gets."""
        return self.alpha / len(SIGNS)

    @property
    def draws(self) -> int:
        """How many draws a Monte Carlo p-value needs, to be able to pass among all groups, and once exceeded."""
        steps = self.groups * float(np.sum(1 / np.arange(1, self.groups + 1)))
        return max(1000, int(np.ceil(2 * steps / self.level))) - 1

    def random(self, sign: str, network_id: int | None) -> np.random.Generator:
        """The random numbers of one sign in one group: the same whatever else is looked for."""
        number = 0 if network_id is None else network_id + 1
        return np.random.default_rng([self.seed, zlib.crc32(sign.encode()), number])


def judged(tests: Sequence[SignTest], control: ErrorControl) -> list[Row]:
    """The rows of `schema.FINDINGS`: one for each candidate that stands, or one for a test without any."""
    rows: list[Row] = []
    ordered = sorted(tests, key=lambda test: (SIGNS.index(test.sign), test.network_id is None))
    # A whole list or log is a family of its own.
    for _, family in groupby(ordered, key=lambda test: (test.sign, test.network_id is None)):
        together = list(family)
        for test, standing in zip(together, _standing(together, control.level), strict=True):
            rows += _rows(test, standing)
    return sorted(rows, key=lambda row: (row["network_id"] is not None, row["network_id"] or 0))


def _standing(tests: Sequence[SignTest], level: float) -> list[list[Candidate]]:
    """For each test of one sign, the candidates that stand by e-BH over the groups that could be tested."""
    tested = [test for test in tests if test.sufficient]
    if not tested:
        return [[] for _ in tests]
    log10_e = log10_of_p(np.array([test.p for test in tested]), len(tested), level)
    selected = int(discoveries(log10_e, len(tested), level).sum())
    bar = log10_bar(len(tested), level, selected) if selected else np.inf
    return [
        [
            each
            for each in test.candidates
            if test.sufficient and log10_of_p(np.array(each.p), len(tested), level) >= bar
        ]
        for test in tests
    ]


def _rows(test: SignTest, standing: Sequence[Candidate]) -> list[Row]:
    if not standing:
        p = test.p if test.sufficient else None
        numbers = {**test.numbers, "sufficient": test.sufficient, "p_bound": p}
        return [row_of(test.network_id, test.sign, False, test.otherwise, numbers)]
    return [
        row_of(
            test.network_id,
            test.sign,
            True,
            each.statement,
            {**test.numbers, **each.numbers, "sufficient": True, "p_bound": each.p},
            each.account_ids,
            each.post_ids,
        )
        for each in standing
    ]


def of_accounts_alone(run: Mapping[str, Any]) -> bool:
    """Whether the run.json is that of a list of accounts, on which signs were looked for, rather than of a scan."""
    return "signs" in run


def counted(found: Sequence[str]) -> str:
    """How many of the signs `found` are signs, and how many only hints: "2 signs and 1 hint"."""
    hints = sum(sign in HINTS for sign in found)
    signs = words.plural(len(found) - hints, "sign")
    return f"{signs} and {words.plural(hints, 'hint')}" if hints else signs


def row_of(
    network_id: int | None,
    sign: str,
    applies: bool,
    statement: str,
    numbers: dict[str, Any],
    account_ids: Sequence[str] = (),
    post_ids: Sequence[str] = (),
) -> Row:
    """A row of schema.FINDINGS, gauge "authenticity"."""
    return {
        "network_id": network_id,
        "gauge": "authenticity",
        "sign": sign,
        "applies": applies,
        "statement": statement,
        "numbers": json.dumps(numbers, ensure_ascii=False, allow_nan=False),
        "account_ids": list(account_ids),
        "post_ids": list(post_ids),
    }

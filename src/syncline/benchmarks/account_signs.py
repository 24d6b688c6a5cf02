"""The accounts' own signs on simulated logs: claimed of organic groups, found in camps, and the hours of both.

Groups are drawn from the log's known truth, and nothing is scanned: what is measured are the signs alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from syncline.accounts import bios, creation, habits, handles, hours, locations, portraits
from syncline.accounts.findings import ErrorControl, SignTest, judged
from syncline.accounts.groups import Group, everybody
from syncline.engines.duckdb import DuckDBEngine
from syncline.worlds import World, generate
from syncline.worlds.ids import account_ids
from syncline.worlds.planning import make_plan
from syncline.worlds.population import PLACE_NAMES

Ints = npt.NDArray[np.int64]

#: Hours: people who say Tehran and live in Lyon, and an office in Lyon's zone that says Tehran.
SAID, LIVED, OFFSET = "Tehran", "Lyon", 1.0
_DIASPORA = World.model_validate(
    {
        "name": "diaspora",
        "days": 14,
        "people": {"accounts": 600, "places": {LIVED: 0.75, SAID: 0.25}, "diaspora_share": 1.0},
    }
)
_CAMP = World.model_validate(
    {
        "name": "office",
        "days": 14,
        "people": {"accounts": 400},
        "camps": [{"accounts": 40, "utc_offset": OFFSET, "claimed_places": {SAID: 1.0}}],
    }
)


@dataclass(frozen=True)
class Rate:
    """How often a sign was claimed of groups of one size; `tested` leaves out where there was too little data."""

    sign: str
    size: int
    claimed: int
    tested: int
    groups: int


class Log:
    """A simulated log: groups of its accounts, beside comparable ones of it, and their signs."""

    def __init__(self, world: World | str, seed: int) -> None:
        tables = generate(world, seed)
        engine = DuckDBEngine(duckdb.connect())
        engine.put("posts", tables["posts"])
        engine.put("accounts", tables["accounts"])
        engine.put("account_history", pa.concat_tables([tables["accounts_earlier"], tables["accounts"]]))
        self._log = everybody(engine, seed)
        self._week, self._customs = (
            hours.Week(engine, np.arange(self._log.features.num_rows)),
            habits.habits(engine, self._log.features),
        )
        number = {key: place for place, key in enumerate(_keys(self._log.features))}
        truth = tables["truth"].to_pylist()
        own = [row for row in truth if (row["platform"], row["account_id"]) in number]
        place = {id(row): number[row["platform"], row["account_id"]] for row in own}
        self.camp = np.array([place[id(row)] for row in own if row["is_camp"]], np.int64)
        self.people = np.array(
            [place[id(row)] for row in own if not row["is_camp"] and not row["innocent_class"]], np.int64
        )
        self._outside = np.zeros(self._log.features.num_rows, np.bool_)
        self._outside[self.people] = True
        self._locations = locations.elsewhere(self._log.accounts.column("location").to_pylist())

    def numbers(self, keys: Iterable[tuple[str, str]]) -> Ints:
        """The accounts (platform, id) that posted or have a profile, by number."""
        wanted = set(keys)
        return np.array([n for n, key in enumerate(_keys(self._log.features)) if key in wanted], np.int64)

    def group(self, members: Ints, number: int) -> Group:
        """A group, compared with ordinary people outside it."""
        return self._log.group(number, np.sort(members), self._outside)

    def signs(self, group: Group, control: ErrorControl) -> dict[str, bool | None]:
        """Of each sign whether it was claimed; None where it could not be tested."""
        tests = [
            creation.look(group, control),
            handles.look(group, control),
            bios.look(group, control),
            locations.look(group, control, self._locations),
            portraits.look(group, control),
            portraits.look_at_eyes(group, control),
            hours.look(group, control, self._week),
            *(habits.look(group, control, custom) for custom in self._customs),
        ]
        return {test.sign: _claimed(test, control) for test in tests}

    def hours(self, group: Group, control: ErrorControl) -> tuple[float, float] | None:
        """The interval of offsets from UTC that is claimed of a group, or None."""
        test = hours.look(group, control, self._week)
        if not _claimed(test, control):
            return None
        first, last = test.candidates[0].numbers["offsets"]
        return first, last


def _claimed(test: SignTest, control: ErrorControl) -> bool | None:
    return any(row["applies"] for row in judged([test], control)) if test.sufficient else None


def _keys(table: pa.Table) -> list[tuple[str, str]]:
    columns = (table.column(name).to_pylist() for name in ("platform", "account_id"))
    return list(zip(*columns, strict=True))


def organic(sizes: Sequence[int], draws: int, seed: int = 1, alpha: float = 0.05) -> list[Rate]:
    """Signs claimed of people drawn at random from ordinary weeks, so many groups of each size."""
    log, rng = Log("quiet", seed), np.random.default_rng(seed)
    rates: list[Rate] = []
    for size in sizes:
        groups = [log.group(rng.choice(log.people, size, replace=False), draw) for draw in range(draws)]
        rates += _rates(log, groups, size, alpha, seed)
    return rates


def power(sizes: Sequence[int], seeds: int, draws: int, alpha: float = 0.05) -> list[Rate]:
    """Signs found in parts of a camp of 40 accounts, so many parts of each size of each of so many logs."""
    found: dict[tuple[str, int], Rate] = {}
    for seed in range(1, seeds + 1):
        log, rng = Log("demo", seed), np.random.default_rng(seed)
        for size in sizes:
            parts = 1 if size >= log.camp.size else draws
            groups = [
                log.group(rng.choice(log.camp, min(size, log.camp.size), replace=False), part)
                for part in range(parts)
            ]
            for rate in _rates(log, groups, size, alpha, seed):
                found[rate.sign, size] = _sum(found.get((rate.sign, size)), rate)
    return list(found.values())


def _sum(one: Rate | None, other: Rate) -> Rate:
    if one is None:
        return other
    return Rate(
        other.sign,
        other.size,
        one.claimed + other.claimed,
        one.tested + other.tested,
        one.groups + other.groups,
    )


def _rates(log: Log, groups: Sequence[Group], size: int, alpha: float, seed: int) -> list[Rate]:
    claimed: Counter[str] = Counter()
    tested: Counter[str] = Counter()
    for draw, group in enumerate(groups):
        signs = log.signs(group, ErrorControl(alpha, 1, seed * 1_000_003 + draw))
        signs["any"] = any(signs.values())
        claimed.update(sign for sign, claim in signs.items() if claim)
        tested.update({sign: int(claim is not None) for sign, claim in signs.items()})
    return [Rate(sign, size, claimed[sign], tested[sign], len(groups)) for sign in tested]


def hours_of_camps(seeds: Iterable[int], alpha: float = 0.05) -> list[tuple[float, float] | None]:
    """The interval claimed of each log's camp: an office at UTC+1 whose accounts say they are at UTC+3:30."""
    control = ErrorControl(alpha)
    logs = (Log(_CAMP, seed) for seed in seeds)
    return [log.hours(log.group(log.camp, 1), control) for log in logs]


def hours_of_diasporas(
    seeds: Iterable[int], size: int = 40, alpha: float = 0.05
) -> list[tuple[float, float] | None]:
    """The interval claimed of people who live at UTC+1 and say another place, a group of each log."""
    found = []
    for seed in seeds:
        log, control = Log(_DIASPORA, seed), ErrorControl(alpha)
        found.append(log.hours(log.group(log.numbers(_emigrants(seed))[:size], 1), control))
    return found


def _emigrants(seed: int) -> list[tuple[str, str]]:
    plan = make_plan(_DIASPORA.model_copy(update={"seed": seed}))
    names = np.array(PLACE_NAMES)
    away = (names[plan.accounts.claimed] == SAID) & (names[plan.accounts.place] == LIVED)
    platform = next(iter(_DIASPORA.people.platforms))
    return [(platform, str(number)) for number in account_ids(plan)[away].tolist()]

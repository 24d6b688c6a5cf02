"""What accounts show of themselves: ids, handles, names, bios, portraits. Neutral words only."""

import numpy as np
import pyarrow as pa

from syncline.schema import ACCOUNTS
from syncline.worlds.columns import Ints, scramble
from syncline.worlds.hours import DAY_US
from syncline.worlds.ids import account_ids
from syncline.worlds.places import PLACES
from syncline.worlds.plan import Group, Plan, site_of
from syncline.worlds.population import PLACE_NAMES, ROLES
from syncline.worlds.vocabulary import BIO_PATTERNS, BIO_TEMPLATE, GIVEN_NAMES, LANGUAGES, WORDS

_HANDLE_LENGTH = 15
_SAME_HANDLE = 0.6  # of people on two platforms: the same handle and portrait on both
_VERIFIED_FOLLOWERS = 100_000


class Profiles:
    """The accounts' ids and faces, drawn once for a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.ids = account_ids(plan)
        self.texts = pa.array([str(number) for number in self.ids.tolist()], pa.string())
        self.usernames = _usernames(plan)
        self._portraits = _portraits(plan)
        _share_faces(plan, self.usernames, self._portraits)

    def accounts(self, posted: Ints) -> pa.Table:
        """Return rows of schema.ACCOUNTS at the world's end; `posted` counts each account's posts."""
        return self._table(posted, self.usernames, self._plan.world.days)

    def accounts_earlier(self) -> pa.Table:
        """Return the accounts as they were when the world began: some had other handles."""
        renamed = self._plan.accounts.renamed.tolist()
        before = [
            f"{name[:9]}_{number % 97:02d}" if changed else name
            for number, (name, changed) in enumerate(zip(self.usernames, renamed, strict=True))
        ]
        return self._table(np.zeros(len(before), np.int64), before, 0)

    def _table(self, posted: Ints, usernames: list[str], day: int) -> pa.Table:
        people, observed = self._plan.accounts, self._plan.day_start_us(day)
        age_days = (self._plan.start_us - people.created_us) / DAY_US
        # Half: people post less when they are new.
        earlier = (0.5 * np.maximum(people.rate, 0.1) * age_days).astype(np.int64)
        places = pa.array([PLACES[name].location for name in PLACE_NAMES])
        columns = [
            pa.array(list(self._plan.world.people.platforms)).take(pa.array(people.platform)),
            self.texts,
            pa.array(usernames, pa.string()),
            pa.array(_display_names(self._plan), pa.string()),
            pa.array(_bios(self._plan), pa.string()),
            places.take(pa.array(people.claimed)),
            pa.array(people.created_us),
            pa.array(people.followers),
            pa.array(people.following),
            pa.array(earlier + posted),
            pa.array(self._portraits, pa.string()),
            pa.array(people.followers > _VERIFIED_FOLLOWERS),
            pa.array(np.full(people.size, observed)),
        ]
        return pa.table(columns, schema=ACCOUNTS)


def _usernames(plan: Plan) -> list[str]:
    """Return handles: words and numbers to taste, or the pattern of two words and eight digits."""
    rng, size = plan.stream("handles"), plan.accounts.size
    words = [word for word in WORDS["en"] if len(word) > 2]
    first, second = rng.integers(0, len(words), (2, size)).tolist()
    digits, style = rng.integers(0, 100_000_000, size).tolist(), rng.random(size).tolist()
    taken: set[str] = set()
    names = []
    for i, patterned in enumerate(plan.accounts.patterned.tolist()):
        name = _handle(words[first[i]], words[second[i]], digits[i], 1.0 if patterned else style[i])
        while name in taken:
            name = name[: _HANDLE_LENGTH - 5] + f"{digits[i] % 100_000:05d}"
            digits[i] += 1
        taken.add(name)
        names.append(name)
    return names


def _handle(first: str, second: str, digits: int, style: float) -> str:
    if style == 1.0:
        return f"{first.capitalize()}{second.capitalize()}"[: _HANDLE_LENGTH - 8] + f"{digits:08d}"
    if style < 0.35:
        name = f"{first}{second}"
    elif style < 0.6:
        name = f"{first}_{second}{digits % 100}"
    elif style < 0.85:
        name = f"{first}{second.capitalize()}{digits % 1000}"
    else:
        name = f"the_{first}_{second}"
    return name[:_HANDLE_LENGTH]


def _display_names(plan: Plan) -> list[str]:
    """Return names as people give them: a first name and a word."""
    first, second = plan.stream("names").random((2, plan.accounts.size)).tolist()
    names = []
    for i, code in enumerate(plan.accounts.language.tolist()):
        given, words = GIVEN_NAMES[LANGUAGES[code]], WORDS[LANGUAGES[code]]
        names.append(f"{given[int(first[i] * len(given))]} {words[int(second[i] * len(words))].capitalize()}")
    return names


def _bios(plan: Plan) -> list[str]:
    """Return profiles: interests; an outlet's accounts name it; many of a camp's share one template."""
    people = plan.accounts
    draws = plan.stream("bios").random((4, people.size)).tolist()
    bios = []
    for i, code in enumerate(people.language.tolist()):
        words = WORDS[LANGUAGES[code]]
        a, b, c = (words[int(draws[k][i] * len(words))] for k in range(3))
        pattern = BIO_PATTERNS[int(draws[3][i] * len(BIO_PATTERNS))]
        place = PLACES[PLACE_NAMES[int(people.claimed[i])]].location
        bios.append((BIO_TEMPLATE if people.templated[i] else pattern).format(a=a, b=b, c=c, place=place))
    for group in plan.groups:
        if group.kind == "outlet":
            _declare(plan, group, bios)
    return bios


def _declare(plan: Plan, group: Group, bios: list[str]) -> None:
    site = plan.sites[site_of(group.topic)]
    for i in group.members.tolist():
        own = ROLES[int(plan.accounts.role[i])] == "outlet"
        bios[i] = f"News of the day. {site}" if own else f"A regional account of {site}"


def _portraits(plan: Plan) -> list[str]:
    """Return paths of portraits; some of a camp's accounts share a few."""
    people = plan.accounts
    own = scramble(np.arange(people.size) + (plan.seed << 24))
    shared = scramble((people.camp + 1) * 1000 + people.portrait + (plan.seed << 24) + (1 << 50))
    chosen = np.where(people.portrait >= 0, shared, own) >> np.uint64(32)
    return [f"portraits/{number:08x}.png" for number in chosen.tolist()]


def _share_faces(plan: Plan, usernames: list[str], portraits: list[str]) -> None:
    """Give most people who are on two platforms the same handle and portrait on both."""
    people = plan.accounts
    first = np.flatnonzero(people.echoed_by >= 0)
    second = people.echoed_by[first]
    alike = people.platform[first] != people.platform[second]
    alike &= plan.stream("faces").random(first.size) < _SAME_HANDLE
    for a, b in zip(first[alike].tolist(), second[alike].tolist(), strict=True):
        usernames[b], portraits[b] = usernames[a], portraits[a]

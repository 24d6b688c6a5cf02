"""What a simulated world is made of: its settings, its presets, its file.

Every number has its meaning, unit and source in `docs/worlds.md`. The difficulty settings of a
camp describe what published studies have observed; nothing here searches for a way past a detector.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from syncline.errors import SynclineError
from syncline.faults import reason
from syncline.worlds.places import PLACES

Share = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _check_shares(shares: Mapping[Any, float], known: Iterable[str]) -> None:
    """Raise ValueError unless the shares are of known things, none negative, some positive."""
    unknown = sorted(set(shares) - set(known))
    if unknown:
        raise ValueError(f"unknown {unknown[0]!r}; known: {', '.join(sorted(known))}")
    if min(shares.values(), default=0) < 0 or sum(shares.values()) <= 0:
        raise ValueError("shares must not be negative, and some must be positive")


class People(_Part):
    """Ordinary accounts: how many, how active, where."""

    accounts: int = Field(default=3000, ge=10, description="organic accounts, innocent groups included")
    posts_per_day: float = Field(default=1.6, gt=0, description="mean posts of an account a day")
    activity_sigma: float = Field(default=1.8, ge=0, description="spread of the lognormal of daily rates")
    most_posts_per_day: float = Field(default=100.0, gt=0, description="ceiling of an account's daily rate")
    followers_median: float = Field(default=180.0, gt=0, description="median follower count")
    followers_sigma: float = Field(default=1.9, ge=0, description="spread of the lognormal of followers")
    repost_share: Share = Field(default=0.5, description="share of posts that repost, mean over accounts")
    reply_share: Share = Field(default=0.15, description="share of the other posts that reply")
    quote_share: Share = Field(default=0.04, description="share of the other posts that quote")
    places: dict[str, float] = Field(
        default={"London": 0.3, "New York": 0.3, "Lyon": 0.2, "Tehran": 0.2}, description="shares of homes"
    )
    diaspora_share: Share = Field(default=0.04, description="share that may live elsewhere than it says")
    platforms: dict[str, float] = Field(default={"x": 1.0}, description="shares of accounts by platform")
    mirror_share: Share = Field(
        default=0.3, description="share of accounts off the first platform whose owner is on it too"
    )
    arabic_keyboard_share: Share = Field(
        default=0.1, description="share of accounts that write Persian with the Arabic yeh and kaf"
    )
    deleted_share: Share = Field(default=0.01, description="share of ordinary posts deleted again")

    @model_validator(mode="after")
    def _consistent(self) -> "People":
        _check_shares(self.places, PLACES)
        _check_shares(self.platforms, self.platforms)
        if self.reply_share + self.quote_share > 1:
            raise ValueError("reply_share and quote_share are shares of the same posts: at most 1 together")
        return self


class Interests(_Part):
    """Communities of taste with tags, stories, pictures and prominent accounts of their own."""

    communities: int = Field(default=30, ge=1, description="number of communities")
    size_exponent: float = Field(default=0.8, ge=0, description="Zipf exponent of their sizes")
    first_share: Share = Field(default=0.6, description="share of posts within the first community")
    second_share: Share = Field(default=0.2, description="share in the second; the rest is general")
    favourite_share: Share = Field(
        default=0.15, description="share of reposts that go to one of five favourite authors"
    )
    stories_per_day: float = Field(default=4.0, ge=0, description="new links of a community a day, mean")

    @model_validator(mode="after")
    def _consistent(self) -> "Interests":
        if self.first_share + self.second_share > 1:
            raise ValueError("first_share and second_share are shares of the same posts: at most 1 together")
        return self


class Delays(_Part):
    """How soon a repost follows its post."""

    median_s: float = Field(default=10_800.0, gt=0, description="median delay of a repost, seconds")
    sigma: float = Field(default=1.2, gt=0, description="spread of the lognormal of delays")
    surge_share: float = Field(
        default=0.12, ge=0, lt=1, description="share of reposts in the first minutes of viral posts"
    )
    surge_median_s: float = Field(default=60.0, gt=0, description="median delay in that surge, seconds")


class Event(_Part):
    """Something that happened: many accounts turn to it at once."""

    kind: Literal["breaking_news", "sports_final"] = Field(default="breaking_news", description="its class")
    day: int = Field(default=5, ge=0, description="day of the world on which it begins")
    hour: float = Field(default=15.0, ge=0, lt=24, description="UTC hour at which it begins")
    share: float = Field(default=0.3, gt=0, le=1, description="share of organic accounts drawn in")
    posts_each: float = Field(default=4.0, gt=0, description="mean posts of such an account about it")
    decay_h: float = Field(default=3.0, gt=0, description="hours in which attention falls to 1/e")


class Innocent(_Part):
    """Coordination that deceives nobody. Counts of groups; sizes are accounts a group."""

    fandoms: int = Field(default=0, ge=0, description="a star and fans who push on some evenings")
    fandom_size: int = Field(default=60, ge=3, description="accounts of a fandom")
    tweet_storms: int = Field(default=0, ge=0, description="activists with pre-filled texts, one evening")
    tweet_storm_size: int = Field(default=150, ge=3, description="accounts of a storm")
    outlets: int = Field(default=0, ge=0, description="news outlets with regional accounts")
    outlet_size: int = Field(default=12, ge=2, description="the outlet's own account and its regional ones")
    schedulers: int = Field(default=0, ge=0, description="users of one scheduling app on one feed")
    scheduler_size: int = Field(default=25, ge=2, description="accounts on one feed")
    pods: int = Field(default=0, ge=0, description="engagement pods")
    pod_size: int = Field(default=20, ge=3, description="accounts of a pod")
    conferences: int = Field(default=0, ge=0, description="conferences of three days")
    conference_size: int = Field(default=80, ge=5, description="attendees who post")
    second_account_share: float = Field(
        default=0.0, ge=0, le=0.3, description="share of accounts that are their owner's second"
    )

    @property
    def groups(self) -> dict[str, tuple[int, int]]:
        """Number and size of the groups of each class."""
        return {
            "fandom": (self.fandoms, self.fandom_size),
            "tweet_storm": (self.tweet_storms, self.tweet_storm_size),
            "outlet": (self.outlets, self.outlet_size),
            "scheduler": (self.schedulers, self.scheduler_size),
            "pod": (self.pods, self.pod_size),
            "conference": (self.conferences, self.conference_size),
        }


class Camp(_Part):
    """A workplace whose staff run several accounts each and follow daily directives."""

    accounts: int = Field(default=100, ge=3, description="accounts of the camp")
    personas_per_operator: float = Field(default=4.0, ge=1, description="accounts that one person runs")
    roles: dict[Literal["author", "booster", "replier"], float] = Field(
        default={"author": 0.25, "booster": 0.45, "replier": 0.3}, description="shares of the accounts"
    )
    utc_offset: float = Field(default=1.0, ge=-12, le=14, description="hours from UTC where the staff work")
    claimed_places: dict[str, float] = Field(
        default={"Tehran": 0.8, "London": 0.2}, description="where the profiles say the accounts are"
    )
    shifts: tuple[tuple[float, float], ...] = Field(
        default=((8.0, 16.0), (12.0, 20.0)), min_length=1, description="office hours, local"
    )
    lunch: tuple[float, float] = Field(default=(12.5, 13.5), description="the break, local hours")
    lunch_dip: Share = Field(default=0.8, description="share of work that the break removes")
    days_off: tuple[int, ...] = Field(default=(5, 6), description="weekdays without work, Monday is 0")
    quota: float = Field(default=14.0, gt=0, description="mean posts of an account on a working day")
    hashtags_per_day: int = Field(default=2, ge=0, description="hashtags handed down a day")
    targets_per_day: int = Field(default=2, ge=0, description="accounts to reply to")
    applauded_per_day: int = Field(default=2, ge=0, description="accounts to repost")
    links_per_day: int = Field(default=2, ge=0, description="links to spread")
    ordered_share: float = Field(
        default=0.8, gt=0, le=1, description="share of the accounts that a directive is given to"
    )
    wave_share: float = Field(
        default=0.5, gt=0, le=1, description="share of those accounts called for one wave of it"
    )
    jitter_s: float = Field(
        default=60.0, gt=0, description="mean delay between a call and an account's post, seconds"
    )
    dropout: float = Field(default=0.1, ge=0, lt=1, description="chance that an account ignores a call")
    camouflage: float = Field(default=0.3, ge=0, lt=1, description="share of posts that look ordinary")
    rewording: Share = Field(default=0.1, description="share of words replaced in a text handed down")
    bystanders: float = Field(
        default=0.1, ge=0, description="organic posts that take up the camp's, for each author's post"
    )
    batches: int = Field(default=3, ge=1, le=100, description="days on which accounts were made")
    batch_share: Share = Field(default=0.85, description="share of accounts made on such a day")
    template_bio_share: Share = Field(default=0.7, description="share with the template's bio")
    patterned_handle_share: Share = Field(default=0.6, description="share with a handle of the pattern")
    reused_portrait_share: Share = Field(default=0.3, description="share with one of seven portraits")
    mirror_share: Share = Field(default=0.5, description="as for people, among the camp's accounts")
    handle_change_share: Share = Field(default=0.1, description="share renamed in the world's days")
    deleted_share: Share = Field(default=0.02, description="share of posts on orders deleted again")

    @model_validator(mode="after")
    def _consistent(self) -> "Camp":
        _check_shares(self.claimed_places, PLACES)
        _check_shares(self.roles, ("author", "booster", "replier"))
        if any(not 0 <= opens < closes <= 24 for opens, closes in self.shifts):
            raise ValueError("a shift opens before it closes, both between 0 and 24")
        return self


class Collection(_Part):
    """What of the world reaches the log."""

    resolution_s: float = Field(default=1.0, gt=0, le=86_400, description="clock of the log, seconds")
    keyword_share: float = Field(default=1.0, gt=0, le=1, description="share of communities collected")
    late_keyword_share: Share = Field(
        default=0.0, description="share of those that were added to the keywords only on some later day"
    )
    outage_hours_per_week: float = Field(
        default=0.0, ge=0, le=84, description="hours a week in which nothing was collected, in two gaps"
    )
    repost_cap: int | None = Field(
        default=None, ge=1, description="reposts of one post that the source gives at most"
    )
    polled_share: Share = Field(default=0.0, description="share of posts whose reposts carry a poll's time")
    poll_interval_s: float = Field(default=900.0, gt=0, description="seconds between polls of one post")


class World(_Part):
    """A whole world. Same world and seed, same files."""

    name: str = Field(default="world", min_length=1, description="name")
    seed: int = Field(default=1, ge=0, description="seed of everything that is drawn")
    start: date = Field(default=date(2024, 3, 4), description="first UTC day")
    days: int = Field(default=14, ge=1, le=3660, description="length in days")
    people: People = People()
    interests: Interests = Interests()
    delays: Delays = Delays()
    events: tuple[Event, ...] = ()
    innocent: Innocent = Innocent()
    camps: tuple[Camp, ...] = ()
    collection: Collection = Collection()

    @model_validator(mode="after")
    def _consistent(self) -> "World":
        if any(event.day >= self.days for event in self.events):
            raise ValueError(f"an event lies after the last day, {self.days - 1}")
        members = sum(number * size for number, size in self.innocent.groups.values())
        if members > 0.5 * self.people.accounts:
            raise ValueError("innocent groups take more than half of the accounts: raise people.accounts")
        return self


PRESETS = ("demo", "null", "quiet", "election", "breaking-news", "camp", "hard")


def load_world(world: "str | Path | World") -> World:
    """Return the world of a preset's name or a TOML file.

    Raises SynclineError if there is no such preset or file, or if a setting is wrong.
    """
    if isinstance(world, World):
        return world
    if isinstance(world, str) and world in PRESETS:
        file = resources.files("syncline.worlds") / "presets" / f"{world}.toml"
        return _parse(file.read_text("utf-8"), f"preset {world}")
    path = Path(world)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        presets = ", ".join(PRESETS)
        raise SynclineError(
            f"{path}: cannot read this world ({reason(error)}). Give a TOML file or one of: {presets}."
        ) from error
    return _parse(text, str(path))


def _parse(text: str, where: str) -> World:
    try:
        return World.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SynclineError(f"{where}: not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        setting = ".".join(str(part) for part in first["loc"]) or "world"
        raise SynclineError(
            f"{where}: {setting}: {first['msg']}. docs/worlds.md lists every setting."
        ) from error


def to_toml(world: World) -> str:
    """Return the world as TOML that `load_world` reads back to an equal world."""
    lines: list[str] = []
    _write_table(world.model_dump(exclude_none=True), "", lines)
    return "\n".join(lines).lstrip("\n") + "\n"


def _write_table(table: Mapping[str, Any], name: str, lines: list[str]) -> None:
    for key, value in table.items():
        if not isinstance(value, Mapping) and not _is_tables(value):
            lines.append(f"{_key(key)} = {_value(value)}")
    for key, value in table.items():
        path = f"{name}.{_key(key)}" if name else _key(key)
        if isinstance(value, Mapping):
            lines.append(f"\n[{path}]")
            _write_table(value, path, lines)
        elif _is_tables(value):
            for item in value:
                lines.append(f"\n[[{path}]]")
                _write_table(item, path, lines)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else f'"{key}"'


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return repr(value)

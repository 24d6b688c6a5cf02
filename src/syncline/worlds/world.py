"""What a simulated world is made of: its settings, its presets, its file.

Every number has its meaning, unit and source in `docs/worlds.md`. The difficulty settings of a
camp describe what published studies have observed; nothing here searches for a way past a detector.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from syncline.errors import SynclineError
from syncline.worlds.places import PLACES


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class People(_Part):
    """Ordinary accounts: how many, how active, where."""

    accounts: int = Field(default=3000, ge=10, description="Organic accounts, innocent groups included.")
    posts_per_day: float = Field(default=1.6, gt=0, description="Mean posts of an account a day.")
    activity_sigma: float = Field(default=1.4, ge=0, description="Spread of the lognormal of daily rates.")
    most_posts_per_day: float = Field(default=120.0, gt=0, description="Ceiling of an account's daily rate.")
    followers_median: float = Field(default=180.0, gt=0)
    followers_sigma: float = Field(default=1.9, ge=0, description="Lognormal spread of follower counts.")
    repost_share: float = Field(
        default=0.5, ge=0, le=1, description="Share of posts that repost, averaged over accounts."
    )
    reply_share: float = Field(default=0.15, ge=0, le=1)
    quote_share: float = Field(default=0.04, ge=0, le=1)
    places: dict[str, float] = Field(
        default={"London": 0.3, "New York": 0.3, "Lyon": 0.2, "Tehran": 0.2},
        description="Shares of the accounts' homes.",
    )
    diaspora_share: float = Field(
        default=0.04, ge=0, le=1, description="Share that lives elsewhere than the profile says."
    )
    platforms: dict[str, float] = Field(default={"x": 1.0}, description="Shares of accounts by platform.")

    @model_validator(mode="after")
    def _known_places(self) -> "People":
        unknown = sorted(set(self.places) - set(PLACES))
        if unknown:
            raise ValueError(f"unknown place {unknown[0]!r}; known: {', '.join(sorted(PLACES))}")
        return self


class Interests(_Part):
    """Communities of taste with tags, stories, pictures and prominent accounts of their own."""

    communities: int = Field(default=30, ge=1)
    size_exponent: float = Field(default=0.8, ge=0, description="Zipf exponent of community sizes.")
    first_share: float = Field(
        default=0.6, ge=0, le=1, description="Share of posts within the account's first community."
    )
    second_share: float = Field(default=0.2, ge=0, le=1, description="In the second; the rest is general.")
    stories_per_day: float = Field(default=4.0, ge=0, description="New links of a community a day, mean.")


class Delays(_Part):
    """How soon a repost follows its post."""

    median_s: float = Field(default=10_800.0, gt=0, description="Median delay of a repost, seconds.")
    sigma: float = Field(default=1.2, gt=0, description="Spread of the lognormal of delays.")
    surge_share: float = Field(
        default=0.12, ge=0, lt=1, description="Share of reposts in the first minutes of viral posts."
    )
    surge_median_s: float = Field(default=60.0, gt=0, description="Median delay inside that surge, seconds.")


class Event(_Part):
    """Something that happened: many accounts turn to it at once."""

    kind: Literal["breaking_news", "sports_final"] = "breaking_news"
    day: int = Field(default=5, ge=0)
    hour: float = Field(default=15.0, ge=0, lt=24, description="UTC hour at which it begins.")
    share: float = Field(default=0.3, gt=0, le=1, description="Share of organic accounts drawn in.")
    posts_each: float = Field(default=4.0, gt=0, description="Mean posts of a drawn-in account about it.")
    decay_h: float = Field(default=3.0, gt=0, description="Hours in which attention falls to 1/e.")


class Innocent(_Part):
    """Coordination that deceives nobody. Counts of groups; sizes are accounts a group."""

    fandoms: int = Field(default=0, ge=0)
    fandom_size: int = Field(default=60, ge=3)
    tweet_storms: int = Field(default=0, ge=0)
    tweet_storm_size: int = Field(default=150, ge=3)
    outlets: int = Field(default=0, ge=0)
    outlet_size: int = Field(default=12, ge=2, description="The outlet's own account and its regional ones.")
    schedulers: int = Field(default=0, ge=0)
    scheduler_size: int = Field(default=25, ge=2)
    pods: int = Field(default=0, ge=0)
    pod_size: int = Field(default=20, ge=3)
    second_account_share: float = Field(
        default=0.0, ge=0, le=0.5, description="Share of accounts that are a second one."
    )
    conferences: int = Field(default=0, ge=0)
    conference_size: int = Field(default=80, ge=5)


class Camp(_Part):
    """A workplace whose staff run several accounts each and follow daily directives."""

    accounts: int = Field(default=100, ge=3)
    personas_per_operator: float = Field(default=4.0, ge=1)
    roles: dict[Literal["author", "booster", "replier"], float] = Field(
        default={"author": 0.25, "booster": 0.45, "replier": 0.3}, description="Shares of the accounts."
    )
    utc_offset: float = Field(default=1.0, ge=-12, le=14, description="Where the staff work, hours from UTC.")
    claimed_places: dict[str, float] = Field(
        default={"Tehran": 0.8, "London": 0.2}, description="Where the profiles say."
    )
    shifts: tuple[tuple[float, float], ...] = Field(
        default=((8.0, 16.0), (12.0, 20.0)), description="Local office hours."
    )
    lunch: tuple[float, float] = Field(default=(12.5, 13.5), description="Local hours of the break.")
    lunch_dip: float = Field(default=0.8, ge=0, le=1, description="Share of work that the break removes.")
    days_off: tuple[int, ...] = Field(default=(5, 6), description="Weekdays without work, Monday is 0.")
    quota: float = Field(default=14.0, gt=0, description="Posts of an account on a working day, mean.")
    hashtags_per_day: int = Field(default=2, ge=0)
    targets_per_day: int = Field(default=2, ge=0)
    applauded_per_day: int = Field(default=2, ge=0)
    links_per_day: int = Field(default=2, ge=0)
    ordered_share: float = Field(
        default=0.8, gt=0, le=1, description="Share of the accounts that a directive is given to."
    )
    wave_share: float = Field(
        default=0.5, gt=0, le=1, description="Share of the ordered accounts called for one wave."
    )
    jitter_s: float = Field(
        default=60.0, gt=0, description="Mean delay between an order and an account's post, seconds."
    )
    dropout: float = Field(default=0.1, ge=0, lt=1, description="Chance that an account skips an order.")
    camouflage: float = Field(default=0.3, ge=0, lt=1, description="Share of ordinary-looking posts.")
    rewording: float = Field(default=0.1, ge=0, le=1, description="Share of words replaced in a text.")
    batches: int = Field(default=3, ge=1, description="Days on which accounts were made.")
    batch_share: float = Field(default=0.85, ge=0, le=1, description="Share of accounts made on such a day.")
    template_bio_share: float = Field(default=0.7, ge=0, le=1)
    patterned_handle_share: float = Field(default=0.6, ge=0, le=1)
    reused_portrait_share: float = Field(default=0.3, ge=0, le=1)
    handle_change_share: float = Field(default=0.1, ge=0, le=1)
    deleted_share: float = Field(default=0.02, ge=0, le=1, description="Share of posts deleted again.")

    @model_validator(mode="after")
    def _known_places(self) -> "Camp":
        unknown = sorted(set(self.claimed_places) - set(PLACES))
        if unknown:
            raise ValueError(f"unknown place {unknown[0]!r}; known: {', '.join(sorted(PLACES))}")
        return self


class Collection(_Part):
    """What of the world reaches the log."""

    resolution_s: float = Field(default=1.0, gt=0, description="Clock of the log, seconds.")
    keyword_share: float = Field(default=1.0, gt=0, le=1, description="Share of topics collected.")
    outage_hours_per_week: float = Field(
        default=0.0, ge=0, description="Hours a week in which nothing was collected."
    )
    repost_cap: int | None = Field(
        default=None, ge=1, description="Reposts of one post that the source gives at most."
    )
    polled_share: float = Field(
        default=0.0, ge=0, le=1, description="Share of posts whose reposts carry the poll's time."
    )
    poll_interval_s: float = Field(default=900.0, gt=0)


class World(_Part):
    """A whole world. Same world and seed, same files."""

    name: str = "demo"
    seed: int = Field(default=1, ge=0)
    start: date = date(2024, 3, 4)
    days: int = Field(default=14, ge=1)
    people: People = People()
    interests: Interests = Interests()
    delays: Delays = Delays()
    events: tuple[Event, ...] = ()
    innocent: Innocent = Innocent()
    camps: tuple[Camp, ...] = ()
    collection: Collection = Collection()


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
            f"{path}: cannot read this world ({error}). Give a TOML file or one of: {presets}."
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

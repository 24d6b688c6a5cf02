"""Mapping files: a small TOML that says which column is which when the names are unusual.

    platform = "comments"            # the platform's short name; default "posts"

    [posts]                          # columns of `posts` = column of the file
    post_id = "Comment no."          # in JSON, the dotted path: "meta.id"
    account_id = "Reader"
    time = "Posted"
    text = "Words"
    urls = "Links"

    [accounts]                       # columns of `accounts`, from the author's columns
    username = "Reader name"
    created = "Member since"

    [time]                           # only if times are not understood by themselves
    format = "%d.%m.%Y %H:%M"        # as in strptime
    zone = "Europe/Berlin"           # zone of times that name none; default UTC

`account_id` and `time` are needed. Everything that is left out is not guessed, except that URLs,
hashtags and mentions are found in the text if no column is named for them.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from pydantic import Field as Setting

from syncline.errors import SynclineError
from syncline.schema import ACCOUNTS, POSTS
from syncline.sources import cells
from syncline.sources.format import Field, Format, Probe
from syncline.sources.inner_records import longest_list
from syncline.sources.written import moment_in

_FILLED_BY_READING = (
    "platform",
    "time_us",
    "clock_gap_us",
    "source_file",
    "source_row",
    "account_id",
    "observed_us",
    "created_us",
)
POST_COLUMNS = ("account_id", "time", *(name for name in POSTS.names if name not in _FILLED_BY_READING))
ACCOUNT_COLUMNS = ("created", *(name for name in ACCOUNTS.names if name not in _FILLED_BY_READING))
_CELLS: dict[str, Callable[..., Field]] = {
    "bool": cells.yes_no,
    "int64": cells.number,
    "string": cells.words,
    "list<item: string>": cells.listing,
    "list<element: string>": cells.listing,
}


class TimeMapping(BaseModel):
    """How times are written."""

    model_config = ConfigDict(extra="forbid")
    format: str | None = None
    zone: str = "UTC"

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"no time zone is called '{zone}'; write it like Europe/Berlin")
        return zone


class Mapping(BaseModel):
    """A mapping file."""

    model_config = ConfigDict(extra="forbid")
    platform: str | None = None
    posts: dict[str, str]
    accounts: dict[str, str] = Setting(default_factory=dict)
    time: TimeMapping = Setting(default_factory=TimeMapping)

    @field_validator("platform")
    @classmethod
    def _without_colon(cls, platform: str) -> str:
        if ":" in platform:
            raise ValueError("a colon parts platform and account; choose a name without one")
        return platform

    @field_validator("posts")
    @classmethod
    def _whole(cls, posts: dict[str, str]) -> dict[str, str]:
        _check_names(posts, POST_COLUMNS)
        absent = [name for name in ("account_id", "time") if name not in posts]
        if absent:
            raise ValueError(f"{' and '.join(absent)} must be named")
        return posts

    @field_validator("accounts")
    @classmethod
    def _usable(cls, accounts: dict[str, str]) -> dict[str, str]:
        _check_names(accounts, ACCOUNT_COLUMNS)
        return accounts


def read_mapping(path: str | Path) -> Mapping:
    """The mapping in `path`. Raises SynclineError that names the entry and what it may be."""
    try:
        with Path(path).open("rb") as stream:
            return Mapping.model_validate(tomllib.load(stream))
    except OSError as error:
        raise SynclineError(f"{path}: the mapping file cannot be read ({error.strerror}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SynclineError(f"{path}: the mapping file is not valid TOML ({error}).") from None
    except ValidationError as error:
        wrong = error.errors()[0]
        where = ".".join(str(part) for part in wrong["loc"])
        raise SynclineError(f"{path}: the mapping file is wrong at {where}: {wrong['msg']}.") from None


def mapped_format(mapping: Mapping, look: Probe) -> Format:
    """The format that `mapping` describes for the file. Raises SynclineError for a column that it lacks."""
    named = [*mapping.posts.values(), *mapping.accounts.values()]
    inside = look.document or not any(name in look.columns for name in named)
    walked = longest_list(look) if inside and look.kind in ("json", "jsonl") else None
    flat = walked[0] if walked else look
    absent = [name for name in named if name not in look.columns]
    if absent and look.kind in ("csv", "parquet"):
        raise SynclineError(
            f"{look.path}: the mapping names the column '{absent[0]}', but the file has:"
            f" {', '.join(look.columns)}."
        )
    posts = {
        _column(name): _field(POSTS, name, column, mapping.time, flat)
        for name, column in mapping.posts.items()
    }
    accounts = {
        _column(name): _field(ACCOUNTS, name, column, mapping.time, flat)
        for name, column in mapping.accounts.items()
    }
    return Format(
        name="mapping",
        title="Columns named in a mapping file",
        source="the mapping file",
        kinds=(look.kind,),
        needs=frozenset(),
        posts=posts,
        accounts=accounts,
        platform=mapping.platform,
        lists=(walked[1],) if walked else (),
    )


def _check_names(named: dict[str, str], known: tuple[str, ...]) -> None:
    for name in named:
        if name not in known:
            raise ValueError(f"'{name}' is not a column that can be mapped; these are: {', '.join(known)}")


def _column(name: str) -> str:
    return {"time": "time_us", "created": "created_us"}.get(name, name)


def _field(schema: object, name: str, column: str, written: TimeMapping, look: Probe) -> Field:
    if name in ("time", "created"):
        return moment_in(look, column, pattern=written.format, zone=written.zone)
    if name == "urls":
        return cells.links(column)
    if name.endswith("_id"):
        return cells.ident(column)
    return _CELLS[str(schema.field(name).type)](column)  # type: ignore[attr-defined]

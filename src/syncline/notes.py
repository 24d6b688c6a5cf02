"""The analyst's hand: `notes.toml` in a case, which Syncline reads and only ever adds to.

Each entry is one `[[note]]`: a declared organisation, a cleared account, a confirmed member, a right of reply, a link
that shows impact, or an attribution that a person makes. It says about whom, by whom and when. Notes stand beside what
was computed and never change it.
"""

import datetime as clock
import fcntl
import json
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from syncline.errors import SynclineError, UsageError
from syncline.faults import reason
from syncline.whole_file import whole_file

NOTES = "notes.toml"
TITLES = {
    "organisation": "Declared organisation",
    "cleared": "Cleared",
    "confirmed": "Confirmed member",
    "reply": "Right of reply",
    "impact": "Impact",
    "attribution": "Attributed by the analyst",
}
KINDS = tuple(TITLES)

Kind = Literal["organisation", "cleared", "confirmed", "reply", "impact", "attribution"]

_NETWORK = re.compile(r"(?:network|pair) (\d{1,9})")
_HEAD = "# Written by analysts, by hand or with `syncline note`. Syncline only ever adds to this file.\n"
# Of a network's accounts as the note holds them, how many must be together for it to be the same network.
_SAME_NETWORK = 0.5


class Note(BaseModel):
    """One entry. `about` holds accounts as platform:account_id, or one network as "network 3".

    `accounts` are the accounts that a network had when the note was written: another scan may number it differently.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    about: tuple[str, ...] = Field(min_length=1)
    by: str = Field(min_length=1)
    when: clock.datetime
    text: str = ""
    name: str | None = None
    link: str | None = None
    level: Literal[4, 5, 6] | None = None
    date: clock.date | None = None
    accounts: tuple[str, ...] = ()

    @field_validator("when")
    @classmethod
    def _in_utc(cls, when: clock.datetime) -> clock.datetime:
        return when.astimezone(clock.UTC) if when.tzinfo else when.replace(tzinfo=clock.UTC)

    @field_validator("link")
    @classmethod
    def _an_address(cls, link: str | None) -> str | None:
        if link is not None and not link.startswith(("https://", "http://")):
            raise ValueError("a link begins with https:// or http://")
        return link

    @model_validator(mode="after")
    def _whole(self) -> "Note":
        needed = {
            "organisation": ("name",),
            "reply": ("text", "date"),
            "impact": ("level", "link"),
            "attribution": ("name", "text"),
        }.get(self.kind, ())
        missing = [field for field in needed if not getattr(self, field)]
        if missing:
            raise ValueError(f"a note of the kind '{self.kind}' needs {' and '.join(missing)}")
        if self.date is not None and self.date > (self.when + clock.timedelta(days=1)).date():
            raise ValueError("date lies after the day on which the note was written")
        if self.network is None and any(":" not in one for one in self.about):
            raise ValueError("about names accounts as platform:account_id, or one network as 'network 3'")
        if self.network is not None and self.kind in ("cleared", "confirmed"):
            raise ValueError(f"'{self.kind}' is said of accounts, not of a network")
        if self.network is None and self.kind in ("impact", "attribution"):
            raise ValueError(f"'{self.kind}' is said of a network, such as 'network 3'")
        return self

    def __str__(self) -> str:
        said = [TITLES[self.kind], self.name, self.text or None, self.link]
        if self.level is not None:
            said.insert(1, f"Breakout category {self.level}")
        if self.date is not None:
            said.insert(1, self.date.isoformat())
        about = ", ".join(self.about)
        return f"{about}: {'; '.join(one for one in said if one)} ({self.by}, {self.when:%Y-%m-%d %H:%M} UTC)"

    @property
    def network(self) -> int | None:
        """The number of the network that it is about, or None where it is about accounts."""
        found = _NETWORK.fullmatch(self.about[0]) if len(self.about) == 1 else None
        return int(found.group(1)) if found else None


class Notes:
    """All entries of a case, in the order in which they were written."""

    def __init__(self, notes: Iterable[Note] = ()) -> None:
        self.all = tuple(notes)

    def of_accounts(self, kind: Kind) -> dict[str, Note]:
        """The last entry of this kind on each account (platform:account_id)."""
        return {
            one: note for note in self.all if note.kind == kind and note.network is None for one in note.about
        }

    @property
    def cleared(self) -> list[tuple[str, str]]:
        """The accounts (platform, account_id) that were cleared and not confirmed later."""
        order = {id(note): place for place, note in enumerate(self.all)}
        confirmed = self.of_accounts("confirmed")
        return sorted(
            split(account)
            for account, note in self.of_accounts("cleared").items()
            if account not in confirmed or order[id(confirmed[account])] < order[id(note)]
        )

    @property
    def changed(self) -> clock.datetime | None:
        """When an account was last cleared or confirmed, which decides who is left in a network."""
        return max((note.when for note in self.all if note.kind in ("cleared", "confirmed")), default=None)

    def of_networks(self, members: Mapping[int, set[str]]) -> dict[int, list[Note]]:
        """The entries on each network; `members` are the accounts (platform:account_id) of each.

        A note on a network belongs to the one that holds most of the accounts that it was written about, more than
        half of them at least; without such a list, to the one of that number. A note on accounts belongs to every
        network that holds one of them.
        """
        found: dict[int, list[Note]] = {}
        for note in self.all:
            for network in self._networks(note, members):
                found.setdefault(network, []).append(note)
        return found

    @staticmethod
    def _networks(note: Note, members: Mapping[int, set[str]]) -> list[int]:
        if note.network is None:
            return [network for network, accounts in members.items() if accounts & set(note.about)]
        if not note.accounts:
            return [note.network] if note.network in members else []
        shared = {network: len(accounts & set(note.accounts)) for network, accounts in members.items()}
        best = max(shared, key=lambda network: (shared[network], -network), default=None)
        return [best] if best is not None and shared[best] > _SAME_NETWORK * len(note.accounts) else []


def split(account: str) -> tuple[str, str]:
    """platform:account_id as (platform, account_id)."""
    platform, _, account_id = account.partition(":")
    return platform, account_id


def read_notes(folder: Path) -> Notes:
    """The notes of the case in `folder`, none where there is no file.

    Raises SynclineError that names the entry and what is wrong with it.
    """
    path = folder / NOTES
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Notes()
    except OSError as error:
        raise SynclineError(f"{path}: cannot be read ({reason(error)}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SynclineError(f"{path}: not valid TOML ({error}); correct it by hand.") from None
    unknown = [key for key in document if key != "note"]
    if unknown or not isinstance(document.get("note", []), list):
        raise SynclineError(f"{path}: every entry stands under [[note]]; correct it by hand.")
    return Notes(_note(path, number, entry) for number, entry in enumerate(document.get("note", []), start=1))


def note_of(**fields: Any) -> Note:
    """A note from its fields. Raises UsageError that says what is wrong."""
    try:
        return Note.model_validate(fields)
    except ValidationError as error:
        raise UsageError(f"The note was not taken: {_why(error)}.") from None


def append_note(folder: Path, note: Note) -> Path:
    """Add `note` at the end of the case's `notes.toml`. What stands there stays as it is, byte by byte."""
    read_notes(folder)
    path = folder / NOTES
    block = "\n[[note]]\n" + "".join(
        f"{name} = {_toml(value)}\n"
        for name, value in note.model_dump().items()
        if value not in (None, "", ())
    )
    try:
        with _alone(folder), whole_file(path) as unfinished:
            before = path.read_bytes() if path.exists() else _HEAD.encode()
            unfinished.write_bytes(before + (b"" if before.endswith(b"\n") else b"\n") + block.encode())
    except OSError as error:
        raise SynclineError(f"{path}: the note could not be written ({reason(error)}).") from error
    return path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else writes a note: two analysts may work on one case."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _note(path: Path, number: int, entry: Any) -> Note:
    try:
        return Note.model_validate(entry)
    except ValidationError as error:
        raise SynclineError(f"{path}: note {number}: {_why(error)}; correct it by hand.") from None


def _why(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    return f"{where}: {message[0].lower()}{message[1:]}" if where else message


def _toml(value: Any) -> str:
    if isinstance(value, clock.date):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, int):
        return str(value)
    # JSON's escapes are TOML's, but for what JSON leaves as it is: DEL, and halves of surrogate pairs.
    text = str(value).encode("utf-8", "replace").decode()
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

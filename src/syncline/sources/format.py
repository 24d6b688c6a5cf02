"""What a format declares: how it is recognised, its field map, what it cannot give, and its source.

To add a format, write one module in `formats/` with a constant `FORMAT = Format(...)`; it is found
there by itself. The field map gives, for columns of `schema.POSTS` and `schema.ACCOUNTS`, a `Field`
made by a helper of `cells.py`. A column of the file is named as in its header; in JSON it is the
dotted path to the value, such as `author.username`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["csv", "parquet", "jsonl", "json"]
Record = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column of a file as the engine sees it: an SQL expression and its DuckDB type."""

    name: str
    sql: str
    type: str = "VARCHAR"

    @classmethod
    def absent(cls, name: str) -> "Column":
        """A column that the file lacks."""
        return cls(name, _NULL)

    @property
    def is_absent(self) -> bool:
        """Whether the file lacks it."""
        return self.sql == _NULL


_NULL = "CAST(NULL AS VARCHAR)"


@dataclass(frozen=True)
class Field:
    """How one column of `posts` or `accounts` is made.

    `render` gets one `Column` for each name in `columns` and returns an SQL expression of the type
    that the schema wants. A column that a file lacks is handed over as NULL. `note` is what a reader of the results
    must know of how it was read.
    """

    columns: tuple[str, ...]
    render: Callable[..., str]
    note: str = ""


@dataclass(frozen=True)
class Probe:
    """What a first look into a file shows.

    `columns` are the header's names with their types, or, in JSON, the dotted paths that occur in
    the first records and in looks further down; a struct of Parquet is opened likewise. `sample` holds the first
    records: column name to value, or parsed JSON.
    """

    path: str
    kind: Kind
    columns: Mapping[str, str]
    sample: tuple[Record, ...]
    compression: str = "none"  # none, gzip, zstd, zstd with a long window, bzip2 or xz
    encoding: str = "utf-8"
    delimiter: str = ","
    header: tuple[str, ...] = ()  # of a CSV, with repeated names as they stand
    escape: str = '"'  # before a quotation mark inside a cell of a CSV
    rows_above: int = 0  # of other text and blank ones, above the header of a CSV
    # Of Parquet's structs, the keys that lead to each column inside.
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Of JSON: records, records under their ids, or a table by columns.
    layout: Literal["records", "keyed", "columns"] = "records"
    document: bool = False  # one JSON object fills the file, and is the only record of `sample`

    def oddities(self, used: Collection[str]) -> list[str]:
        """What a reader of the results must know of how this file is written, where its columns `used` are."""
        twice = sorted(name for name in used if self.header.count(name) > 1)
        said = [
            f"{self.path}: the column {name} is there more than once; the first of them was used."
            for name in twice
        ]
        if self.encoding == "cp1252":
            said.append(
                f"{self.path} is not in UTF-8 and was read as Windows-1252; if letters look wrong in its texts, save "
                "it as UTF-8."
            )
        return said


@dataclass(frozen=True)
class Format:
    """One kind of file.

    A file is recognised if its kind is one of `kinds`, it has every column of `needs` (or of one of the
    sets in `also`) and none of `without`, and `check`, if there is one, says yes. Of several formats
    that recognise a file, one that asks for all that another does and more wins; otherwise the file is
    ambiguous.

    `posts` must give at least account_id and time_us; a format without `posts` holds accounts only
    and must give `accounts["account_id"]`. For a format with both, `accounts` describes the author
    and needs no account_id. Where `posts` gives text but no urls, hashtags or mentions, these are
    found in the text.

    `row` is for files in which not every record is a post: NULL for a post, 'profile' for a record that
    only describes an account, else words for what it is; such a record is set aside as `not_a_post`.

    `blind` names the behaviours that the format cannot show, each with the reason. `notes` are what a
    reader of the results must know besides, each under the column that would settle it where a file
    has it, or under "" if none does. `refused` says why a kind of file that is recognised cannot be used;
    it has no columns then. `adapt` makes a format for one file out of this one, after a look into it.

    An author's columns may hold `observed_us`, the time at which the account was seen as they describe
    it; without, that time is not known.

    `lists` are the dotted paths of lists that hold the records inside a JSON value (a line, an element
    of a top-level array, or a whole document, which is read without holding it). Each record then has,
    as `enclosing`, the plain values of the object around its list. A value without any of these lists
    is itself the record. `unpack` turns one record into flat ones, on which `posts` and `accounts` are
    then based. `merge` is for files with one row for each object of a post: rows with the same post_id,
    account and time become one post whose lists are joined. `verbatim` says that the file holds
    Syncline's own tables: nothing is derived.
    """

    name: str
    title: str
    source: str  # repository and commit, or document, in which the names were read
    kinds: tuple[Kind, ...]
    needs: frozenset[str]
    posts: Mapping[str, Field] = field(default_factory=dict)
    accounts: Mapping[str, Field] = field(default_factory=dict)
    platform: str | None = None
    without: frozenset[str] = frozenset()
    also: tuple[frozenset[str], ...] = ()
    check: Callable[[Probe], bool] | None = None
    row: Field | None = None
    blind: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    refused: str = ""
    adapt: "Callable[[Format, Probe], Format] | None" = None
    unpack: Callable[[Record], Iterator[Record]] | None = None
    merge: bool = False
    verbatim: bool = False

    def columns_used(self) -> dict[str, list[str]]:
        """Each column of posts, and of accounts as `accounts.username`, with the file's columns it is made from."""
        fields = {**self.posts, **{f"accounts.{name}": each for name, each in self.accounts.items()}}
        return {column: list(each.columns) for column, each in fields.items() if each.columns}

    def found_in_text(self) -> list[str]:
        """The columns of posts that are found in the text, as the file has none for them."""
        if "text" not in self.posts or self.verbatim:
            return []
        return [name for name in ("urls", "hashtags", "mentions") if name not in self.posts]

    def notes_for(self, look: Probe) -> list[str]:
        """The notes that the file's columns do not settle, and what is odd about this very file."""
        return [
            *(note for column, note in self.notes.items() if column not in look.columns),
            *(each.note for each in (*self.posts.values(), *self.accounts.values()) if each.note),
            *look.oddities({name for names in self.columns_used().values() for name in names}),
        ]

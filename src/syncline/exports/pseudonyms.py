"""A case in which nobody can be read: ids become keyed hashes, and what could tell who it is goes.

HMAC-SHA256 (RFC 2104), cut to 80 bits, under a key that stays with the user: who has the key finds the same pseudonym
for the same account in every export. Times stay, so whoever holds the log itself can still match posts by them.
"""

import hashlib
import re
import secrets
from functools import cached_property
from pathlib import Path

import duckdb

from syncline.case import Case, as_left, open_views
from syncline.errors import SynclineError
from syncline.faults import reason
from syncline.notes import Notes
from syncline.schema import TABLES

_KEY_BYTES = 32
_KEY = re.compile(rb"[0-9a-f]{%d}" % (2 * _KEY_BYTES))
_BLOCK = 64
_DIGITS = 20

# One account, one post, or several; joined with its platform, as the same id on two platforms is two.
_ACCOUNTS = {
    "account_id": "platform",
    "account_a": "platform_a",
    "account_b": "platform_b",
    "first_account": "first_platform",
    "reposted_account_id": "platform",
    "reply_to_account_id": "platform",
}
_POSTS = frozenset(
    {
        "post_id",
        "post_a",
        "post_b",
        "reposted_post_id",
        "reply_to_post_id",
        "quoted_post_id",
        "thread_id",
    }
)
_LISTS = frozenset({"account_ids", "post_ids", "target_post_ids"})
# What names somebody, or is rare enough to find who it is; in every table, and in one.
_GONE_EVERYWHERE = frozenset({"username", "numbers"})
_GONE = {
    "posts": frozenset(
        {
            "text", "urls", "mentions", "media_hashes", "client", "likes", "reposts", "replies", "source_file",
            "source_row",
        }
    ),
    "accounts": frozenset(
        {
            "display_name", "bio", "location", "created_us", "followers", "following", "posts_count", "avatar_path",
            "verified", "observed_us",
        }
    ),
    "rejects": frozenset({"source_file", "source_row", "detail"}),
}  # fmt: skip
# Statements that name no account, address or app.
_NAMELESS = (
    "one_event",
    "one_day",
    "usual_hours",
    "pod",
    "scheduler",
    "second_account",
    "reach",
    "reach_unknown",
    "concentration",
    "breakout",
)
# Findings tell accounts by their id alone: where one platform has it, that is the account, and the pseudonym its own.
_BEARERS = """
    CREATE TABLE bearers AS SELECT account_id, min(platform) AS platform
    FROM (SELECT platform, account_id FROM accounts UNION SELECT platform, account_id FROM members)
    GROUP BY account_id HAVING count(*) = 1
"""
_IN_FINDINGS = """
    CASE WHEN account_ids IS NOT NULL THEN coalesce((
        SELECT list(pseudonym(coalesce(platform, 'account') || ':' || one) ORDER BY place)
        FROM (SELECT unnest(account_ids) AS one, generate_subscripts(account_ids, 1) AS place)
        LEFT JOIN bearers ON bearers.account_id = one
    ), []) END
"""
# In place of the others, which finding it is and what came of it.
_WITHHELD = """
    upper(left(sign, 1)) || replace(substr(sign, 2), '_', ' ') || CASE
        WHEN gauge <> 'authenticity' THEN ''
        WHEN applies THEN ', found'
        ELSE ', not found or not testable'
    END || ' (its words are not part of a pseudonymised export).'
"""


class PseudonymousCase(Case):
    """`case` as it may be handed on. Notes are left out: they are free text about people."""

    def __init__(self, case: Case, key: bytes) -> None:
        inputs = [
            {**source, "path": f"file {number}"}
            for number, source in enumerate(case.run.get("inputs") or [], start=1)
        ]
        # Here no note is left to say whom an analyst cleared, and when.
        run = {**as_left(case), "inputs": inputs, "changed": case.notes.changed}
        # A custom may be a text or an account, and what the scan noted may quote one.
        customs = [custom for custom in run.get("customs") or [] if custom["behaviour"] == "hashtag"]
        skipped = [
            {"path": f"skipped file {number}", "why": "the reason is not part of a pseudonymised export"}
            for number, _ in enumerate(case.run.get("skipped") or [], start=1)
        ]
        super().__init__(case.path, run | {"customs": customs, "skipped": skipped, "notes": []})
        self._key = key
        self._cleared = case.notes.cleared

    @property
    def notes(self) -> Notes:
        """None."""
        return Notes()

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The case's connection, whose views hold pseudonyms."""
        connection = open_views(self.path, self._cleared)
        connection.execute(_macro(self._key)).fetchall()
        connection.execute(_BEARERS).fetchall()
        for view in TABLES:
            columns = connection.sql(f"SELECT * FROM {view}").columns
            replaced = [
                f"{new} AS {name}" for name in columns if (new := _instead(view, name, columns)) is not None
            ]
            connection.execute(f"ALTER VIEW {view} RENAME TO known_{view}").fetchall()
            what = f"* REPLACE ({', '.join(replaced)})" if replaced else "*"
            connection.execute(f"CREATE VIEW {view} AS SELECT {what} FROM known_{view}").fetchall()
        return connection


def read_key(path: Path) -> bytes:
    """The key in the file `path`, which is made if it is not there.

    Raises SynclineError for a file that holds anything else than a key as it is made, and if the file can be neither
    read nor made. What somebody may have, a log or a picture, would let them find who is who.
    """
    try:
        if not path.exists():
            path.touch(mode=0o600)
            path.write_bytes(secrets.token_hex(_KEY_BYTES).encode() + b"\n")
        key = path.read_bytes().strip()
    except OSError as error:
        raise SynclineError(f"{path}: the key can be neither read nor made ({reason(error)}).") from error
    if not _KEY.fullmatch(key):
        raise SynclineError(
            f"{path}: not a key that Syncline made, {2 * _KEY_BYTES} hexadecimal digits; name a file that is not there "
            "to have one made."
        )
    return key


def _macro(key: bytes) -> str:
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner, outer = (_blob(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))
    return (
        f"CREATE MACRO pseudonym(value) AS "
        f"left(sha256({outer} || unhex(sha256({inner} || encode(value)))), {_DIGITS})"
    )


def _blob(value: bytes) -> str:
    return "'" + "".join(f"\\x{byte:02x}" for byte in value) + "'::BLOB"


def _instead(table: str, name: str, columns: list[str]) -> str | None:
    """What stands in a column's place; None where it stays."""
    if name in _ACCOUNTS:
        return f"pseudonym({_ACCOUNTS[name]} || ':' || {name})"
    if name in _POSTS:
        return f"pseudonym('post:' || {name})"
    if name == "account_ids" and "platform" not in columns:
        return _IN_FINDINGS
    if name in _LISTS:
        prefix = "'post:'" if name.endswith("post_ids") else "platform || ':'"
        return f"list_transform({name}, lambda one: pseudonym({prefix} || one))"
    if name in ("object", "label"):
        kind = "behaviour" if "behaviour" in columns else "kind"
        # An account as object is platform:account_id, so that its pseudonym is the same everywhere.
        return f"CASE WHEN {kind} = 'hashtag' THEN {name} ELSE pseudonym(object) END"
    if name == "statement":
        listed = ", ".join(f"'{sign}'" for sign in _NAMELESS)
        return f"CASE WHEN sign IN ({listed}) THEN statement ELSE {_WITHHELD} END"
    if name in _GONE_EVERYWHERE or name in _GONE.get(table, ()):
        return f"CASE WHEN FALSE THEN {name} END"
    return None

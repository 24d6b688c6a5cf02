"""X API v2 users: accounts without posts, one by one or in response pages. Their table is in `twarc_csv_users`."""

from collections.abc import Iterator

from syncline.sources.cells import ident
from syncline.sources.format import Format, Probe, Record
from syncline.sources.formats.x_api import described


def users(page: Record) -> Iterator[Record]:
    """The users of a page, each with when it was fetched. A user passes as it is."""
    data = page.get("data", page if "username" in page else [])
    seen = {"__twarc": page["__twarc"]} if "data" in page and "__twarc" in page else {}
    for each in data if isinstance(data, list) else [data]:
        if isinstance(each, dict):
            yield {**seen, **each}


def _holds_users(look: Probe) -> bool:
    found = [user for page in look.sample for user in users(page)]
    alike = [each for each in found if {"id", "username", "name"} <= each.keys() and "text" not in each]
    return 2 * len(alike) > len(found)


ACCOUNTS = {"account_id": ident("id"), **described()}

FORMAT = Format(
    name="x-api-users",
    title="X API v2 users (JSON, JSON Lines)",
    source="X API v2 data dictionary; DocNow/twarc c2b82fb, src/twarc/expansions.py",
    kinds=("jsonl", "json"),
    needs=frozenset({"id", "username", "name", "created_at", "public_metrics.followers_count"}),
    also=(frozenset({"data"}),),
    without=frozenset({"text", "author_id", "source_platform"}),
    check=_holds_users,
    unpack=users,
    accounts=ACCOUNTS,
    platform="x",
)

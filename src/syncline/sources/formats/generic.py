"""CSV, Parquet and JSON with columns recognised by the names that people usually give them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from syncline.sources import cells
from syncline.sources.document import is_id
from syncline.sources.format import Field, Format, Probe
from syncline.sources.formats import joint_columns
from syncline.sources.formats.usual_names import ACCOUNT_ID, ACCOUNTS, PLACES, POSTS, WHO, Usual, folded
from syncline.sources.inner_records import inner_lists
from syncline.sources.plausible import change_within, filled, is_of_accounts, many_under_zero, plausible
from syncline.sources.written import moment_in

# Integer codes for objects, one row for each object of a post, as in data shipped with CooRTweet.
_CODES = {
    "urls": ("url_id", "url_"),
    "hashtags": ("hashtag_id", "hashtag_"),
    "media_hashes": ("phash_id", "hash_"),
}
# A table with none of these tells of nothing that anybody did together.
_ACTS = (
    "text",
    "is_repost",
    "reposted_post_id",
    "reply_to_post_id",
    "quoted_post_id",
    "urls",
    "hashtags",
    "mentions",
    "media_hashes",
)


def generic(look: Probe) -> Format:
    """The format of a file with usual column names.

    Its `posts` lack account_id or time_us if no column was recognised for them; `accounts` alone are
    given if the file holds profiles and no posts.
    """
    if look.document:
        return _of_lists(look) or replace(_EMPTY, kinds=("json",))
    found = _of_records(look)
    if look.kind in ("json", "jsonl") and not _gives_posts(found):
        inside = _of_lists(look)
        return inside if inside and _gives_posts(inside) else found
    return found


def _gives_posts(found: Format) -> bool:
    return {"account_id", "time_us"} <= found.posts.keys()


def _of_lists(look: Probe) -> Format | None:
    """The format of records that stand in lists inside the file's own; None if there are none.

    The longest of the lists that hold posts is read, with others that are read by the same names.
    """
    found = {path: _of_records(inside) for path, inside in inner_lists(look).items()}
    if not found:
        return None
    longest = max(found, key=lambda path: _gives_posts(found[path]))
    chosen = found[longest]
    used = chosen.columns_used()
    alike = [path for path, each in found.items() if path == longest or each.columns_used() == used]
    others = [path for path in found if path not in alike]
    notes = {"": _OTHERS.format(look.path, ", ".join(others), longest)} if others else {}
    return replace(chosen, lists=tuple(alike), notes=notes)


_OTHERS = "{}: {} was not read, as it names things otherwise than {}. If it holds posts, give it as a file of its own."


def _of_records(look: Probe) -> Format:
    found = _of_columns(look, _names(look))
    if look.kind == "csv" or (_gives_posts(found) and _acts(found)):
        return found
    # The record may be wrapped: {"_source": {...}}, {"tweet": {...}}.
    names, inner = _names(look), {wrapper: _names(look, f"{wrapper}.") for wrapper in _wrappers(look)}
    for within in inner.values():
        inside = _of_columns(look, within)
        if _gives_posts(inside) and _acts(inside):
            return inside
    # Who posted may stand beside it: {"tweet": {...}, "user": {...}}.
    for wrapper, within in inner.items():
        beside = _of_columns(look, names | within)
        if _gives_posts(beside) and all(
            _stands_in(wrapper, beside, kinds) for kinds in (("time_us",), _ACTS)
        ):
            return beside
    return found


def _acts(found: Format) -> bool:
    return not found.posts.keys().isdisjoint(_ACTS)


def _stands_in(wrapper: str, found: Format, kinds: Sequence[str]) -> bool:
    """Whether one of the columns `kinds` is read out of the wrapper."""
    columns = [column for kind in kinds if kind in found.posts for column in found.posts[kind].columns]
    return any(column.startswith(f"{wrapper}.") for column in columns)


def _wrappers(look: Probe) -> list[str]:
    return [name for name in _objects(look)[:_MOST_WRAPPERS] if folded(name) not in _AUTHORS]


def _objects(look: Probe) -> list[str]:
    """The names under which most records hold an object, but for another post to which they refer.

    A key that is an id is no name: of the records under ids, only one would be read.
    """
    structs = {keys[0] for keys in look.inside.values()}
    return [
        name
        for name in dict.fromkeys((*look.columns, *sorted(structs)))
        if not _OTHER_POST.search(name)
        and not is_id(name)
        and (
            name in structs
            or 2 * sum(isinstance(record.get(name), dict) for record in look.sample) > len(look.sample)
        )
    ]


_MOST_WRAPPERS = 20
# What such an object tells, such as when it was made, is told of no post.
_AUTHORS = (*WHO, "profile", "owner", "creator", "actor", "from", "channel", "page")
_OTHER_POST = re.compile(
    "re_?tweet|quot|re_?post|re_?blog|repl|parent|shared|forward|original", re.IGNORECASE
)


def _of_columns(look: Probe, names: Mapping[str, str]) -> Format:
    names = joint_columns.without_row_numbers(names)
    posts = _recognised(POSTS, names, look)
    accounts = _recognised(ACCOUNTS, names, look)
    _settle(posts, accounts, names, look)
    for column, (code, prefix) in _CODES.items():
        if code in names and column not in posts:
            posts[column] = cells.coded(prefix, names[code])
    if len(accounts) >= 2 and _are_profiles(posts, accounts, names, look):
        return replace(_EMPTY, kinds=(look.kind,), accounts=_profiles(names, look))
    merge = any(code in names for code, _ in _CODES.values())
    return replace(_EMPTY, kinds=(look.kind,), posts=posts, accounts=accounts, merge=merge)


def _settle(
    posts: dict[str, Field], accounts: dict[str, Field], names: Mapping[str, str], look: Probe
) -> None:
    joint_columns.settle_comments(posts, names)
    joint_columns.settle_clock(posts, names, look)
    numbers = _first_filled(look, _named("post_id", POSTS, names))
    joint_columns.settle_numbers(posts, numbers, names, look)
    joint_columns.drop_short_references(posts, numbers, look)
    joint_columns.settle_references(posts, names)
    joint_columns.settle_author(posts, accounts, names, look)
    joint_columns.settle_profile(posts, accounts, names)
    joint_columns.settle_reddit(posts, accounts, names, look)
    joint_columns.settle_handles(posts, accounts, look)
    joint_columns.settle_markup(posts, look)
    joint_columns.settle_links(posts, names, look)
    joint_columns.settle_client(posts, look)


def _are_profiles(
    posts: Mapping[str, Field], accounts: Mapping[str, Field], names: Mapping[str, str], look: Probe
) -> bool:
    """Whether nothing was done but what an account is told to have done by being made: it may name a homepage."""
    acts = [act for act in _ACTS if act in posts]
    told = "followers" in accounts and ("bio" in accounts or "description" in names)
    homepages = acts == ["urls"] and folded(posts["urls"].columns[0]) in ("url", "link")
    times = posts.get("time_us", _NONE).columns
    making = {folded(name) for name in times} <= {"created_at", "created"}
    authors = [str(row.get(name)) for name in posts.get("account_id", _NONE).columns for row in look.sample]
    # An account is made once.
    if times and change_within(look, times[0], next(iter(posts.get("account_id", _NONE).columns), None)):
        return False
    return not acts or (told and homepages and making and len(set(authors)) == len(authors))


_NONE = cells.constant("NULL")

_EMPTY = Format(
    name="generic",
    title="CSV, Parquet, JSON or JSON Lines with usual column names",
    source="usual names in published data sets and tools",
    kinds=("csv", "parquet", "jsonl", "json"),
    needs=frozenset(),
)


def _profiles(names: Mapping[str, str], look: Probe) -> dict[str, Field]:
    accounts = _recognised(ACCOUNTS, names, look)
    # A profile whose id was lost is still known by its handle.
    known = [names[name] for name in ACCOUNT_ID.split() if name in names]
    if known:
        accounts["account_id"] = cells.ident(*known)
    for name, column in (("description", "bio"), ("created_at", "created_us"), ("platform", "platform")):
        if name in names and column not in accounts:
            accounts[column] = (
                moment_in(look, names[name]) if column == "created_us" else cells.words(names[name])
            )
    return accounts


def _recognised(usual: Usual, names: Mapping[str, str], look: Probe) -> dict[str, Field]:
    """For each column that the file has under a usual name, and that may be it, the field that reads it."""
    chosen: dict[str, str] = {}
    for column in sorted(usual, key=_turn):
        named = _named(column, usual, names)
        fitting = [name for name in named if plausible(column, name, look, chosen)]
        if column == "account_id":
            fitting = [name for name in fitting if not many_under_zero(look, name, fitting, all_of_them=True)]
        # A column without anybody in it names nobody.
        if column == "account_id" and not any(filled(look, name) for name in fitting):
            fitting += [names[alias] for alias in PLACES.split() if alias in names]
        if column == "time_us":
            account = chosen.get("account_id")
            fitting = [name for name in fitting if not is_of_accounts(look, name, fitting, account)]
        # A time that cannot be read is told as such, with how to say what it is.
        if fitting or (named and column == "time_us"):
            chosen[column] = _best(column, fitting or named, look)
    return {
        column: _field(look, cell, chosen[column], _named(column, usual, names))
        for column, (cell, _) in usual.items()
        if column in chosen
    }


def _field(look: Probe, cell: Callable[..., Field], name: str, others: list[str]) -> Field:
    if cell is cells.moment:
        return moment_in(look, name)
    # Guests, who all have the id 0, are known by what tells them apart.
    guests = [other for other in others if many_under_zero(look, name, [other])]
    if cell is cells.person and guests:
        return cells.person(
            name, guests[0], nobody=("0", "-1", *cells.GUESTS, *map(str.capitalize, cells.GUESTS))
        )
    return cell(name)


def _turn(column: str) -> int:
    """When a column is chosen: whether an id is that of the post shows by accounts and times, and so on."""
    first = ("account_id", "time_us", "text", "post_id")
    return first.index(column) if column in first else len(first)


def _named(column: str, usual: Usual, names: Mapping[str, str]) -> list[str]:
    """The file's columns that bear a usual name of `column`, best first."""
    return list(dict.fromkeys(names[alias] for alias in usual[column][1].split() if alias in names))


def _best(column: str, named: list[str], look: Probe) -> str:
    """The first that holds anything; of the names of accounts, one that is no display name if there is one."""
    held = [name for name in named if filled(look, name)] or named
    if column in ("account_id", "username"):
        held = [name for name in held if not any(" " in value for value in filled(look, name))] or held
    return held[0]


def _first_filled(look: Probe, named: list[str]) -> str | None:
    return next((name for name in named if filled(look, name)), None)


def _names(look: Probe, within: str = "") -> dict[str, str]:
    """Folded name to name, of those that begin with `within`, without it.

    JSON paths that lead to an object are left out, their leaves are there.
    """
    objects = _opened(look) if look.kind in ("json", "jsonl") else set()
    own = [name for name in look.columns if name not in objects and name.startswith(within)]
    # A database's own key of a record gives way to what the record itself calls its id.
    own.sort(key=lambda name: name.removeprefix(within).split(".")[0] == "_id")
    names: dict[str, str] = {}
    for spelled in (str, _without_camels, _without_types, _without_zone, _without_wrapper):
        for name in own:
            names.setdefault(folded(spelled(name.removeprefix(within))), name)
    return names


def _opened(look: Probe) -> set[str]:
    """The names under which an object was opened, whose values have names of their own."""
    return {name[: dot.start()] for name in look.columns for dot in re.finditer(r"\.", name)}


def _without_camels(name: str) -> str:
    return _CAMEL.sub("_", name)


def _without_types(name: str) -> str:
    """MongoDB writes the type of a value as the key of an object around it."""
    return re.sub(r"(\.\$(date|oid|numberLong|numberInt))+$", "", name)


def _without_zone(name: str) -> str:
    return re.sub(r"\W*\b(UTC|GMT)\W*$", "", name)


def _without_wrapper(name: str) -> str:
    """YouTube and Bluesky hold what is said of a post in objects inside it, which tables flatten."""
    return _CAMEL.sub("_", re.sub(r"^(snippet\.topLevelComment\.snippet|snippet|record)\.", "", name))


_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

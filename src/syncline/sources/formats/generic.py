"""CSV, Parquet and JSON with columns recognised by the names that people usually give them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain

from syncline.sources import cells
from syncline.sources.document import paths_of
from syncline.sources.format import Field, Format, Probe, Record
from syncline.sources.plausible import day_and_clock, plausible
from syncline.sources.written import moment_in

_links = partial(cells.links, keys=("expanded_url", "unwound_url", "url", "href"))
_tags = partial(cells.listing, keys=("tag", "text", "name", "id"))
# A display name is no handle.
_people = partial(
    cells.listing, keys=("screen_name", "username", "handle", "acct", "did", "id_str", "id", "name")
)

# For each column of `posts` its usual names, best first, folded by `folded`.
_POSTS: dict[str, tuple[Callable[..., Field], str]] = {
    "platform": (cells.words, "platform social_network"),
    "post_id": (
        cells.ident,
        "post_id_str tweet_id_str status_id_str comment_id post_id tweet_id tweetid status_id message_id content_id"
        " item_id post_uri id_str uri rest_id id video_id document_id mid",
    ),
    "account_id": (
        cells.person,
        "account_id_str user_id_str author_id_str account_id user_id userid author_id author_channel_id"
        " unique_user_id sender_id from_id owner_id user_did author_did did user_screen_name screen_name"
        " username user_name account_username author_username author_handle user_handle handle account user"
        " author author_name screenname from channel_id creator_id creator poster_id poster commenter_id commenter"
        " from_user_id from_user from_user_name uid actor_id actor profile_id profile_name page_id page_name nickname"
        " owner",
    ),
    "time_us": (
        cells.moment,
        "time_us time created_at timestamp timestamp_share tweet_time created_time creation_time"
        " post_time published_at publish_date published posted_at post_date date_posted datetime date_time"
        " created_utc unix_timestamp timestamp_utc create_time tweet_created_at post_created_at video_timestamp"
        " timestamp_ms created date comment_time comment_date published_date published_time pub_date publish_time"
        " creation_date date_created created_on date_published tweet_date tweet_timestamp post_timestamp time_posted"
        " sent_at message_date upload_date",
    ),
    "text": (
        cells.said,
        "text full_text raw_content tweet_text tweet content message message_text body post_text post_content"
        " comment_text caption video_description video_title opening_text comment comment_body status_text"
        " tweet_content post_message msg selftext",
    ),
    "lang": (cells.words, "lang language tweet_language tweet_lang post_language"),
    "is_repost": (cells.yes_no, "is_repost is_retweet retweet is_reshare is_share is_reblog"),
    "reposted_post_id": (
        cells.reference,
        "reposted_post_id reposted_id repost_id retweeted_status_id_str retweeted_status_id"
        " retweet_tweetid retweeted_id retweet_id retweeted_tweet_id rt_id shared_post_id reblog_id"
        " repost_of_id retweet_status_id retweeted_tweet_id_str retweeted_status_mid",
    ),
    "reposted_account_id": (
        cells.reference,
        "reposted_account_id reposted_user_id reposted_user retweeted_user_id retweet_userid"
        " retweeted_status_user_id rt_user_id retweeted_user retweet_user_id retweeted_username"
        " retweet_screen_name retweeted_uid",
    ),
    "reply_to_post_id": (
        cells.reference,
        "reply_to_post_id reply_to_id in_reply_to_status_id_str in_reply_to_status_id"
        " in_reply_to_tweetid in_reply_to_id in_reply_to_tweet_id reply_id replied_to_id"
        " reply_to_status_id parent_comment_id parent_id reply_to",
    ),
    "reply_to_account_id": (
        cells.reference,
        "reply_to_account_id in_reply_to_user_id_str in_reply_to_user_id in_reply_to_userid"
        " in_reply_to_account_id reply_to_user_id replied_to_user_id in_reply_to_screen_name"
        " reply_to_user reply_to_username reply_to",
    ),
    "quoted_post_id": (
        cells.reference,
        "quoted_post_id quoted_id quoted_status_id_str quoted_status_id quoted_tweet_tweetid"
        " quoted_tweet_id quote_tweet_id quote_id",
    ),
    "thread_id": (cells.ident, "thread_id conversation_id_str conversation_id"),
    "urls": (
        _links,
        "urls_expanded_url expanded_urls expanded_url url_expanded entities_urls urls links outlinks url link",
    ),
    "hashtags": (_tags, "hashtags hashtag tags entities_hashtags"),
    "mentions": (_people, "mentions mention user_mentions mentioned_users entities_mentions"),
    "media_hashes": (cells.listing, "media_hashes media_hash image_hash phash pdq_hash pdq image_hashes"),
    "client": (cells.words, "client tweet_client_name client_name source_app app via tweet_source"),
    "likes": (cells.number, "likes like_count favorite_count favourites_count favorites likes_count"),
    "reposts": (cells.number, "reposts retweet_count repost_count shares share_count retweets reblogs_count"),
    "replies": (cells.number, "replies reply_count comments comment_count replies_count"),
}
_ACCOUNTS: dict[str, tuple[Callable[..., Field], str]] = {
    "username": (
        cells.told,
        "username screen_name user_screen_name user_name author_username account_username handle",
    ),
    "display_name": (
        cells.told,
        "display_name user_display_name name author_name account_display_name full_name author_fullname",
    ),
    "bio": (
        cells.told,
        "bio user_profile_description profile_description user_description author_description account_bio",
    ),
    "location": (
        cells.told,
        "location user_reported_location user_location reported_location author_location",
    ),
    "created_us": (
        cells.moment,
        "created_us account_created account_created_at account_creation_date user_created_at"
        " author_created_at joined account_creation_time user_created",
    ),
    "followers": (
        cells.number,
        "followers follower_count followers_count user_followers_count author_followers",
    ),
    "following": (cells.number, "following following_count friends_count friends user_friends_count"),
    "posts_count": (cells.number, "posts_count statuses_count tweet_count user_statuses_count post_count"),
    "avatar_path": (cells.told, "avatar_path"),
    "verified": (cells.yes_no, "verified user_verified is_verified author_verified"),
}
_ACCOUNT_ID = "account_id user_id userid author_id id_str id username screen_name user_screen_name handle"
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
    """The format of records that stand in lists inside the file's own; None if there are none."""
    walked = document_records(look)
    return walked and replace(_of_records(walked[0]), lists=(walked[1],))


def _of_records(look: Probe) -> Format:
    names = _names(look)
    posts = _recognised(_POSTS, names, look)
    _settle_comments(posts, names)
    _settle_clock(posts, names, look)
    for column, (code, prefix) in _CODES.items():
        if code in names and column not in posts:
            posts[column] = cells.coded(prefix, names[code])
    accounts = _recognised(_ACCOUNTS, names, look)
    if len(accounts) >= 2 and _are_profiles(posts, accounts, names, look):
        return replace(_EMPTY, kinds=(look.kind,), accounts=_profiles(names, look))
    merge = any(code in names for code, _ in _CODES.values())
    return replace(_EMPTY, kinds=(look.kind,), posts=posts, accounts=accounts, merge=merge)


def _are_profiles(
    posts: Mapping[str, Field], accounts: Mapping[str, Field], names: Mapping[str, str], look: Probe
) -> bool:
    """Whether nothing was done but what an account is told to have done by being made: it may name a homepage."""
    acts = [act for act in _ACTS if act in posts]
    told = "followers" in accounts and ("bio" in accounts or "description" in names)
    homepages = acts == ["urls"] and folded(posts["urls"].columns[0]) in ("url", "link")
    making = {folded(name) for name in posts.get("time_us", _NONE).columns} <= {"created_at", "created"}
    authors = [str(row.get(name)) for name in posts.get("account_id", _NONE).columns for row in look.sample]
    return not acts or (told and homepages and making and len(set(authors)) == len(authors))


# What comments stand below.
_COMMENTED = "post_id tweet_id video_id submission_id article_id"
_CLOCKS = "time clock time_of_day post_time created_time tweet_time"
_NONE = cells.constant("NULL")

_EMPTY = Format(
    name="generic",
    title="CSV, Parquet, JSON or JSON Lines with usual column names",
    source="usual names in published data sets and tools",
    kinds=("csv", "parquet", "jsonl", "json"),
    needs=frozenset(),
)


def _settle_comments(posts: dict[str, Field], names: Mapping[str, str]) -> None:
    """A comment without a comment above it answers the post or video below which it stands."""
    below = next((names[alias] for alias in _COMMENTED.split() if alias in names), None)
    if below is None or posts.get("post_id", _NONE).columns != (names.get("comment_id"),):
        return
    above = posts.get("reply_to_post_id", _NONE).columns
    posts["reply_to_post_id"] = cells.reference(*above, below)
    posts["thread_id"] = cells.ident(below)


def _settle_clock(posts: dict[str, Field], names: Mapping[str, str], look: Probe) -> None:
    """A day in one column and its clock in another are one time."""
    days = posts.get("time_us", _NONE).columns
    clocks = [names[alias] for alias in _CLOCKS.split() if alias in names]
    clock = next((each for day in days for each in clocks if day_and_clock(look, day, each)), None)
    if clock is not None:
        posts["time_us"] = moment_in(look, *days, clock)


def _profiles(names: Mapping[str, str], look: Probe) -> dict[str, Field]:
    accounts = _recognised(_ACCOUNTS, names, look)
    # A profile whose id was lost is still known by its handle.
    known = [names[name] for name in _ACCOUNT_ID.split() if name in names]
    if known:
        accounts["account_id"] = cells.ident(*known)
    for name, column in (("description", "bio"), ("created_at", "created_us"), ("platform", "platform")):
        if name in names and column not in accounts:
            accounts[column] = (
                moment_in(look, names[name]) if column == "created_us" else cells.words(names[name])
            )
    return accounts


def _recognised(
    usual: Mapping[str, tuple[Callable[..., Field], str]], names: Mapping[str, str], look: Probe
) -> dict[str, Field]:
    """For each column that the file has under a usual name, and that may be it, the field that reads it."""
    chosen: dict[str, str] = {}
    # Whether an id is that of the post shows by the accounts, and whether it is that of another post by both.
    for column in sorted(usual, key=lambda column: (column != "account_id", column != "post_id")):
        named = [names[alias] for alias in usual[column][1].split() if alias in names]
        fitting = [name for name in named if plausible(column, name, look, chosen)]
        # A time that cannot be read is told as such, with how to say what it is.
        if fitting or (named and column == "time_us"):
            chosen[column] = (fitting or named)[0]
    return {
        column: moment_in(look, chosen[column]) if cell is cells.moment else cell(chosen[column])
        for column, (cell, _) in usual.items()
        if column in chosen
    }


def _names(look: Probe) -> dict[str, str]:
    """Folded name to name; JSON paths that lead to an object are left out, their leaves are there."""
    objects = {
        name
        for name in look.columns
        if look.kind in ("json", "jsonl") and any(other.startswith(name + ".") for other in look.columns)
    }
    names: dict[str, str] = {}
    for name in look.columns:
        if name not in objects:
            names.setdefault(folded(name), name)
    for name in [*names.values()]:
        names.setdefault(folded(_CAMEL.sub("_", name)), name)
    return names


_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def document_records(look: Probe) -> tuple[Probe, str] | None:
    """The longest list of objects in the file's own, which may be its only one or pages, as a look and its path.

    None if they have none.
    """
    found: dict[str, list[Record]] = {}
    for record in look.sample:
        for path, inner in _lists(record).items():
            found.setdefault(path, []).extend(inner)
    if not found:
        return None
    longest = max(found, key=lambda path: len(found[path]))
    records = tuple(found[longest])
    return replace(look, columns=paths_of(records), sample=records, document=False), longest


def _lists(record: Record, above: str = "") -> dict[str, list[Record]]:
    """The lists of objects in the record or, where it has none, in the objects of which it consists."""
    objects = {
        above + key: [each for each in value if isinstance(each, dict)]
        for key, value in record.items()
        if isinstance(value, list)
    }
    found = {path: inner for path, inner in objects.items() if inner}
    if found or above.count(".") >= _DEEPEST:
        return found
    deeper = (
        _lists(value, f"{above}{key}.").items() for key, value in record.items() if isinstance(value, dict)
    )
    return dict(chain.from_iterable(deeper))


# Wrappers such as `response` and `data` around the list of records.
_DEEPEST = 3


def folded(name: str) -> str:
    """A column's name for comparison: lower case, everything but letters and digits as one underscore."""
    return re.sub(r"[\W_]+", "_", name.lower()).strip("_")

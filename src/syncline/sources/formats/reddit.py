"""Reddit submissions and comments as Pushshift and its successors keep them: one object a line, or in answers' `data`.

Accounts are known by their name, because old files have nothing else. Deleted authors are no account.
"""

from syncline.sources import text as tokens
from syncline.sources.cells import GONE, constant, expression, ident, moment, number
from syncline.sources.document import first_records
from syncline.sources.format import Column, Field, Format, Probe
from syncline.sources.sql import as_json

_USER = r"(?:^|[^\w/])/?u/([A-Za-z0-9_-]{3,20})"


def _known(name: str) -> str:
    """`name`, or NULL where it says that something is gone."""
    return f"CASE WHEN {name} NOT IN {GONE} THEN nullif({name}, '') END"


def author(name: str) -> Field:
    """Whose it is; some tools write `u/` before the name."""
    return expression(_known("regexp_replace({0}, '^/?u/', '')"), name)


def mentioned(words: str) -> str:
    """The accounts that `words` (SQL) name."""
    return f"regexp_extract_all({words}, '{_USER}', 1)"


def _unescaped(sql: str) -> str:
    return f"replace(replace(replace({sql}, '&lt;', '<'), '&gt;', '>'), '&amp;', '&')"


def _words(title: str, selftext: str, body: str) -> str:
    return _unescaped(f"nullif(concat_ws(chr(10), {_known(title)}, {_known(selftext)}, {_known(body)}), '')")


def _links(title: Column, selftext: Column, body: Column, url: Column, own: Column) -> str:
    """What a submission leads to, then the links in the words; a submission of words, or a comment, leads to itself."""
    leads = (
        f"CASE WHEN {url.sql} LIKE 'http%' AND COALESCE({body.sql}, '') = ''"
        f" AND lower({own.sql}) IS DISTINCT FROM 'true'"
        f" THEN [{_unescaped(url.sql)}] ELSE [] END"
    )
    told = f"COALESCE({tokens.urls(tokens.tokens(_words(title.sql, selftext.sql, body.sql)))}, [])"
    return f"{leads} || list_filter({told}, lambda link: NOT list_contains({leads}, link))"


_TEXT = ("title", "selftext", "body")
_NEEDS = frozenset({"id", "author", "created_utc", "subreddit"})
_LISTS = ("data",)


def _holds_posts(look: Probe) -> bool:
    if look.kind in ("csv", "parquet"):
        return look.columns.keys() >= _NEEDS
    found = first_records(look, _LISTS)
    return any(each.keys() >= _NEEDS for each in found)


FORMAT = Format(
    name="reddit",
    title="Reddit submissions and comments (as of Pushshift, also as tables)",
    source="pushshift/api README; ArthurHeitmann/arctic_shift 0f6299f, schemas/RC.ts and RS.ts; "
    "and 077c605, api/README.md; Watchful1/PushshiftDumps 0933482, scripts/to_csv.py",
    kinds=("jsonl", "json", "csv", "parquet"),
    needs=_NEEDS,
    also=(frozenset({"data"}),),
    check=_holds_posts,
    lists=_LISTS,
    posts={
        # Submissions and comments are numbered apart: t3 and t1 tell them. A comment has no title.
        "post_id": expression(
            "CASE WHEN regexp_matches({0}, '^t[13]_') THEN {0}"
            " ELSE CASE WHEN COALESCE({1}, '') = '' AND COALESCE({2}, {3}, '') <> '' THEN 't1_' ELSE 't3_' END || {4}"
            " END",
            "name",
            "title",
            "link_id",
            "body",
            "id",
        ),
        "account_id": author("author"),
        "time_us": moment("created_utc"),
        "text": expression(_words("{0}", "{1}", "{2}"), *_TEXT),
        "is_repost": expression("{0} <> ''", "crosspost_parent"),
        "reposted_post_id": ident("crosspost_parent"),
        "reposted_account_id": expression(
            _known(f"json_extract_string({as_json('{0}')}, '$[0].author')"), "crosspost_parent_list"
        ),
        "reply_to_post_id": ident("parent_id"),
        "thread_id": ident("link_id"),
        "urls": Field((*_TEXT, "url", "is_self"), _links),
        "hashtags": constant("[]"),
        "mentions": Field(_TEXT, lambda *parts: mentioned(_words(*(each.sql for each in parts)))),
        "likes": number("score"),
        "replies": number("num_comments"),
    },
    accounts={
        "username": author("author"),
        "created_us": moment("author_created_utc"),
    },
    platform="reddit",
    blind={
        "hashtag": "Reddit has no hashtags",
        "hashtag_sequence": "Reddit has no hashtags",
        "media": "the format links to images but holds neither them nor their hashes",
    },
)

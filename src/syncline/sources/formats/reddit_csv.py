"""CSV that the usual script makes of Reddit's archives, with the columns that it writes unless told otherwise."""

from syncline.sources.cells import first_links, moment, number, said
from syncline.sources.format import Column, Field, Format, Probe
from syncline.sources.formats.reddit import FORMAT as REDDIT
from syncline.sources.formats.reddit import author, mentioned

# /r/NAME/comments/SUBMISSION/TITLE/ and, of a comment, its id after that.
_SUBMISSION = r"/comments/([0-9a-z]+)"
_COMMENT = r"/comments/[0-9a-z]+/[^/]*/([0-9a-z]+)"


def _id(link: Column) -> str:
    submission, comment = (
        f"nullif(regexp_extract({link.sql}, '{pattern}', 1), '')" for pattern in (_SUBMISSION, _COMMENT)
    )
    return f"COALESCE('t1_' || {comment}, 't3_' || {submission})"


def _thread(link: Column) -> str:
    return (
        f"CASE WHEN regexp_matches({link.sql}, '{_COMMENT}')"
        f" THEN 't3_' || regexp_extract({link.sql}, '{_SUBMISSION}', 1) END"
    )


def _words(title: Column, text: Column, body: Column) -> str:
    parts = ", ".join(said(each.name).render(each) for each in (title, text, body))
    return f"nullif(concat_ws(chr(10), {parts}), '')"


def _links(title: Column, text: Column, body: Column, url: Column, link: Column) -> str:
    """What a submission leads to, or the links in the words; a submission of words leads to itself."""
    own = f"CASE WHEN {url.sql} LIKE 'http%' AND {url.sql} <> {link.sql} THEN {url.sql} END"
    told = Column("words", f"COALESCE({_words(title, text, body)}, '')")
    return first_links(url.name, words=told.name).render(told, Column(url.name, own))


def _is_of_reddit(look: Probe) -> bool:
    pairs = [(str(row.get("author")), str(row.get("link"))) for row in look.sample]
    alike = [name.startswith("u/") and link.startswith("https://www.reddit.com/r") for name, link in pairs]
    return 2 * sum(alike) > len(alike)


_TEXT = ("title", "text", "body")

FORMAT = Format(
    name="reddit-csv",
    title="Reddit submissions and comments, CSV of PushshiftDumps",
    source="Watchful1/PushshiftDumps 0933482, scripts/to_csv.py",
    kinds=("csv",),
    needs=frozenset({"author", "created", "link", "body"}),
    also=(frozenset({"author", "created", "link", "title", "url"}),),
    check=_is_of_reddit,
    posts={
        "post_id": Field(("link",), _id),
        "account_id": author("author"),
        "time_us": moment("created"),
        "text": Field(_TEXT, _words),
        "thread_id": Field(("link",), _thread),
        "urls": Field((*_TEXT, "url", "link"), _links),
        "hashtags": REDDIT.posts["hashtags"],
        "mentions": Field(_TEXT, lambda *parts: mentioned(_words(*parts))),
        "likes": number("score"),
    },
    accounts={"username": author("author")},
    platform="reddit",
    blind={
        "repost": "the file does not say what is a crosspost",
        "reply": "the file does not say which comment is answered",
        "hashtag": REDDIT.blind["hashtag"],
        "hashtag_sequence": REDDIT.blind["hashtag_sequence"],
        "media": REDDIT.blind["media"],
    },
    notes={
        "": "Reddit: the times are cut to the minute, in the zone of the computer that made the file; here they are "
        "taken for UTC."
    },
)

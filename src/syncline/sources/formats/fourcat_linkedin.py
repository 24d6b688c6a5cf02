"""4CAT CSV of LinkedIn. Its times are guesses from words such as '2d'; the number of a post holds the real one."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, first_links, ident, listing, number, words
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import AUTHOR, COLUMNS

_GIVEN = "((TRY_CAST({0} AS BIGINT) >> 22) * 1000)"
_FIRST_US = 1_041_379_200_000_000  # 2003, when LinkedIn began

FORMAT = Format(
    name="4cat-linkedin",
    title="4CAT CSV of LinkedIn",
    source="digitalmethodsinitiative/4cat ef9dd48, datasources/linkedin/search_linkedin.py",
    kinds=("csv",),
    needs=COLUMNS | {"timestamp_collected", "timestamp_ago", "author_name", "inclusion_context", "post_url"},
    posts={
        "post_id": ident("id"),
        "account_id": AUTHOR,
        # The number's upper 41 bits are the milliseconds since 1970.
        "time_us": expression(f"CASE WHEN {_GIVEN} >= {_FIRST_US} THEN {_GIVEN} END", "id"),
        "text": words("body"),
        "thread_id": ident("thread_id"),
        "urls": first_links("link_url", words="body"),
        "hashtags": listing("hashtags"),
        "mentions": listing("author_mentions"),
        "likes": number("reactions", "likes"),
        "reposts": number("shares"),
        "replies": number("comments"),
    },
    accounts={"username": AUTHOR, "display_name": words("author_name"), "bio": words("author_description")},
    platform="linkedin",
    blind={
        "repost": "the file does not say what was reposted",
        "reply": "the file holds posts, not comments",
        "media": NO_IMAGES,
    },
    notes={
        "": "LinkedIn: the page says how long ago a post was made, not when; the times are those in the numbers of the "
        "posts, which are given when a post is begun."
    },
)

"""CSV of minet: posts of CrowdTangle's API. Lists are joined by bars; times are UTC."""

from syncline.sources.cells import expression, first_links, ident, moment, number, words, yes_no
from syncline.sources.format import Column, Field, Format
from syncline.sources.formats.crowdtangle_api import FORMAT as API
from syncline.sources.formats.crowdtangle_api import KEY
from syncline.sources.formats.crowdtangle_facebook import BLIND, leads_home


def _links(
    message: Column, expanded: Column, original: Column, link: Column, address: Column, *names: Column
) -> str:
    """The links that are shared; the address of a page's own photo or video is none, so there the text counts."""

    def shared(column: Column) -> Column:
        of_itself = f"{column.sql} = {address.sql} OR {leads_home(column.sql, *names)}"
        return Column(column.name, f"CASE WHEN {of_itself} THEN NULL ELSE {column.sql} END")

    columns = [shared(each) for each in (expanded, original, link)]
    return first_links(*(each.name for each in columns), words=message.name).render(message, *columns)


FORMAT = Format(
    name="minet-crowdtangle",
    title="minet CSV, CrowdTangle posts",
    source="medialab/minet 0496505, minet/crowdtangle/formatters.py, and 0bb7481, minet/crowdtangle/types.py",
    kinds=("csv",),
    needs=frozenset({"ct_id", "platform", "datetime", "post_url", "account_ct_id", "account_id", "message"}),
    posts={
        "platform": API.posts["platform"],
        "post_id": ident("post_url", "id"),
        "account_id": expression(KEY, "platform", "account_handle", "account_id"),
        "time_us": moment("datetime"),
        "text": words("message", "description"),
        "urls": Field(
            ("message", "expanded_links", "links", "link", "post_url", "account_handle", "account_id"), _links
        ),
        "likes": number("actual_like_count", "actual_favorite_count"),
        "reposts": number("actual_share_count"),
        "replies": number("actual_comment_count"),
    },
    accounts={
        "username": words("account_handle"),
        "display_name": words("account_name"),
        "location": words("account_page_admin_top_country"),
        "followers": number("account_subscriber_count"),
        "verified": yes_no("account_verified"),
    },
    platform="facebook",
    blind=BLIND,
    notes=API.notes,
)

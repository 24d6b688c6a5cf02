"""CSV of CrowdTangle: posts of Facebook pages and groups. Times end in the name of a zone."""

from syncline.sources.cells import first_links, ident, moment, number, words
from syncline.sources.format import Column, Field, Format

SOURCE = (
    "digitalmethodsinitiative/4cat 227bead, datasources/custom/import_formats.py, and of older files its "
    "search_custom.py"
)
BLIND = {
    "repost": "a share shows as a link, without the id of what was shared",
    "reply": "the file holds posts, not comments",
    "media": "the file holds neither images nor their hashes",
}


def leads_home(link: str, *names: Column) -> str:
    """Whether `link` (SQL) is below the address of the page that has one of these names."""
    home = "'https://www.facebook.com/' || COALESCE(nullif({}, ''), '?') || '/'"
    return " OR ".join(f"starts_with({link}, {home.format(each.sql)})" for each in names)


def _links(message: Column, final: Column, link: Column, handle: Column, page: Column) -> str:
    """The link that is shared; the address of a page's own photo or video is none, so there the text counts."""
    shared = link
    if not link.is_absent:
        shared = Column(
            link.name, f"CASE WHEN {leads_home(link.sql, handle, page)} THEN NULL ELSE {link.sql} END"
        )
    return first_links(final.name, link.name, words=message.name).render(message, final, shared)


FORMAT = Format(
    name="crowdtangle-facebook",
    title="CrowdTangle CSV, Facebook pages and groups",
    source=SOURCE,
    kinds=("csv",),
    needs=frozenset({"Facebook Id", "Post Created", "URL", "Message"}),
    also=(frozenset({"Facebook Id", "Created", "URL", "Message"}),),  # until 2020
    posts={
        "post_id": ident("URL"),
        "account_id": ident("Facebook Id"),
        "time_us": moment("Post Created", "Created"),
        "text": words("Message"),
        "urls": Field(("Message", "Final Link", "Link", "User Name", "Facebook Id"), _links),
        "likes": number("Likes"),
        "reposts": number("Shares"),
        "replies": number("Comments"),
    },
    accounts={
        "username": words("User Name"),
        "display_name": words("Page Name", "Group Name"),
        "bio": words("Page Description"),
        "location": words("Page Admin Top Country"),
        "created_us": moment("Page Created"),
        "followers": number("Followers at Posting"),
    },
    platform="facebook",
    blind=BLIND,
    notes={"Page Name": "CrowdTangle, groups: the account is the group, not the person who posted in it."},
)

"""CSV of CrowdTangle: posts of Facebook pages and groups. Times end in the name of a zone."""

from syncline.sources.cells import ident, links_in, moment, number, words
from syncline.sources.format import Format

SOURCE = "digitalmethodsinitiative/4cat 227bead, datasources/custom/import_formats.py"
BLIND = {
    "repost": "a share shows as a link, without the id of what was shared",
    "reply": "the file holds posts, not comments",
    "media": "the file holds neither images nor their hashes",
}

FORMAT = Format(
    name="crowdtangle-facebook",
    title="CrowdTangle CSV, Facebook pages and groups",
    source=SOURCE,
    kinds=("csv",),
    needs=frozenset({"Facebook Id", "Post Created", "URL", "Message"}),
    posts={
        "post_id": ident("URL"),
        "account_id": ident("Facebook Id"),
        "time_us": moment("Post Created"),
        "text": words("Message"),
        "urls": links_in("Message", "Final Link", "Link"),
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

"""CSV of CrowdTangle: Instagram posts. Times end in the name of a zone; accounts have no id but their handle."""

from syncline.sources.cells import ident, moment, number, words
from syncline.sources.format import Format
from syncline.sources.formats.crowdtangle_facebook import BLIND, SOURCE

FORMAT = Format(
    name="crowdtangle-instagram",
    title="CrowdTangle CSV, Instagram",
    source=SOURCE,
    kinds=("csv",),
    needs=frozenset({"Account", "User Name", "Post Created", "URL", "Photo", "Description"}),
    also=(frozenset({"Account", "User Name", "Created", "URL", "Photo", "Description"}),),  # until 2020
    posts={
        "post_id": ident("URL"),
        "account_id": ident("User Name"),
        "time_us": moment("Post Created", "Created"),
        "text": words("Description", "Title"),
        "likes": number("Likes"),
        "replies": number("Comments"),
    },
    accounts={
        "username": words("User Name"),
        "display_name": words("Account"),
        "followers": number("Followers at Posting"),
    },
    platform="instagram",
    blind=BLIND,
)

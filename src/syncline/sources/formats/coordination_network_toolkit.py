"""The eight columns that the Coordination Network Toolkit takes, under the names of its manual."""

from syncline.sources.cells import ident, links, moment, words
from syncline.sources.format import Format

FORMAT = Format(
    name="coordination-network-toolkit",
    title="Coordination Network Toolkit CSV",
    source="QUT-Digital-Observatory/coordination-network-toolkit 062d659, README.md",
    kinds=("csv",),
    needs=frozenset(
        {"message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls"}
    ),
    posts={
        "post_id": ident("message_id"),
        "account_id": ident("user_id"),
        "time_us": moment("timestamp"),
        "text": words("message"),
        "reposted_post_id": ident("repost_id"),
        "reply_to_post_id": ident("reply_id"),
        "urls": links("urls"),
    },
    accounts={"username": words("username")},
    blind={"media": "the file holds neither images nor their hashes"},
)

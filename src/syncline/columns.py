"""The columns of posts and accounts, the two tables that files are read into, and their types.

They stand apart from the other tables so that formats can be declared, and listed, without PyArrow;
`schema` makes both into schemas and says what the columns mean.
"""

from typing import Literal

Type = Literal["string", "int64", "bool", "strings"]

POSTS: dict[str, Type] = {
    "platform": "string",
    "post_id": "string",
    "account_id": "string",
    "time_us": "int64",
    # The server's time minus the one that the poster's own program wrote, where the source has both.
    "clock_gap_us": "int64",
    "text": "string",
    "lang": "string",
    # True also where the source says "repost" but gives no id of what was reposted.
    "is_repost": "bool",
    "reposted_post_id": "string",
    "reposted_account_id": "string",
    "reply_to_post_id": "string",
    "reply_to_account_id": "string",
    "quoted_post_id": "string",
    "thread_id": "string",
    "urls": "strings",
    "hashtags": "strings",
    "mentions": "strings",
    "media_hashes": "strings",
    "client": "string",
    "likes": "int64",
    "reposts": "int64",
    "replies": "int64",
    "source_file": "string",
    "source_row": "int64",
}

ACCOUNTS: dict[str, Type] = {
    "platform": "string",
    "account_id": "string",
    "username": "string",
    "display_name": "string",
    "bio": "string",
    "location": "string",
    "created_us": "int64",
    "followers": "int64",
    "following": "int64",
    "posts_count": "int64",
    "avatar_path": "string",
    "verified": "bool",
    "observed_us": "int64",
}

"""CSV of DMI-TCAT: tweets, with links, mentions and hashtags where the export was asked for them."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import first_links, ident, listing, moment, number, reference, words, yes_no
from syncline.sources.format import Format

FORMAT = Format(
    name="dmi-tcat",
    title="DMI-TCAT CSV, tweets",
    source="digitalmethodsinitiative/dmi-tcat 001a333, analysis/mod.export_tweets.php",
    kinds=("csv",),
    needs=frozenset({"id", "time", "created_at", "from_user_name", "from_user_id", "to_user_name", "text"}),
    posts={
        "post_id": ident("id"),
        "account_id": ident("from_user_id"),
        "time_us": moment("time", "created_at"),
        "text": words("text"),
        "lang": words("lang"),
        "reposted_post_id": reference("retweet_id"),
        "reply_to_post_id": reference("in_reply_to_status_id"),
        "reply_to_account_id": ident("to_user_name"),
        "quoted_post_id": reference("quoted_status_id"),
        "urls": first_links("urls_followed", "urls_expanded", "urls", words="text"),
        "hashtags": listing("hashtags"),
        "mentions": listing("mentions"),
        "client": words("source"),
        "likes": number("favorite_count"),
        "reposts": number("retweet_count"),
    },
    accounts={
        "username": words("from_user_name"),
        "display_name": words("from_user_realname"),
        "bio": words("from_user_description"),
        "location": words("location"),
        "created_us": moment("from_user_created_at"),
        "followers": number("from_user_followercount"),
        "following": number("from_user_friendcount"),
        "posts_count": number("from_user_tweetcount"),
        "verified": yes_no("from_user_verified"),
    },
    platform="x",
    blind={"media": NO_IMAGES},
)

"""snscrape's tweets: one a line, with the accounts, and what is reposted and quoted, inside."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, html, ident, links_of, listing, moment, number, words, yes_no
from syncline.sources.format import Format
from syncline.sources.formats.twitter_v1 import entities, present

SOURCE = "JustAnotherArchivist/snscrape"

FORMAT = Format(
    name="snscrape-x",
    title="snscrape, X (JSON Lines)",
    source=f"{SOURCE} 002189a, snscrape/modules/twitter.py",
    kinds=("jsonl", "json"),
    needs=frozenset({"id", "url", "date", "user.username", "user.id", "conversationId", "retweetCount"}),
    posts={
        "post_id": ident("id"),
        "account_id": ident("user.id"),
        "time_us": moment("date"),
        # `content` is what rawContent was called until 2022; that of a repost is cut short.
        "text": present("retweetedTweet.rawContent", "retweetedTweet.content", "rawContent", "content"),
        "lang": words("lang"),
        "reposted_post_id": ident("retweetedTweet.id"),
        "reposted_account_id": ident("retweetedTweet.user.id"),
        "reply_to_post_id": ident("inReplyToTweetId"),
        "reply_to_account_id": ident("inReplyToUser.id"),
        # The repost of a quote quotes nothing itself.
        "quoted_post_id": expression(
            "CASE WHEN {0} IS NULL THEN {1} END", "retweetedTweet.id", "quotedTweet.id"
        ),
        "thread_id": ident("conversationId"),
        "urls": entities(
            ("retweetedTweet.links", "retweetedTweet.outlinks", "links", "outlinks"), links_of, ("url",)
        ),
        "hashtags": listing("retweetedTweet.hashtags", "hashtags"),
        "mentions": listing("retweetedTweet.mentionedUsers", "mentionedUsers", keys=("username",)),
        "client": html("source"),
        "likes": number("likeCount"),
        "reposts": number("retweetCount"),
        "replies": number("replyCount"),
    },
    accounts={
        "username": words("user.username"),
        "display_name": words("user.displayname"),
        "bio": words("user.rawDescription", "user.description"),
        "location": words("user.location"),
        "created_us": moment("user.created"),
        "followers": number("user.followersCount"),
        "following": number("user.friendsCount"),
        "posts_count": number("user.statusesCount"),
        "verified": yes_no("user.verified"),
    },
    platform="x",
    blind={"media": NO_IMAGES},
)

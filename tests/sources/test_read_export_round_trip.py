"""Posts and accounts written in the shape of the formats that the other round trips leave out, and read back."""

import csv
import html
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_files import FIXTURES, read_paths
from test_read_csv_round_trip import SHAPES
from test_read_json_round_trip import NUMBERS, POSTS, TAGS, WORDS, WRITERS, Post, at, iso, lines

from syncline import schema
from syncline.sources.sniff import format_names

QUICK = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
EVERYTHING = ("reposted_post_id", "reply_to_post_id", "urls", "hashtags")


def seconds(post: Post) -> int:
    return int(post["time_us"] // 1_000_000)


def api_entities(post: Post) -> dict[str, Any]:
    return {
        "hashtags": [{"tag": tag} for tag in post["hashtags"]],
        "urls": [{"url": "https://t.co/a", "expanded_url": url} for url in post["urls"]],
    }


def api_tweet(post: Post, whole: bool = True) -> dict[str, Any]:
    """A tweet of X's API v2; what it refers to stands inside, or with `whole` false only its id."""
    reposted, replied = post["reposted_post_id"], post["reply_to_post_id"]
    said = {"text": post["text"], "entities": api_entities(post)}
    reference = {"type": "retweeted", "id": reposted} | (said if whole else {})
    references = [{"type": "replied_to", "id": replied}] if replied else []
    return {
        "id": post["post_id"],
        "author_id": post["account_id"],
        "created_at": iso(post),
        "conversation_id": post["post_id"],
        **({"text": "RT @bob: cut", "entities": {}} if reposted else said),
        "referenced_tweets": [*references, *([reference] if reposted else [])],
    }


def api_tweets(posts: list[Post]) -> str:
    return lines([api_tweet(post) for post in posts])


def api_pages(posts: list[Post]) -> str:
    def page(post: Post) -> dict[str, Any]:
        reposted = post["reposted_post_id"]
        original = {"id": reposted, "text": post["text"], "entities": api_entities(post)}
        users = [{"id": post["account_id"], "username": "ann"}]
        included = {"users": users, "tweets": [original] if reposted else []}
        return {"data": [api_tweet(post, whole=False)], "includes": included}

    return lines([page(post) for post in posts])


def table(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), restval="", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def twarc(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        entities = api_entities(post)
        return {
            "id": post["post_id"],
            "author_id": post["account_id"],
            "created_at": iso(post),
            "text": post["text"],
            "referenced_tweets.retweeted.id": post["reposted_post_id"],
            "referenced_tweets.replied_to.id": post["reply_to_post_id"],
            "entities.urls": json.dumps(entities["urls"]),
            "entities.hashtags": json.dumps(entities["hashtags"]),
        }

    return table([row(post) for post in posts])


def release(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        return {
            "tweetid": post["post_id"],
            "userid": post["account_id"],
            "tweet_time": at(post, "%Y-%m-%d %H:%M"),
            "tweet_text": post["text"],
            "is_retweet": post["reposted_post_id"] is not None,
            "retweet_tweetid": post["reposted_post_id"],
            "in_reply_to_tweetid": post["reply_to_post_id"],
            "urls": f"[{', '.join(post['urls'])}]",
            "hashtags": f"[{', '.join(post['hashtags'])}]",
        }

    return table([row(post) for post in posts])


def archive_of_tags(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        said = {
            "hashtags": [{"text": tag} for tag in post["hashtags"]],
            "urls": [{"url": "https://t.co/a", "expanded_url": url} for url in post["urls"]],
        }
        return {
            "id_str": post["post_id"],
            "from_user": "ann",
            "text": post["text"],
            "created_at": at(post, "%a %b %d %H:%M:%S +0000 %Y"),
            "time": at(post, "%d/%m/%Y %H:%M:%S"),
            "from_user_id_str": post["account_id"],
            "in_reply_to_status_id_str": post["reply_to_post_id"],
            "status_url": "",
            "entities_str": json.dumps(said),
        }

    return table([row(post) for post in posts])


def shares(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        return {
            "object_id": post["reposted_post_id"],
            "account_id": post["account_id"],
            "content_id": post["post_id"],
            "timestamp_share": seconds(post),
            "text": post["text"],
        }

    return table([row(post) for post in posts])


def skeet(post: Post) -> tuple[str, dict[str, Any]]:
    """The collection and the record of a Bluesky post or repost."""
    reposted, replied = post["reposted_post_id"], post["reply_to_post_id"]
    collection = f"app.bsky.feed.{'repost' if reposted else 'post'}"
    features = [{"tag": tag} for tag in post["hashtags"]] + [{"uri": url} for url in post["urls"]]
    written = {
        "text": post["text"],
        "facets": [{"index": {}, "features": [each]} for each in features],
        **({"reply": {"parent": {"uri": replied}}} if replied else {}),
    }
    body = {"subject": {"uri": reposted}} if reposted else written
    return collection, {"$type": collection, "createdAt": iso(post), **body}


def address(post: Post) -> str:
    return f"at://{post['account_id']}/{skeet(post)[0]}/{post['post_id']}"


def repository(posts: list[Post]) -> str:
    records = [{"uri": address(post), "cid": "c", "value": skeet(post)[1]} for post in posts]
    return json.dumps({"cursor": "c", "records": records})


def messages(posts: list[Post]) -> str:
    def message(post: Post) -> dict[str, Any]:
        collection, record = skeet(post)
        payload = {
            "$type": "network.bsky.jetstream.subscribeEvents#commit",
            "did": post["account_id"],
            "time": iso(post),
            "operation": "create",
            "collection": collection,
            "rkey": post["post_id"],
            "record": record,
        }
        return {"$type": "message", "payload": payload}

    return lines([message(post) for post in posts])


def of_bluesky(post: Post) -> Post:
    bare = {"text": "", "hashtags": [], "urls": [], "reply_to_post_id": None}
    return post | {"post_id": address(post)} | (bare if post["reposted_post_id"] else {})


def truths(posts: list[Post]) -> str:
    def status(post: Post) -> dict[str, Any]:
        anchors = "".join(f'<a href="{html.escape(url)}"></a>' for url in post["urls"])
        words = html.escape(post["text"]).replace("\n", "<br>")
        said = {"content": f"<p>{words}</p>{anchors}", "tags": [{"name": tag} for tag in post["hashtags"]]}
        reposted = post["reposted_post_id"]
        home = "https://truthsocial.com"
        return {
            "id": post["post_id"],
            "uri": f"{home}/users/ann/statuses/{post['post_id']}",
            "url": f"{home}/@ann/{post['post_id']}",
            "created_at": iso(post),
            "account": {"id": post["account_id"], "username": "ann", "url": f"{home}/@ann"},
            "in_reply_to_id": post["reply_to_post_id"],
            "content": "",
            **({"reblog": {"id": reposted, "uri": f"{home}/2", **said}} if reposted else said),
        }

    return lines([status(post) for post in posts])


def enveloped(platform: str, items: list[dict[str, Any]]) -> str:
    """Zeeschuimer's lines around what a platform sent."""
    envelope = {"nav_index": "1:0", "timestamp_collected": 4_200_000_000_123, "source_platform": platform}
    return lines([{**envelope, "data": item} for item in items])


def seen_tweets(posts: list[Post]) -> str:
    def tweet(post: Post) -> dict[str, Any]:
        reposted = post["reposted_post_id"]
        entities = {
            "hashtags": [{"text": tag} for tag in post["hashtags"]],
            "urls": [{"url": "https://t.co/a", "expanded_url": url} for url in post["urls"]],
            "user_mentions": [],
        }
        said = {"full_text": post["text"], "entities": entities}
        cut = {"full_text": "RT @bob: cut", "entities": {"hashtags": [], "urls": [], "user_mentions": []}}
        original = {"result": {"rest_id": reposted, "legacy": said}}
        return {
            "__typename": "Tweet",
            "rest_id": post["post_id"],
            "core": {"user_results": {"result": {"rest_id": post["account_id"], "legacy": {"name": "Ann"}}}},
            "legacy": {
                "created_at": at(post, "%a %b %d %H:%M:%S +0000 %Y"),
                "user_id_str": post["account_id"],
                "in_reply_to_status_id_str": post["reply_to_post_id"],
                **({**cut, "retweeted_status_result": original} if reposted else said),
            },
        }

    return enveloped("twitter.com", [tweet(post) for post in posts])


def seen_videos(posts: list[Post]) -> str:
    def video(post: Post) -> dict[str, Any]:
        return {
            "id": post["post_id"],
            "desc": post["text"],
            "createTime": seconds(post),
            "author": {"id": "1", "uniqueId": post["account_id"], "nickname": "Ann"},
            "textExtra": [{"hashtagName": tag, "type": 1} for tag in post["hashtags"]],
            "stats": {"diggCount": 1},
        }

    return enveloped("tiktok.com", [video(post) for post in posts])


def seen_comments(posts: list[Post]) -> str:
    def comment(post: Post) -> dict[str, Any]:
        return {
            "cid": post["post_id"],
            "aweme_id": "7",
            "create_time": seconds(post),
            "reply_id": post["reply_to_post_id"] or "0",
            "text": post["text"],
            "text_extra": [{"hashtag_name": tag} for tag in post["hashtags"]],
            "user": {"uid": "1", "unique_id": post["account_id"]},
        }

    return enveloped("tiktok-comments", [comment(post) for post in posts])


def seen_pictures(posts: list[Post]) -> str:
    def picture(post: Post) -> dict[str, Any]:
        return {
            "code": post["post_id"],
            "taken_at": seconds(post),
            "caption": {"text": post["text"]},
            "user": {"pk": int(post["account_id"]), "username": "ann"},
        }

    return enveloped("instagram.com", [picture(post) for post in posts])


def videos(posts: list[Post]) -> str:
    def video(post: Post) -> dict[str, Any]:
        return {
            "id": int(post["post_id"]),
            "username": post["account_id"],
            "create_time": seconds(post),
            "video_description": post["text"],
            "hashtag_names": post["hashtags"],
        }

    return json.dumps({"data": {"videos": [video(post) for post in posts]}, "error": {"code": "ok"}})


def threads(posts: list[Post]) -> str:
    def comment(post: Post) -> dict[str, Any]:
        snippet = {
            "videoId": "v",
            "textOriginal": post["text"],
            "authorChannelId": {"value": post["account_id"]},
            "publishedAt": iso(post),
            **({"parentId": post["reply_to_post_id"]} if post["reply_to_post_id"] else {}),
        }
        return {"kind": "youtube#comment", "id": post["post_id"], "snippet": snippet}

    return json.dumps({"kind": "youtube#commentListResponse", "items": [comment(post) for post in posts]})


def wall(posts: list[Post]) -> str:
    def entry(post: Post) -> dict[str, Any]:
        reposted, replied = post["reposted_post_id"], post["reply_to_post_id"]
        said = {
            "text": post["text"],
            "attachments": [{"type": "link", "link": {"url": url}} for url in post["urls"]],
        }
        original = {"id": int(reposted), "owner_id": -8, **said} if reposted else {}
        return {
            "id": int(post["post_id"]),
            "owner_id": -7,
            "from_id": int(post["account_id"]),
            "date": seconds(post),
            **({"text": "", "copy_history": [original]} if reposted else said),
            **({"post_id": int(replied)} if replied else {}),
        }

    return json.dumps({"response": {"count": len(posts), "items": [entry(post) for post in posts]}})


def pictures(posts: list[Post]) -> str:
    def picture(post: Post) -> dict[str, Any]:
        node = {
            "id": post["post_id"],
            "owner": {"id": post["account_id"], "username": "ann"},
            "taken_at_timestamp": seconds(post),
            "edge_media_to_caption": {"edges": [{"node": {"text": post["text"]}}]},
        }
        return {"instaloader": {"node_type": "Post", "version": "4.9"}, "node": node}

    return lines([picture(post) for post in posts])


def seen_threads(posts: list[Post]) -> str:
    def thread(post: Post) -> dict[str, Any]:
        reposted = post["reposted_post_id"]
        link = {"url": f"https://l.threads.com/?u={quote(post['urls'][0])}&e=x"} if post["urls"] else None
        shared = {"reposted_post": {"code": reposted} if reposted else None}
        return {
            "code": post["post_id"],
            "taken_at": seconds(post),
            "caption": {"text": post["text"]},
            "user": {"username": post["account_id"]},
            "text_post_app_info": {"link_preview_attachment": link, "share_info": shared},
        }

    return enveloped("threads.com", [thread(post) for post in posts])


def views(posts: list[Post]) -> str:
    def view(post: Post) -> dict[str, Any]:
        reposted, (_, record) = post["reposted_post_id"], skeet(post)
        author = {"did": post["account_id"], "handle": "ann.example.com"}
        if not reposted:
            return {
                "post": {"uri": address(post), "author": author, "record": record, "indexedAt": iso(post)}
            }
        reason = {"by": author, "uri": address(post), "indexedAt": iso(post)}
        original = {"$type": "app.bsky.feed.post", "createdAt": "2020-01-01T00:00:00Z"}
        return {
            "post": {"uri": reposted, "author": {"did": "did:plc:a"}, "record": original},
            "reason": reason,
        }

    return json.dumps({"feed": [view(post) for post in posts]})


def scraped_tweets(posts: list[Post]) -> str:
    def tweet(post: Post) -> dict[str, Any]:
        reposted, replied = post["reposted_post_id"], post["reply_to_post_id"]
        said = {
            "rawContent": post["text"],
            "links": [{"url": url, "tcourl": "https://t.co/a"} for url in post["urls"]],
            "hashtags": post["hashtags"] or None,
        }
        return {
            "url": f"https://x.com/ann/status/{post['post_id']}",
            "id": int(post["post_id"]),
            "date": iso(post),
            "user": {"username": "ann", "id": int(post["account_id"])},
            "conversationId": 1,
            "retweetCount": 0,
            "inReplyToTweetId": int(replied) if replied else None,
            "retweetedTweet": {"id": int(reposted), **said} if reposted else None,
            **({"rawContent": "RT @bob: cut"} if reposted else said),
        }

    return lines([tweet(post) for post in posts])


def scraped_channels(posts: list[Post]) -> str:
    def message(post: Post) -> dict[str, Any]:
        return {
            "url": f"https://t.me/s/{post['account_id']}/{post['post_id']}",
            "date": iso(post),
            "content": post["text"],
            "outlinks": post["urls"],
        }

    return lines([message(post) for post in posts])


def acts_of_gab(posts: list[Post]) -> str:
    def act(post: Post) -> dict[str, Any]:
        reposted = post["reposted_post_id"]
        number = reposted or post["post_id"]
        author = {"id": 7 if reposted else int(post["account_id"])}
        return {
            "id": post["post_id"],
            "published_at": iso(post),
            "type": "repost" if reposted else "post",
            "actuser": {"id": int(post["account_id"])},
            "post": {
                "id": number,
                "created_at": "2016-01-01T00:00:00Z",
                "body": post["text"],
                "user": author,
            },
        }

    return lines([act(post) for post in posts])


def tracked(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        return {
            "signature": "s",
            "channel_id": "7",
            "msg_from_id": post["account_id"],
            "message": post["text"],
            "date": at(post, "%Y-%m-%d %H:%M:%S"),
            "msg_link": f"https://t.me/ann/{post['post_id']}",
            "is_forward": 0,
            "from_channel_id": "",
            "reply_to_msg_id": post["reply_to_post_id"],
        }

    return table([row(post) for post in posts])


def r_tweets(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        reposted, replied = post["reposted_post_id"], post["reply_to_post_id"]
        return {
            "user_id": f"x{post['account_id']}",
            "status_id": f"x{post['post_id']}",
            "created_at": iso(post),
            "screen_name": "ann",
            "text": post["text"],
            "is_retweet": str(bool(reposted)).upper(),
            "retweet_status_id": f"x{reposted}" if reposted else "NA",
            "reply_to_status_id": f"x{replied}" if replied else "",
            "hashtags": " ".join(post["hashtags"]),
            "url": "https://ann.example.com",
            "urls_expanded_url": " ".join(post["urls"]),
        }

    return table([row(post) for post in posts])


def bound(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        reposted = post["reposted_post_id"]
        return {
            "tweet_id": post["post_id"],
            "author_id": post["account_id"],
            "created_at": iso(post),
            "text": "RT @bob: cut" if reposted and post["text"] else post["text"],
            "sourcetweet_type": "retweeted" if reposted else "NA",
            "sourcetweet_id": reposted or "NA",
            "sourcetweet_text": post["text"] if reposted else "NA",
        }

    return table([row(post) for post in posts])


def threads_of_reddit(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        return {
            "thread_id": "0",
            "id": post["post_id"],
            "timestamp": "",
            "body": post["text"],
            "subject": "",
            "author": post["account_id"],
            "domain": "",
            "url": "",
            "subreddit": "rivers",
            "parent": post["reply_to_post_id"],
            "score": 1,
            "unix_timestamp": seconds(post),
        }

    return table([row(post) for post in posts])


def comments_of_reddit(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        return {
            "author": f"u/{post['account_id']}",
            "score": 1,
            "created": at(post, "%Y-%m-%d %H:%M"),
            "link": f"https://www.reddit.com/r/rivers/comments/7/a_title/{post['post_id']}/",
            "body": post["text"],
        }

    return table([row(post) for post in posts])


def table_of_statuses(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        tags = json.dumps([{"name": tag, "url": ""} for tag in post["hashtags"]])
        return {
            "id": "1",
            "uri": post["post_id"],
            "created_at": iso(post),
            "content": f"<p>{html.escape(post['text'])}</p>",
            "account.acct": post["account_id"],
            "reblog.uri": post["reposted_post_id"] or "",
            "in_reply_to_id": post["reply_to_post_id"] or "",
            "tags": str(tags),
        }

    return table([row(post) for post in posts])


def address_of_page(post: Post) -> str:
    return f"https://www.facebook.com/{post['account_id']}/posts/{post['post_id']}"


def pages_of_facebook(posts: list[Post]) -> str:
    def record(post: Post) -> dict[str, Any]:
        return {
            "platformId": f"{post['account_id']}_{post['post_id']}",
            "platform": "Facebook",
            "date": at(post, "%Y-%m-%d %H:%M:%S"),
            "message": post["text"],
            "expandedLinks": [{"original": "https://t.co/a", "expanded": url} for url in post["urls"]],
            "postUrl": address_of_page(post),
            "statistics": {"actual": {"likeCount": 1}},
            "account": {"id": 1, "handle": "river", "platformId": post["account_id"]},
        }

    return json.dumps({"status": 200, "result": {"posts": [record(post) for post in posts]}})


def rows_of_facebook(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        return {
            "ct_id": post["post_id"],
            "platform": "Facebook",
            "datetime": at(post, "%Y-%m-%d %H:%M:%S"),
            "message": post["text"],
            "post_url": address_of_page(post),
            "account_ct_id": 1,
            "account_id": post["account_id"],
            "account_handle": "river",
            "expanded_links": "|".join(post["urls"]),
        }

    return table([row(post) for post in posts])


def network_posts(posts: list[Post]) -> str:
    def row(post: Post) -> dict[str, Any]:
        given = of_linkedin(post)["post_id"]
        return {
            "id": given,
            "thread_id": given,
            "body": post["text"],
            "timestamp": "2030-01-01 00:00:00",
            "timestamp_collected": "",
            "timestamp_ago": "2d",
            "author": post["account_id"],
            "author_name": "Ann",
            "hashtags": ",".join(post["hashtags"]),
            "post_url": "",
            "link_url": "",
            "inclusion_context": "",
        }

    return table([row(post) for post in posts])


def of_linkedin(post: Post) -> Post:
    """The number of a post holds its time: after 2002, and in 63 bits before 2039."""
    time = min(max(post["time_us"], 1_041_379_200_000_000), 2_000_000_000_000_000)
    return post | {"time_us": time, "post_id": str((time // 1000 << 22) + int(post["post_id"]))}


@dataclass(frozen=True)
class Shape:
    """How posts are written in a format, under which name of a file, and which columns come back."""

    write: Callable[[list[Post]], str]
    columns: tuple[str, ...]
    suffix: str = ".json"
    expected: Callable[[Post], Post] = lambda post: post


def _to_the_minute(post: Post) -> Post:
    return post | {"time_us": post["time_us"] // 60_000_000 * 60_000_000}


def _of_a_share(post: Post) -> Post:
    return post | {"reposted_post_id": post["reposted_post_id"] or None}


def _below_a_video(post: Post) -> Post:
    return post | {"reply_to_post_id": post["reply_to_post_id"] or "7"}


def _in_a_channel(post: Post) -> Post:
    return post | {"post_id": f"{post['account_id']}-{post['post_id']}"}


def _in_channel_7(post: Post) -> Post:
    replied = post["reply_to_post_id"]
    return post | {"post_id": f"7-{post['post_id']}", "reply_to_post_id": replied and f"7-{replied}"}


def _on_wall_7(post: Post) -> Post:
    replied, reposted = post["reply_to_post_id"], post["reposted_post_id"]
    return post | {
        "post_id": f"-7_{post['post_id']}",
        "reply_to_post_id": replied and f"-7_{replied}",
        "reposted_post_id": reposted and f"-8_{reposted}",
    }


def _below_a_submission(post: Post) -> Post:
    return post | {"post_id": f"t1_{post['post_id']}"}


def _of_a_page(post: Post) -> Post:
    return post | {"post_id": address_of_page(post)}


def _with_one_link(post: Post) -> Post:
    return post | {"urls": post["urls"][:1]}


def _on_youtube(post: Post) -> Post:
    return post | {"reply_to_post_id": post["reply_to_post_id"] or "v"}


EXPORTS = {
    "x-api": Shape(api_tweets, EVERYTHING),
    "x-api-pages": Shape(api_pages, EVERYTHING),
    "twarc-csv": Shape(twarc, EVERYTHING, ".csv"),
    "information-operations": Shape(release, EVERYTHING, ".csv", _to_the_minute),
    "tags": Shape(archive_of_tags, ("reply_to_post_id", "urls", "hashtags"), ".csv"),
    "coortweet": Shape(shares, ("reposted_post_id",), ".csv", _of_a_share),
    "bluesky-records": Shape(repository, EVERYTHING, expected=of_bluesky),
    "bluesky-subscribe-events": Shape(messages, EVERYTHING, expected=of_bluesky),
    "truth-social": Shape(truths, EVERYTHING),
    "tiktok-research": Shape(videos, ("hashtags",)),
    "youtube-api": Shape(threads, ("reply_to_post_id",), expected=_on_youtube),
    "vk": Shape(wall, ("reposted_post_id", "reply_to_post_id", "urls"), expected=_on_wall_7),
    "instaloader": Shape(pictures, (), ".jsonl"),
    "bluesky-feed": Shape(views, EVERYTHING, expected=of_bluesky),
    "snscrape-x": Shape(scraped_tweets, EVERYTHING, ".jsonl"),
    "snscrape-telegram": Shape(scraped_channels, ("urls",), ".jsonl", _in_a_channel),
    "gab": Shape(acts_of_gab, ("reposted_post_id",)),
    "telegram-tracker": Shape(tracked, ("reply_to_post_id",), ".csv", _in_channel_7),
    "academictwitter": Shape(bound, ("reposted_post_id",), ".csv"),
    "rtweet": Shape(r_tweets, EVERYTHING, ".csv"),
    "4cat-reddit": Shape(threads_of_reddit, ("reply_to_post_id",), ".csv", _below_a_submission),
    "mastodon-table": Shape(table_of_statuses, ("reposted_post_id", "reply_to_post_id", "hashtags"), ".csv"),
    "reddit-csv": Shape(
        comments_of_reddit, (), ".csv", lambda post: _below_a_submission(_to_the_minute(post))
    ),
    "crowdtangle-api": Shape(pages_of_facebook, ("urls",), expected=_of_a_page),
    "minet-crowdtangle": Shape(rows_of_facebook, ("urls",), ".csv", _of_a_page),
    "4cat-linkedin": Shape(network_posts, ("hashtags",), ".csv", of_linkedin),
    "zeeschuimer-threads": Shape(seen_threads, ("reposted_post_id", "urls"), ".ndjson", _with_one_link),
    "zeeschuimer-x": Shape(seen_tweets, EVERYTHING, ".ndjson"),
    "zeeschuimer-tiktok": Shape(seen_videos, ("hashtags",), ".ndjson"),
    "zeeschuimer-tiktok-comments": Shape(
        seen_comments, ("hashtags", "reply_to_post_id"), ".ndjson", _below_a_video
    ),
    "zeeschuimer-instagram": Shape(seen_pictures, (), ".ndjson"),
}
TABLES = (
    "syncline-posts",
    "syncline-accounts",
    "information-operations-users",
    "twarc-csv-users",
    "x-api-users",
    "snscrape-x-users",
)
# Where a post stands is said anew.
TOLD = [name for name in schema.POSTS.names if name not in ("source_file", "source_row")]
# Tables by usual column names are in test_read_round_trip.
GENERIC = ("generic",)
# TikTok gives comments without their authors, YouTube's page without their times: refused with that reason.
# Of other sites Zeeschuimer's items have shapes of their own.
REFUSED = ("tiktok-research-comments", "youtube-comment-downloader", "yt-dlp", "zeeschuimer-other")


def test_every_format_is_written_and_read_back_somewhere() -> None:
    somewhere = {*SHAPES, *WRITERS, *EXPORTS, *TABLES, *GENERIC, *REFUSED}
    assert somewhere == set(format_names())


def test_every_format_of_another_tool_has_a_fixture() -> None:
    own = {"generic", "syncline-posts", "syncline-accounts"}
    assert set(format_names()) - own <= {path.stem for path in FIXTURES.iterdir()}


@pytest.mark.parametrize("name", EXPORTS)
@QUICK
@given(POSTS)
def test_posts_come_back(name: str, posts: list[Post]) -> None:
    shape = EXPORTS[name]
    numbered = [{"post_id": str(number), **post} for number, post in enumerate(posts, start=1)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"posts{shape.suffix}"
        path.write_text(shape.write(numbered), encoding="utf-8", newline="")
        got = read_paths(path)
    (file,) = got.result.inputs
    assert (file["format"], got.rejects) == (name, [])
    expected = [shape.expected(post) for post in numbered]
    for column in ("post_id", "account_id", "time_us", *shape.columns):
        assert got.column(column) == [post[column] for post in expected], column
    assert [text or "" for text in got.column("text")] == [post["text"] for post in expected]


def drawn_as(kinds: pa.Schema) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of a schema, any column of which but the keys may be empty."""
    keys = {"platform": st.sampled_from(["x", "y"]), "account_id": NUMBERS, "post_id": NUMBERS}
    values: Mapping[pa.DataType, st.SearchStrategy[Any]] = {
        pa.string(): st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
        pa.int64(): st.none() | st.integers(631_152_000_000_000, 4_133_980_799_000_000),
        pa.bool_(): st.none() | st.booleans(),
        pa.list_(pa.string()): TAGS,
    }
    return st.fixed_dictionaries({field.name: keys.get(field.name, values[field.type]) for field in kinds})


def stored(rows: list[dict[str, Any]], kinds: pa.Schema, path: Path) -> Path:
    pq.write_table(pa.Table.from_pylist(rows, kinds), path)
    return path


@QUICK
@given(st.lists(drawn_as(schema.POSTS), min_size=1, max_size=5, unique_by=lambda row: row["post_id"]))
def test_posts_of_a_case_come_back(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["time_us"] = row["time_us"] or 1_700_000_000_000_000
    with TemporaryDirectory() as folder:
        got = read_paths(stored(rows, schema.POSTS, Path(folder) / "posts.parquet"))
    assert got.result.inputs[0]["format"] == "syncline-posts"
    came, told = by_id(got.posts, "post_id"), by_id(rows, "post_id")
    assert came.keys() == told.keys()
    for number, row in told.items():
        assert {name: came[number][name] for name in TOLD} == {name: row[name] for name in TOLD}


@QUICK
@given(st.lists(drawn_as(schema.ACCOUNTS), min_size=1, max_size=5, unique_by=lambda row: row["account_id"]))
def test_accounts_of_a_case_come_back(rows: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        got = read_paths(stored(rows, schema.ACCOUNTS, Path(folder) / "accounts.parquet"))
    assert got.result.inputs[0]["format"] == "syncline-accounts"
    assert by_id(got.accounts) == by_id(rows)


@QUICK
@given(
    st.lists(
        st.fixed_dictionaries(
            {"userid": NUMBERS, "bio": WORDS, "place": WORDS, "day": st.integers(7305, 47_000)}
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda row: row["userid"],
    )
)
def test_accounts_of_a_release_come_back(rows: list[dict[str, Any]]) -> None:
    written = [
        {
            "userid": row["userid"],
            "user_profile_description": row["bio"],
            "user_reported_location": row["place"],
            "account_creation_date": at({"time_us": row["day"] * 86_400_000_000}, "%Y-%m-%d"),
            "follower_count": 3,
        }
        for row in rows
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "users.csv"
        path.write_text(table(written), encoding="utf-8", newline="")
        got = read_paths(path)
    assert got.result.inputs[0]["format"] == "information-operations-users"
    expected = {row["userid"]: (row["bio"], row["place"], row["day"] * 86_400_000_000, 3) for row in rows}
    assert {
        each["account_id"]: (
            each["bio"] or "", each["location"] or "", each["created_us"], each["followers"]
        )
        for each in got.accounts
    } == expected  # fmt: skip


@QUICK
@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": NUMBERS, "name": WORDS, "bio": WORDS, "second": st.integers(700_000_000, 4_000_000_000)}
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda row: row["id"],
    )
)
def test_accounts_of_the_api_come_back(rows: list[dict[str, Any]]) -> None:
    users = [
        {
            "id": row["id"],
            "username": f"u{row['id']}",
            "name": row["name"],
            "description": row["bio"],
            "created_at": at({"time_us": row["second"] * 1_000_000}, "%Y-%m-%dT%H:%M:%S.000Z"),
            "public_metrics": {"followers_count": 3},
        }
        for row in rows
    ]
    flat = [
        {
            **{key: cell for key, cell in user.items() if key != "public_metrics"},
            "public_metrics.followers_count": 3,
        }
        for user in users
    ]
    scraped = [
        {
            "_type": "snscrape.modules.twitter.User",
            "id": int(user["id"]),
            "username": user["username"],
            "displayname": user["name"],
            "rawDescription": user["description"],
            "created": user["created_at"],
            "followersCount": 3,
        }
        for user in users
    ]
    for format_name, name, content in (
        ("x-api-users", "users.jsonl", lines([{"data": users}])),
        ("x-api-users", "users.json", json.dumps(users)),
        ("snscrape-x-users", "users.jsonl", lines(scraped)),
        (
            "twarc-csv-users",
            "users.csv",
            table([{**each, "description": each["description"].replace("\n", r"\n")} for each in flat]),
        ),
    ):
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_text(content, encoding="utf-8", newline="")
            got = read_paths(path)
        assert got.result.inputs[0]["format"] == format_name
        assert {
            each["account_id"]: (
                each["username"],
                each["display_name"] or "",
                each["bio"] or "",
                each["created_us"],
            )
            for each in got.accounts
        } == {
            row["id"]: (f"u{row['id']}", row["name"], row["bio"], row["second"] * 1_000_000) for row in rows
        }


def by_id(rows: list[dict[str, Any]], key: str = "account_id") -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in rows}

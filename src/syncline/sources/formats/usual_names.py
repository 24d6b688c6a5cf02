"""The names that people and their tools give to the columns of posts and accounts: for each column, best first.

They are compared as `folded` leaves them: lower case, everything but letters and digits as one underscore. In
JSON a name is the path, so that `user_id` also stands for `user.id`.
"""

import re
from collections.abc import Callable
from functools import partial

from syncline.sources import cells
from syncline.sources.format import Field

Usual = dict[str, tuple[Callable[..., Field], str]]

_links = partial(cells.links, keys=("expanded_url", "unwound_url", "url", "href", "long", "link"))
_tags = partial(cells.listing, keys=("tag", "text", "name", "id"))
# A display name is no handle.
_people = partial(
    cells.listing,
    keys=(
        "screen_name",
        "username",
        "Username",
        "handle",
        "acct",
        "profile_name",
        "did",
        "id_str",
        "id",
        "name",
    ),
)

#: Whoever posts, as the object around an id or a name: `sender.id`, `authorMeta.name`.
WHO = (
    *("user", "author", "sender", "commenter", "reviewer", "member", "poster", "author_meta", "user_profile"),
    *("user_info", "comment_author", "account", "extra_author_attributes"),
)


def _of_whom(keys: str) -> str:
    return " ".join(f"{who}_{key}" for key in keys.split() for who in WHO)


_IDS = _of_whom("id_str id user_id pk uid mid did steamid channel_id channel_id_value")
_HANDLES = _of_whom("screen_name username handle unique_id short_name acct account login")
_DISPLAYED = _of_whom("display_name nickname full_name fullname name")
# TikTok's scrapers call the handle so; the display name beside it is the nickname.
_TIKTOK_HANDLE = "author_meta_name"

#: Names of accounts that are the author's only if the author's own column begins as it says here.
OF_THE_AUTHOR = {
    "author_profile_handle": "author",
    "author_profile_display_name": "author",
    "owner_username": "owner",
    "owner_full_name": "owner",
    "channel_username": "channel",
    "channel_title": "channel",
    "channel_name": "channel",
    "from_user": "from_user",
}
_NAMED = {
    "username": ("author_profile_handle", "owner_username", "channel_username", "from_user"),
    "display_name": ("author_profile_display_name", "owner_full_name", "channel_title", "channel_name"),
}

POSTS: Usual = {
    "platform": (cells.words, "platform social_network"),
    "post_id": (
        cells.ident,
        "post_id_str tweet_id_str status_id_str comment_id post_id tweet_id tweetid status_id message_id content_id"
        " item_id note_id aweme_id universal_message_id post_uri id_str uri rest_id imported_id id video_id"
        " document_id mid review_id id_post cid ids"
        # The key of an object that holds posts by their ids.
        " enclosing_key",
    ),
    "account_id": (
        cells.person,
        # Ids, then handles, then what may be a display name.
        f"account_id_str account_id userid user_did author_did did unique_user_id {_IDS} from_user_id_str from_user_id"
        f" from_id user_id_no {_HANDLES} screen_name username user_posted screenname from_user twitter_account handle"
        " account user author speaker pubkey user_name author_name sender commenter_name reviewer commenter comment_by"
        f" comment_author member {_DISPLAYED} from from_name from_user_name message_sender uid actor_id actor"
        " creator_id creator poster_id poster owner_user_id id_user by nickname display_name influencer vertex_1"
        " 用户昵称",
    ),
    "time_us": (
        cells.moment,
        # What says that it is the post's, or the comment's below it, comes first: a bare `created_at` may be the
        # account's, a `timestamp` that of the collection.
        "time_us comment_created_at comment_date_gmt comment_date comment_time comment_published comment_timestamp"
        " tweet_created_at tweet_created tweetcreatedts tweet_time tweet_timestamp tweet_date tweet_posted_time"
        " message_date message_datetime message_date_time review_date post_created_at post_time post_timestamp"
        " post_date created_at created_time created_utc created create_time_iso create_time create_date create_at"
        " creation_time creation_date date_created created_on date_posted posted_at_iso posted_at posted_time"
        " time_posted posted published_at_date published_at published_on publish_date published published_date"
        " published_time"
        " pub_date pubdate publish_time post_published date_published sent_at taken_at taken_at_timestamp"
        " timestamp_created"
        " iso_date_time unix_review_time timestamp_share time timestamp date datetime date_time unix_timestamp"
        " timestamp_utc timestamp_ms video_timestamp upload_date date_added reg_time ctime cdate ts at"
        " relationship_date indexed_at 发布时间",
    ),
    "text": (
        cells.said,
        # The first of them are there where `text` is cut, or is that of the post above a comment.
        "full_text raw_content comment_text comment_body comment_content comment_message text tweet_text tweet"
        " content content_cleaned message message_text message_content message_body body post_text post_content"
        " post_body_text post_body caption caption_text video_description video_title opening_text comment"
        " status_text tweet_content"
        " post_message msg selftext tweets review_text review review_body hit_sentence text_original text_display"
        " content_text contents post comments"
        " txt cooked description desc title 微博正文",
    ),
    "lang": (cells.words, "lang language tweet_language tweet_lang post_language"),
    "is_repost": (
        cells.yes_no,
        "is_repost is_retweet retweet is_reshare is_share is_reblog is_retruth is_reskeet",
    ),
    "reposted_post_id": (
        cells.reference,
        "reposted_post_id reposted_id repost_id retweeted_status_id_str retweeted_status_id"
        " retweet_tweetid retweeted_id retweet_id retweeted_tweet_id rt_id shared_post_id reblog_id"
        " repost_of_id retweet_status_id retweeted_tweet_id_str retweeted_status_mid original_tweet_id"
        " retweeted_status truth_retruthed",
    ),
    "reposted_account_id": (
        cells.reference,
        "reposted_account_id reposted_user_id reposted_user retweeted_user_id retweet_userid"
        " retweeted_status_user_id rt_user_id retweeted_user retweet_user_id retweeted_username"
        " retweet_screen_name retweeted_uid original_tweet_userid retweeted_author_id shared_user_id",
    ),
    "reply_to_post_id": (
        cells.reference,
        "reply_to_post_id reply_to_id in_reply_to_status_id_str in_reply_to_status_id"
        " in_reply_to_tweetid in_reply_to_id in_reply_to_tweet_id reply_id replied_to_id"
        " reply_to_status_id parent_comment_id parent_id comment_parent reply_to reply_to_msg_id reply_to_message_id"
        " reply_to_post_uri reply_parent_uri id_parent_post reply_to_tweet_id replyto_id reply_to_sid"
        " message_reply_id reference_message_id message_reference_message_id parent_tweet_id in_reply_to",
    ),
    "reply_to_account_id": (
        cells.reference,
        "reply_to_account_id in_reply_to_user_id_str in_reply_to_user_id in_reply_to_userid"
        " in_reply_to_account_id reply_to_user_id replied_to_user_id in_reply_to_screen_name"
        " reply_to_user reply_to_username reply_to_uid parent_user_id parent_did reply_to in_reply_to",
    ),
    "quoted_post_id": (
        cells.reference,
        "quoted_post_id quoted_id quoted_status_id_str quoted_status_id quoted_tweet_tweetid"
        " quoted_tweet_id quote_tweet_id quote_id embed_quote_post_uri quoted_status",
    ),
    "thread_id": (cells.reference, "thread_id conversation_id_str conversation_id thread_ts"),
    "urls": (
        _links,
        "urls_expanded_url expanded_urls expanded_url url_expanded entities_urls urls links outlinks"
        " embed_external_url external_url post_external_link url link",
    ),
    "hashtags": (_tags, "hashtags hashtag tags entities_hashtags 话题"),
    "mentions": (
        _people,
        "mentions mention user_mentions mentioned_users entities_mentions entities_user_mentions tagged_users 艾特用户",
    ),
    "media_hashes": (cells.listing, "media_hashes media_hash image_hash phash pdq_hash pdq image_hashes"),
    "client": (
        cells.words,
        "client tweet_client_name client_name twitter_client source_app app via tweet_source status_source 发布工具"
        " source",
    ),
    "likes": (
        cells.number,
        "likes like_count favorite_count favorites likes_count liked_count public_metrics_like_count digg_count 点赞数",
    ),
    "reposts": (
        cells.number,
        "reposts retweet_count repost_count shares share_count shares_count shared_count retweets reblogs_count"
        " reposts_count"
        " public_metrics_retweet_count retruth_count 转发数",
    ),
    "replies": (
        cells.number,
        "replies reply_count comments comment_count replies_count comments_count public_metrics_reply_count 评论数",
    ),
}
ACCOUNTS: Usual = {
    "username": (
        cells.told,
        f"{_HANDLES} {_TIKTOK_HANDLE} username screen_name handle user_posted user_name {' '.join(_NAMED['username'])}",
    ),
    "display_name": (
        cells.told,
        f"display_name account_display_name author_meta_nick_name {_DISPLAYED.replace(_TIKTOK_HANDLE, '')}"
        f" nickname name full_name user_name 用户昵称 {' '.join(_NAMED['display_name'])}",
    ),
    "bio": (
        cells.told,
        "bio user_profile_description profile_description user_description author_description account_bio biography"
        " profile_biography",
    ),
    "location": (
        cells.told,
        "location user_reported_location user_location reported_location author_location",
    ),
    "created_us": (
        cells.moment,
        "created_us account_created account_created_at account_creation_date user_created_at"
        " author_created_at joined account_creation_time user_created usercreatedts",
    ),
    "followers": (
        cells.number,
        f"followers follower_count followers_count {_of_whom('followers_count')} author_followers user_followers",
    ),
    "following": (
        cells.number,
        f"following following_count friends_count friends {_of_whom('following_count friends_count')} user_friends",
    ),
    "posts_count": (
        cells.number,
        f"posts_count statuses_count tweet_count {_of_whom('statuses_count tweet_count')} post_count numberstatuses",
    ),
    "avatar_path": (cells.told, "avatar_path"),
    "verified": (cells.yes_no, "verified user_verified is_verified author_verified"),
}
#: Links that a platform keeps beside the words: most posts have one at most, and others have theirs in the text.
ONE_LINK = ("embed_external_url", "external_url", "post_external_link", "url", "link")
#: Where something was posted, which speaks for itself where nobody else is named.
PLACES = "channel_id channel_username channel_name profile_id profile_name page_id page_name owner_id owner"
#: Of a table of profiles.
ACCOUNT_ID = "account_id user_id userid author_id id_str id username screen_name user_screen_name handle"
#: Where a message was posted, of which its number may tell only together with it.
CHATS = (
    "enclosing_list"
    " chat_id peer_id channel_id group_id owner_id chat channel group channel_username chat_username channel_title"
    " chat_title channel_name chat_name"
)


def folded(name: str) -> str:
    """A column's name for comparison: lower case, everything but letters and digits as one underscore."""
    return re.sub(r"[\W_]+", "_", name.lower()).strip("_")

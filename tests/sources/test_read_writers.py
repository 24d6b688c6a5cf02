"""Other shapes of the declared formats, as the source code of the tools that write them has them."""

import json
from collections.abc import Callable
from typing import Any

from read_files import FIXTURES, Read, read_paths

Reader = Callable[..., Read]


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_reddit_comments_as_the_usual_script_writes_them(read: Reader) -> None:
    at = "https://www.reddit.com/r/test/comments/abc12/a_b"
    got = read(
        "author,score,created,link,body\n"
        f"u/ann,5,2023-01-01 10:00,{at}/j1/,hello u/bob_1\n"
        f"u/[deleted],1,2023-01-01 10:01,{at}/j2/,[deleted]\n"
        f"u/cem,1,2023-01-01 10:02,{at}/j3/,see https://e.org/b\n",
        "comments.csv",
    )
    assert got.result.inputs[0]["format"] == "reddit-csv"
    assert got.column("post_id") == ["t1_j1", "t1_j3"]
    assert got.column("thread_id") == ["t3_abc12", "t3_abc12"]
    assert got.column("urls") == [[], ["https://e.org/b"]]
    assert got.column("mentions") == [["bob_1"], []]
    assert [each["reason"] for each in got.rejects] == ["no_account"]


def test_the_script_and_the_archive_name_posts_and_accounts_alike() -> None:
    got = read_paths(FIXTURES / "reddit.jsonl", FIXTURES / "reddit-csv.csv")
    assert [each["duplicates"] for each in got.result.inputs] == [1, 3]
    assert {"ann", "cem"} <= {each["account_id"] for each in got.accounts}


def test_reddit_authors_with_a_prefix(read: Reader) -> None:
    """As the usual script writes them, whatever columns it is asked for: the deleted are no account there either."""
    got = read(
        "id,author,created_utc,subreddit,body,link_id\n"
        "j1,u/ann,1672567200,test,hello,t3_a\n"
        "j2,u/[deleted],1672567201,test,hello,t3_a\n"
        "j3,u/[deleted],1672567202,test,hello,t3_b\n",
        "comments.csv",
    )
    assert got.result.inputs[0]["format"] == "reddit"
    assert got.column("account_id") == ["ann"]
    generic = read(
        "author,created,title\nu/[deleted],2023-01-01 10:00,x\nu/ann,2023-01-01 10:01,x\n", "a.csv"
    )
    assert generic.column("account_id") == ["u/ann"]


def test_what_is_yes_or_no_is_no_text(read: Reader) -> None:
    """YouTube Data Tools' list of videos says in `caption` whether there are subtitles."""
    got = read(
        "channelId,videoId,publishedAt,videoDescription,caption\n"
        "UCa,v1,2023-01-01T10:00:00Z,words of one video,false\n"
        "UCb,v2,2023-01-01T10:00:01Z,words of another,true\n",
        "videos.csv",
    )
    assert got.column("text") == ["words of one video", "words of another"]


VIDEO = {
    "id": 7300000000000000001,
    "username": "ann",
    "create_time": 1700000000,
    "region_code": "DE",
    "video_description": "A dance #Eins",
    "hashtag_info_list": [{"hashtag_id": 5, "hashtag_name": "Eins", "hashtag_description": "of #zwei"}],
    "like_count": 3,
}


def test_tiktok_hashtags_that_come_with_their_numbers(read: Reader) -> None:
    got = read(lines(VIDEO, VIDEO | {"id": 2, "hashtag_names": ["drei"]}), "videos.jsonl")
    assert got.result.inputs[0]["format"] == "tiktok-research"
    assert got.column("hashtags") == [["Eins"], ["drei"]]


def test_tiktok_videos_as_tables(read: Reader) -> None:
    wanted = {
        "platform": "tiktok",
        "post_id": "7300000000000000001",
        "account_id": "ann",
        "time_us": 1_700_000_000_000_000,
        "text": "A dance #Eins",
        "hashtags": ["Eins", "zwei"],
        "likes": 3,
    }
    tables = [
        # As pandas writes the API's videos, and as traktok names its columns and R spells lists and times.
        "id,username,create_time,region_code,video_description,hashtag_names,like_count\n"
        "7300000000000000001,ann,1700000000,DE,A dance #Eins,\"['Eins', 'zwei']\",3\n",
        "video_id,author_name,view_count,create_time,effect_ids,video_description,hashtag_names,like_count\n"
        '7300000000000000001,ann,9,2023-11-14 22:13:20,NA,A dance #Eins,"c(""Eins"", ""zwei"")",3\n',
        "video_id,author_name,view_count,create_time,effect_ids,video_description,hashtag_names,like_count\n"
        '7300000000000000001,ann,9,2023-11-14T22:13:20Z,NA,A dance #Eins,"Eins, zwei",3\n',
    ]
    for table in tables:
        got = read(table, "videos.csv")
        assert got.result.inputs[0]["format"] == "tiktok-research"
        assert {name: got.posts[0][name] for name in wanted} == wanted
        assert got.accounts[0]["username"] == "ann"


def test_a_table_with_videos_is_not_tiktoks(read: Reader) -> None:
    got = read("id,author,timestamp,body,videos\n1,ann,2023-01-01 10:00:00,hello,2\n", "a.csv")
    assert got.result.inputs[0]["format"] == "generic"


def test_information_operations_whose_accounts_are_hashed(read: Reader) -> None:
    """The hash stands for the id, the handle and the name: handles that all look alike would be a finding."""
    tweets = (
        "tweetid,userid,user_display_name,user_screen_name,tweet_time,tweet_text,is_retweet\n"
        '1,"Aa+/9=","Aa+/9=","Aa+/9=",2017-06-22 16:03,hello,False\n'
        "2,17,Ann,ann,2017-06-22 16:04,hello,False\n"
    )
    users = (
        "userid,user_display_name,user_screen_name,account_creation_date\nAa+/9=,Aa+/9=,Aa+/9=,2017-05-22\n"
    )
    for content in (tweets, users):
        hashed = read(content, "release.csv").accounts[-1]
        assert (hashed["account_id"], hashed["username"], hashed["display_name"]) == ("Aa+/9=", None, None)
    assert read(tweets, "release.csv").accounts[0]["username"] == "ann"


def test_crowdtangle_until_2020(read: Reader) -> None:
    got = read(
        "Page Name,User Name,Facebook Id,Likes at Posting,Followers at Posting,Created,Type,Likes,Comments,Shares,URL,"
        "Message,Link,Final Link,Link Text,Description\n"
        "River Page,river,100000000000001,5,5,2019-01-01 10:00:00 EST,Link,3,1,2,https://www.facebook.com/river/posts/1,"
        "hello,https://e.org/a,,,\n",
        "facebook.csv",
    )
    assert got.result.inputs[0]["format"] == "crowdtangle-facebook"
    (post,) = got.posts
    assert (post["time_us"], post["urls"], post["reposts"]) == (1_546_354_800_000_000, ["https://e.org/a"], 2)
    got = read(
        "Account,User Name,Followers at Posting,Created,Type,Likes,Comments,Views,URL,Link,Photo,Title,Description\n"
        "River,river,5,2019-01-01 10:00:00 EST,Photo,3,1,0,https://www.instagram.com/p/A/,https://www.instagram.com/p/A/,"
        "https://e.org/1.jpg,,hello #one\n",
        "instagram.csv",
    )
    assert got.result.inputs[0]["format"] == "crowdtangle-instagram"
    assert (got.posts[0]["time_us"], got.posts[0]["hashtags"]) == (1_546_354_800_000_000, ["one"])


def test_meta_content_library_as_its_api_spelled_it_at_first(read: Reader) -> None:
    got = read(
        "id,creation_time,text,post_owner.data.id,post_owner.data.name,post_owner.data.type,"
        "link_attachment_fields.link,shared_post_id\n"
        "900000000000000001,2023-11-01T10:00:00+0000,hello,800000000000000001,River,PAGE,https://e.org/a,\n",
        "posts.csv",
    )
    assert got.result.inputs[0]["format"] == "meta-content-library"
    (post,) = got.posts
    assert (post["account_id"], post["urls"]) == ("800000000000000001", ["https://e.org/a"])


def test_meta_content_library_lists_hashtags_beside_the_text(read: Reader) -> None:
    got = read(
        "id,creation_time,text,hashtags,post_owner.id,post_owner.type,surface.type\n"
        "1,2024-01-01T10:00:00+0000,a picture,\"['one', 'two']\",8,CREATOR,\n"
        "2,2024-01-01T10:00:01+0000,a picture #three,,8,CREATOR,\n"
        "3,2024-01-01T10:00:02+0000,in a group #four,[],9,PROFILE,GROUP\n"
        "4,2024-01-01T10:00:03+0000,,,9,,\n",
        "posts.csv",
    )
    assert got.column("hashtags") == [["one", "two"], ["three"], ["four"], []]
    assert got.column("platform") == ["instagram", "instagram", "facebook", "meta"]


def test_crowdtangles_table_its_api_and_minet_name_posts_and_accounts_alike() -> None:
    names = (
        "crowdtangle-facebook.csv",
        "crowdtangle-instagram.csv",
        "crowdtangle-api.json",
        "minet-crowdtangle.csv",
    )
    got = read_paths(*(FIXTURES / name for name in names))
    facebook, instagram, api, minet = (each["duplicates"] for each in got.result.inputs)
    assert (facebook, instagram, api, minet) == (0, 0, 3, 5)
    keys = [(each["platform"], each["account_id"]) for each in got.accounts]
    assert ("instagram", "riverpics") in keys
    assert ("facebook", "100000000000001") in keys
    assert len(set(keys)) == len(keys)


def test_crowdtangle_posts_one_a_line(read: Reader) -> None:
    whole = json.loads((FIXTURES / "crowdtangle-api.json").read_text(encoding="utf-8"))
    got = read(lines(*whole["result"]["posts"]), "posts.jsonl")
    assert (got.result.inputs[0]["format"], len(got.posts)) == ("crowdtangle-api", 4)


def test_what_is_said_in_a_forums_topic_answers_nothing(read: Reader) -> None:
    """Telegram Desktop writes the topic as what is answered, so that all in it would have answered one message."""

    def said(number: int, **more: Any) -> dict[str, Any]:
        own = {"id": number, "type": "message", "date_unixtime": "1672560000", "from_id": f"user{number}"}
        return own | {"text": "words"} | more

    opening = {"id": 5, "type": "service", "action": "topic_created", "date_unixtime": "1672560000"}
    export = {
        "name": "Forum",
        "type": "public_supergroup",
        "id": 9,
        "messages": [
            opening,
            said(6, reply_to_message_id=5),
            said(7, reply_to_message_id=6),
            said(8, reply_to_message_id=5, reply_to_peer_id="channel4"),
        ],
    }
    got = read(json.dumps(export, indent=1), "result.json")
    assert got.column("reply_to_post_id") == [None, "9-6", "4-5"]
    # Another chat has numbers of its own.
    other = {**export, "id": 10, "messages": [said(6, reply_to_message_id=5)]}
    assert read(json.dumps(other, indent=1), "result.json").column("reply_to_post_id") == ["10-5"]


def test_tiktoks_page_as_traktok_reads_it(read: Reader) -> None:
    got = read(
        "video_id,video_timestamp,video_url,video_length,video_title,video_diggcount,author_name,author_nickname\n"
        "7300000000000000001,2023-11-14 22:13:20,https://www.tiktok.com/@ann/video/7300000000000000001,9,hello #one,3,"
        "ann,Ann\n",
        "videos.csv",
    )
    (post,) = got.posts
    assert (post["account_id"], post["text"], post["hashtags"], post["urls"]) == (
        "ann",
        "hello #one",
        ["one"],
        [],
    )


def test_a_page_whose_name_begins_like_the_authors_is_another(read: Reader) -> None:
    got = read(
        "Page Name,User Name,Facebook Id,Post Created,URL,Message,Link,Final Link\n"
        "River,river,1,2021-01-01 10:00:00 EST,https://www.facebook.com/river/posts/1,hello,"
        "https://www.facebook.com/riverside/posts/7,\n"
        "River,river,1,2021-01-01 10:00:01 EST,https://www.facebook.com/river/posts/2,hello,"
        "https://www.facebook.com/river/photos/2,\n",
        "facebook.csv",
    )
    assert got.column("urls") == [["https://www.facebook.com/riverside/posts/7"], []]


def test_mastodon_as_a_table_names_posts_and_accounts_as_the_api_does() -> None:
    got = read_paths(FIXTURES / "mastodon.json", FIXTURES / "mastodon-table.csv")
    assert [each["duplicates"] for each in got.result.inputs] == [1, 5]
    # Two servers may each have an account of one name.
    assert {"ann@m.example", "ann@n.example"} <= {each["username"] for each in got.accounts}


def test_an_outbox_names_posts_and_accounts_as_the_api_does() -> None:
    got = read_paths(FIXTURES / "mastodon.json", FIXTURES / "activitypub-outbox.json")
    by_file = [
        {post["post_id"]: post["account_id"] for post in got.posts if post["source_file"].endswith(name)}
        for name in ("mastodon.json", "outbox.json")
    ]
    first = "https://m.example/users/ann/statuses/110000000000000001"
    # The post is in both: read once.
    assert (first in by_file[0], first in by_file[1]) == (True, False)
    assert by_file[0][first] == by_file[1]["https://m.example/users/ann/statuses/110000000000000002/activity"]


def test_truth_social_as_a_table_is_not_mastodon(read: Reader) -> None:
    got = read(
        "id,uri,created_at,content,account.acct,account.id\n"
        "1,https://truthsocial.com/users/ann/statuses/1,2023-01-01T10:00:00Z,<p>x</p>,ann,5\n",
        "truths.csv",
    )
    assert got.result.inputs[0]["format"] == "generic"


def test_accounts_with_homepages_are_no_posts(read: Reader) -> None:
    """twarc-csv's users have a time, that of their making, and a link, which is nothing they shared."""
    got = read_paths(FIXTURES / "twarc-csv-users.csv")
    assert (got.posts, len(got.accounts)) == ([], 2)
    tweet = '{"data": [{"id": "1", "author_id": "10", "created_at": "2023-01-01T00:00:00Z", "text": "x"}]}\n'
    assert read(tweet, "pages.jsonl").result.inputs[0]["format"] == "x-api-pages"

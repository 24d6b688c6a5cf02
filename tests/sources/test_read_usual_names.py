"""Usual names whose columns hold something else: better not read than misunderstood."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from read_files import Read

from syncline.errors import SynclineError

Reader = Callable[..., Read]
DAY = "2020-01-01"


def made_from(got: Read, column: str) -> list[str]:
    """The file's columns that `column` is made from."""
    return list(got.result.inputs[0]["columns"].get(column, []))


def table(header: str, *rows: str) -> str:
    return "\n".join([header, *rows]) + "\n"


def test_the_own_address_of_a_post_is_no_link_that_it_shares(read: Reader) -> None:
    rows = [
        f"10{n},ann,{DAY} 10:00:0{n},see https://a.org/x,https://x.com/ann/status/10{n}" for n in range(3)
    ]
    got = read(table("id,username,created_at,text,url", *rows))
    assert made_from(got, "urls") == []
    assert got.column("urls") == [["https://a.org/x"]] * 3


def test_the_own_address_by_another_number_than_the_id(read: Reader) -> None:
    rows = [f"{n},ann,{DAY} 10:00:0{n},words,https://www.pictures.org/p/Code{n}" for n in range(5)]
    assert read(table("id,username,created_at,text,link", *rows)).column("urls") == [[]] * 5


ADDRESSES = {
    "facebook": "https://www.facebook.com/Page{0}/posts/pfbid0{0}x",
    "story": "https://{1}.facebook.com/permalink.php?story_fbid=77{0}&id=5",
    "reel": "https://{1}.facebook.com/reel/55{0}/",
    "video": "https://{1}.facebook.com/Page/videos/55{0}/",
    "mastodon": "https://{1}.example/@ann/11{0}",
    "truth": "https://{1}.example/@ann/posts/11{0}",
}


def rows_with_addresses(pattern: str) -> list[str]:
    """Posts that share a link in their words, each beside its own address on one of two servers."""
    addresses = [pattern.format(n, "wm"[n % 2]) for n in range(10, 32)]
    return [
        f"{n},u{n},{DAY} 10:00:{n + 10},see https://a.org/x,{address}" for n, address in enumerate(addresses)
    ]


@pytest.mark.parametrize("kind", ADDRESSES)
@pytest.mark.parametrize("flaw", ["none", "a row twice", "a blank cell", "many blank cells"])
def test_the_own_address_is_known_by_its_look_where_rows_repeat_or_cells_are_blank(
    read: Reader, kind: str, flaw: str
) -> None:
    rows = rows_with_addresses(ADDRESSES[kind])
    blank = {"a blank cell": 1, "many blank cells": 10}.get(flaw, 0)
    rows[:blank] = [row.rpartition(",")[0] + "," for row in rows[:blank]]
    rows += rows[-1:] if flaw == "a row twice" else []
    got = read(table("id,username,created_at,text,url", *rows))
    assert got.column("urls") == [["https://a.org/x"]] * 22


@pytest.mark.parametrize(("blank", "is_own"), [(0, True), (2, True), (3, False)])
def test_one_address_for_each_post_on_one_site_is_its_own_where_hardly_any_is_missing(
    read: Reader, blank: int, is_own: bool
) -> None:
    rows = rows_with_addresses("https://pictures.org/p/Code{0}")
    rows[:blank] = [row.rpartition(",")[0] + "," for row in rows[:blank]]
    assert ("url" in made_from(read(table("id,username,created_at,text,url", *rows)), "urls")) != is_own


def test_addresses_of_posts_that_several_share_are_links(read: Reader) -> None:
    rows = rows_with_addresses(ADDRESSES["facebook"])
    rows += [f"9{row}".replace(",u", ",v", 1) for row in rows]
    assert "url" in made_from(read(table("id,username,created_at,text,url", *rows)), "urls")


def test_the_homepage_of_an_account_is_no_link_that_it_shares(read: Reader) -> None:
    rows = [f"{n},u{n % 3},{DAY} 10:00:0{n},words,https://u{n % 3}.org" for n in range(6)]
    assert read(table("id,username,created_at,text,url", *rows)).column("urls") == [[]] * 6


def test_links_that_are_shared_are_read(read: Reader) -> None:
    rows = [f"{n},u{n % 3},{DAY} 10:00:0{n},words,https://a.org/{n // 3}" for n in range(6)]
    got = read(table("id,username,created_at,text,url", *rows))
    assert got.column("urls")[::5] == [["https://a.org/0"], ["https://a.org/1"]]


def test_a_short_number_inside_an_address_is_not_the_posts_own(read: Reader) -> None:
    rows = [f"{n},u{n},{DAY} 10:00:0{n},words,https://a.org/s{n}tory" for n in range(3)]
    got = read(table("id,username,created_at,text,url", *rows))
    assert got.column("urls")[0] == ["https://a.org/s0tory"]


def test_a_comment_is_known_by_its_own_id_and_answers_what_it_stands_below(read: Reader) -> None:
    got = read(
        table(
            "post_id,comment_id,parent_id,user,created_at,comment,likes",
            f"p1,c1,,ann,{DAY} 10:00:00,one,0",
            f"p1,c2,c1,bob,{DAY} 10:00:01,two,0",
        )
    )
    assert got.column("post_id") == ["c1", "c2"]
    assert got.column("reply_to_post_id") == ["p1", "c1"]
    assert got.column("thread_id") == ["p1", "p1"]


def test_an_id_under_which_several_accounts_post_is_not_the_posts(read: Reader) -> None:
    rows = [f"v1,{n},u{n},{DAY} 10:00:0{n},words" for n in range(3)]
    got = read(table("post_id,id,username,created_at,text", *rows))
    assert made_from(got, "post_id") == ["id"]
    assert len(got.posts) == 3


@pytest.mark.parametrize("none", ["0", "-1", "0.0", ""])
def test_zero_is_no_post_that_was_reposted_or_answered(read: Reader, none: str) -> None:
    rows = [f"10{n},{n},{DAY} 10:00:0{n},words,{none},{none}" for n in range(2)]
    rows.append(f"109,9,{DAY} 10:00:09,words,100,101")
    got = read(table("id,user_id,created_at,text,retweeted_status_id,in_reply_to_status_id", *rows))
    assert got.column("reposted_post_id") == [None, None, "100"]
    assert got.column("reply_to_post_id") == [None, None, "101"]
    assert got.column("account_id") == ["0", "1", "9"]
    assert got.column("is_repost") == [False, False, True]


def test_a_handle_that_is_answered_is_no_post(read: Reader) -> None:
    rows = [f"10{n},{n},{DAY} 10:00:0{n},words,@bob" for n in range(2)]
    got = read(table("id,user_id,created_at,text,reply_to", *rows))
    assert got.column("reply_to_post_id") == [None, None]
    assert got.column("reply_to_account_id") == ["bob", "bob"]


def test_a_clock_without_a_day_is_no_time(read: Reader) -> None:
    got = read(table("id,user_id,time,date,created_at,text", f"1,a,10:00:00,{DAY},{DAY} 10:00:00,words"))
    assert made_from(got, "time_us") == ["created_at"]
    with pytest.raises(SynclineError, match=r"bad_time \(10:00:00\)"):
        read(table("id,user_id,time,text", "1,a,10:00:00,words"))


def test_a_day_and_its_clock_in_two_columns_are_one_time(read: Reader) -> None:
    got = read(
        table("Document ID,Date,Time,Author,Text", f"1,{DAY},10:00:30,ann,words", f"2,{DAY},10:01,bob,words")
    )
    assert made_from(got, "time_us") == ["Date", "Time"]
    assert got.column("time_us") == [1_577_872_830_000_000, 1_577_872_860_000_000]
    assert got.column("post_id") == ["1", "2"]


def test_a_count_is_no_repost_no_text_and_no_hashtag(read: Reader) -> None:
    rows = [f"{n},u,{DAY} 10:00:0{n},{n},{n},{n},words {n}" for n in range(4)]
    got = read(table("id,username,created_at,retweet,comment,hashtags,caption", *rows))
    assert got.column("is_repost") == [False] * 4
    assert got.column("text")[0] == "words 0"
    assert got.column("hashtags") == [[]] * 4


@pytest.mark.parametrize(
    ("user", "account"),
    [
        ("{'username': 'ann', 'id': 11}", "11"),
        ("{'id': 11, 'id_str': '11', 'name': 'Ann, id: 12', 'screen_name': 'ann'}", "11"),
        ("User(username='ann', id=11)", "11"),
        ("snscrape.User(username='ann', displayname='A')", "ann"),
    ],
)
def test_an_author_spelled_as_an_object(read: Reader, user: str, account: str) -> None:
    got = read(table("id,user,created_at,text", f'1,"{user}",{DAY},words'))
    assert got.column("account_id") == [account]
    assert [each["username"] for each in got.accounts] == ["ann"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("[{'screen_name': 'bob', 'name': 'B, o', 'id': '12'}, {'screen_name': 'cem'}]", ["bob", "cem"]),
        ("[User(username='bob', id=12), User(username='cem', id=13)]", ["bob", "cem"]),
        ("[{'something': 'else'}]", []),
        ('c(""bob"", ""cem"")', ["bob", "cem"]),
        ("character(0)", []),
        ("NA", []),
        ("['bob', 'cem']", ["bob", "cem"]),
    ],
)
def test_lists_of_objects_as_a_program_spells_them(read: Reader, cell: str, names: list[str]) -> None:
    got = read(table("id,user_id,created_at,text,mentions", f'1,a,{DAY},words,"{cell}"'))
    assert got.column("mentions") == [names]


def test_names_in_camel_case(read: Reader) -> None:
    record: dict[str, Any] = {
        "tweetId": "7",
        "userId": "1",
        "createdAt": f"{DAY}T10:00:00Z",
        "rawContent": "words",
        "retweetedTweet": {"id": 5, "user": {"id": 2}},
        "inReplyToTweetId": 6,
        "likeCount": 3,
    }
    got = read(json.dumps(record) + "\n", "posts.jsonl")
    (post,) = got.posts
    assert (post["post_id"], post["account_id"], post["text"]) == ("7", "1", "words")
    assert (post["reposted_post_id"], post["reply_to_post_id"], post["likes"]) == ("5", "6", 3)


def test_addresses_of_posts_on_several_sites_are_no_links_that_they_share(read: Reader) -> None:
    sites = [
        "x.com/ann/status/1",
        "www.facebook.com/ann/posts/2",
        "t.me/ann/3",
        "bsky.app/profile/ann/post/4",
    ]
    rows = [f"ann,{DAY} 10:00:0{n},https://{site},words https://a.org/{n}" for n, site in enumerate(sites)]
    got = read(table("Author,Date,Url,Full Text", *rows))
    assert got.column("urls") == [[f"https://a.org/{n}"] for n in range(4)]


@pytest.mark.parametrize(
    "above",
    [
        ["Report of today, made by us, for you", ""],
        ["Search: a, b, c", "From: 1 May 2024, to: 3 May 2024, all"],
        ["Report;x", "Query;a, b, c, d"],
    ],
)
def test_commas_above_a_table_that_semicolons_separate(read: Reader, above: list[str]) -> None:
    rows = [f"{n};ann{n};{DAY} 10:00:0{n};hello, world, {n}, yes" for n in range(9)]
    got = read(table(*above, "id;author;date;text", *rows))
    assert got.column("account_id") == [f"ann{n}" for n in range(9)]


@pytest.mark.parametrize(
    "above",
    [
        ["Report:,Mentions", "Brand:,Acme", "From:,2024-01-01"],
        ["Report:,Mentions", "", 'Brand:,"Acme', 'and sons"', ""],
        ["sep=,"],
        [""],
    ],
)
def test_lines_of_other_text_above_a_table_are_passed_over(read: Reader, above: list[str]) -> None:
    rows = ["Query Id,Date,Author,Full Text", f"1,{DAY},ann,words", "1,,bob,words", f"1,{DAY},cem,words"]
    got = read(table(*above, *rows))
    assert got.column("account_id") == ["ann", "cem"]
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [(2, "no_time")]
    broken = read(table(*above, *rows, f"1,{DAY},dan,words,too,many"))
    assert [(each["source_row"], each["reason"]) for each in broken.rejects] == [
        (2, "no_time"),
        (4, "broken_row"),
    ]


def test_the_archive_of_one_account_is_refused(read: Reader) -> None:
    with pytest.raises(SynclineError, match="nobody to compare"):
        read('window.YTD.tweets.part0 = [\n {"tweet": {"id_str": "1"}}\n]\n', "tweets.js")


@pytest.mark.parametrize("author", ["[deleted]", "[removed]", "[deleted by user]"])
def test_deleted_accounts_are_no_account_and_deleted_words_no_text(read: Reader, author: str) -> None:
    rows = [f"1,{author},{DAY} 10:00:00,words", f"2,ann,{DAY} 10:00:01,[removed]"]
    got = read(table("id,author,created_at,body", *rows))
    assert [(post["account_id"], post["text"]) for post in got.posts] == [("ann", None)]
    assert [each["reason"] for each in got.rejects] == ["no_account"]


@pytest.mark.parametrize("link", ["url", "link"])
def test_a_homepage_is_nothing_that_was_shared(read: Reader, link: str) -> None:
    """Else accounts with one homepage that were made in one minute would have shared it together."""
    table = (
        f"id,username,description,{link},followers_count,created_at\n"
        "10,ann,bio,https://e.org/,3,2011-02-03T04:05:06Z\n"
        "11,bob,bio,https://e.org/,3,2011-02-03T04:05:06Z\n"
    )
    got = read(table, "users.csv")
    assert got.posts == []
    assert [(each["account_id"], each["created_us"]) for each in got.accounts] == [
        ("10", 1_296_705_906_000_000),
        ("11", 1_296_705_906_000_000),
    ]
    # An account that stands there twice did something, and so did one at a time that is not that of its making.
    assert len(read(table.replace("created_at", "timestamp"), "shares.csv").posts) == 2
    assert len(read(table + "12,ann,bio,https://e.org/x,3,2011-02-03T04:06:06Z\n", "shares.csv").posts) == 3


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        (
            "mid,retweeted_status_mid,uid,retweeted_uid,source,text,created_at",
            f"m2,m1,u2,u1,App,words,{DAY} 10:00:00",
            {"post_id": "m2", "account_id": "u2", "reposted_post_id": "m1", "reposted_account_id": "u1"},
        ),
        (
            "comment_id,post_id,commenter,comment_body,comment_time",
            f"c1,p1,ann,words,{DAY} 10:00:00",
            {"post_id": "c1", "account_id": "ann", "text": "words", "reply_to_post_id": "p1"},
        ),
    ],
    ids=["Weibo", "comments"],
)
def test_names_of_other_places(read: Reader, header: str, row: str, told: dict[str, str]) -> None:
    (post,) = read(table(header, row)).posts
    assert {name: post[name] for name in told} == told


@pytest.mark.parametrize("name", ["client", "statusSource", "Twitter Client", "source"])
def test_a_client_that_is_a_link_is_its_words(read: Reader, name: str) -> None:
    link = '"<a href=""https://app.example"" rel=""nofollow"">Some App</a>"'
    got = read(table(f"id,username,created_at,text,{name}", f"1,ann,{DAY} 10:00:00,words,{link}"))
    assert got.column("client") == ["Some App"]


@pytest.mark.parametrize(
    ("sources", "are_clients"),
    [
        (["Twitter for Android", "TweetDeck", "Own Program"], True),
        (["Instagram", "Buffer", ""], True),
        (["Instagram", "Instagram", "Instagram"], False),
        (["The Paper", "The Station", "Buffer"], False),
        (["", "", ""], False),
    ],
)
def test_a_source_is_a_client_only_if_it_looks_like_one(
    read: Reader, sources: list[str], are_clients: bool
) -> None:
    rows = [f"{n},ann,{DAY} 10:00:0{n},words,{source}" for n, source in enumerate(sources)]
    got = read(table("id,username,created_at,text,source", *rows))
    assert made_from(got, "client") == (["source"] if are_clients else [])


def test_text_that_was_cleaned_and_whoever_is_answered(read: Reader) -> None:
    got = read(table("id,author_did,created_at,content_cleaned,Parent DID", f"1,a,{DAY} 10:00:00,words,b"))
    assert (got.column("text"), got.column("reply_to_account_id")) == (["words"], ["b"])


def test_the_id_of_a_post_comes_before_the_key_of_its_database(read: Reader) -> None:
    rows = [
        {"_id": {"$oid": f"5f{n}"}, "date": {"$date": f"{DAY}T10:00:0{n}Z"}, "user_id": 7, "text": "words"}
        for n in range(3)
    ]
    keyed = [{**row, "id": {"$numberLong": f"10{n}"}} for n, row in enumerate(rows)]
    assert read(json.dumps(keyed), "posts.json").column("post_id") == ["100", "101", "102"]
    assert read(json.dumps(rows), "posts.json").column("post_id") == ["5f0", "5f1", "5f2"]


@pytest.mark.parametrize(
    ("account", "username", "display_name"),
    [
        ("author", "authorProfile.handle", "authorProfile.display_name"),
        ("ownerId", "ownerUsername", "ownerFullName"),
        ("Channel ID", "Channel Username", "Channel Title"),
        ("from_user_id", "from_user", "from_name"),
    ],
)
def test_what_an_account_is_called_beside_its_id(
    read: Reader, account: str, username: str, display_name: str
) -> None:
    rows = [f"{n},a{n % 2},u{n % 2},Ann {n % 2},{DAY} 10:00:0{n},words" for n in range(4)]
    got = read(table(f"id,{account},{username},{display_name},created_at,text", *rows))
    assert got.column("account_id") == ["a0", "a1", "a0", "a1"]
    assert [each["username"] for each in got.accounts] == ["u0", "u1"]
    wanted = [None, None] if display_name == "from_name" else ["Ann 0", "Ann 1"]
    assert [each["display_name"] for each in got.accounts] == wanted


def test_a_channel_names_nobody_who_posts_in_it(read: Reader) -> None:
    rows = [f"{n},a{n},c,The Channel,{DAY} 10:00:0{n},words" for n in range(4)]
    got = read(table("id,sender_id,channel_username,channel_title,created_at,text", *rows))
    assert {(each["username"], each["display_name"]) for each in got.accounts} == {(None, None)}


def test_the_nickname_on_tiktok_is_the_display_name(read: Reader) -> None:
    post = {
        "id": "1",
        "createTime": 1577872800,
        "text": "words",
        "authorMeta": {"id": "7", "name": "ann", "nickName": "Ann B."},
    }
    assert read(json.dumps([post]), "posts.json").accounts[0]["display_name"] == "Ann B."


def test_the_username_on_tiktok_is_called_name(read: Reader) -> None:
    rows = [f"{n},u{n},Ann {n},{DAY}T10:00:0{n}.000Z,words" for n in range(3)]
    got = read(table("id,authorMeta.name,authorMeta.nickName,createTimeISO,text", *rows))
    assert [(each["username"], each["display_name"]) for each in got.accounts] == [
        (f"u{n}", f"Ann {n}") for n in range(3)
    ]
    bare = read(
        table("id,authorMeta.name,createTimeISO,text", *(row.replace(f"Ann {row[0]},", "") for row in rows))
    )
    assert {each["display_name"] for each in bare.accounts} == {None}


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_what_looks_like_the_own_address_of_a_post_is_it_however_few_there_are(
    read: Reader, rows: int
) -> None:
    # The numbers in the addresses are not those in `id`.
    posts = [f"{n},u{n},{DAY} 10:00:0{n},words,https://x.com/u{n}/status/177{n}" for n in range(rows)]
    assert read(table("id,username,created_at,text,url", *posts)).column("urls") == [[]] * rows


def test_few_addresses_that_look_like_no_posts_are_links(read: Reader) -> None:
    posts = [f"{n},u{n},{DAY} 10:00:0{n},words,https://news.org/{'ab'[n]}" for n in range(2)]
    assert read(table("id,username,created_at,text,url", *posts)).column("urls") == [
        ["https://news.org/a"],
        ["https://news.org/b"],
    ]


def test_reddit_as_its_client_names_it(read: Reader) -> None:
    """Who answers `t1_a` answers the comment `a`, and a name is the handle."""
    rows = [
        "a,ann,1577872800,words,t3_s,pics",
        "b,bob,1577872801,words,t1_a,pics",
        "c,cyd,1577872802,words,t1_a,pics",
    ]
    header = "id,author.name,created_utc,body,parent_id,subreddit.display_name"
    got = read(table(header, *rows))
    assert got.column("reply_to_post_id") == ["s", "a", "a"]
    assert [(each["username"], each["display_name"]) for each in got.accounts] == [
        ("ann", None),
        ("bob", None),
        ("cyd", None),
    ]
    whole = read(table(header, *(f"t1_{row}" for row in rows)))
    assert whole.column("reply_to_post_id") == ["t3_s", "t1_a", "t1_a"]
    elsewhere = read(table(header.replace("subreddit", "board"), *rows))
    assert elsewhere.column("reply_to_post_id") == ["t3_s", "t1_a", "t1_a"]


def test_an_account_that_is_always_minus_one_is_nobody(read: Reader) -> None:
    rows = [f"{n},-1,{DAY} 10:00:0{n},words" for n in range(4)]
    with pytest.raises(SynclineError, match="says who posted"):
        read(table("id,author,date,text", *rows))


def test_a_name_with_blanks_is_no_username(read: Reader) -> None:
    rows = [f"{n},1{n},Ann {n},{DAY} 10:00:0{n},words" for n in range(3)]
    got = read(table("id,user_id,user_name,date,text", *rows))
    assert [(each["username"], each["display_name"]) for each in got.accounts] == [
        (None, f"Ann {n}") for n in range(3)
    ]


def test_a_description_of_a_post_is_its_text_and_of_an_account_none(read: Reader) -> None:
    videos = [f"7{n},u{n % 2},{DAY} 10:00:0{n},words {n}" for n in range(4)]
    header = "post_id,account_id,create_time,description"
    assert read(table(header, *videos)).column("text") == [f"words {n}" for n in range(4)]
    bios = [f"7{n},u{n % 3},{DAY} 10:00:0{n},bio {n % 3}" for n in range(6)]
    assert read(table(header, *bios)).column("text") == [None] * 6
    # Whoever liked a post is told of with the numbers of a profile.
    likers = read(
        table(
            "post_id,username,name,description,followers_count,created_at",
            *(f"5,u{n},Ann {n},bio {n},{n},{DAY} 10:00:0{n}" for n in range(3)),
        )
    )
    assert likers.posts == []
    assert likers.accounts[0]["bio"] == "bio 0"


def test_a_table_of_posts_that_are_called_pictures_is_none_of_profiles(read: Reader) -> None:
    rows = [f"https://www.instagram.com/p/A{n}/,u{n},Ann {n},{DAY}T10:00:0{n}.000Z,words" for n in range(3)]
    got = read(table("postUrl,username,fullName,pubDate,description", *rows))
    assert got.column("text") == ["words"] * 3


def test_the_reposts_of_a_table_of_truth_social(read: Reader) -> None:
    rows = [f"{n}|{DAY} 10:00:0{n}|{'tf'[n == 1]}|1{n}|words|{-1 if n == 1 else 1}" for n in range(1, 4)]
    got = read(table("id|timestamp|is_retruth|author|text|truth_retruthed", *rows))
    assert got.column("reposted_post_id") == [None, "1", "1"]


def test_a_channel_that_is_only_named_speaks_for_itself(read: Reader) -> None:
    """As Junkipedia exports it."""
    rows = [f"90{n},Chan {n % 2},Telegram,{DAY}T10:00:0{n}Z,see https://a.org/x" for n in range(4)]
    got = read(table("PostId,ChannelName,Platform,published_at,post_body_text", *rows))
    assert got.column("account_id") == ["Chan 0", "Chan 1"] * 2
    assert got.column("urls") == [["https://a.org/x"]] * 4


@pytest.mark.parametrize("number", ["note_id", "aweme_id", "Universal Message ID"])
def test_numbers_of_posts_by_other_names(read: Reader, number: str) -> None:
    rows = [f"90000{n},a{n},{DAY} 10:00:0{n},words" for n in range(3)]
    got = read(table(f"{number},user_id,create_time,content", *rows))
    assert got.column("post_id") == ["900000", "900001", "900002"]


def test_a_date_whose_name_says_that_it_is_gmt(read: Reader) -> None:
    assert read(table("Date (GMT),Screen Name,Tweet Text", f"{DAY} 10:00:00,ann,words")).column(
        "time_us"
    ) == [1_577_872_800_000_000]


def test_where_the_link_beside_is_missing_those_in_the_text_count(read: Reader) -> None:
    rows = [
        f"10,ann,{DAY} 10:00:00,see https://a.org/x,https://b.org/1",
        f"11,bob,{DAY} 10:00:01,see https://a.org/x,",
        f"12,cyd,{DAY} 10:00:02,words,https://b.org/1",
    ]
    assert read(table("id,username,created_at,text,link", *rows)).column("urls") == [
        ["https://b.org/1"],
        ["https://a.org/x"],
        ["https://b.org/1"],
    ]


def test_an_outside_address_is_a_link_or_a_homepage(read: Reader) -> None:
    header = "id,username,date_posted,text,external_url"
    shared = [f"1{n},u{n % 3},{DAY} 10:00:0{n},words,https://b.org/{n % 2}" for n in range(6)]
    assert read(table(header, *shared)).column("urls") == [[f"https://b.org/{n % 2}"] for n in range(6)]
    homes = [f"1{n},u{n % 3},{DAY} 10:00:0{n},words,https://u{n % 3}.org" for n in range(6)]
    assert read(table(header, *homes)).column("urls") == [[]] * 6


def test_an_account_is_made_once_so_that_posts_without_words_are_no_profiles(read: Reader) -> None:
    header = "username,created_at,followers,length"
    posts = [f"u{n % 2},{DAY} 10:00:0{n},3,271" for n in range(4)]
    got = read(table(header, *posts))
    assert len(got.posts) == 4
    assert {each["created_us"] for each in got.accounts} == {None}
    seen_twice = [f"u{n % 2},{DAY} 10:00:0{n % 2},{n},271" for n in range(4)]
    assert read(table(header, *seen_twice)).posts == []

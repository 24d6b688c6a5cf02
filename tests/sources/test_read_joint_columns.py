"""Usual columns that mean something only beside others, and which of several is meant."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from read_files import Read, read_paths

from syncline.errors import SynclineError

Reader = Callable[..., Read]
DAY = "2020-01-01"


def table(header: str, *rows: str) -> str:
    return "\n".join([header, *rows]) + "\n"


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def made_from(got: Read, column: str) -> list[str]:
    return list(got.result.inputs[0]["columns"].get(column, []))


# Which of several times, accounts and texts


def test_when_something_was_posted_comes_before_when_it_was_collected(read: Reader) -> None:
    rows = [f"{n},u{n},{DAY} 10:00:0{n},2025-01-01 00:00:00,words" for n in range(3)]
    got = read(table("post_id,profile_id,date_posted,timestamp,content", *rows))
    assert made_from(got, "time_us") == ["date_posted"]


def test_a_time_that_never_changes_for_an_account_is_not_its_posts(read: Reader) -> None:
    rows = [f"{n},u{n % 3},201{n % 3}-01-01,{DAY} 10:00:0{n},words" for n in range(6)]
    assert made_from(read(table("id,username,created_at,date,text", *rows)), "time_us") == ["date"]


def test_accounts_that_posted_once_do_not_make_a_time_theirs(read: Reader) -> None:
    rows = [f"{n},u{n},{DAY} 10:00:0{n},2021-01-01,words" for n in range(6)]
    assert made_from(read(table("id,username,created_at,date,text", *rows)), "time_us") == ["created_at"]


def test_of_two_names_the_one_that_holds_something_is_read(read: Reader) -> None:
    rows = [f",u{n},,{DAY} 10:00:0{n},,words {n}" for n in range(3)]
    got = read(table("user_id,screen_name,created_at,date,text,tweet", *rows))
    assert got.column("account_id") == ["u0", "u1", "u2"]
    assert got.column("text") == ["words 0", "words 1", "words 2"]


@pytest.mark.parametrize(
    "header", ["id,user_name,handle", "id,author_name,author_handle", "id,name,user_handle"]
)
def test_a_handle_comes_before_a_name(read: Reader, header: str) -> None:
    rows = [f"{n},Ann {n % 2},@ann{n % 2},{DAY} 10:00:0{n},words" for n in range(4)]
    got = read(table(f"{header},created_at,text", *rows))
    assert got.column("account_id") == ["ann0", "ann1"] * 2


def test_of_two_names_the_one_without_blanks_is_the_handle(read: Reader) -> None:
    rows = [f"Ann {n},@ann{n},{DAY} 10:00:0{n},words" for n in range(3)]
    got = read(table("UserScreenName,UserName,Timestamp,Text", *rows))
    assert got.column("account_id") == ["ann0", "ann1", "ann2"]


@pytest.mark.parametrize(
    "names",
    [
        "channelId,authorDisplayName",
        "page_name,commenter_name",
        "channel_id,sender_name",
        "profile_id,author",
    ],
)
def test_who_wrote_comes_before_where_it_was_written(read: Reader, names: str) -> None:
    rows = [f"{n},place,u{n},{DAY} 10:00:0{n},words" for n in range(3)]
    assert read(table(f"comment_id,{names},date,text", *rows)).column("account_id") == ["u0", "u1", "u2"]


def test_a_channel_speaks_for_itself_where_nobody_else_is_named(read: Reader) -> None:
    rows = [f"{n},@place{n},{DAY} 10:00:0{n},words" for n in range(3)]
    got = read(table("ID,Channel Username,Date,Message", *rows))
    assert got.column("account_id") == ["place0", "place1", "place2"]


def test_a_comments_own_words_and_time_come_before_those_of_the_post_above_it(read: Reader) -> None:
    rows = [f"p,the post,2019-01-01,c{n},u{n},words {n},{DAY} 10:00:0{n}" for n in range(3)]
    got = read(table("post_id,post_text,post_date,comment_id,user_name,comment_text,comment_date", *rows))
    assert got.column("text") == ["words 0", "words 1", "words 2"]
    assert made_from(got, "time_us") == ["comment_date"]
    assert got.column("reply_to_post_id") == ["p"] * 3


def test_the_address_below_which_a_comment_stands_is_no_link(read: Reader) -> None:
    rows = [f"https://a.org/news,u{n},{DAY} 10:00:0{n},words,{n}" for n in range(4)]
    assert read(table("url,author,date,comment,comment_id", *rows)).column("urls") == [[]] * 4


def test_the_whole_text_comes_before_the_cut_one(read: Reader) -> None:
    row = f"1,u,{DAY},so long a…,so long a text"
    assert read(table("id,username,created_at,text,full_text", row)).column("text") == ["so long a text"]


def test_a_title_is_the_text_of_what_was_published_alone(read: Reader) -> None:
    rows = [f"v{n},c{n},{DAY} 10:00:0{n},words {n}" for n in range(3)]
    videos = read(table("video_id,channel_id,published_at,title", *rows))
    assert videos.column("text") == ["words 0", "words 1", "words 2"]
    rows = [f"{n},u{n},{DAY} 10:00:0{n},the article" for n in range(3)]
    assert made_from(read(table("comment_id,username,published_at,title", *rows)), "text") == []


def test_words_of_accounts_are_no_profiles(read: Reader) -> None:
    rows = [f"Ann A,ann{n},a bio,Vale,9,100,{DAY} 10:00:0{n},words" for n in range(3)]
    got = read(table("name,username,description,location,followers,numberstatuses,time,tweets", *rows))
    assert got.column("text") == ["words"] * 3


def test_nobody_has_the_id_0_where_guests_have_names(read: Reader) -> None:
    rows = [f"{n},0,u{n},{DAY} 10:00:0{n},words" for n in range(4)]
    got = read(table("comment_ID,user_id,comment_author,comment_date,comment_content", *rows))
    assert got.column("account_id") == ["u0", "u1", "u2", "u3"]
    coded = [f"{n},{n % 2},{DAY} 10:00:0{n},words" for n in range(4)]
    assert read(table("id,user_id,created_at,text", *coded)).column("account_id") == ["0", "1", "0", "1"]


def test_a_flag_that_reposts_belie_is_not_believed(read: Reader) -> None:
    rows = [f"{n},u{n},{DAY} 10:00:0{n},RT @bob: words,False" for n in range(3)]
    assert read(table("id,username,created_at,text,is_retweet", *rows)).column("is_repost") == [True] * 3
    rows = [f"{n},u{n},{DAY} 10:00:0{n},RT @bob: words,{n == 0}" for n in range(3)]
    got = read(table("id,username,created_at,text,is_retweet", *rows))
    assert got.column("is_repost") == [True, False, False]


def test_small_numbers_are_counts_of_hashtags(read: Reader) -> None:
    rows = [f"{n},u{n},{DAY} 10:00:0{n},words #river,{1 + n % 2}" for n in range(4)]
    assert read(table("id,username,created_at,text,hashtags", *rows)).column("hashtags") == [["river"]] * 4


def test_a_list_of_lists_holds_no_hashtags(read: Reader) -> None:
    records = [
        {
            "id": f"{n}",
            "pubkey": f"u{n}",
            "created_at": DAY,
            "content": "words #river",
            "tags": [["e", "77"], ["p", "1"]],
        }
        for n in range(3)
    ]
    assert read(lines(*records), "posts.jsonl").column("hashtags") == [["river"]] * 3


def test_what_is_answered_is_not_its_author_too(read: Reader) -> None:
    rows = [f"{n},u{n},{DAY} 10:00:0{n},words,{n - 1 or ''}" for n in range(1, 5)]
    got = read(table("id,username,created_at,text,reply_to", *rows))
    assert got.column("reply_to_post_id") == [None, "1", "2", "3"]
    assert got.column("reply_to_account_id") == [None] * 4


def test_an_id_under_which_an_account_posts_again_and_again_is_no_posts(read: Reader) -> None:
    rows = [f"7{n % 3},u{n % 3},{DAY} 10:00:0{n},words {n}" for n in range(9)]
    got = read(table("mid,user_name,time,content", *rows))
    assert len(got.posts) == 9


# Columns that say something only together


@pytest.mark.parametrize("header", ["chat,message_id", "Channel Title,ID", "group_id,messageID"])
def test_messages_are_counted_in_their_chats(read: Reader, header: str) -> None:
    rows = [
        f"{chat},{n},u{chat}{n % 3},{DAY} 10:{n // 60:02}:{n % 60:02},words,{n - 1 if n % 5 else ''}"
        for chat in ("one", "two")
        for n in range(1, 300)
    ]
    got = read(table(f"{header},sender_id,date,text,reply_to_msg_id", *rows))
    assert len(got.posts) == 2 * 299
    assert got.posts[0]["post_id"] == "one-1"
    assert got.posts[-1]["reply_to_post_id"] == "two-298"


def test_ids_of_a_whole_platform_need_no_chat(read: Reader) -> None:
    rows = [f"one,11000000000000000{n},u{n},{DAY} 10:00:0{n},words" for n in range(4)]
    got = read(table("channel,id,author,date,text", *rows))
    assert got.column("post_id")[0] == "110000000000000000"


@pytest.mark.parametrize(
    "listed",
    [
        "[{'type': 'KIND', 'id': '70'}]",
        "[{'id': '70', 'type': 'KIND'}]",
        '[{""type"": ""KIND"", ""id"": ""70""}]',
        "[<ReferencedTweet id=70 type=KIND]",
        "[<ReferencedTweet id=70 type=KIND>]",
        "[{'type': 'other', 'id': '69'}, {'type': 'KIND', 'id': '70'}]",
    ],
)
@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("retweeted", "reposted_post_id"),
        ("replied_to", "reply_to_post_id"),
        ("quoted", "quoted_post_id"),
    ],
)
def test_one_column_of_all_that_is_referred_to(read: Reader, listed: str, kind: str, column: str) -> None:
    rows = [f'1,u,{DAY},words,"{listed.replace("KIND", kind)}"', f"2,v,{DAY},words,"]
    got = read(table("id,author_id,created_at,text,referenced_tweets", *rows))
    assert got.column(column) == ["70", None]
    assert got.column("is_repost") == [kind == "retweeted", False]


def test_telethons_peers_spelled_in_a_table(read: Reader) -> None:
    channel = "{'_': 'PeerChannel', 'channel_id': 77}"
    rows = [
        f"""1,"{channel}",{DAY},words,"{{'_': 'PeerUser', 'user_id': 5}}" """.strip(),
        f'2,"{channel}",{DAY},words,',
    ]
    got = read(table("id,peer_id,date,message,from_id", *rows))
    assert got.column("account_id") == ["5", "77"]
    assert got.column("post_id") == ["77-1", "77-2"]


def test_facepager_numbers_its_own_rows(read: Reader) -> None:
    rows = [
        f'1;{n};1;11_90{n};"fetched (200)";{DAY};"Facebook:/11/posts";u{n};words;{DAY}T10:00:00+0000'
        for n in range(3)
    ]
    header = "level;id;parent_id;object_id;query_status;query_time;query_type;from.id;message;created_time"
    got = read(table(header, *rows))
    assert got.column("post_id") == ["11_900", "11_901", "11_902"]
    assert got.column("reply_to_post_id") == [None] * 3


def test_html_is_its_words_and_its_links(read: Reader) -> None:
    body = (
        '<p>see <a href=""https://a.org/x?a=1&amp;b=2"">this</a> <a class=""mention"" href=""https://m.org/@bob"">'
        '@bob</a> <a href=""https://m.org/tags/river"" class=""mention hashtag"" rel=""tag"">#river</a></p>'
    )
    got = read(table("id,author,created_at,content", f'1,ann,{DAY},"{body}"', f"2,ann,{DAY},plain"))
    assert got.column("text") == ["see this @bob #river", "plain"]
    assert got.column("urls") == [["https://a.org/x?a=1&b=2"], []]
    assert got.column("hashtags") == [["river"], []]


# Objects around what is meant


@pytest.mark.parametrize("wrapper", ["_source", "tweet", "data"])
def test_a_record_that_is_wrapped(read: Reader, wrapper: str) -> None:
    records = [
        {"_index": "i", wrapper: {"id": f"{n}", "user": {"id": f"u{n}"}, "created_at": DAY, "text": "words"}}
        for n in range(3)
    ]
    got = read(lines(*records), "posts.jsonl")
    assert got.column("account_id") == ["u0", "u1", "u2"]


def test_hits_of_a_search(read: Reader) -> None:
    hits = [{"_source": {"id": f"{n}", "username": f"u{n}", "date": DAY, "text": "words"}} for n in range(3)]
    got = read(json.dumps({"hits": {"total": 3, "hits": hits}}), "posts.json")
    assert got.column("account_id") == ["u0", "u1", "u2"]


def test_types_that_mongodb_writes_around_values(read: Reader) -> None:
    record = {
        "_id": {"$oid": "5f"},
        "tweet_id": {"$numberLong": "1100000000000000001"},
        "user_id": {"$numberLong": "11"},
        "created_at": {"$date": {"$numberLong": "1577872800000"}},
        "text": "words",
    }
    (post,) = read(lines(record), "posts.jsonl").posts
    assert (post["post_id"], post["account_id"]) == ("1100000000000000001", "11")
    assert post["time_us"] == 1_577_872_800_000_000


def test_a_reddit_listing(read: Reader) -> None:
    children = [
        {
            "kind": "t3",
            "data": {"id": f"z{n}", "author": f"u{n}", "created_utc": 1577872800.0 + n, "selftext": "w"},
        }
        for n in range(3)
    ]
    got = read(json.dumps({"kind": "Listing", "data": {"after": None, "children": children}}), "posts.json")
    assert got.column("account_id") == ["u0", "u1", "u2"]


def test_columns_flattened_out_of_objects(read: Reader) -> None:
    within = "snippet.topLevelComment.snippet"
    header = f"id,snippet.channelId,{within}.authorChannelId.value,{within}.textDisplay,{within}.publishedAt"
    rows = [f"c{n},place,u{n},words,{DAY}T10:00:0{n}Z" for n in range(3)]
    assert read(table(header, *rows)).column("account_id") == ["u0", "u1", "u2"]


def test_pages_that_are_no_posts_name_the_columns_inside(read: Reader) -> None:
    with pytest.raises(
        SynclineError, match=r"says who posted.*The file has: posts; its list 'posts' has: no, com\."
    ):
        read(json.dumps({"posts": [{"no": 1, "com": "words"}]}), "posts.json")


# Files that count their own posts


def chat(path: Path, account: str, day: str, posts: int = 40) -> Path:
    rows = [
        f"{n},{account}{n % 3},{day} 10:{n:02}:00,words,{n - 1 if n % 4 else ''}" for n in range(1, posts)
    ]
    path.write_text(table("message_id,sender_id,date,text,reply_to", *rows))
    return path


def test_a_file_a_chat_loses_no_message(tmp_path: Path) -> None:
    files = [chat(tmp_path / f"{name}.csv", name, f"2020-01-0{n}") for n, name in enumerate("abc", start=1)]
    got = read_paths(*files)
    assert [(each["posts"], each["duplicates"]) for each in got.result.inputs] == [(39, 0)] * 3
    answered = [post for post in got.posts if post["account_id"].startswith("b") and post["reply_to_post_id"]]
    assert {post["reply_to_post_id"].split(":")[0] for post in answered} == {"b.csv"}
    assert [len(each["notes"]) for each in got.result.inputs] == [0, 1, 1]
    assert "counted by themselves" in got.result.inputs[1]["notes"][0]


def test_a_longer_export_of_the_same_chat_has_the_same_messages(tmp_path: Path) -> None:
    chat(tmp_path / "a.csv", "u", DAY, posts=20)
    first, second = read_paths(tmp_path / "a.csv", chat(tmp_path / "b.csv", "u", DAY)).result.inputs
    assert (second["posts"], second["duplicates"]) == (20, 19)
    assert first["notes"] == second["notes"] == []


def test_exports_of_one_chat_beside_another_chat(tmp_path: Path) -> None:
    chat(tmp_path / "a.csv", "a", "2020-01-01")
    chat(tmp_path / "b1.csv", "b", "2020-01-02", posts=20)
    chat(tmp_path / "b2.csv", "b", "2020-01-02")
    got = read_paths(tmp_path)
    assert [(each["posts"], each["duplicates"]) for each in got.result.inputs] == [(39, 0), (19, 0), (20, 19)]
    whole = {post["post_id"] for post in got.posts if post["account_id"].startswith("b")}
    assert len(whole) == 39
    assert {post["reply_to_post_id"] for post in got.posts if post["account_id"].startswith("b")} <= whole | {
        None
    }


@pytest.mark.parametrize("days", [("2020-01-01", "2020-01-02"), ("2020-01-02", "2020-01-01")])
def test_two_chats_in_which_one_account_writes_all(tmp_path: Path, days: tuple[str, str]) -> None:
    for name, day, second in zip("ab", days, (7, 29), strict=True):
        rows = [f"{n},bot,{day} 10:{n:02}:{second},words {name} {n}" for n in range(1, 40)]
        (tmp_path / f"{name}.csv").write_text(table("message_id,sender_id,date,text", *rows))
    got = read_paths(tmp_path)
    assert [(each["posts"], each["duplicates"]) for each in got.result.inputs] == [(39, 0), (39, 0)]


def test_one_chat_in_two_zones_is_one(tmp_path: Path) -> None:
    for name, hour in (("a", 10), ("b", 15)):
        rows = [f"{n},u{n % 3},{DAY} {hour}:{n:02}:00,words {name}" for n in range(1, 40)]
        (tmp_path / f"{name}.csv").write_text(table("message_id,sender_id,date,text", *rows))
    got = read_paths(tmp_path)
    assert [(each["posts"], each["duplicates"]) for each in got.result.inputs] == [(39, 0), (0, 39)]


def test_posts_without_an_id_in_files_of_one_name(tmp_path: Path) -> None:
    for folder, account in (("a", "ann"), ("b", "bob"), ("c", "ann")):
        (tmp_path / folder).mkdir()
        rows = [f"{account},{DAY} 10:00:0{n},words" for n in range(3)]
        (tmp_path / folder / "posts.csv").write_text(table("user,created_at,text", *rows))
    got = read_paths(tmp_path)
    # The third is the first once more.
    assert [(each["posts"], each["duplicates"]) for each in got.result.inputs] == [(3, 0), (3, 0), (0, 3)]
    assert got.column("account_id") == ["ann"] * 3 + ["bob"] * 3


# What must not be mistaken


def test_people_whose_names_hold_blanks_are_still_no_place(read: Reader) -> None:
    rows = [f"{n},77,Ann Nr {n},{DAY} 10:00:0{n},words" for n in range(3)]
    got = read(table("comment_id,page_id,commenter_name,comment_time,comment_text", *rows))
    assert got.column("account_id") == ["Ann Nr 0", "Ann Nr 1", "Ann Nr 2"]


def test_the_author_of_what_was_reposted_is_not_who_reposted_it(read: Reader) -> None:
    original = {"id": "7", "user": {"id": "11"}, "created_at": DAY, "text": "words"}
    records = [{"id": f"{n}", "retweeted_status": original} for n in range(3)]
    with pytest.raises(SynclineError, match="says who posted"):
        read(lines(*records), "posts.jsonl")


def test_the_day_on_which_an_account_was_made_is_no_post(read: Reader) -> None:
    records = [{"id": f"{n}", "user": {"id": f"u{n}", "created_at": DAY}} for n in range(3)]
    with pytest.raises(SynclineError, match=r"says when|says who posted"):
        read(lines(*records), "posts.jsonl")


def test_a_tag_in_one_text_does_not_make_the_others_html(read: Reader) -> None:
    rows = [f'{n},u{n},{DAY} 10:00:00,"a < b > c https://a.org/{n}"' for n in range(30)]
    rows[3] = f"3,u3,{DAY} 10:00:00,I like <br> tags"
    got = read(table("id,username,created_at,text", *rows))
    assert got.column("text")[0] == "a < b > c https://a.org/0"
    assert got.column("urls")[0] == ["https://a.org/0"]


def test_links_that_html_does_not_mark_are_those_of_its_words(read: Reader) -> None:
    row = f"1,ann,{DAY},<p>see https://a.org/x</p>"
    assert read(table("id,author,created_at,content", row)).column("urls") == [["https://a.org/x"]]


def test_whom_a_post_answers_by_name_is_no_post(read: Reader) -> None:
    rows = [f"at://p{n},u{n},{DAY} 10:00:0{n},words,u{n - 1}" for n in range(1, 4)]
    got = read(table("uri,username,created_at,text,in_reply_to", *rows))
    assert got.column("reply_to_post_id") == [None] * 3
    assert got.column("reply_to_account_id") == ["u0", "u1", "u2"]


def test_people_who_have_small_numbers_are_mentioned_by_them(read: Reader) -> None:
    rows = [f"{n},{n},{DAY} 10:00:0{n},words,{n % 3 + 1}" for n in range(1, 5)]
    got = read(table("id,user_id,created_at,text,mentions", *rows))
    assert got.column("mentions") == [["2"], ["3"], ["1"], ["2"]]


def test_posts_with_numbers_for_the_whole_log_need_no_chat(read: Reader) -> None:
    rows = [f"{n},u{n},{DAY} 10:00:0{n},words,web,{n - 1 if n > 1 else ''}" for n in range(1, 5)]
    got = read(table("id,username,created_at,text,channel,reposted_id", *rows))
    assert got.column("post_id") == ["1", "2", "3", "4"]


def test_a_post_of_several_rows_has_one_time(read: Reader) -> None:
    """Each account posted once, so that its time never changes: it is the post's nevertheless."""
    rows = [f"u{n // 2},{DAY} 10:00:0{n // 2},2025-01-01,https://a.org/{n}" for n in range(8)]
    got = read(table("username,created_at,timestamp,url", *rows))
    assert made_from(got, "time_us") == ["created_at"]


def test_what_a_channel_says_itself_has_no_sender(read: Reader) -> None:
    rows = [f"77,{n},{'' if n % 2 else 'ann'},{DAY} 10:00:0{n},words" for n in range(1, 5)]
    got = read(table("channel_id,message_id,sender,date,text", *rows))
    assert got.column("account_id") == ["77", "ann", "77", "ann"]


def test_a_message_that_is_there_twice_is_one_in_its_chat(read: Reader) -> None:
    rows = [f"one,{n},u{n},{DAY} 10:00:{n:02},words" for n in range(1, 20)]
    got = read(table("chat,message_id,sender_id,date,text", *rows, rows[0]))
    assert (len(got.posts), [each["reason"] for each in got.rejects]) == (19, ["duplicate"])
    assert got.posts[0]["post_id"] == "one-1"


def test_a_link_with_a_comment_on_it_was_shared(read: Reader) -> None:
    rows = [f"u{n},{DAY} 10:00:0{n},https://a.org/{n % 2},look" for n in range(4)]
    got = read(table("username,created_at,url,comment", *rows))
    assert got.column("urls")[:2] == [["https://a.org/0"], ["https://a.org/1"]]

"""Files that would make innocents seem to act together if they were read as they first look."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from read_files import Read, read_paths
from test_read_usual_names import DAY, table

from syncline.errors import SynclineError

Reader = Callable[..., Read]


def seconds(n: int) -> str:
    return f"{DAY} 10:{n // 60:02}:{n % 60:02}"


def test_the_number_of_an_account_is_no_posts(read: Reader) -> None:
    rows = [f"7{n % 3},u{n % 3},{seconds(n)},https://example.org/{n}" for n in range(12)]
    assert len(read(table("mid,user_name,time,links", *rows)).posts) == 12


def test_guests_are_known_by_their_names_and_members_by_their_numbers(read: Reader) -> None:
    names = ["anna", "bert", "Guest", "cleo", "dora", "Guest"]
    rows = [f"{n},{5 if n % 2 else 0},{names[n % 6]},{seconds(n)},x {n}" for n in range(12)]
    got = read(table("comment_ID,user_id,comment_author,comment_date,comment_content", *rows))
    assert {*got.column("account_id")} == {"5", "anna", "dora"}
    assert len(got.rejects) == 2


def test_a_tracker_that_saw_a_post_several_times_saw_one_post(read: Reader) -> None:
    rows = [
        f"{10**18 + n},u{n % 3},{DAY} 1{seen}:00:00,words {n},{seen}" for n in range(9) for seen in range(5)
    ]
    got = read(table("id,username,timestamp,text,likes", *rows))
    assert (len(got.posts), len(got.rejects)) == (9, 36)


def test_posts_that_are_there_twice_with_times_spelled_otherwise(read: Reader) -> None:
    rows = [
        f"{n},u{n % 3},{time},words {n}"
        for n in range(9)
        for time in (f"{DAY} 10:00:0{n}", f"{DAY}T10:00:0{n}Z")
    ]
    assert len(read(table("id,username,created_at,text", *rows)).posts) == 9


LISTS = {
    chat: [
        {
            "id": n,
            "sender": f"{chat}{n % 3}",
            "date": seconds(n),
            "text": f"words {n}",
            "reply_to_message_id": n - 1,
        }
        for n in range(1, size)
    ]
    for chat, size in (("one", 30), ("two", 20))
}


def test_messages_are_counted_in_their_lists(read: Reader) -> None:
    got = read(json.dumps(LISTS))
    assert len(got.posts) == 48
    assert {post["post_id"] for post in got.posts} >= {"one-5", "two-5"}
    answered = {
        (post["post_id"][:3], post["reply_to_post_id"][:3]) for post in got.posts if post["reply_to_post_id"]
    }
    assert answered == {("one", "one"), ("two", "two")}


def test_messages_are_counted_in_lists_of_which_one_is_long(read: Reader) -> None:
    long = {
        chat: [LISTS["one"][0] | {"id": n, "date": seconds(n % 3600)} for n in range(1, 2_400)]
        for chat in "ab"
    }
    assert len(read(json.dumps(long)).posts) == 2 * 2_399


def test_numbers_that_tell_no_post_tell_no_answer(read: Reader) -> None:
    rows = [f"{n},{who}{n},{seconds(n)},{who} {n},{n - 1}" for who in "ab" for n in range(1, 9)]
    got = read(table("id,username,created_at,text,reply_to_id", *rows))
    assert len(got.posts) == 16
    assert set(got.column("reply_to_post_id")) == {None}


def test_two_objects_of_records_are_no_table_by_columns(read: Reader) -> None:
    """One of the two would be taken for all."""
    people = {
        chat: {str(n): {"sender": f"{chat}{n}", "date": seconds(n), "text": f"{chat} {n}"} for n in range(12)}
        for chat in ("alpha", "beta")
    }
    try:
        got = read(json.dumps(people))
    except SynclineError:
        return
    assert got.result.inputs[0]["rows"] == 24 or "beta" in str(got.result.inputs[0]["notes"])


def test_a_broken_line_of_records_under_ids_costs_itself_alone(read: Reader) -> None:
    lines = [
        json.dumps({f"{10**11 + n}": {"user": f"u{n % 3}", "date": seconds(n), "text": "x"}})
        for n in range(20)
    ]
    lines[4] = lines[4][:30]
    got = read("\n".join(lines), "log.jsonl")
    assert len(got.posts) == 19
    assert [each["reason"] for each in got.rejects] == ["broken_row"]


def test_nobody_is_the_chat_or_a_guest(read: Reader) -> None:
    rows = [
        f"{n},general,{'[deleted]' if n % 3 == 0 else f'u{n}'},{seconds(n)},words {n}" for n in range(1, 20)
    ]
    assert "general" not in read(table("id,channel,author,created_at,text", *rows)).column("account_id")
    header = "id,group_id,user_id,username,created_at,text"
    rows = [
        f"{n},777,{n % 5 or ''},{'Deleted Account' if n % 5 == 0 else f'u{n % 5}'},{seconds(n)},x"
        for n in range(20)
    ]
    assert "777" not in read(table(header, *rows)).column("account_id")
    rows = [
        f"{n},{n % 3 or ''},{'Guest' if n % 3 == 0 else f'u{n % 3}'},{seconds(n)},x {n}" for n in range(20)
    ]
    got = read(table("post_id,user_id,username,created_at,text", *rows))
    assert {*got.column("account_id")} == {"1", "2"}
    assert {each["reason"] for each in got.rejects} == {"no_account"}


def test_an_account_that_once_bore_the_name_of_many_is_not_all_of_them(read: Reader) -> None:
    rows = [f"{n},{100 if n == 1 else ''},casual,{seconds(n)},x {n}" for n in range(9)]
    got = read(table("post_id,user_id,username,created_at,text", *rows))
    assert got.column("account_id") == ["100"]


def test_whether_there_are_guests_does_not_change_who_the_others_are(tmp_path: Path) -> None:
    header = "post_id,user_id,username,created_at,text"
    members = [f"{n},{100 + n % 4},name{n % 4},{seconds(n)},x {n}" for n in range(20)]
    guests = [f"{900 + n},0,visitor{n},{seconds(n)},y {n}" for n in range(8)]
    (tmp_path / "a.csv").write_text(table(header, *members, *guests))
    (tmp_path / "b.csv").write_text(
        table(header, *(row.replace(",x", ",z", 1) for row in members)).replace("\n", "\n7", 20)
    )
    got = read_paths(tmp_path / "a.csv", tmp_path / "b.csv")
    assert {post["account_id"] for post in got.posts if not post["text"].startswith("y")} == {
        "100",
        "101",
        "102",
        "103",
    }
    assert {post["account_id"] for post in got.posts if post["text"].startswith("y")} == {
        f"visitor{n}" for n in range(8)
    }


@pytest.mark.parametrize(
    ("author", "account"),
    [
        (
            '{"entities": {"mentions": [{"username": "boss", "id": "999"}]}, "id": "505", "username": "u5"}',
            "505",
        ),
        ('{"avatar": {"id": 1}, "id": 505}', "505"),
        ("{'avatar': {'id': 1}, 'id': 505}", "505"),
        ("User(avatar=Image(id=1), id=505, name='Bob (id: 2)')", "505"),
    ],
)
def test_what_stands_inside_of_an_author_is_not_the_author(read: Reader, author: str, account: str) -> None:
    quoted = author.replace('"', '""')
    got = read(table("id,user,created_at,text", *(f'{n},"{quoted}",{seconds(n)},x {n}' for n in range(3))))
    assert got.column("account_id") == [account] * 3


@pytest.mark.parametrize(
    ("header", "link"),
    [
        ("comment_id,post_id,commenter_name,message,created_time,link", "https://facebook.com/x/posts/1"),
        ("id,video_id,comment_author,text,published_at,url", "https://www.youtube.com/watch?v=vid1"),
    ],
)
def test_what_comments_stand_below_was_shared_by_nobody(read: Reader, header: str, link: str) -> None:
    got = read(table(header, *(f"{n},77,u{n},x {n},{seconds(n)},{link}" for n in range(9))))
    assert got.column("urls") == [[]] * 9


def test_a_comment_on_reddit_does_not_share_what_it_is_about(read: Reader) -> None:
    header = "id,author,created_utc,subreddit,body,title,url"
    rows = [f"c{n},u{n},157787280{n},r,x {n},,https://example.org/a" for n in range(3)]
    rows += [f"s{n},v{n},157787280{n},r,,a river,https://example.org/a" for n in range(3)]
    assert read(table(header, *rows)).column("urls") == [[]] * 3 + [["https://example.org/a"]] * 3


def test_mentions_on_one_page_are_several(read: Reader) -> None:
    header = "Query Id,Date,Url,Author,Page Type,Full Text"
    rows = [f"1,{seconds(n)},https://forum.example.org/t/1,u{n % 3},forum,x {n}" for n in range(6)]
    got = read(table(header, *rows, rows[0]))
    assert (len(got.posts), [each["reason"] for each in got.rejects]) == (6, ["duplicate"])


def test_many_objects_in_a_record_are_soon_looked_through(read: Reader) -> None:
    started = time.process_time()
    with pytest.raises(SynclineError) as caught:
        read(json.dumps({f"name_{'x' * n}": {"a": n, f"b{n}": "x", "c": [n]} for n in range(900)}))
    assert time.process_time() - started < 5
    assert len(str(caught.value)) < 20_000


def test_counts_above_999_are_counts(read: Reader) -> None:
    rows = [f"{n},u{n},{seconds(n)},x {n},{count}" for n, count in enumerate((0, 3, 1200, 15))]
    assert read(table("id,username,created_at,text,mentions", *rows)).column("mentions") == [[]] * 4


def test_a_channel_of_authors_is_no_chat(read: Reader) -> None:
    rows = [f"{n},{100 + n % 7},{seconds(n)},x {n},{n - 1}" for n in range(1, 30)]
    got = read(table("id,owner_id,created_at,text,parent_id", *rows))
    assert got.column("post_id")[:3] == ["1", "2", "3"]
    assert got.column("reply_to_post_id")[1:3] == ["1", "2"]


def test_one_message_without_its_chat_changes_no_other(read: Reader) -> None:
    rows = [f"{n},{'' if n == 3 else 'c1'},u{n % 4},{seconds(n)},x {n}" for n in range(1, 9)]
    ids = read(table("id,channel,username,created_at,text", *rows)).column("post_id")
    assert ids == ["c1-1", "c1-2", "3", *(f"c1-{n}" for n in range(4, 9))]


def test_handles_lose_their_sign_wherever_they_stand(read: Reader) -> None:
    rows = [f"{n},@u{n},{seconds(n)},x {n},@u{n + 1},@u{n}" for n in range(4)]
    got = read(table("id,username,created_at,text,reply_to_user,retweeted_username", *rows))
    assert got.column("account_id") == got.column("reposted_account_id") == ["u0", "u1", "u2", "u3"]
    assert got.column("reply_to_account_id") == ["u1", "u2", "u3", "u4"]


def test_names_that_are_numbers_do_not_make_a_header_none(read: Reader) -> None:
    assert len(read("post_id,account_id,time,text,5368324170671202286\n1,a,1577872800,x,1\n").posts) == 1
    assert len(read("id,user,time,Views (as of 2024-06-01 10:00)\n1,a,1577872800,x\n").posts) == 1


def test_years_of_two_digits_before_points_are_not_guessed(read: Reader) -> None:
    with pytest.raises(SynclineError, match="none of its"):
        read(table("id,username,created_at,text", "1,a,24.05.02 10:01,x", "2,b,24.05.03 10:01,x"))


def test_a_row_of_numbers_is_no_riddle(read: Reader) -> None:
    with pytest.raises(SynclineError, match="none of its"):
        read(table("id,username,date,text", f"1,a,{'10 ' * 40},x"))


def test_words_in_angles_stay_where_other_texts_are_html(read: Reader) -> None:
    texts = ["<p>river</p>"] * 2 + ["a<b and c>d"] * 8
    got = read(
        table(
            "id,username,created_at,text", *(f"{n},u{n},{seconds(n)},{text}" for n, text in enumerate(texts))
        )
    )
    assert got.column("text") == ["river"] * 2 + ["a<b and c>d"] * 8


def test_references_as_one_line_of_json(read: Reader) -> None:
    cell = '"[{""id"":""33"",""type"":""retweeted""}]"'
    got = read(table("id,author_id,created_at,text,referenced_tweets", f"1,a,{seconds(1)},x,{cell}"))
    assert got.column("reposted_post_id") == ["33"]


def test_ids_that_turn_out_to_be_those_of_videos_lose_no_comment(read: Reader) -> None:
    """In the first rows each video has one comment."""
    rows = [f"v{n % 250:03},u{n % 37},2024-05-{1 + n % 28:02}T10:{n % 60:02}:00Z,hi {n}" for n in range(400)]
    got = read(table("video_id,author,published_at,text", *rows))
    assert len(got.posts) == len(set(got.column("post_id"))) == 400
    (note,) = got.result.inputs[0]["notes"]
    assert "most of its values that repeat stand for posts of other accounts at other times" in note


def test_copies_are_still_copies_beside_some_damaged_ids(read: Reader) -> None:
    rows = [f"7000{n:08},u{n % 37},2024-05-01T10:{n % 60:02}:00Z,hi {n}" for n in range(300)]
    damaged = [f"7000{n:08},u{n % 37 + 1},2024-05-02T10:00:00Z,hi" for n in range(4)]
    got = read(table("id,author,published_at,text", *rows, *rows[:10], *damaged))
    assert (len(got.posts), got.result.inputs[0]["duplicates"]) == (300, 14)
    assert got.result.inputs[0]["notes"] == []


def test_some_names_begin_with_a_bracket(read: Reader) -> None:
    rows = [
        f"7000{n:08},{'[BOT] ann' if n % 7 == 0 else f'user{n % 5}'},{DAY} 10:00:{n:02}" for n in range(30)
    ]
    got = read(table("id,author,date,text", *(f"{row},hello {n}" for n, row in enumerate(rows))))
    assert len(got.posts) == 30
    assert "[BOT] ann" in got.column("account_id")


@pytest.mark.parametrize("gone", ["Deleted Account", "deleted user", "[Deleted]"])
def test_those_who_deleted_their_account_are_not_one(read: Reader, gone: str) -> None:
    rows = [f"7000{n:08},{gone if n % 3 else f'user {n}'},{DAY} 10:00:{n:02},hello {n}" for n in range(30)]
    got = read(table("id,author,date,text", *rows))
    assert len(got.posts) == 10
    assert {each["reason"] for each in got.rejects} == {"no_account"}

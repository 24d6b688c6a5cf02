"""A look at a file before a scan: what it is, why, how its columns are understood, its first posts."""

from pathlib import Path

import pytest

from syncline.errors import SynclineError, UsageError
from syncline.sources.understand import understand

FIXTURES = Path(__file__).parent / "fixtures"


def test_a_known_format() -> None:
    looked = understand(FIXTURES / "4cat-telegram.csv")
    assert (looked.format, looked.kind) == ("4cat-telegram", "CSV, separated by commas, utf-8")
    assert looked.why.startswith("it has author, author_forwarded_from_id,")
    assert looked.columns["time_us"] == ["unix_timestamp", "timestamp"]
    assert looked.columns["accounts.username"] == ["author_username"]
    assert looked.found_in_text == ["hashtags"]
    assert "views" in looked.unused
    assert not {"body", "link_attached"} & set(looked.unused)
    assert [each["behaviour"] for each in looked.blind] == ["media"]
    assert [row["post_id"] for row in looked.rows] == ["rivernews-100", "rivernews-101", "talk-7", "talk-8"]
    assert looked.rows[2]["reply_to_post_id"] == "talk-5"


def test_a_file_with_usual_names(tmp_path: Path) -> None:
    path = tmp_path / "posts.tsv"
    path.write_text("user_id\ttime\ttext\tmood\nann\t1577872800\t#one\tgood\n")
    looked = understand(path)
    assert (looked.format, looked.why) == ("generic", "its columns have usual names")
    assert looked.kind == "CSV, separated by tabs, utf-8"
    assert looked.columns == {"account_id": ["user_id"], "time_us": ["time"], "text": ["text"]}
    assert (looked.unused, looked.rows[0]["hashtags"]) == (["mood"], ["one"])


def test_usable_posts_are_shown_first_and_others_with_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("account_id,time,text\n,1577872800,x\na,never,x\nb,1577872800,x\n")
    rows = understand(path).rows
    assert [(row["row"], row.get("reason")) for row in rows] == [
        (3, None),
        (1, "no_account"),
        (2, "bad_time"),
    ]


def test_no_more_than_five_posts_of_a_long_file(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    rows = "".join(f"{number},a,1577872800,x\n" for number in range(50_000))
    path.write_text("post_id,account_id,time,text\n" + rows)
    assert [row["post_id"] for row in understand(path).rows] == ["0", "1", "2", "3", "4"]


def test_a_mapping_can_be_tried(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text("Who,When,What\nann,2024-05-01 10:00,x\n")
    (tmp_path / "posts.toml").write_text('[posts]\naccount_id = "Who"\ntime = "When"\n')
    looked = understand(tmp_path / "posts.csv", mapping=tmp_path / "posts.toml")
    assert (looked.format, looked.unused) == ("mapping", ["What"])
    assert looked.rows[0]["account_id"] == "ann"


def test_paths_in_json_that_lead_to_what_is_used_are_not_unused(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text('{"user": {"id": "1", "mood": "good"}, "time": 1577872800, "text": "x"}\n')
    assert understand(path).unused == ["user.mood"]


def test_ambiguity_damage_and_wrong_options_are_errors(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "tweetid,userid,tweet_time,tweet_text,object_id,account_id,timestamp_share\n1,2,3,4,5,6,7\n"
    )
    with pytest.raises(SynclineError, match=r"several formats \(coortweet: .*; information-operations: "):
        understand(path)
    path.write_text("post_id,account_id,time\n1.23E+18,a,1577872800\n")
    with pytest.raises(SynclineError, match=r"post_id is '1\.23E\+18'.*rounded"):
        understand(path)
    with pytest.raises(UsageError, match="exclude each other"):
        understand(path, format="generic", mapping=path)

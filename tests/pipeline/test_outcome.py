"""What a scan says came out: a pair is not nothing, and what could not have been seen is said."""

import random
import re

from whole_scan import Scan

HEADER = "post_id,account_id,created_at,text,retweeted_status_id\n"
START_S, DAY_S = 1_577_836_800, 86_400


def log(*rows: tuple[str, int, str]) -> str:
    """A log of reposts: account, second, what."""
    return HEADER + "".join(
        f"{number},{who},{START_S + second},,{what}\n" for number, (who, second, what) in enumerate(rows)
    )


def crowd(accounts: int = 100) -> list[tuple[str, int, str]]:
    """Four reposts each by so many accounts, one an hour, of half as many posts."""
    rng = random.Random(4)
    return [
        (f"a{number % accounts}", 3_600 * number, f"o{rng.randrange(2 * accounts)}")
        for number in range(4 * accounts)
    ]


def test_a_pair_is_an_answer_and_not_nothing_found(scan: Scan) -> None:
    both = [
        (who, day * DAY_S + second, f"own{day}") for day in range(12) for who, second in (("x", 9), ("y", 20))
    ]
    ended = scan(log(*crowd(), *both))
    assert (ended.run["pairs"], ended.run["networks"], ended.run["named"]) == (1, 0, 0)
    assert ended.run["outcome"] == "pairs"
    assert "but 1 pair of accounts acts together" in ended.out
    assert "othing found" not in ended.out
    findings = ended.case.rows("SELECT sign, applies FROM findings WHERE gauge = 'explanation'", {})
    known = {row["sign"]: row["applies"] for row in findings}
    # A log of ids alone tells neither handles nor clients.
    assert (known["second_account"], known["one_client"], known["one_day"]) == (None, None, False)
    assert "<title>" in (ended.folder / "report.html").read_text(encoding="utf-8")


def test_nothing_found_says_how_many_could_have_been_found(scan: Scan) -> None:
    ended = scan(log(*crowd()))
    assert ended.run["outcome"] == "nothing found"
    counted = ended.case.sql(
        "SELECT count(*) FROM (FROM traces SELECT account_id GROUP BY ALL HAVING count(*) >= 2)"
    ).fetchall()[0][0]
    assert f"only by 2 shared actions of one kind or more, and {counted} accounts of this log" in ended.out


def test_where_everybody_is_on_everything_the_data_do_not_suffice(scan: Scan) -> None:
    ended = scan(log(*((f"a{who}", day * DAY_S + who, f"o{day}") for day in range(6) for who in range(40))))
    (reposts,) = (each for each in ended.run["behaviours"] if each["behaviour"] == "repost")
    assert reposts["left_out_objects"] == reposts["objects"] == 6
    assert ended.run["outcome"] == "insufficient data"
    assert (
        "on things that not everybody acts on, and the fifth most active account of this log has 0."
        in ended.out
    )


def test_a_clock_of_whole_days_is_said_to_be_what_counts_as_together(scan: Scan) -> None:
    whole_days = [(who, second // DAY_S * DAY_S, what) for who, second, what in crowd()]
    notes = scan(log(*whole_days)).run["notes"]
    assert notes[-2:] == [
        "The window of 1 minute was not used: the log's times are only exact to 1 day.",
        "So accounts count as together that acted within 1 day, the clock's own step.",
    ]


def ring(size: int) -> list[tuple[str, int, str]]:
    """So many accounts that pass on 30 posts of their own, within a minute, at an hour of its own each."""
    rng = random.Random(3)
    starts = [rng.randrange(16) * DAY_S + rng.randrange(DAY_S - 60) for _ in range(30)]
    return [(f"r{who}", start + who, f"own{start}") for start in starts for who in range(size)]


def test_what_came_closest_is_told_without_a_name(scan: Scan) -> None:
    """Each of twelve passes on six of ten posts of their own, and the log has few others."""
    rng = random.Random(1)
    taking_part = [act for act in ring(12) if rng.random() < 0.6]
    ended = scan(log(*crowd(60), *taking_part))
    assert ended.run["outcome"] == "nothing found"
    said = re.search(
        r"two accounts that met (\d+) times within 1 minute, .* lets expect (\d+\.\d)",
        ended.run["outcome_why"],
    )
    assert said
    assert float(said[1]) > 3 * float(said[2])
    assert "That is more than chance" in ended.run["outcome_why"]


def test_a_group_that_makes_most_of_a_small_log_is_said_to_be_out_of_reach(scan: Scan) -> None:
    ended = scan(log(*crowd(20), *ring(12)))
    assert ended.run["outcome"] == "insufficient data"
    assert (
        "of the 32 accounts with 2 actions of one kind or more, 12 do what so much of"
        in ended.run["outcome_why"]
    )


def test_where_most_are_suspects_a_note_says_how_few_judge_them(scan: Scan) -> None:
    """Rings of eight, each on posts of its own, and fewer others than members."""
    rings = [
        (f"{who}.{number}", second + 7_000 * number, f"{what}.{number}")
        for number in range(9)
        for who, second, what in ring(8)
    ]
    bystanders = [(f"b{number % 40}", 5_000 * number, f"o{number % 60}") for number in range(240)]
    ended = scan(log(*bystanders, *rings))
    assert ended.run["named"] == 72
    assert any(note.startswith("72 of the 112 accounts compared") for note in ended.run["notes"])


def test_among_many_others_no_note_says_that_they_are_few(scan: Scan) -> None:
    ended = scan(log(*crowd(), *ring(12)))
    assert ended.run["named"] == 12
    assert not any("accounts compared" in note for note in ended.run["notes"])


def test_what_many_do_every_day_is_told_and_no_evidence(scan: Scan) -> None:
    """Thirty people post one greeting in the same hour of sixteen days."""
    rng = random.Random(5)
    greetings = [
        (f"u{who}", day * DAY_S + 25_000 + rng.randrange(3_600), f"o{rng.randrange(10**6)}")
        for day in range(16)
        for who in range(30)
    ]
    text = log(*crowd(), *greetings).replace(",,o", ",a good morning to all of you #morning,o")
    ended = scan(text.replace(",retweeted_status_id", ",session_id"))
    assert (ended.run["edges"], ended.run["named"]) == (0, 0)
    assert not any("own step" in note for note in ended.run["notes"])
    assert {custom["behaviour"] for custom in ended.run["customs"]} == {"hashtag", "text"}
    assert not any("The report shows" in note for note in ended.run["notes"])
    assert any(
        "was not counted as evidence: 2 customs, above all the " in note for note in ended.run["notes"]
    )


def test_a_custom_to_mention_somebody_is_told_by_the_name_that_the_log_knows(scan: Scan) -> None:
    """Thirty people greet one account in the same hour of sixteen days, by its id."""
    rng = random.Random(5)
    lines = ["tweetid,userid,user_screen_name,tweet_time,tweet_text,is_retweet,user_mentions"]
    number = 0
    for day in range(16):
        for who in range(30):
            second = 25_000 + rng.randrange(3_600)
            at = f"2020-01-{day + 1:02d} {second // 3600:02d}:{second % 3600 // 60:02d}:{second % 60:02d}"
            lines.append(
                f"{9000 + number},{100 + who},person{who},{at},said {rng.randrange(10**9)},false,[777]"
            )
            number += 1
    lines.append("8999,777,the_host,2020-01-01 01:02:03,hello,false,[]")
    ended = scan("\n".join(lines) + "\n")
    assert any("above all mentions of “the_host” by 30 accounts." in note for note in ended.run["notes"])

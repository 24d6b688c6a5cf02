import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from made_case import MadeCase, Plan, make

from syncline import schema
from syncline.case.unused import to_look_into
from syncline.errors import SynclineError
from syncline.report import evidence, network_rows, page, payload, provenance, unused, write_report
from syncline.report.provenance import clock_gaps


def test_the_page_data_follows_the_tables() -> None:
    case = make(Plan(networks=(12, 5), pairs=2, members_each=1))
    data = payload.build(case)
    assert [network["kind"] for network in data["networks"]] == ["network", "network", "pair", "pair"]
    assert len(data["accounts"]) == 12 + 5 + 2 * 2
    assert len(data["links"]) == case.run["edges"]
    assert data["left_out"] == []
    for link in data["links"]:
        assert len(link["shown"]) == link["total"] == 3
        for _, _, a, b, _, odds in link["shown"]:
            assert data["posts"][a][0] == link["a"]
            assert data["posts"][b][0] == link["b"]
            assert data["strings"][odds].startswith("2 of 4,043 accounts ")


def test_named_accounts_come_before_those_that_are_not() -> None:
    data = payload.build(make(Plan(networks=(9,), members_each=4)))
    assert [account["named"] for account in data["accounts"]] == [True] * 5 + [False] * 4


def test_the_timeline_counts_every_post_once() -> None:
    case = make(Plan(networks=(6,), bystanders=4))
    timeline = payload.build(case)["timeline"]
    everybody = sum(count for _, count in timeline["everybody"])
    members = sum(count for _, count in timeline["networks"]["1"])
    ((outsiders,),) = case.sql(
        "SELECT count(*) FROM posts ANTI JOIN members USING (platform, account_id)"
    ).fetchall()
    assert everybody == case.run["rows"]["posts"]
    assert members == everybody - outsiders
    assert timeline["unit"] == "day"


def test_a_log_of_three_centuries_still_has_few_bins() -> None:
    years_us = 293 * 365 * 86_400_000_000
    timeline = payload.build(make(Plan(run={"first_us": -10, "last_us": years_us})))["timeline"]
    assert timeline["bins"] <= 421


def test_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MAX_ACCOUNTS", 8)
    monkeypatch.setattr(evidence, "CO_ACTIONS_PER_LINK", 2)
    monkeypatch.setattr(evidence, "EVIDENCE_BYTES", 1500)
    data = payload.build(make(Plan(networks=(12,))))
    assert len(data["accounts"]) == 8
    assert all(len(link["shown"]) <= 2 for link in data["links"])
    assert data["left_out"][0] == "8 of 12 accounts are in this file, the strongest first."
    assert [sentence.split()[3] for sentence in data["left_out"]] == ["accounts", "links", "co-actions"]


def test_every_account_keeps_its_strongest_link_when_links_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(evidence, "MAX_LINKS", 30)
    case = make(Plan(networks=(30,), links_each=8))
    data = payload.build(case)
    assert len(data["links"]) == 30 < case.run["edges"]
    strongest = {
        row[0]: row[1]
        for row in case.sql(
            "SELECT account, max(log10_e) FROM (SELECT account_a AS account, log10_e FROM edges"
            " UNION ALL SELECT account_b, log10_e FROM edges) GROUP BY account"
        ).fetchall()
    }
    kept: dict[str, float] = {}
    for link in data["links"]:
        for end in (link["a"], link["b"]):
            account = data["accounts"][end]["id"]
            kept[account] = max(kept.get(account, 0.0), link["log10_e"])
    assert kept == pytest.approx(strongest, abs=0.006)


def test_posts_are_cut_and_the_cut_is_counted() -> None:
    data = payload.build(make(Plan(networks=(3,), texts=("ab" * 500,))))
    assert {(len(data["strings"][text]), cut) for _, _, text, cut, _ in data["posts"]} == {(500, 500)}


def test_every_post_behind_a_link_and_a_directive_has_its_id() -> None:
    case = make(Plan(networks=(4,), campaigns=True))
    data = payload.build(case)
    sides = "SELECT post_a FROM co_actions UNION SELECT post_b FROM co_actions"
    known = {post_id for (post_id,) in case.sql(sides).fetchall()}
    assert {data["strings"][post_id] for *_, post_id in data["posts"]} == known
    taken_up = {post_id for (post_id,) in case.sql("SELECT post_id FROM uptake").fetchall()}
    days = data["campaigns"]["1"]["days"]
    shown = {data["strings"][post[4]] for day in days for one in day["directives"] for post in one["posts"]}
    assert shown and shown <= taken_up


def test_times_are_no_finer_than_the_clock_of_the_log() -> None:
    data = payload.build(make(Plan(networks=(3,), run={"resolution_us": 60_000_000})))
    assert {len(when) for _, when, *_ in data["posts"]} == {len("2016-01-03 12:00 UTC")}
    lags = {data["strings"][shown[4]] for link in data["links"] for shown in link["shown"]}
    assert lags == {"in the same minute"}


@pytest.mark.parametrize("table", sorted(schema.TABLES))
def test_empty_tables_do_no_harm(table: str) -> None:
    case = make(Plan(networks=(4,), pairs=1))
    case.connection.execute(f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM made_{table} LIMIT 0")
    assert page.embed(payload.build(case))


def test_a_case_without_anything() -> None:
    data = payload.build(make(Plan(networks=(), bystanders=0)))
    assert data["networks"] == data["accounts"] == data["links"] == []
    assert data["answer"]["headline"] == "Nothing found"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (0, ""),
        (1, "0.csv"),
        (3, "0.csv, 1.csv and 2.csv"),
        (4, "0.csv, 1.csv and 2 other files"),
        (1002, "0.csv, 1.csv and 1,000 other files"),
    ],
)
def test_the_title_names_the_files(files: int, expected: str) -> None:
    inputs = [{"path": f"some/where/{number}.csv"} for number in range(files)]
    assert payload.build(make(Plan(networks=(), run={"inputs": inputs})))["title"] == expected


def test_networks_left_out_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_rows, "MAX_NETWORKS", 1)
    monkeypatch.setattr(network_rows, "MAX_PAIRS", 2)
    said = payload.build(make(Plan(networks=(4, 3), pairs=3)))["left_out"]
    assert said[-2:] == [
        "1 of 2 networks is in this file, the ones with most named accounts first.",
        "2 of 3 pairs are in this file, the ones with most named accounts first.",
    ]


def test_nothing_in_the_data_can_end_its_element() -> None:
    text = "</script><!--<script>\u2028\x00"
    embedded = page.embed({"text": text})
    assert b"<" not in embedded
    assert json.loads(embedded)["text"] == text


def test_a_file_name_that_is_not_text_is_embedded() -> None:
    name = b"posts-\xff.csv".decode("utf-8", "surrogateescape")
    assert json.loads(page.embed({"name": name}).decode())["name"] == name


def test_figures_that_are_not_numbers_stay_out_of_json() -> None:
    case = make(Plan(networks=(3,)))
    case.connection.execute(
        "CREATE OR REPLACE VIEW edges AS SELECT * REPLACE ('inf'::DOUBLE AS log10_e) FROM made_edges"
    )
    case.connection.execute(
        "CREATE OR REPLACE VIEW networks AS SELECT * REPLACE ('nan'::DOUBLE AS log10_e) FROM made_networks"
    )
    data = json.loads(page.embed(payload.build(case)))
    assert {link["log10_e"] for link in data["links"]} == {9999.0}


def with_rejects(case: MadeCase, count: int) -> MadeCase:
    case.connection.execute(
        "CREATE OR REPLACE VIEW rejects AS SELECT 'f' || (i % 7) || '.csv' AS source_file, i AS source_row,"
        f" 'bad_time' AS reason, 'soon' AS detail FROM range({count}) t(i)"
    )
    return case


def test_rejects_are_counted_by_file_and_reason() -> None:
    listed = unused.build(with_rejects(make(Plan()), 7000))["rejects"]
    assert [row["rows"] for row in listed] == ["1,000"] * 7
    assert listed[0] == {
        "file": "f0.csv",
        "reason": "bad_time",
        "why": "its time cannot be read",
        "rows": "1,000",
        "first": "row 0",
        "detail": "soon",
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            {"in": 0, "posts": 0, "rejects": 0, "duplicates": 0},
            "Of 0 rows read, 0 became posts and 0 were not used.",
        ),
        (
            {"in": 2, "posts": 1, "rejects": 1, "duplicates": 1},
            "Of 2 rows read, 1 became a post and 1 was not used. 1 row among the unused repeats",
        ),
        (
            {"in": 4, "posts": 2, "rejects": 2, "duplicates": 2},
            "Of 4 rows read, 2 became posts and 2 were not used. 2 rows among the unused repeat",
        ),
    ],
)
def test_the_summary_of_what_was_not_used(rows: dict[str, Any], expected: str) -> None:
    assert unused.build(make(Plan(run={"rows": rows})))["summary"].startswith(expected)


def test_windows_and_blind_behaviours_are_said() -> None:
    refused = [{"window_s": 60.0, "why": "the log's times are whole hours"}]
    built = unused.build(make(Plan(run={"windows_refused": refused})))
    assert built["windows"] == ["The window of a minute was not used: the log's times are whole hours."]
    assert "Pictures were not looked at: no file holds image hashes." in built["behaviours"]
    assert not any("cannot be seen" in said for said in built["behaviours"])


def test_what_one_file_of_several_cannot_show_is_said_of_it() -> None:
    behaviours = [{"behaviour": "media", "objects": 9, "left_out_objects": 2, "blind": None}]
    built = unused.build(make(Plan(run={"behaviours": behaviours})))
    assert "Pictures cannot be seen in posts.csv: no column holds image hashes." in built["behaviours"]
    assert "so many acted on them that acting together on them says nothing." in built["behaviours"][0]


def test_every_file_that_was_skipped_is_listed() -> None:
    skipped = [{"path": "log/a.xlsx", "why": "an Excel workbook: export it as CSV."}]
    built = unused.build(make(Plan(run={"skipped": skipped})))
    assert built["windows"] == ["log/a.xlsx was not read: an Excel workbook: export it as CSV."]


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    if not (files("syncline.report") / "assets" / "report.js").is_file():
        pytest.skip("the report's front end is not built")
    with pytest.raises(OSError, match="absent"):
        write_report(make(Plan(networks=())), tmp_path / "absent" / "report.html")


def test_without_the_front_end_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "_SCRIPT", "absent.js")
    with pytest.raises(SynclineError, match=r"Node\.js 18 or newer"):
        page.render(payload.build(make(Plan(networks=()))))


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ([None, None], ""),
        (
            [-227_000, None],
            "Of 2 posts 1 has the server's time beside that of the poster's own program. The server's is used. They "
            "differ by 227 milliseconds at the median, by more than an hour in 0 posts.",
        ),
        (
            [1_000_000, 1_000_000, -7_200_000_000],
            "Of 3 posts 3 have the server's time beside that of the poster's own program. The server's is used. They "
            "differ by 1 second at the median, by more than an hour in 1 post.",
        ),
        ([0], "Of 1 post 1 has the server's time beside that of the poster's own program. The server's is used. They "
         "differ by no time at the median, by more than an hour in 0 posts."),
    ],
)  # fmt: skip
def test_how_far_two_clocks_are_apart_is_said_where_there_are_two(gaps: list[int | None], said: str) -> None:
    case = make(Plan())
    posts = [{"post_id": str(place), "clock_gap_us": gap} for place, gap in enumerate(gaps)]
    case.connection.register("these", pa.Table.from_pylist(posts, schema.POSTS))
    case.connection.execute("CREATE OR REPLACE VIEW posts AS FROM these")
    assert clock_gaps(case) == said
    assert ["Two clocks", said] in provenance.build(case)["log"] or not said


def test_a_case_of_an_earlier_version_has_one_clock() -> None:
    case = make(Plan())
    case.connection.execute("CREATE OR REPLACE VIEW posts AS SELECT 'p' AS post_id")
    assert clock_gaps(case) == ""


@pytest.mark.parametrize(
    ("in_all", "said_of_others"),
    [
        ({"customs_in_all": 7}, "2 more customs likewise; run.json has all of them."),
        ({"customs_in_all": 1207}, "1,202 more customs likewise; run.json has 7 of them."),
        ({}, "2 more customs likewise; run.json has all of them."),  # a case of an earlier version
    ],
)
def test_customs_are_listed_with_what_was_not_used(in_all: dict[str, int], said_of_others: str) -> None:
    customs = [{"behaviour": "hashtag", "what": f"tag{n}", "accounts": 40 - n, "days": 9} for n in range(7)]
    said = payload.build(make(Plan(run={"customs": customs, **in_all})))["unused"]["behaviours"]
    assert (
        "Hashtags: “tag0” is a custom of 40 accounts, who came back to it on 9 days. That they meet on it was not "
        "counted as evidence."
    ) in said
    assert said_of_others in said


def test_customs_whose_accounts_come_when_the_others_come_stand_first_and_are_said_to() -> None:
    customs = [
        {"behaviour": "hashtag", "what": f"tag{n}", "accounts": 40 - n, "days": 9, "closer": closer}
        for n, closer in enumerate([None, 3.9, 1.0, 0.9, 1.1, 1.2, 4.0])
    ]
    said = payload.build(make(Plan(run={"customs": customs, "customs_in_all": 7})))["unused"]["behaviours"]
    listed = [sentence for sentence in said if "is a custom of" in sentence]
    assert [sentence[11:15] for sentence in listed] == ["tag6", "tag0", "tag1", "tag2", "tag3"]
    assert [sentence for sentence in listed if "Read their posts" in sentence] == listed[:1]
    assert "within ten minutes of each other 4 times as often on one day as on different days" in listed[0]
    assert to_look_into(customs).startswith(" 1 custom of them is to be looked into")
    assert to_look_into(customs[:-1]) == ""

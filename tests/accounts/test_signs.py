"""All signs of all networks of a log: a camp is told from people, and what is innocent from both."""

import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from account_tables import account, network, post, put

from syncline import schema
from syncline.accounts import find_signs, find_signs_of_list
from syncline.accounts.findings import SIGNS
from syncline.cli import run
from syncline.settings import Settings
from syncline.worlds import generate

Row = dict[str, Any]


def signs(world: dict[str, pa.Table], groups: dict[int, list[tuple[str, str]]], **options: Any) -> list[Row]:
    """The findings when `groups` (network id: accounts) are the networks that were found."""
    networks = [
        {"network_id": number, "kind": "network", "size": len(each)} for number, each in groups.items()
    ]
    members = [
        {"network_id": number, "platform": platform, "account_id": account_id}
        for number, each in groups.items()
        for platform, account_id in each
    ]
    with duckdb.connect() as connection:
        put(connection, networks=networks, members=members)
        history = pa.concat_tables([world["accounts_earlier"], world["accounts"]])
        for name, table in (
            ("posts", world["posts"]),
            ("accounts", world["accounts"]),
            ("account_history", history),
            *((name, table) for name, table in world.items() if name == "cleared"),
        ):
            connection.register("incoming", table)
            connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming").fetchall()
            connection.unregister("incoming")
        return find_signs(connection, Settings(), **options)


def camp_and_people(world: dict[str, pa.Table]) -> dict[int, list[tuple[str, str]]]:
    """Network 1 is the camp; 2 and 3 are people drawn at random."""
    truth = world["truth"].to_pylist()
    camp = [(row["platform"], row["account_id"]) for row in truth if row["is_camp"]]
    people = [
        (row["platform"], row["account_id"])
        for row in truth
        if not row["is_camp"] and not row["innocent_class"]
    ]
    mixed = np.random.default_rng(1).permutation(len(people))
    return {1: camp, 2: [people[n] for n in mixed[:40]], 3: [people[n] for n in mixed[40:55]]}


@pytest.fixture(scope="module")
def world() -> dict[str, pa.Table]:
    return generate("demo", 3)


@pytest.fixture(scope="module")
def rows(world: dict[str, pa.Table]) -> list[Row]:
    return signs(world, camp_and_people(world))


def test_every_network_has_a_row_for_every_sign_and_the_log_one_for_batches(rows: list[Row]) -> None:
    for network_id in (1, 2, 3):
        assert {row["sign"] for row in rows if row["network_id"] == network_id} == set(SIGNS)
    assert {row["sign"] for row in rows if row["network_id"] is None} == {"creation_batch"}
    assert all(list(row) == schema.FINDINGS.names and row["gauge"] == "authenticity" for row in rows)


def test_the_camp_is_found_made_up(rows: list[Row]) -> None:
    applying = {row["sign"] for row in rows if row["applies"] and row["network_id"] == 1}
    assert {"creation_batch", "handle_pattern", "bio_template", "hours", "client"} <= applying


def test_people_are_not(rows: list[Row]) -> None:
    assert [row["statement"] for row in rows if row["applies"] and row["network_id"] in (2, 3)] == []


def test_accounts_of_a_finding_are_members_of_its_network(
    world: dict[str, pa.Table], rows: list[Row]
) -> None:
    members = {number: {each[1] for each in group} for number, group in camp_and_people(world).items()}
    for row in rows:
        assert row["network_id"] is None or set(row["account_ids"]) <= members[row["network_id"]]


def test_numbers_of_every_row_hold_what_was_compared(rows: list[Row]) -> None:
    for row in rows:
        numbers = json.loads(row["numbers"])
        assert {"of", "comparison", "innocent", "sufficient", "p_bound"} <= numbers.keys() or not numbers[
            "sufficient"
        ]
        if row["applies"]:
            assert {"accounts", "first_us", "last_us"} <= numbers.keys()
            assert numbers["accounts"] == len(row["account_ids"]) <= numbers["of"]
            assert 0 <= numbers["p_bound"] <= 0.05 / len(SIGNS)


def test_the_true_offset_is_in_the_interval_and_the_claimed_place_is_not(rows: list[Row]) -> None:
    (row,) = [row for row in rows if row["network_id"] == 1 and row["sign"] == "hours"]
    numbers = json.loads(row["numbers"])
    first, last = numbers["offsets"]
    assert first <= 1 <= last < 3.5
    assert numbers["claims"]["most"]["offsets"] == [3.5, 4.5]


def test_the_whole_logs_batches_are_those_of_the_camp(world: dict[str, pa.Table], rows: list[Row]) -> None:
    camp = {account_id for _, account_id in camp_and_people(world)[1]}
    for row in rows:
        if row["network_id"] is None and row["applies"]:
            assert len(set(row["account_ids"]) & camp) >= 0.8 * len(row["account_ids"])


def test_same_seed_same_rows(world: dict[str, pa.Table], rows: list[Row]) -> None:
    assert signs(world, camp_and_people(world)) == rows


def test_cleared_accounts_are_in_no_network_no_comparison_and_no_batch(world: dict[str, pa.Table]) -> None:
    camp = camp_and_people(world)[1]
    cleared = pa.table(
        {"platform": [each[0] for each in camp[:30]], "account_id": [each[1] for each in camp[:30]]}
    )
    found = signs({**world, "cleared": cleared}, {1: camp, 2: camp_and_people(world)[2]})
    named = {account_id for row in found for account_id in row["account_ids"]}
    assert not named & {account_id for _, account_id in camp[:30]}
    of = {row["network_id"]: json.loads(row["numbers"])["of"] for row in found if row["sign"] == "hours"}
    assert of == {1: len(camp) - 30, 2: 40}
    everybody = world["accounts"].column("created_us").drop_null().length()
    batch = next(row for row in found if row["network_id"] is None)
    assert json.loads(batch["numbers"])["of"] == everybody - 30


def test_controls_take_the_place_of_comparable_accounts(world: dict[str, pa.Table]) -> None:
    controls = generate("null", 1)["accounts"]
    found = signs(world, {1: camp_and_people(world)[1]}, controls=controls)
    (row,) = [row for row in found if row["sign"] == "bio_template"]
    assert json.loads(row["numbers"])["comparison"] == {
        "size": 1000, "wanted": 1000, "matched": {}, "given": True,
    }  # fmt: skip
    assert row["applies"]


def test_pairs_and_logs_without_networks_get_no_signs_but_the_logs_own() -> None:
    pair, members = network(1, ["a", "b"])
    with duckdb.connect() as connection:
        put(connection, accounts=[account("a"), account("b")], posts=[post("a", 1), post("b", 2)],
            networks=[{**pair, "kind": "pair"}], members=members)  # fmt: skip
        (row,) = find_signs(connection, Settings())
    assert (row["network_id"], row["sign"], row["applies"]) == (None, "creation_batch", False)


def test_an_empty_log_has_no_signs() -> None:
    with duckdb.connect() as connection:
        put(connection)
        (row,) = find_signs(connection, Settings())
    assert (
        row["statement"]
        == "Insufficient data: creation times are known of 0 of 0 accounts, where 5 are needed."
    )


def test_accounts_without_any_profile_are_said_to_be_unknown() -> None:
    names = [f"m{n}" for n in range(12)]
    row, members = network(1, names)
    everybody = names + [f"o{n}" for n in range(100)]
    with duckdb.connect() as connection:
        put(connection, accounts=[account(name, username=None) for name in everybody],
            posts=[post(name, n) for n, name in enumerate(everybody)], networks=[row], members=members)  # fmt: skip
        found = find_signs(connection, Settings())
    assert all(not row["applies"] and row["statement"].startswith("Insufficient data: ") for row in found)


def test_a_list_has_the_signs_that_need_no_posts(world: dict[str, pa.Table]) -> None:
    rows = find_signs_of_list(world["accounts"].slice(0, 100), Settings(), world["accounts"].slice(100, 500))
    assert [row["sign"] for row in rows if not row["applies"]] == [
        "creation_batch", "handle_pattern", "bio_template", "location", "portrait_reuse", "eye_position",
    ]  # fmt: skip


def test_the_command_line_tells_every_sign_of_a_list_of_a_camps_accounts(
    world: dict[str, pa.Table], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = set(camp_and_people(world)[1])
    accounts = world["accounts"]
    own = pa.array([(row["platform"], row["account_id"]) in keys for row in accounts.to_pylist()])
    for name, chosen in (("camp", own), ("controls", pc.invert(own))):
        pq.write_table(accounts.filter(chosen), tmp_path / f"{name}.parquet")
    asked = ["accounts", str(tmp_path / "camp.parquet"), "--controls", str(tmp_path / "controls.parquet")]
    assert run([*asked, "--json"]) == 0
    claims = json.loads(capsys.readouterr().out)
    assert {claim["sign"] for claim in claims} == {
        "creation_batch", "handle_pattern", "bio_template", "location", "portrait_reuse",
    }  # fmt: skip
    for claim in claims:
        assert claim["accounts"] == len(claim["account_ids"]) <= claim["of"] <= len(keys)
        assert 0 <= claim["p_bound"] <= 0.005
        assert claim["statement"].startswith(f"{claim['accounts']} of {claim['of']} ")
        assert claim["first"] <= claim["last"]

"""Handles, bios and locations: patterns found with their accounts, and none where nothing sets a group apart."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from account_tables import account
from scipy.stats import binomtest

from syncline import schema
from syncline.accounts import bios, handles, locations
from syncline.accounts.concentration import concentrated, fisher, without_repeats
from syncline.accounts.findings import ErrorControl, Row, SignTest, judged
from syncline.accounts.groups import Group, of_list
from syncline.worlds import generate

CONTROL = ErrorControl(0.05)
Look = Callable[[Group, ErrorControl], SignTest]


def table(column: str, values: list[str | None], prefix: str) -> pa.Table:
    rows = [
        account(f"{prefix}{number}", **{"username": None, column: value})
        for number, value in enumerate(values)
    ]
    return pa.Table.from_pylist(rows, schema=schema.ACCOUNTS)


def looked(look: Look, column: str, members: list[str | None], others: list[str | None] | None) -> list[Row]:
    controls = None if others is None else table(column, others, "o")
    return judged([look(of_list(table(column, members, "m"), controls), CONTROL)], CONTROL)


def numbers(row: Row) -> Any:
    return json.loads(row["numbers"])


@pytest.fixture(scope="module")
def world() -> dict[str, pa.Table]:
    return generate("demo", 1)


@pytest.fixture(scope="module")
def ordinary(world: dict[str, pa.Table]) -> pa.Table:
    """The accounts of the world that are nobody's camp, in a random order."""
    organic = world["accounts"].filter(pa.array([not camp for camp in world["truth"]["is_camp"].to_pylist()]))
    return organic.take(np.random.default_rng(1).permutation(organic.num_rows))


def usernames(accounts: pa.Table, begin: int, end: int) -> list[str | None]:
    names: list[str | None] = accounts.column("username").to_pylist()[begin:end]
    return names


# One test for all features.


def test_fisher_is_the_share_of_deals_that_are_as_extreme() -> None:
    rng = np.random.default_rng(1)
    deals = np.array([(rng.permutation(30)[:10] < 6).sum() for _ in range(20_000)])
    assert fisher(4, 6, 10, 20) == pytest.approx(np.mean(deals >= 4), abs=0.01)


def test_a_feature_of_the_group_is_found_with_its_accounts() -> None:
    members: list[set[str]] = [{"a", f"m{n}"} if n < 8 else {f"m{n}"} for n in range(20)]
    others: list[set[str]] = [{"a"} if n < 2 else {f"o{n}"} for n in range(200)]
    (found,) = concentrated(members, others, 0.01)
    assert (found.feature, found.members, found.others) == ("a", list(range(8)), 2)
    # Only the features that could reach the level count as tests, not the 200 of a single account.
    assert found.p == pytest.approx(fisher(8, 10, 20, 200))


@pytest.mark.parametrize("members", [[], [set()], [{"a"}, {"a"}]])
def test_nothing_is_found_where_there_is_nothing(members: list[set[str]]) -> None:
    assert concentrated(members, [{"b"}] * 40, 0.05) == []
    assert concentrated(members, [], 0.05) == []


def test_a_small_difference_in_a_large_group_is_no_sign() -> None:
    members = [{"a"} if n < 600 else set() for n in range(2000)]
    others = [{"a"} if n < 400 else set() for n in range(2000)]
    assert fisher(600, 1000, 2000, 2000) < 1e-10
    assert concentrated(members, others, 0.05) == []


def test_features_of_the_same_accounts_are_told_once() -> None:
    members = [{"a", "b", "c"} if n < 10 else {"c"} if n < 16 else set() for n in range(20)]
    found = without_repeats(concentrated(members, [set()] * 100, 0.05))
    assert [each.feature for each in found] == ["c"]


@pytest.mark.parametrize("size", [10, 40])
def test_any_feature_passes_with_a_probability_of_at_most_the_level(size: int) -> None:
    wrong = 0
    for seed in range(400):
        rng = np.random.default_rng([size, seed])
        drawn = rng.zipf(1.4, (size + 200, 3)) % 50
        features = [set(row.tolist()) for row in drawn]
        wrong += bool(concentrated(features[:size], features[size:], 0.05))
    assert binomtest(wrong, 400, 0.05, alternative="greater").pvalue > 0.01


# Handles.


@pytest.mark.parametrize(
    ("handle", "exact", "loose"),
    [
        ("JoeSmith12345678",
         "a capitalised word of 3 letters, a capitalised word of 5 letters and 8 digits",
         "2 capitalised words and 8 digits"),
        ("abc_1", "3 small letters, 1 underscore and 1 digit", "small letters, 1 underscore and 1 digit"),
        ("USAnow", "3 capitals and 3 small letters", "capitals and small letters"),
        ("a", "1 small letter", "small letters"),
        ("é.x", "1 small letter, 1 “.” and 1 small letter", "small letters, 1 “.” and small letters"),
        ("Bo", "a capitalised word of 2 letters", "a capitalised word"),
    ],
)  # fmt: skip
def test_forms_in_words(handle: str, exact: str, loose: str) -> None:
    assert handles.described(handles.form(handle), exact=True) == exact
    assert handles.described(handles.form(handle), exact=False) == loose


def test_a_form_with_its_accounts(ordinary: pa.Table) -> None:
    rng = np.random.default_rng(1)
    made = ["".join(rng.choice(list("abcdefgh"), 14)) + str(rng.integers(10)) for _ in range(12)]
    rows = looked(
        handles.look, "username", [*usernames(ordinary, 0, 30), *made], usernames(ordinary, 100, 700)
    )
    (row,) = [each for each in rows if "14 small letters and 1 digit" in each["statement"]]
    assert row["statement"].startswith(
        "12 of 42 handles have one form: 14 small letters and 1 digit; of 600 "
    )
    assert row["account_ids"] == [f"m{number}" for number in range(30, 42)]
    assert numbers(row)["examples"] == sorted(made)


def test_a_stem_with_its_accounts(ordinary: pa.Table) -> None:
    made: list[str | None] = [f"{letter}freedomfox{number}" for number, letter in enumerate("_.-_1_2_")]
    rows = looked(handles.look, "username", usernames(ordinary, 0, 30) + made, usernames(ordinary, 100, 700))
    (row,) = [each for each in rows if "freedomfox" in each["statement"]]
    assert row["statement"] == ("8 of 38 handles hold “freedomfox”; of 600 comparable accounts, none does.")


def test_letters_that_nobody_else_puts_together(ordinary: pa.Table) -> None:
    rng = np.random.default_rng(2)
    made: list[str | None] = [
        "".join(rng.choice(list("bcdfghjklmnpqrstvwxz0123456789"), rng.integers(7, 14))) for _ in range(15)
    ]
    rows = looked(handles.look, "username", usernames(ordinary, 0, 30) + made, usernames(ordinary, 100, 700))
    (row,) = [each for each in rows if numbers(each).get("pattern") == "improbable"]
    assert set(row["account_ids"]) >= {f"m{number}" for number in range(30, 45)}


# Bios.

TEMPLATE = "Proud mother of {}, lover of {} and truth 🌹 {} follow back"


def bio_rows(members: list[str | None], others: list[str | None]) -> list[Row]:
    return looked(bios.look, "bio", members, others)


def bios_of(accounts: pa.Table, begin: int, end: int) -> list[str | None]:
    texts: list[str | None] = accounts.column("bio").to_pylist()[begin:end]
    return texts


def test_a_template_with_its_slots(ordinary: pa.Table) -> None:
    fillings = [("two", "roses", "100%"), ("three boys", "tea", "99%"), ("one", "dogs", ""), ("four", "light", "7%"),
                ("five", "poems", ""), ("a son", "music", "50%"), ("twins", "words", "")]  # fmt: skip
    made: list[str | None] = [TEMPLATE.format(*each) for each in fillings]
    (row,) = bio_rows(bios_of(ordinary, 0, 30) + made, bios_of(ordinary, 100, 700))
    assert row["applies"]
    assert "7 of " in row["statement"]
    assert "follow one template: “proud mother of … lover of … and truth … follow back”" in row["statement"]
    assert row["account_ids"] == [f"m{number}" for number in range(30, 37)]


def test_one_text_in_a_script_without_spaces() -> None:
    text = "今天天气很好我们去公园散步吧朋友们一起来 真的 很好"
    others: list[str | None] = [f"生活 记录 {number} 日子 第{number}天 书" for number in range(100)]
    (row,) = bio_rows([text] * 6 + ["我 喜欢 猫"] * 2, others)
    assert row["statement"].startswith("6 of 8 bios follow one text: “")


def test_one_phrase_in_bios_that_are_otherwise_their_own_is_no_template(ordinary: pa.Table) -> None:
    rng = np.random.default_rng(1)
    made: list[str | None] = [
        "all views are mine " + " ".join(f"w{number}" for number in rng.integers(0, 10**6, 12))
        for _ in range(10)
    ]
    (row,) = bio_rows(made, bios_of(ordinary, 0, 600))
    assert not row["applies"]
    assert {each["word"] for each in numbers(row)["words"]} == {"all", "views", "are", "mine"}


def test_own_place_numbers_links_and_names_are_masked() -> None:
    assert bios.masked("Anna, 34, from Lyon! @me https://x.example 🌍", "Lyon, France") == (
        "anna",
        "00",
        "from",
    )
    assert bios.masked("", None) == ()


def test_templates_of_the_camp_are_found(world: dict[str, pa.Table], ordinary: pa.Table) -> None:
    camp = world["accounts"].filter(world["truth"]["is_camp"])
    rows = judged([bios.look(of_list(camp, ordinary.slice(0, 500)), CONTROL)], CONTROL)
    assert any(row["applies"] and "first … and … every day" in row["statement"] for row in rows)


# Locations.


def test_a_place_with_its_accounts() -> None:
    members: list[str | None] = ["Springfield, IL"] * 6 + ["Oak Park, IL"] * 2 + ["Lyon", "Kyiv", None]
    others: list[str | None] = [f"Town {number}" for number in range(200)]
    (row,) = looked(locations.look, "location", members, others)
    assert row["statement"].startswith(
        "8 of 10 accounts that give a location give “il”; of 200 comparable accounts, none does."
    )
    assert row["account_ids"] == [f"m{number}" for number in range(8)]


# Words at nought, one, two and many.


@pytest.mark.parametrize(
    ("look", "column", "members", "others", "said"),
    [
        (handles.look, "username", [], None,
         "Insufficient data: handles are known of 0 of 0 accounts, where 5 are needed."),
        (handles.look, "username", [None], None,
         "Insufficient data: handles are known of 0 of 1 account, where 5 are needed."),
        (bios.look, "bio", ["one bio", None], ["x"] * 50,
         "Insufficient data: bios are known of 1 of 2 accounts, where 5 are needed."),
        (locations.look, "location", ["Lyon"] * 9, ["Lyon"],
         "Insufficient data: locations are known of 1 comparable account, where 30 are needed."),
        (bios.look, "bio", ["some words"] * 9, [""] * 90,
         "Insufficient data: bios are known of 0 comparable accounts, where 30 are needed."),
        (handles.look, "username", ["anna"] * 9, None,
         "Insufficient data: no other accounts were given to compare handles with."),
        (locations.look, "location", [f"Town {n}" for n in range(9)], ["Lyon"] * 40,
         "No place is more frequent among 9 accounts that give one than among 40 comparable accounts that do."),
        (bios.look, "bio", [f"word{n}" for n in range(9)], ["some words"] * 40,
         "No template: no wording is more frequent in 9 bios than in those of 40 comparable accounts."),
    ],
)  # fmt: skip
def test_what_is_said_where_nothing_stands(
    look: Look, column: str, members: list[str | None], others: list[str | None] | None, said: str
) -> None:
    (row,) = looked(look, column, members, others)
    assert (row["applies"], row["statement"]) == (False, said)


@pytest.mark.parametrize(("elsewhere", "said"), [
    (0, "of 300 comparable accounts, none does"), (1, "of 300 comparable accounts, 1 does (0.3%)"),
    (2, "of 300 comparable accounts, 2 do (0.7%)"),
])  # fmt: skip
def test_what_the_others_do(elsewhere: int, said: str) -> None:
    others: list[str | None] = ["Lyon" if number < elsewhere else f"Town {number}" for number in range(300)]
    (row,) = looked(locations.look, "location", ["Lyon"] * 9 + ["Paris"], others)
    assert said in row["statement"]


@pytest.mark.parametrize("size", [10, 40, 150])
def test_few_claims_on_organic_groups(ordinary: pa.Table, size: int) -> None:
    """At most alpha of random groups of ordinary accounts get any of the three signs: a binomial test."""
    draws = {10: 30, 40: 20, 150: 10}[size]
    wrong = 0
    for seed in range(draws):
        mixed = ordinary.take(np.random.default_rng([size, seed]).permutation(ordinary.num_rows))
        group = of_list(mixed.slice(0, size), mixed.slice(size, 5 * size + 200))
        tests = [look(group, CONTROL) for look in (handles.look, bios.look, locations.look)]
        wrong += any(row["applies"] for row in judged(tests, CONTROL))
    assert binomtest(wrong, draws, 0.05, alternative="greater").pvalue > 0.01

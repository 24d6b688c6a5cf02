"""STIX 2.1: strictly valid, the same each time, and without an actor unless a person named one."""

import json
from pathlib import Path
from typing import Any

import pytest

import handmade
from syncline.api import Case, open_case
from syncline.case import write_case
from syncline.errors import UsageError
from syncline.exports.stix import _moment

stix2 = pytest.importorskip("stix2")

DAY_US = handmade.START_US // 86_400_000_000 * 86_400_000_000


def with_campaign(folder: Path) -> Case:
    """The hand-made case with directives and an explanation that applies."""
    rows = handmade.tables()
    for account_id in ("1", "2", "3"):
        rows["traces"].append(rows["traces"][0] | {"account_id": account_id, "time_us": handmade.START_US})
    for number, kind in enumerate(("hashtag", "text", "target", "url")):
        rows["directives"].append(
            {"directive_id": number, "network_id": 1, "leads": True, "day_us": DAY_US, "kind": kind,
             "object": "x:7", "label": ("tag", *handmade.HOSTILE)[number], "members": 3, "active": 4,
             "posts": 5, "others": 0,
             "expected": 0.1, "log_odds": 1.0, "log_odds_error": 0.1, "log10_e": 6.0,
             "first_us": handmade.START_US, "last_us": handmade.START_US + 1_500_000, "followers": 3}
        )  # fmt: skip
        for account_id in ("1", "2", "3"):
            rows["uptake"].append(
                {"directive_id": number, "network_id": 1, "platform": "x", "account_id": account_id,
                 "first_us": handmade.START_US, "delay_us": 0, "posts": 1, "post_id": "p"}
            )  # fmt: skip
    write_case(handmade.connect(rows), handmade.run(), folder, write_report=lambda case, path: None)
    return open_case(folder)


def bundle(case: Case, out: Path, **options: Any) -> dict[str, Any]:
    (file,) = case.export("stix", out, overwrite=True, **options)
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


def of_type(document: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in document["objects"] if one["type"] == kind]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return with_campaign(tmp_path / "made.case")


def test_the_bundle_passes_strict_parsing_and_every_reference_leads_somewhere(
    case: Case, tmp_path: Path
) -> None:
    document = bundle(case, tmp_path / "b.json")
    parsed = stix2.parse(document, allow_custom=False)
    assert len(parsed.objects) == len(document["objects"])
    ids = {one["id"] for one in document["objects"]}
    assert len(ids) == len(document["objects"])
    for one in document["objects"]:
        for name, value in one.items():
            if name.endswith(("_ref", "_refs")):
                assert set([value] if isinstance(value, str) else value) <= ids, (one["type"], name)


def test_the_same_case_gives_the_same_bundle(case: Case, tmp_path: Path) -> None:
    assert bundle(case, tmp_path / "a.json") == bundle(open_case(case.path), tmp_path / "b.json")


def test_who_clears_an_account_makes_a_newer_version_of_the_same_objects(case: Case, tmp_path: Path) -> None:
    before = {one["id"]: one for one in bundle(case, tmp_path / "a.json")["objects"]}
    case.note("cleared", ["x:1"], by="B")
    cleared = open_case(case.path)
    document = bundle(cleared, tmp_path / "b.json")
    when = f"{cleared.notes.all[0].when:%Y-%m-%dT%H:%M:%S}.000Z"
    changed = [one for one in document["objects"] if before.get(one["id"], one) != one]
    assert {"grouping", "observed-data", "report"} <= {one["type"] for one in changed}
    for one in changed:
        if "modified" in one:
            assert one["modified"] == when > before[one["id"]]["modified"] == one["created"]
    # Three of the network's four followed each directive, one of whom is cleared; both counts are of who is left.
    for one in of_type(document, "observed-data"):
        (own,) = one["extensions"].values()
        assert (own["followers"], own["active"], one["number_observed"]) == (2, 3, 2)
        assert len(one["object_refs"]) == 2


def test_without_notes_too_the_version_after_clearing_is_the_newer(case: Case, tmp_path: Path) -> None:
    case.note("cleared", ["x:1"], by="B")
    document = bundle(open_case(case.path), tmp_path / "b.json", pseudonymise=tmp_path / "key")
    for one in of_type(document, "grouping"):
        assert one["modified"] > one["created"]


def test_a_reply_changes_the_report_alone(case: Case, tmp_path: Path) -> None:
    before = {one["id"]: one for one in bundle(case, tmp_path / "a.json")["objects"]}
    case.note("reply", "network 1", by="B", text="We deny it.", date="2026-01-01")
    document = bundle(open_case(case.path), tmp_path / "b.json")
    changed = [one["type"] for one in document["objects"] if before.get(one["id"], one) != one]
    assert changed == ["report"]
    assert of_type(document, "report")[0]["modified"] > case.run["created"][:19]


def test_explanations_say_whether_they_apply_and_techniques_what_they_are(case: Case, tmp_path: Path) -> None:
    document = bundle(case, tmp_path / "b.json")
    (note, _) = [one for one in of_type(document, "note") if one["abstract"].startswith("Innocent")]
    assert note["content"].startswith("applies: All posts came from one client")
    names = {one["name"] for one in of_type(document, "attack-pattern")}
    assert "DISARM T0049.002: hashtags taken up together" in names


def test_account_ids_are_those_that_the_specification_prescribes(case: Case, tmp_path: Path) -> None:
    for one in of_type(bundle(case, tmp_path / "b.json"), "user-account"):
        known = {name: one[name] for name in ("account_type", "user_id", "account_login") if name in one}
        assert stix2.UserAccount(**known).id == one["id"]


def test_confidence_and_techniques_say_no_more_than_was_found(case: Case, tmp_path: Path) -> None:
    document = bundle(case, tmp_path / "b.json")
    assert [one["confidence"] for one in of_type(document, "grouping")] == [85, 15]
    techniques = {one["external_references"][0]["external_id"] for one in of_type(document, "attack-pattern")}
    assert techniques == {"T0049.002", "T0084.001", "T0049.005"}
    assert all(
        next(iter(one["extensions"].values()))["disarm_version"] == "February 2025"
        for one in of_type(document, "attack-pattern")
    )
    assert len(of_type(document, "observed-data")) == 4
    # The explanation that applies stands as an opinion against the finding.
    assert {one["opinion"] for one in of_type(document, "opinion")} == {"disagree"}


def test_nobody_is_an_actor_unless_a_note_attributes_it(case: Case, tmp_path: Path) -> None:
    document = bundle(case, tmp_path / "b.json")
    assert of_type(document, "threat-actor") == of_type(document, "campaign") == []
    case.note("reply", "network 1", by="B", text="We deny it.", date="2026-01-01")
    case.note("attribution", "network 1", by="A. Analyst", name="Somebody", text="They said so.")
    document = bundle(open_case(case.path), tmp_path / "b.json")
    stix2.parse(document, allow_custom=False)
    (actor,) = of_type(document, "threat-actor")
    assert actor["name"] == "Somebody" and "A. Analyst" in actor["description"]
    assert "strongly-disagree" in {one["opinion"] for one in of_type(document, "opinion")}
    assert "attributed-to" in {one["relationship_type"] for one in of_type(document, "relationship")}


@pytest.mark.parametrize("tlp", ["clear", "green", "amber", "red"])
def test_every_object_is_marked(case: Case, tmp_path: Path, tlp: str) -> None:
    document = bundle(case, tmp_path / "b.json", tlp=tlp)
    (marking,) = of_type(document, "marking-definition")
    assert marking["definition"]["tlp"] == ("white" if tlp == "clear" else tlp)
    unmarked = {"marking-definition", "extension-definition", "identity"}
    for one in document["objects"]:
        if one["type"] not in unmarked:
            assert one["object_marking_refs"] == [marking["id"]]


def test_a_marking_that_is_none_is_wrong_usage(case: Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="clear, green, amber or red"):
        case.export("stix", tmp_path / "b.json", tlp="pink")
    with pytest.raises(UsageError):
        case.export("csv", tmp_path / "b", tlp="red")


def test_times_have_three_digits_below_the_second() -> None:
    assert _moment(1_451_822_400_007_654) == "2016-01-03T12:00:00.007Z"

"""Presets, world files and what is wrong with them."""

from pathlib import Path

import pytest

from syncline.errors import SynclineError
from syncline.worlds import PRESETS, World, load_world
from syncline.worlds.world import (
    Camp,
    Collection,
    Delays,
    Event,
    Innocent,
    Interests,
    People,
    to_toml,
)

DOCS = Path(__file__).parents[2] / "docs" / "worlds.md"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_survives_its_own_file(name: str, tmp_path: Path) -> None:
    world = load_world(name)
    assert world.name == name
    path = tmp_path / "world.toml"
    path.write_text(to_toml(world), "utf-8")
    assert load_world(path) == world
    assert load_world(str(path)) == world


def test_a_world_that_is_not_there_names_the_presets() -> None:
    with pytest.raises(SynclineError, match=r"nowhere.*breaking-news"):
        load_world("nowhere")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("days = [", "not valid TOML"),
        ("dayz = 3", "dayz"),
        ("days = 0", "days"),
        ("[people]\naccounts = 3", "people.accounts"),
        ("[people.places]\nAtlantis = 1.0", "Atlantis"),
        ("[people.places]\nLondon = 0.0", "positive"),
        ("[people]\nreply_share = 0.7\nquote_share = 0.7", "at most 1"),
        ("[interests]\nfirst_share = 0.7\nsecond_share = 0.7", "at most 1"),
        ("[[events]]\nday = 14", "last day"),
        ("[innocent]\npods = 200", "half"),
        ("[[camps]]\nshifts = [[16.0, 8.0]]", "shift"),
        ("[[camps]]\n[camps.claimed_places]\nAtlantis = 1.0", "Atlantis"),
        ("[collection]\nrepost_cap = 0", "collection.repost_cap"),
    ],
)
def test_a_wrong_world_says_what_is_wrong(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SynclineError, match=complaint) as caught:
        load_world(path)
    assert str(path) in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "junk.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SynclineError, match="cannot read"):
        load_world(path)


PARTS = (World, People, Interests, Delays, Event, Innocent, Camp, Collection)


def _cell(value: object) -> str:
    """A default as the docs write it."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {share:g}" for name, share in value.items())
    if isinstance(value, tuple):
        return ", ".join(
            "–".join(map(_cell, item)) if isinstance(item, tuple) else _cell(item) for item in value
        )
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value is None else str(value)


def test_the_docs_give_every_setting_with_its_default_and_source() -> None:
    rows = [line.split(" | ") for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| `")]
    documented = [(row[0].strip("| `"), row[1], row[2]) for row in rows if len(row) == 4]
    expected = [
        (name, _cell(field.get_default(call_default_factory=True)), field.description)
        for part in PARTS
        for name, field in part.model_fields.items()
        if field.description
    ]
    assert documented == expected
    assert all(row[3].strip(" |") for row in rows if len(row) == 4)


@pytest.mark.parametrize("name", PRESETS)
def test_the_docs_describe_every_preset(name: str) -> None:
    world = load_world(name)
    groups = world.innocent.model_dump(exclude={"second_account_share"})
    count = sum(number for part, number in groups.items() if not part.endswith("_size"))
    camps = " + ".join(f"{camp.accounts} accounts" for camp in world.camps) or "-"
    row = (
        f"| `{name}` | {world.people.accounts:,} | {world.days} | {len(world.events)} | {count} | {camps} | "
    )
    assert row in DOCS.read_text("utf-8")

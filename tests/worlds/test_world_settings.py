"""Presets, world files and what is wrong with them."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from syncline.errors import SynclineError
from syncline.worlds import PRESETS, World, load_world
from syncline.worlds.world import to_toml

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
        ("[innocent]\npods = 200", "80%"),
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


def _settings(part: type[BaseModel]) -> set[str]:
    return {name for name, field in part.model_fields.items() if field.description}


def test_the_docs_explain_every_setting() -> None:
    page = DOCS.read_text("utf-8")
    parts = [World]
    for field in World.model_fields.values():
        kinds = [field.annotation, *getattr(field.annotation, "__args__", ())]
        parts += [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    missing = {name for part in parts for name in _settings(part) if f"`{name}`" not in page}
    assert len(parts) == 8
    assert not missing

"""MISP reads the STIX bundle: by its own converter, extra `misp`, where that is installed."""

from pathlib import Path

import pytest

import handmade
from syncline.api import open_case
from syncline.case import write_case

stix2 = pytest.importorskip("stix2")
converter = pytest.importorskip(
    "misp_stix_converter", reason="MISP's converter is not here: pip install 'syncline[misp]'"
)


def test_every_network_becomes_an_event_with_its_accounts(tmp_path: Path) -> None:
    folder = tmp_path / "made.case"
    write_case(
        handmade.connect(handmade.tables()), handmade.run(), folder, write_report=lambda case, path: None
    )
    case = open_case(folder)
    (file,) = case.export("stix", tmp_path / "bundle.json")
    parser = converter.ExternalSTIX2toMISPParser()
    parser.load_stix_bundle(stix2.parse(file.read_text(encoding="utf-8"), allow_custom=False))
    parser.parse_stix_bundle()
    events = {event.info: event for event in parser.misp_events}
    for network_id, members in case.members.groupby("network_id"):
        found = next(event for info, event in events.items() if info.endswith(f" {network_id}"))
        assert [each.name for each in found.objects] == ["user-account"] * len(members)
        assert "tlp:amber" in [tag.name for tag in found.tags]

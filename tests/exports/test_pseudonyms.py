"""Pseudonymised exports: the same pseudonym everywhere under one key, and nothing left that names anybody."""

import hashlib
import hmac
from pathlib import Path

import pytest
from test_stix import with_campaign

import handmade
from syncline.api import Case, open_case
from syncline.case import write_case
from syncline.errors import SynclineError, UsageError
from syncline.exports import FORMATS
from syncline.exports.pseudonyms import PseudonymousCase

KEY = b"0123456789abcdef" * 4


@pytest.fixture
def key(tmp_path: Path) -> Path:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_bytes(KEY + b"\n")
    return tmp_path / "secret" / "key"


def pseudonym(account: str) -> str:
    return hmac.new(KEY, account.encode(), hashlib.sha256).hexdigest()[:20]


def exported(case: Case, to: str, out: Path, key: Path) -> str:
    files = case.export(to, out, overwrite=True, pseudonymise=key)
    return "\n".join(file.read_text(encoding="utf-8-sig") for file in files)


@pytest.mark.parametrize("to", FORMATS)
def test_nothing_names_anybody(tmp_path: Path, key: Path, to: str) -> None:
    case = with_campaign(tmp_path / "made.case")
    case.note("reply", "network 1", by="A. Analyst", text="We deny it.", date="2026-01-01")
    plain = "\n".join(
        file.read_text(encoding="utf-8-sig") for file in case.export(to, tmp_path / f"plain-{to}")
    )
    text = exported(open_case(case.path), to, tmp_path / to, key)
    named = [
        handmade.PERSIAN,
        "four",
        "five",
        "e.example",
        "owned",
        "calc",
        "alert",
        "Analyst",
        "We deny",
    ]
    assert any(name in plain for name in named)
    assert [name for name in named if name in text] == []
    assert "-100" not in text
    assert KEY.decode() not in text


def test_one_key_gives_one_pseudonym_in_every_export_and_another_key_another(
    tmp_path: Path, key: Path
) -> None:
    case = with_campaign(tmp_path / "made.case")
    for to in ("csv", "gexf", "stix"):
        assert pseudonym("x:1") in exported(case, to, tmp_path / to, key)
    other = tmp_path / "other"
    text = exported(case, "csv", tmp_path / "again", other)
    assert pseudonym("x:1") not in text
    assert len(other.read_bytes().strip()) == 64
    assert other.stat().st_mode & 0o077 == 0
    assert exported(case, "csv", tmp_path / "again", other) == text


def test_a_first_mover_is_known_by_its_own_platform(tmp_path: Path, key: Path) -> None:
    rows = handmade.tables()
    rows["directives"] = [
        {
            "directive_id": 1,
            "network_id": 1,
            "kind": "url",
            "first_platform": "mastodon",
            "first_account": "1",
        }
    ]
    write_case(handmade.connect(rows), handmade.run(), tmp_path / "a.case")
    case = PseudonymousCase(open_case(tmp_path / "a.case"), KEY)
    assert [*case.directives["first_account"]] == [pseudonym("mastodon:1")]


def test_edges_still_join_the_nodes(tmp_path: Path, key: Path) -> None:
    import csv

    case = with_campaign(tmp_path / "made.case")
    case.export("csv", tmp_path / "out", pseudonymise=key)
    with (tmp_path / "out" / "nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        nodes = {row["Id"] for row in csv.DictReader(file)}
    with (tmp_path / "out" / "edges.csv").open(encoding="utf-8-sig", newline="") as file:
        ends = {row[end] for row in csv.DictReader(file) for end in ("Source", "Target")}
    assert ends <= nodes and f"x:{pseudonym('x:1')}" in ends


def test_who_stands_in_a_sign_has_the_same_pseudonym_there(tmp_path: Path, key: Path) -> None:
    sign = {"gauge": "authenticity", "sign": "creation_batch", "applies": True, "statement": "Made together.",
            "numbers": "{}", "account_ids": ["2", "gone"]}  # fmt: skip
    rows = handmade.tables()
    rows["findings"].append(sign)
    write_case(handmade.connect(rows), handmade.run(), tmp_path / "s.case")
    text = exported(open_case(tmp_path / "s.case"), "markdown", tmp_path / "s.md", key)
    assert f"  Accounts: {pseudonym('x:2')}, {pseudonym('account:gone')}." in text


def test_the_key_is_not_handed_on_with_the_export(made: Case, tmp_path: Path) -> None:
    for place in (made.path / "key", tmp_path / "out" / "key"):
        with pytest.raises(UsageError, match="handed on"):
            made.export("csv", tmp_path / "out", pseudonymise=place)


def test_a_key_is_not_made_in_another_case(made: Case, tmp_path: Path) -> None:
    other = handmade.write(tmp_path / "other.case")
    with pytest.raises(UsageError, match="lies in the case other"):
        made.export("csv", tmp_path / "out", pseudonymise=other.path / "key")
    assert other.verify() == {}


@pytest.mark.parametrize(
    "content",
    [b"", b"short", b"post_id,account_id,created_at\n1,a,1577836807\n", KEY + KEY, b"\x89PNG" + bytes(60)],
)
def test_a_file_that_is_no_key_of_ours_is_refused(made: Case, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(SynclineError, match="not a key that Syncline made, 64 hexadecimal digits"):
        made.export("csv", tmp_path / "out", pseudonymise=tmp_path / "key")
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "key").read_bytes() == content


def test_who_was_cleared_is_not_drawn(made: Case, tmp_path: Path, key: Path) -> None:
    made.note("cleared", "x:1", by="B")
    assert pseudonym("x:1") not in exported(open_case(made.path), "csv", tmp_path / "out", key)


def test_what_came_of_a_finding_stays_where_its_words_go(tmp_path: Path, key: Path) -> None:
    text = exported(with_campaign(tmp_path / "made.case"), "markdown", tmp_path / "made.md", key)
    assert "- applies: One client \\(its words are not part of a pseudonymised export\\)." in text
    assert "even and odd days: " in text

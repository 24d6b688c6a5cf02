"""Lists of accounts: from files to claims, on the command line, and as a case."""

import json
from pathlib import Path

import numpy as np
import pytest

from syncline import api
from syncline.accounts.creation_scan import DAY_US
from syncline.accounts.lists import examine
from syncline.case import open_case
from syncline.cli import run
from syncline.errors import SynclineError
from syncline.report import payload
from syncline.words import moment

BATCH_US = 1_504_051_200_000_000  # 2017-08-30


def write(path: Path, created: np.ndarray, prefix: str = "a", dates: bool = False) -> Path:
    """A CSV of accounts with these creation times."""
    lines = ["user_id,username,account_created"]
    handles = np.random.default_rng(created.size).permutation(10**6)
    for number, time_us in enumerate(created.tolist()):
        at = moment(time_us)
        assert at is not None
        lines.append(f"{prefix}{number},user{handles[number]},{at.date() if dates else at.isoformat()}")
    path.write_text("\n".join(lines) + "\n")
    return path


def organic(size: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return BATCH_US + (rng.uniform(-8, 3, size) * 365 * DAY_US).astype(np.int64)


@pytest.fixture
def suspects(tmp_path: Path) -> Path:
    created = np.concatenate([BATCH_US + np.arange(20) * 10 * 60_000_000 + 3_000_000, organic(60, 1)])
    return write(tmp_path / "suspects.csv", created)


@pytest.fixture
def genuine(tmp_path: Path) -> Path:
    return write(tmp_path / "genuine.csv", organic(500, 2), prefix="g")


def test_json_is_a_list_of_claims(suspects: Path, genuine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["accounts", str(suspects), "--controls", str(genuine), "--json"]) == 0
    (claim,) = [each for each in json.loads(capsys.readouterr().out) if each["sign"] == "creation_batch"]
    assert list(claim) == [
        "sign", "accounts", "of", "first", "last", "p_bound", "statement", "account_ids",
    ]  # fmt: skip
    assert (claim["accounts"], claim["of"], claim["p_bound"]) == (20, 80, 0.001)
    assert (claim["first"], claim["last"]) == ("2017-08-30T00:00:03Z", "2017-08-30T03:10:03Z")
    assert sorted(claim["account_ids"]) == sorted(f"a{number}" for number in range(20))


def test_dates_stay_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    created = np.concatenate([np.full(30, BATCH_US), organic(60, 1)])
    path = write(tmp_path / "dates.csv", created, dates=True)
    assert run(["accounts", str(path), "--json"]) == 0
    (claim,) = json.loads(capsys.readouterr().out)
    assert (claim["first"], claim["last"]) == ("2017-08-30", "2017-08-30")


def test_where_only_dates_are_known_every_sign_gives_dates(tmp_path: Path) -> None:
    path = write(tmp_path / "dates.csv", organic(60, 1), dates=True)
    controls = write(tmp_path / "controls.csv", organic(300, 2), dates=True, prefix="g")
    path.write_text(path.read_text().replace(",user", ",riverstone").replace(",riverstonename", ",username"))
    claims = examine([path], controls).claims
    assert "handle_pattern" in {claim["sign"] for claim in claims}
    assert all(len(claim["first"]) == len("2017-08-30") for claim in claims)


def test_nothing_found_is_an_empty_list(genuine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["accounts", str(genuine), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_words_on_the_terminal(suspects: Path, genuine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["accounts", str(suspects), "--controls", str(genuine)]) == 0
    said = capsys.readouterr().out
    assert "80 accounts read; 1 sign found on the accounts themselves." in said
    assert "No sign is a proof" in said
    assert "20 of 80 accounts were made within 3 hours 10 minutes of one another on 30 August 2017" in said


def test_a_case_with_all_of_it(suspects: Path, genuine: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.case"
    assert run(["accounts", str(suspects), "--controls", str(genuine), "-o", str(out), "--quiet"]) == 0
    case = open_case(out)
    assert case.verify() == {}
    assert len(case.accounts) == 80
    rows = case.rows("SELECT network_id, gauge, sign FROM findings WHERE applies", {})
    assert rows == [{"network_id": None, "gauge": "authenticity", "sign": "creation_batch"}]
    assert case.run["outcome"] == "insufficient data"
    assert [Path(each["path"]).name for each in case.run["inputs"]] == ["suspects.csv", "genuine.csv"]
    # What is there is not overwritten unasked.
    assert run(["accounts", str(suspects), "-o", str(out), "--quiet"]) == 1


def test_every_account_of_it_speaks_of_the_signs_and_of_no_links(suspects: Path, tmp_path: Path) -> None:
    assert run(["accounts", str(suspects), "-o", str(tmp_path / "list.case"), "--quiet"]) == 0
    case = api.open_case(tmp_path / "list.case")
    (file,) = case.export("markdown", tmp_path / "list.md")
    text = file.read_text()
    assert "accounts without their posts. A list of accounts without" in text
    assert "- 20 of 80 accounts were made within" in text
    assert "links" not in text
    shown = payload.build(case)
    assert shown["answer"]["headline"] == "1 sign found on the accounts themselves"
    assert shown["answer"]["sentences"][0] == "Syncline read 80 accounts without their posts."
    assert "error rate of links to check" in shown["answer"]["placebo"]
    assert [fact["label"] for fact in shown["answer"]["facts"]] == ["Accounts", "Signs found"]
    assert "shuffled" not in json.dumps(shown)
    who = case.rows("SELECT account_id FROM accounts LIMIT 1", {})[0]["account_id"]
    assert "no pair of accounts was tested at all" in str(case.explain(who))


def test_controls_that_are_on_the_list_are_left_out_and_that_is_said(suspects: Path, genuine: Path) -> None:
    lines = [*genuine.read_text().splitlines(), *suspects.read_text().splitlines()[1:8]]
    genuine.write_text("\n".join(lines) + "\n")
    found = examine([suspects], genuine)
    assert "7 control accounts are on the list too, and were left out of the controls." in found.run["notes"]
    numbers = json.loads(found.findings[0]["numbers"])
    assert numbers["comparison"]["size"] == 500


def test_rows_that_share_an_id_are_said(tmp_path: Path) -> None:
    path = write(tmp_path / "rounded.csv", organic(40, 3))
    path.write_text(path.read_text() + "a3,other,2015-01-02\n")
    (note,) = [each for each in examine([path]).run["notes"] if "shares the id" in each]
    assert note.endswith("the handles are the better key.")


def test_accounts_renamed_between_two_exports_are_counted(tmp_path: Path) -> None:
    first = write(tmp_path / "first.csv", organic(40, 3))
    second = tmp_path / "second.csv"
    second.write_text(first.read_text().replace("a3,user", "a3,USER").replace("a4,user", "a4,new"))
    assert "1 account has another handle in another file." in examine([first, second]).run["notes"]


def test_without_creation_times_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "handles.csv"
    path.write_text("user_id,username,bio\n1,a,x\n2,b,y\n")
    assert (
        "Insufficient data: creation times are known of 0 of 2 accounts, where 5 are needed."
        in examine([path]).run["notes"]
    )


def test_a_log_of_posts_is_a_list_of_its_authors(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "post_id,account_id,time,text,user_created_at\n"
        + "".join(f"{n},p{n},2020-01-01T00:00:00Z,words,2019-01-01T{n:02}:00:05Z\n" for n in range(9))
    )
    assert examine([path]).run["rows"]["accounts"] == 9


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SynclineError, match=r"nowhere\.csv"):
        examine([tmp_path / "nowhere.csv"])


def test_same_seed_same_findings(suspects: Path, genuine: Path) -> None:
    assert examine([suspects], genuine).findings == examine([suspects], genuine).findings

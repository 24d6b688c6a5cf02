"""The case folder: written whole or not at all, the same on every run, reopened and verified."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

import handmade
import syncline
from syncline.api import simulate
from syncline.case import Case, check_output, default_folder, open_case, write_case
from syncline.cli import run
from syncline.errors import SynclineError, UsageError
from syncline.schema import TABLES


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def run_python(code: str, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run `code` beside these tests, in a process of its own."""
    paths = [str(Path(handmade.__file__).parent), str(Path(syncline.__file__).parents[1])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, timeout=300, env=environment, **options,
    )  # fmt: skip


def test_every_table_has_the_columns_and_types_of_the_schema(made: Case) -> None:
    kinds = {"string": "VARCHAR", "int64": "BIGINT", "double": "DOUBLE", "bool": "BOOLEAN"}
    for table, schema in TABLES.items():
        stored = made.sql(f"SELECT * FROM {table}")
        assert stored.columns == schema.names
        expected = [kinds.get(str(kind), "VARCHAR[]") for kind in schema.types]
        assert [str(kind) for kind in stored.types] == expected


def test_rows_come_back_as_they_went_in(made: Case) -> None:
    for table, rows in handmade.tables().items():
        stored = made.rows(f"SELECT * FROM {table}", {})
        expected = [{column.name: row.get(column.name) for column in TABLES[table]} for row in rows]
        assert sorted(map(str, stored)) == sorted(map(str, expected))


def test_rows_and_bytes_are_the_same_on_every_run_whatever_order_they_came_in(tmp_path: Path) -> None:
    rows = handmade.tables()
    first = write_case(handmade.connect(rows), handmade.run(), tmp_path / "a.case")
    turned = {table: list(reversed(entries)) for table, entries in rows.items()}
    connection = handmade.connect(turned)
    connection.execute("SET preserve_insertion_order = false")
    second = write_case(connection, handmade.run(), tmp_path / "b.case")
    for table in TABLES:
        name = f"{table}.parquet"
        assert (first.path / name).read_bytes() == (second.path / name).read_bytes(), table


def test_the_order_in_which_threads_added_up_leaves_no_trace(tmp_path: Path) -> None:
    rows = handmade.tables()
    first = write_case(handmade.connect(rows), handmade.run(), tmp_path / "a.case")
    for edge in rows["edges"]:
        edge["log10_e"] += 1e-13
    second = write_case(handmade.connect(rows), handmade.run(), tmp_path / "b.case")
    assert (first.path / "edges.parquet").read_bytes() == (second.path / "edges.parquet").read_bytes()
    assert list(first.edges["log10_e"]) == [9.0, 8.0, 7.0, 6.0, 5.0]


def test_fractions_have_seven_digits_and_those_of_co_actions_all(tmp_path: Path) -> None:
    rows = handmade.tables()
    rows["edges"][0]["log10_e"] = rows["co_actions"][0]["surprisal"] = 123.456789012
    case = write_case(handmade.connect(rows), handmade.run(), tmp_path / "a.case")
    assert 123.4568 in set(case.edges["log10_e"])
    assert 123.456789012 in set(case.co_actions["surprisal"])


def test_posts_of_one_row_are_in_the_order_of_their_ids(tmp_path: Path) -> None:
    rows = handmade.tables()
    one = rows["posts"][0] | {"source_row": 0}
    rows["posts"] = [one | {"post_id": name} for name in ("b", "a", "c")]
    case = write_case(handmade.connect(rows), handmade.run(), tmp_path / "a.case")
    assert [*case.posts["post_id"]] == ["a", "b", "c"]


def test_large_tables_are_written_in_order_by_several_threads(tmp_path: Path) -> None:
    connection = handmade.connect(handmade.tables())
    connection.execute("SET threads = 4")
    connection.execute(
        """
        CREATE OR REPLACE TABLE traces AS
        SELECT 'url' AS behaviour, 'x' AS platform, range::VARCHAR AS account_id,
            'o' AS object, range * 7919 % 300007 AS time_us, range::VARCHAR AS post_id
        FROM range(300007)
        """
    ).fetchall()
    case = write_case(connection, handmade.run(), tmp_path / "a.case")
    times = pq.read_table(case.path / "traces.parquet")["time_us"].to_pylist()
    assert times == list(range(300007))


def test_run_json_keeps_file_names_that_are_not_utf8(made: Case) -> None:
    assert made.run["inputs"][0]["path"] == "log\udcff.csv"


def test_the_manifest_is_one_that_sha256sum_checks(made: Case) -> None:
    lines = (made.path / "manifest.sha256").read_text().splitlines()
    listed = dict(reversed(line.split("  ")) for line in lines)
    assert sorted(listed) == sorted(set(left_in(made.path)) - {"manifest.sha256"})
    for name, digest in listed.items():
        assert hashlib.sha256((made.path / name).read_bytes()).hexdigest() == digest


def test_an_untouched_case_verifies(made: Case) -> None:
    assert made.verify() == {}


def test_verification_names_the_files_that_differ(made: Case) -> None:
    with (made.path / "edges.parquet").open("ab") as file:
        file.write(b"x")
    (made.path / "report.html").unlink()
    (made.path / "notes.txt").write_text("mine")
    assert made.verify() == {
        "edges.parquet": "changed",
        "notes.txt": "not in the manifest",
        "report.html": "missing",
    }


def test_a_manifest_that_points_outside_the_case_reads_nothing_there(made: Case) -> None:
    with (made.path / "manifest.sha256").open("a") as file:
        file.write(f"{'0' * 64}  ../../etc/passwd\n")
    assert made.verify() == {"../../etc/passwd": "missing"}


def test_tables_are_dataframes_read_once(made: Case) -> None:
    assert list(made.members.columns) == TABLES["members"].names
    assert made.members is made.members
    assert set(made.edges["network_id"]) == {1, 2}


def test_sql_knows_every_table(made: Case) -> None:
    for table in TABLES:
        assert made.sql(f"SELECT count(*) FROM {table}").fetchall()[0][0] == len(handmade.tables()[table])


def test_the_representation_says_what_was_found(made: Case) -> None:
    assert repr(made) == "<Case made.case: networks; networks 1, pairs 1, edges 5, named 3>"


def test_a_folder_name_full_of_glob_signs_reads_its_own_files_only(tmp_path: Path) -> None:
    odd = handmade.write(tmp_path / "a*[1]?'.case")
    handmade.write(tmp_path / "ab[1]c'.case")
    assert odd.sql("SELECT count(*) FROM posts").fetchall() == [(len(handmade.tables()["posts"]),)]


def test_the_report_is_given_a_case_of_the_final_name_and_listed_in_the_manifest(tmp_path: Path) -> None:
    seen = []

    def write_report(case: Case, path: Path) -> None:
        seen.append((case.path.name, case.sql("SELECT count(*) FROM edges").fetchall()))
        path.write_text("a report")

    case = handmade.write(tmp_path / "a.case", write_report)
    assert seen == [("a.case", [(5,)])]
    assert (case.path / "report.html").read_text() == "a report"
    assert "report.html" in (case.path / "manifest.sha256").read_text()


# What is in the way, and what breaks.


def test_an_output_that_exists_is_refused(made: Case) -> None:
    before = made.verify(), (made.path / "run.json").stat().st_mtime_ns
    with pytest.raises(
        SynclineError, match=r"exists already; choose another folder with -o, or add --overwrite"
    ):
        handmade.write(made.path)
    assert (made.verify(), (made.path / "run.json").stat().st_mtime_ns) == before


def test_overwrite_replaces_a_case(made: Case) -> None:
    (made.path / "edges.parquet").write_bytes(b"broken")
    assert handmade.write(made.path, overwrite=True).verify() == {}
    assert left_in(made.path.parent) == ["made.case"]


@pytest.mark.parametrize("content", [{}, {"run.json": "{}"}, {"run.json": '{"case_format": 1}'}])
def test_overwrite_never_touches_what_is_not_a_case(tmp_path: Path, content: dict[str, str]) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    for name, text in content.items():
        (folder / name).write_text(text)
    with pytest.raises(SynclineError, match="is not a case, so it is not overwritten"):
        handmade.write(folder, overwrite=True)
    assert (folder / "thesis.txt").read_text() == "years of work"


def test_overwrite_refuses_a_case_that_holds_something_of_the_users(made: Case) -> None:
    (made.path / "notes.txt").write_text("mine")
    with pytest.raises(SynclineError, match=r"holds what Syncline did not write \(notes.txt\)"):
        handmade.write(made.path, overwrite=True)
    assert (made.path / "notes.txt").exists()


def test_overwrite_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.case").write_text("mine")
    with pytest.raises(SynclineError, match="is not a case"):
        handmade.write(tmp_path / "a.case", overwrite=True)


def test_a_failing_overwrite_leaves_the_former_case(made: Case) -> None:
    def fail(case: Case, path: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(SynclineError, match="No space left on device"):
        handmade.write(made.path, fail, overwrite=True)
    assert left_in(made.path.parent) == ["made.case"]
    assert open_case(made.path).verify() == {}


def test_when_the_last_rename_fails_the_former_case_is_put_back(
    made: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def fail(source: Path, target: Path) -> Path:
        if source.parent.name.endswith(".part"):
            raise OSError(5, "Input/output error")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(SynclineError, match="Input/output error"):
        handmade.write(made.path, overwrite=True)
    assert left_in(made.path.parent) == ["made.case"]
    assert open_case(made.path).verify() == {}


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_nothing_is_left_when_it_stops_in_the_middle(tmp_path: Path, error: type[BaseException]) -> None:
    def stop(case: Case, path: Path) -> None:
        path.write_text("half")
        raise error

    with pytest.raises(error):
        handmade.write(tmp_path / "a.case", stop)
    assert left_in(tmp_path) == []


def test_a_missing_table_is_not_passed_over(tmp_path: Path) -> None:
    connection = handmade.connect(handmade.tables())
    connection.execute("DROP TABLE ladder")
    with pytest.raises(duckdb.CatalogException):
        write_case(connection, handmade.run(), tmp_path / "a.case")
    assert left_in(tmp_path) == []


WRITE = """
import os, sys, resource
from pathlib import Path
import handmade
from syncline.errors import SynclineError
if sys.argv[2] == "as nobody":
    os.setgid(65534); os.setuid(65534)
if sys.argv[2] == "small files":
    resource.setrlimit(resource.RLIMIT_FSIZE, (2500, 2500))
try:
    handmade.write(Path(sys.argv[1]))
except SynclineError as error:
    print(error)
"""


def test_a_read_only_folder(tmp_path: Path) -> None:
    for folder, mode in ((tmp_path, 0o555), (tmp_path.parent, 0o755), (tmp_path.parents[1], 0o755)):
        folder.chmod(mode)
    # Root may write everywhere.
    done = run_python(WRITE, str(tmp_path / "a.case"), "as nobody" if os.geteuid() == 0 else "as I am")
    tmp_path.chmod(0o755)
    assert "a.case: no case can be written there (Permission denied); choose another folder" in done.stdout
    assert left_in(tmp_path) == []


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    done = run_python(WRITE, str(tmp_path / "a.case"), "small files")
    assert "a.case: the case could not be written (File too large); nothing is left of it" in done.stdout
    assert left_in(tmp_path) == []


def test_a_full_disk(tmp_path: Path) -> None:
    inside = 'mount -t tmpfs -o size=16k none "$1" && "$2" -c "$3" "$1/a.case" - && ls -A "$1"'
    paths = [str(Path(handmade.__file__).parent), str(Path(syncline.__file__).parents[1])]
    done = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", inside, "sh", str(tmp_path), sys.executable, WRITE],
        capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )  # fmt: skip
    if done.returncode != 0:
        pytest.skip(f"no file system of its own here: {done.stderr.strip()}")
    assert done.stdout.splitlines()[0].endswith(
        "a.case: the case could not be written (No space left on device); nothing is left of it. "
        "Make room there, or choose another folder with -o."
    )
    assert done.stdout.splitlines()[1:] == []


def test_a_folder_name_that_is_not_utf8_is_refused_before_the_scan(tmp_path: Path) -> None:
    with pytest.raises(SynclineError, match="not a name in UTF-8"):
        check_output(tmp_path / "a\udcff.case")


@pytest.mark.parametrize(
    ("out", "why"),
    [("file/a.case", "Not a directory"), ("x" * 300, "File name too long"), ("new/file/../a.case", None)],
)
def test_a_place_without_room_for_a_folder_is_refused_before_the_scan(
    tmp_path: Path, out: str, why: str | None
) -> None:
    (tmp_path / "file").write_text("mine")
    if why is None:
        check_output(tmp_path / out)
    else:
        with pytest.raises(SynclineError, match=f"no case can be written there \\({why}\\)"):
            check_output(tmp_path / out)
    assert left_in(tmp_path) == ["file"]


def test_folders_above_the_case_are_made(tmp_path: Path) -> None:
    assert handmade.write(tmp_path / "results" / "january" / "a.case").verify() == {}


# Opening.


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SynclineError, match=r"not a case; give the folder of a scan, such as tweets\.case"):
        open_case(tmp_path / "none.case")


def test_a_file_of_the_case_instead_of_its_folder(made: Case) -> None:
    with pytest.raises(SynclineError, match="give the folder that it lies in"):
        open_case(made.path / "run.json")


def test_a_folder_without_a_run(tmp_path: Path) -> None:
    with pytest.raises(SynclineError, match=r"not a case, it has no run\.json"):
        open_case(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"case_format": "1"}', "\x00\xff"])
def test_a_run_that_cannot_be_read(made: Case, content: str) -> None:
    (made.path / "run.json").write_text(content)
    with pytest.raises(SynclineError, match=r"run\.json: (cannot be read|not written by Syncline)"):
        open_case(made.path)


def test_a_case_from_the_future(made: Case) -> None:
    (made.path / "run.json").write_text('{"case_format": 99, "syncline": "9.0"}')
    with pytest.raises(SynclineError, match=r"written by a newer Syncline \(9\.0\); update Syncline"):
        open_case(made.path)


def test_missing_tables_are_named(made: Case) -> None:
    (made.path / "edges.parquet").unlink()
    with pytest.raises(
        SynclineError, match=r"the case is not whole, edges\.parquet missing; syncline verify says"
    ):
        open_case(made.path)


@pytest.mark.parametrize(
    ("first_input", "folder"),
    [
        ("logs/tweets.csv", "tweets.case"),
        ("tweets.jsonl.gz", "tweets.case"),
        ("TWEETS.CSV", "TWEETS.case"),
        ("v1.2 final.parquet", "v1.2 final.case"),
        ("exports/", "exports.case"),
        ("*.csv", "scan.case"),
        ("day-*.csv", "day-.case"),
        ("/", "scan.case"),
    ],
)
def test_the_default_folder(first_input: str, folder: str) -> None:
    assert default_folder(first_input) == Path(folder)


def test_the_default_folder_of_a_folder_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert default_folder(".") == Path(f"{tmp_path.name}.case")


def test_no_case_and_no_world_is_written_into_a_case(made: Case) -> None:
    before = sorted(made.path.rglob("*"))
    said = r"lies in the case made\.case, which stays as it was written"
    with pytest.raises(UsageError, match=said):
        handmade.write(made.path / "deeper" / "other.case")
    with pytest.raises(UsageError, match=said):
        simulate("demo", made.path / "world")
    assert run(["bench", "accuracy", "-o", str(made.path / "figures")]) == 2
    assert sorted(made.path.rglob("*")) == before

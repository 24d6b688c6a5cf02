"""Reading files that are larger than the memory given: bounded memory, every row accounted for.

    python benchmarks/large_files.py [--gigabytes 5] [--kinds csv,jsonl,csv.gz,jsonl.zst] [--memory 1GB]

Writes a seeded log of at least so many gigabytes (10^9 bytes, before compression) to the folder for temporary files
(TMPDIR), reads it once in a process of its own, and deletes it. --memory is the engine's limit, as of a scan. What
comes after reading is not measured here.
Exits with 1 where a requirement does not hold.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa
from figure import Figure, at_least, at_most, parser, say
from reading import MOST_BYTES, POSTS

from syncline.progress import terminal_progress

KINDS = ("csv", "jsonl", "csv.gz", "jsonl.zst")
_COPY = {"csv": "FORMAT csv", "jsonl": "FORMAT json"}
_COMPRESSION = {"gz": "gzip", "zst": "zstd"}
_SAMPLE = 100_000
_AT_ONCE = 1 << 24


def main() -> int:
    """Write, read and delete one file after the other, and say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--gigabytes", type=float, default=5)
    options.add_argument("--kinds", default=",".join(KINDS), help="csv, jsonl, also with .gz or .zst")
    options.add_argument("--memory", default="1GB", help="the engine's limit")
    asked = options.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as folder, terminal_progress() as progress:
        for kind in asked.kinds.split(","):
            with progress.stage(f"writing {asked.gigabytes:g} GB as {kind}"):
                file, posts = write(Path(folder) / f"posts.{kind}", kind, round(asked.gigabytes * 1e9))
            with progress.stage(f"reading {file.name}"):
                figures += taken(kind, file, posts, asked.memory)
            file.unlink()
    return say(f"Reading files of {asked.gigabytes:g} GB with --memory {asked.memory}", figures, asked.json)


def write(file: Path, kind: str, size: int) -> tuple[Path, int]:
    """A log of at least `size` bytes before compression, and how many posts it has."""
    plain, _, packed = kind.partition(".")
    copy(file, _SAMPLE, plain, packed)
    posts = round(_SAMPLE * 1.02 * size / unpacked(file, packed))
    copy(file, posts, plain, packed)
    return file, posts


def copy(file: Path, posts: int, plain: str, packed: str) -> None:
    """Write so many posts."""
    compression = f", COMPRESSION {_COMPRESSION[packed]}" if packed else ""
    query = POSTS.replace("$posts", str(posts))
    duckdb.execute(f"COPY ({query}) TO '{file}' ({_COPY[plain]}{compression})")


def unpacked(file: Path, packed: str) -> int:
    """The bytes of a file before compression."""
    with pa.input_stream(str(file), compression=_COMPRESSION.get(packed)) as stream:
        return sum(len(part) for part in iter(lambda: stream.read(_AT_ONCE), b""))


def taken(kind: str, file: Path, posts: int, memory: str) -> list[Figure]:
    """What reading the file took, in a process of its own."""
    size = unpacked(file, kind.partition(".")[2])
    script = Path(__file__).with_name("reading.py")
    command = [sys.executable, str(script), "--memory", memory, "--measure", "reading", kind, str(file)]
    started = time.monotonic()
    run = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [
        Figure(kind, "bytes before compression", size),
        Figure(kind, "bytes of the file", file.stat().st_size),
        at_least(kind, "posts read", run["posts"], posts),
        Figure(kind, "reading, CPU s", run["read"]),
        Figure(kind, "reading, s by the clock", time.monotonic() - started),
        at_most(kind, "peak memory of the process, bytes", int(run["peak"]), MOST_BYTES),
    ]


if __name__ == "__main__":
    sys.exit(main())

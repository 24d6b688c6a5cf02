from pathlib import Path

import pytest
from whole_scan import Ended, Scan, check_whole_or_nothing

from syncline.cli import run


@pytest.fixture
def scan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Scan:
    """Scans `content`, written to a file called `name`, or the file at a path: one window, no shuffled copies."""

    def scan(content: bytes | str | Path, name: str = "log.csv", *options: str) -> Ended:
        file = content if isinstance(content, Path) else tmp_path / "in" / name
        if not isinstance(content, Path):
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        folder = tmp_path / "out" / "log.case"
        folder.parent.mkdir(exist_ok=True)
        capsys.readouterr()
        code = run(["scan", str(file), "-o", str(folder), "--placebo=0", "--windows=60", *options])
        ended = Ended(code, *capsys.readouterr(), folder)
        check_whole_or_nothing(ended)
        return ended

    return scan

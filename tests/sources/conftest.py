"""One fixture: a file's content in, the three tables out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from read_files import Read, read_paths


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    """`read(content, name)` writes a file and reads it."""

    def of_content(content: str | bytes, name: str = "posts.csv", **options: Any) -> Read:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_paths(path, **options)

    return of_content

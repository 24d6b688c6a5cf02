from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import NO_WEBGL, Browser, find_chromium
from made_case import Plan, make

from syncline.report import write_report

BUNDLE = Path(__file__).parents[2] / "src" / "syncline" / "report" / "assets" / "report.js"


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Plan], Path]:
    """Writes the report on a made case and gives its path."""
    if not BUNDLE.is_file():
        pytest.skip("the report's front end is not built: `npm ci && npm run build` in web/")

    def write(plan: Plan) -> Path:
        folder = tmp_path_factory.mktemp("report")
        write_report(make(plan), folder / "report.html")
        return folder / "report.html"

    return write


def _browser(flags: tuple[str, ...] | None = None) -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium here; SYNCLINE_CHROMIUM may name one")
    with Browser(executable) if flags is None else Browser(executable, flags) as browser:
        yield browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    yield from _browser()


@pytest.fixture(scope="session")
def browser_without_webgl() -> Iterator[Browser]:
    yield from _browser(NO_WEBGL)

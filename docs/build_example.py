"""Writes what the commands of docs/example.md print, and the pictures of the report: `make example`.

Each command stands in a comment, `<!-- $ syncline ... -->`; the indented lines below it are its output. Needs
Chromium.
"""

import base64
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent / "tests" / "report"))

from browser import Browser, Page, find_chromium  # noqa: E402

PAGE = DOCS / "example.md"
PICTURES = DOCS / "images"
# What is unfolded in the pictures.
_UNFOLDED = ("#campaigns .directive", "#targets .target")
_BOX = """(() => {{
    const box = document.querySelector("#{section}").getBoundingClientRect();
    return {{x: 0, y: box.y + window.scrollY, width: document.documentElement.clientWidth, height: box.height}};
}})()"""
_BLOCK = re.compile(
    r"<!-- \$ (?P<command>.+?)(?: # (?P<end>first|last) (?P<lines>\d+) lines)? -->\n\n(?:(?: {4}.*)?\n)*"
)
_WIDTH, _HEIGHT = 1280, 1500
# Written beside the case for the picture of the section that shows notes, in a report of its own.
_NOTES = (
    'organisation "network 1" --by "A. Analyst" --name "Example Union" --link https://example.org',
    'reply "network 1" --by "A. Analyst" --date 2026-05-31 --text "We are volunteers and say so."',
)


def render(page: str, folder: Path) -> str:
    """The page with every command run in `folder`, in order. Raises CalledProcessError if one fails."""
    return _BLOCK.sub(lambda block: _ran(block, folder), page)


def _ran(block: re.Match[str], folder: Path) -> str:
    command = block["command"]
    arguments = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    if block["end"] == "first":
        lines = [*lines[: int(block["lines"])], "..."]
    elif block["end"] == "last":
        lines = ["...", *lines[-int(block["lines"]) :]]
    shown = "\n".join(f"    {line}".rstrip() for line in [f"$ {command}", *lines])
    head = block[0].split("\n", 1)[0]
    return f"{head}\n\n{shown}\n\n"


def photograph(report: Path, folder: Path) -> None:
    """The first screen of the report, and every section, as PNG files in `folder`, named by the sections' ids."""
    executable = find_chromium()
    if executable is None:
        sys.exit("The pictures need Chromium; SYNCLINE_CHROMIUM may name one.")
    with Browser(executable) as browser, browser.page(report, _WIDTH, _HEIGHT) as page:
        _take(page, folder / "report.png")
        # Of the networks, the one that addressed somebody.
        camp = page.text("#targets summary .who").rsplit(" ", 1)[-1]
        page.evaluate(f"location.hash = '#network-{camp}'")
        page.wait(f"document.querySelector('#campaigns-network').value === '{camp}'")
        for unfolded in _UNFOLDED:
            page.evaluate(f"document.querySelector('{unfolded}').open = true")
        for section in page.evaluate("[...document.querySelectorAll('main > section')].map(one => one.id)"):
            page.evaluate(f"document.querySelector('#{section}').scrollIntoView({{behavior: 'instant'}})")
            if section == "map":
                page.wait("document.querySelector('.sigma-nodes') !== null")
                page.evaluate("new Promise(drawn => setTimeout(drawn, 2000))")
            _take(page, folder / f"{section}.png", page.evaluate(_BOX.format(section=section)))


def photograph_notes(case: Path, folder: Path) -> None:
    """The section with an analyst's notes, which stand in a new report and not in that of the scan."""
    report = case.parent / "with-notes.html"
    for arguments in (*(f"note {case} {note}" for note in _NOTES), f"report {case} -o {report}"):
        subprocess.run(
            [sys.executable, "-m", "syncline", *shlex.split(arguments)], capture_output=True, check=True
        )
    executable = find_chromium()
    assert executable is not None
    with Browser(executable) as browser, browser.page(report, _WIDTH, _HEIGHT) as page:
        page.evaluate("document.querySelector('#notes').scrollIntoView({behavior: 'instant'})")
        _take(page, folder / "notes.png", page.evaluate(_BOX.format(section="notes")))


def _take(page: Page, picture: Path, box: dict[str, float] | None = None) -> None:
    """What is on the screen, or as much of a box of the page as a screen holds."""
    clip = {"clip": {**box, "height": min(box["height"], _HEIGHT), "scale": 1}} if box else {}
    shot = page.call("Page.captureScreenshot", format="png", captureBeyondViewport=bool(box), **clip)
    picture.write_bytes(base64.b64decode(shot["data"]))


def main() -> None:
    """Run the commands in a scratch folder and keep what they say."""
    with tempfile.TemporaryDirectory() as scratch:
        PAGE.write_text(render(PAGE.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")
        case = Path(scratch, "syncline-demo", "demo.case")
        photograph(case / "report.html", PICTURES)
        photograph_notes(case, PICTURES)


if __name__ == "__main__":
    main()

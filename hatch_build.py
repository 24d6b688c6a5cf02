"""Builds the report's front end from `web/` into the package when the package itself is built."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_BUNDLE = ("report.js", "report.css")
_NODE = 18


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `npm ci` and esbuild, unless the bundle is there and no older than its sources."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before wheels, source distributions and editable installs alike."""
        web = Path(self.root, "web")
        bundle = [Path(self.root, "src", "syncline", "report", "assets", name) for name in _BUNDLE]
        if _is_current(bundle, web):
            return
        if not _has_node():
            if all(file.is_file() for file in bundle):
                self.app.display_warning(
                    f"Node.js {_NODE} is not here: the report keeps its older front end."
                )
                return
            raise SystemExit(
                f"Syncline's report needs Node.js {_NODE} or newer to be built from source: "
                "install it, or install the wheel, which carries the report ready-made."
            )
        self.app.display_info("Building the report's front end with npm and esbuild")
        _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=web)
        _run("npm", "run", "build", folder=web)


def _is_current(bundle: list[Path], web: Path) -> bool:
    if not all(file.is_file() for file in bundle):
        return False
    sources = [*web.glob("src/**/*"), *web.glob("*.json"), web / "build.mjs"]
    newest = max((source.stat().st_mtime for source in sources if source.is_file()), default=0.0)
    return min(file.stat().st_mtime for file in bundle) >= newest


def _has_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= _NODE


def _run(*command: str, folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(
            f"`{' '.join(command)}` in {folder} failed: {(done.stderr or done.stdout).strip()[-800:]}"
        )

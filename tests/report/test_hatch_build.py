"""The build hook: with Node and without, with a bundle and without."""

import importlib.util
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("hatchling")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The hook on an empty project; `ran` keeps the commands that it would have run, `said` its words."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    ran: list[tuple[str, ...]] = []
    said: list[str] = []
    monkeypatch.setattr(module, "_run", lambda *command, folder: ran.append(command))
    app = SimpleNamespace(display_warning=said.append, display_info=said.append)
    front_end = object.__new__(module.FrontEnd)
    monkeypatch.setattr(module.FrontEnd, "root", str(tmp_path), raising=False)
    monkeypatch.setattr(module.FrontEnd, "app", app, raising=False)
    source = tmp_path / "web" / "src" / "main.ts"
    source.parent.mkdir(parents=True)
    source.write_text("")
    return SimpleNamespace(module=module, build=front_end.initialize, root=tmp_path, ran=ran, said=said)


def put_bundle(root: Path, age_s: float) -> None:
    assets = root / "src" / "syncline" / "report" / "assets"
    assets.mkdir(parents=True)
    written = (root / "web" / "src" / "main.ts").stat().st_mtime - age_s
    for name in ("report.js", "report.css"):
        (assets / name).write_text("")
        os.utime(assets / name, (written, written))


def no_node(hook: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook.module, "_has_node", lambda: False)


def test_a_current_bundle_is_left_alone(hook: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    no_node(hook, monkeypatch)
    put_bundle(hook.root, age_s=-5)
    hook.build("standard", {})
    assert (hook.ran, hook.said) == ([], [])


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_an_old_bundle_is_built_anew(hook: Any, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(hook.module, "_has_node", lambda: True)
    put_bundle(hook.root, age_s=5)
    hook.build(version, {})
    assert [command[:2] for command in hook.ran] == [("npm", "ci"), ("npm", "run")]


def test_without_node_an_old_bundle_serves_and_that_is_said(
    hook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_node(hook, monkeypatch)
    put_bundle(hook.root, age_s=5)
    hook.build("standard", {})
    assert hook.ran == []
    assert len(hook.said) == 1 and "Node.js 18" in hook.said[0]


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_without_node_and_bundle_one_line_says_what_to_do(
    hook: Any, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    no_node(hook, monkeypatch)
    with pytest.raises(SystemExit) as stopped:
        hook.build(version, {})
    said = str(stopped.value)
    assert "Node.js 18 or newer" in said and "wheel" in said and "\n" not in said


def test_a_missing_or_old_node_is_noticed(hook: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    assert not hook.module._has_node()
    for name in ("node", "npm"):
        (folder / name).write_text("#!/bin/sh\necho v16.20.1\n")
        (folder / name).chmod(0o755)
    assert not hook.module._has_node()
    (folder / "node").write_text("#!/bin/sh\necho v18.20.8\n")
    assert hook.module._has_node()


def test_the_lock_file_names_no_registry() -> None:
    assert "://" not in (ROOT / "web" / "package-lock.json").read_text()

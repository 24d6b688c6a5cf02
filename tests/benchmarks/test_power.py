"""Power: which camps are tried, and that the page says what was measured of them."""

from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest

from syncline.benchmarks import power, power_page
from syncline.benchmarks.power import Hidden
from syncline.worlds import load_world

RUN = {"command": "a test", "measured": "today", "seeds": 2}


def runs(base: Hidden) -> pd.DataFrame:
    """Two seeds of every point, with half of the camp named in one and all of it in the other."""
    return pd.DataFrame(
        [
            {**asdict(point), "seed": seed, "recall": seed / 2, "wrong_per_1000": 0.25}
            for point in power.points(base)
            for seed in (1, 2)
        ]
    )


def test_a_point_changes_how_the_camp_hides_and_nothing_else() -> None:
    world = load_world("hard")
    base = power.base_of(world)
    assert asdict(base) == {"jitter_s": 1800.0, "camouflage": 0.7, "accounts": 100}
    hidden = Hidden(60.0, 0.9, 10).of(world)
    assert power.base_of(hidden) == Hidden(60.0, 0.9, 10)
    assert base.of(hidden) == world


def test_each_point_is_tried_once_and_one_setting_at_a_time_beside_the_grid() -> None:
    base = Hidden(1800.0, 0.7, 40)
    points = power.points(base)
    assert len(points) == len(set(points))
    assert set(power.grid()) <= set(points)
    alone = set(points) - set(power.grid())
    assert all(sum(a != b for a, b in zip(asdict(one).values(), asdict(base).values(), strict=True)) <= 1
               for one in alone)  # fmt: skip


def test_the_page_has_every_point_and_its_figure(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    world = load_world("hard")
    base = Hidden(1800.0, 0.7, 40)
    page, figure = power_page.write(power.summary(runs(base)), world, base, RUN, tmp_path)
    text = page.read_text("utf-8")
    assert text.count("75% [50%, 100%]") == (
        len(power.JITTERS_S) + len(power.CAMOUFLAGES) + len(power.SIZES) + len(power.grid())
    )
    assert "| 30 minutes | 75% [50%, 100%] | 0.25 |" in text
    assert "<svg" in figure.read_text("utf-8")

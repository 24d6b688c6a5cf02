"""Settings: what is out of range is refused in plain words, what means the same is the same."""

from typing import Any

import pytest
from pydantic import ValidationError

from syncline.schema import BEHAVIOURS
from syncline.settings import Settings


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"windows": ()}, "one window at least"),
        ({"windows": (60, 0)}, "above 0"),
        ({"windows": (-60,)}, "above 0"),
        ({"windows": (1e-9,)}, "above 0"),
        ({"windows": (float("inf"),)}, "up to a day"),
        ({"windows": (float("nan"),)}, "up to a day"),
        ({"windows": (86_401,)}, "up to a day"),
        ({"behaviours": ()}, "one behaviour at least; choose from repost,"),
        ({"behaviours": ("repost", "retweet")}, "no behaviour retweet; choose from repost,"),
        ({"memory": "4"}, "such as 4GB"),
        ({"memory": "0GB"}, "such as 4GB"),
        ({"memory": "-1GB"}, "such as 4GB"),
        ({"alpha": 0}, "greater than 0"),
        ({"alpha": 1}, "less than 1"),
        ({"placebo_copies": -1}, "greater than or equal to 0"),
        ({"threads": 0}, "greater than or equal to 1"),
        ({"engine": "abacus"}, "'duckdb' or 'spark'"),
        ({"windws": (60,)}, "not permitted"),
    ],
)
def test_a_value_out_of_range_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**given)
    message = refused.value.errors()[0]["msg"]
    assert words in message
    assert "Value error" not in message


def test_windows_and_behaviours_are_sorted_and_unique() -> None:
    settings = Settings(windows=(3600, 60, 60), behaviours=("url", "repost", "url"))
    assert settings.windows == (60.0, 3600.0)
    assert settings.behaviours == ("repost", "url")
    assert settings == Settings(windows=(60, 3600), behaviours=("repost", "url"))


def test_the_defaults_pass_their_own_checks() -> None:
    assert Settings(**Settings().model_dump()) == Settings()
    assert Settings().behaviours == BEHAVIOURS


@pytest.mark.parametrize("memory", ["4GB", "512MiB", "1.5 gb"])
def test_memory_is_a_number_with_its_unit(memory: str) -> None:
    assert Settings(memory=memory).memory == memory

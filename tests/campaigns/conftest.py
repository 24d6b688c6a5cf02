"""One camp world with its campaigns found, shared by the room's tests."""

import pytest

from syncline.benchmarks import campaigns as labelled
from syncline.benchmarks.campaigns import Labelled


@pytest.fixture(scope="session")
def demo() -> Labelled:
    made = labelled.make("demo", seed=3)
    labelled.find(made)
    return made

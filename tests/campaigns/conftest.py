"""One camp world with its campaigns found, shared by the room's tests."""

import labelled
import pytest
from labelled import Labelled


@pytest.fixture(scope="session")
def demo() -> Labelled:
    made = labelled.make("demo", seed=3)
    labelled.find(made)
    return made

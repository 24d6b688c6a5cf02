"""The settings of a scan. Every one is recorded in the case; none is hidden in code."""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from syncline.schema import BEHAVIOURS

# The clock's finest step, and the block of time inside which co-actions count.
_SHORTEST_S, _LONGEST_S = 1e-6, 86_400.0
# A shuffled copy's seed is a thousand times as large, and a 64-bit integer.
_LARGEST_SEED = 2**53
_MEMORY = re.compile(r"[1-9]\d*(\.\d+)? ?([KMGT]i?B)", re.IGNORECASE)


class Settings(BaseModel):
    """What a scan may be told. The defaults are what the published figures were measured with.

    Windows and behaviours are kept sorted and without repetition, so that equal settings are equal cases.
    Raises pydantic.ValidationError for a value out of range.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    windows: tuple[float, ...] = Field(
        default=(60.0, 600.0, 3600.0), description="Lags that count as together, seconds."
    )
    behaviours: tuple[str, ...] = Field(default=BEHAVIOURS, description="Kinds of trace to look at.")
    alpha: float = Field(default=0.05, gt=0, lt=1, description="False discovery rate of the edges.")
    alpha_suspects: float = Field(
        default=0.1, gt=0, lt=1, description="Level of the first pass, which names nobody."
    )
    placebo_copies: int | None = Field(
        default=None, ge=0, description="Permuted copies; default 3, or 1 above two million posts."
    )
    confirm: bool = Field(
        default=True, description="Test on odd days what was found on even days, and the reverse."
    )
    seed: int = Field(default=1, ge=0, le=_LARGEST_SEED, description="Seed of everything that is drawn.")
    engine: Literal["duckdb", "spark"] = Field(default="duckdb", description="What runs the SQL steps.")
    master: str | None = Field(default=None, description="Spark's master; default local[*], this machine.")
    memory: str | None = Field(default=None, description="Upper bound for memory, such as 4GB.")
    threads: int | None = Field(default=None, ge=1, description="Threads to use; default all.")

    @field_validator("windows")
    @classmethod
    def _windows_in_range(cls, windows: tuple[float, ...]) -> tuple[float, ...]:
        if not windows:
            raise _wrong("Give one window at least, in seconds")
        if not all(_SHORTEST_S <= seconds <= _LONGEST_S for seconds in windows):
            raise _wrong("Each window is a number of seconds above 0 and up to a day, 86400")
        return tuple(sorted(set(windows)))

    @field_validator("behaviours")
    @classmethod
    def _behaviours_known(cls, behaviours: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(behaviours) - set(BEHAVIOURS))
        if unknown or not behaviours:
            what = f"There is no behaviour {', '.join(unknown)}" if unknown else "Give one behaviour at least"
            raise _wrong(f"{what}; choose from {', '.join(BEHAVIOURS)}")
        return tuple(name for name in BEHAVIOURS if name in behaviours)

    @field_validator("master")
    @classmethod
    def _master_of_spark(cls, master: str | None, info: ValidationInfo) -> str | None:
        if master is not None and info.data.get("engine") != "spark":
            raise _wrong("Only Spark has a master: add --engine spark")
        return master

    @field_validator("memory")
    @classmethod
    def _memory_with_unit(cls, memory: str | None) -> str | None:
        if memory is not None and not _MEMORY.fullmatch(memory):
            raise _wrong("Give memory as a number with its unit, such as 4GB or 512MiB")
        return memory


def _wrong(message: str) -> PydanticCustomError:
    """An error whose message reads as written, without pydantic's "Value error"."""
    return PydanticCustomError("setting", "{message}", {"message": message})

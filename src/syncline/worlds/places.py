"""Where accounts live: clock, language and days of rest."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A home. `utc_offset` in hours without summer time; `rest_days` as weekdays, Monday is 0."""

    location: str
    utc_offset: float
    language: str
    rest_days: tuple[int, ...]


PLACES: dict[str, Place] = {
    "London": Place("London", 0.0, "en", (5, 6)),
    "New York": Place("New York", -5.0, "en", (5, 6)),
    "Toronto": Place("Toronto", -5.0, "en", (5, 6)),
    "Sydney": Place("Sydney", 10.0, "en", (5, 6)),
    "Lyon": Place("Lyon", 1.0, "fr", (5, 6)),
    "Brussels": Place("Bruxelles", 1.0, "fr", (5, 6)),
    "Tehran": Place("تهران", 3.5, "fa", (4,)),
    "Shiraz": Place("شیراز", 3.5, "fa", (3, 4)),
}

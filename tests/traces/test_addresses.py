"""Canonical addresses are ural's, also where they are found without it."""

import random

from ural import is_url, normalize_url

from syncline.traces import addresses
from syncline.traces.addresses import canonical_url

# Usual parts of addresses, and unusual ones.
SCHEMES = ["https://", "http://", "https://www."], ["HTTPS://", "//", "", "ftp://", "https://u:p@"]
LABELS = ["example", "co", "t", "cdn", "org", "com"], [
    "www", "www2", "m", "mobile", "amp", "amp-x", "ampproject", "bc.marfeel", "bc.marfeelcache", "xn--80ak6aa92e",
    "Example", "a_b", "a-b", "1", "127", "x" * 64, "localhost",
]  # fmt: skip
SEGMENTS = ["a", "2020-01", "a_b", "c", "s", "123"], [
    "amp", "AMP", "index", "Index", "default", "index.html", "x.amp", "..", ".", "", "%20", "%e2", "é", "a b", "-amp",
]  # fmt: skip
ENDS = (
    ["", "/"],
    ["//", "?", "#", "?a=1", "#!/x", "?utm_source=a", "?url=http://b.com/c", " ", "\n", ":80", "\u200b"],
)
UNUSUAL = 0.2


def by_ural(url: str) -> str | None:
    """None where ural fails on what it calls an address."""
    try:
        return normalize_url(url) if is_url(url, require_protocol=False) else url.strip()
    except (AttributeError, ValueError):
        return None


def some_address(draw: random.Random) -> str:
    def part(usual: list[str], unusual: list[str]) -> str:
        return draw.choice(unusual if draw.random() < UNUSUAL else usual)

    host = ".".join(part(*LABELS) for _ in range(draw.randint(1, 4)))
    path = "".join(f"/{part(*SEGMENTS)}" for _ in range(draw.randint(0, 3)))
    return part(*SCHEMES) + host + path + part(*ENDS)


def test_every_address_becomes_what_ural_makes_of_it() -> None:
    draw = random.Random(1)
    found = {url: by_ural(url) for url in (some_address(draw) for _ in range(20_000))}
    known = {url: canonical for url, canonical in found.items() if canonical is not None}
    assert {url: canonical_url(url) for url in known} == known
    # The comparison says something only where ural was not asked.
    assert sum(addresses._PLAIN.fullmatch(url) is not None for url in known) > 3_000


def test_plain_addresses_need_no_parsing() -> None:
    for url, canonical in {
        "https://t.co/Ab1": "t.co/Ab1",
        "https://www.example.org/2020/05/a-story_of/": "example.org/2020/05/a-story_of",
        "http://example.org": "example.org",
    }.items():
        assert addresses._PLAIN.fullmatch(url)
        assert canonical_url(url) == canonical == by_ural(url)


def test_an_address_within_another_is_the_one_that_counts() -> None:
    for host in ("bc.marfeel.com", "bc.marfeelcache.com/amp", "x.cdn.ampproject.org/c/s"):
        assert canonical_url(f"https://{host}/example.org/a") == "example.org/a"


def test_what_is_no_address_stays_as_it_is() -> None:
    assert canonical_url(" o754 ") == "o754"
    assert canonical_url("https://localhost_of_mine/a") == "https://localhost_of_mine/a"


def test_addresses_that_ural_fails_on_stay_as_they_are() -> None:
    for url in ("http://example.org:99999/a", "localhost//a"):
        assert by_ural(url) is None
        assert canonical_url(f" {url} ") == url

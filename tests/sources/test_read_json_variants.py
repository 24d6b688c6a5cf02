"""The same records in the other shapes in which people have them, and what files must not be mistaken for."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from read_files import FIXTURES, Read, read_paths
from test_read_json_exports import REFUSED

from syncline.errors import SynclineError

Reader = Callable[..., Read]


def lines_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines()]


def whole(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def lines(records: list[Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def rows(read: Read) -> list[dict[str, Any]]:
    """The posts without the place in which they stood."""
    left_out = ("source_file", "source_row")
    return [{name: cell for name, cell in post.items() if name not in left_out} for post in read.posts]


@pytest.mark.parametrize(
    "name",
    ["zeeschuimer-x", "zeeschuimer-tiktok", "zeeschuimer-tiktok-comments", "zeeschuimer-instagram"],
)
def test_4cat_keeps_the_envelope_inside_the_item(read: Reader, name: str) -> None:
    captured = lines_of(f"{name}.ndjson")
    moved = [
        {**each["data"], "__import_meta": {key: cell for key, cell in each.items() if key != "data"}}
        for each in captured
    ]
    got = read(lines(moved), "4cat.ndjson")
    assert got.result.inputs[0]["format"] == name
    wanted = read_paths(FIXTURES / f"{name}.ndjson")
    assert rows(got) == rows(wanted)
    assert got.accounts == wanted.accounts


def test_tweets_as_the_page_of_x_gets_them_without_an_envelope(read: Reader) -> None:
    bare = [each["data"] for each in lines_of("zeeschuimer-x.ndjson")]
    got = read(lines(bare), "tweets.jsonl")
    assert got.result.inputs[0]["format"] == "zeeschuimer-x"
    assert rows(got) == rows(read_paths(FIXTURES / "zeeschuimer-x.ndjson"))
    assert got.accounts[0]["observed_us"] is None


TWEETS = lines_of("twitter-v1.jsonl")[:3]
STATUSES = whole("mastodon.json")[:3]
TRUTHS = lines_of("truth-social.jsonl")[:3]
VIDEOS = whole("tiktok-research.json")["data"]["videos"][:2]
RECORDS = whole("bluesky-records.json")["records"][:2]
THREADS = whole("youtube-api.json")["items"][:2]
DUMPED = lines_of("telethon.jsonl")[:3]
COMMENTS = lines_of("reddit.jsonl")[:3]
ACTIVITIES = whole("activitypub-outbox.json")["orderedItems"][:3]
SHAPES: dict[str, tuple[list[Any], list[tuple[str, Any]]]] = {
    "twitter-v1": (TWEETS, [("document", {"statuses": TWEETS, "search_metadata": {"count": 3}})]),
    "mastodon": (
        STATUSES,
        [
            ("document", {"accounts": [], "statuses": STATUSES, "hashtags": []}),
            ("document", {"ancestors": STATUSES[:1], "descendants": STATUSES[1:]}),
        ],
    ),
    "truth-social": (
        TRUTHS,
        [
            ("document", {"accounts": [], "statuses": TRUTHS, "hashtags": [], "groups": []}),
            ("pages", [{"accounts": [], "statuses": [each], "hashtags": []} for each in TRUTHS]),
            # As truthbrush prints the pages of a search.
            ("pages", [[each] for each in TRUTHS]),
        ],
    ),
    "tiktok-research": (
        VIDEOS,
        [("document", {"videos": VIDEOS}), ("pages", [{"data": {"videos": [each]}} for each in VIDEOS])],
    ),
    "bluesky-records": (
        RECORDS,
        [("document", {"records": RECORDS}), ("pages", [{"records": [each]} for each in RECORDS])],
    ),
    "youtube-api": (
        THREADS,
        [
            ("document", {"kind": "youtube#commentThreadListResponse", "items": THREADS}),
            ("pages", [{"kind": "youtube#commentThreadListResponse", "items": [each]} for each in THREADS]),
        ],
    ),
    "activitypub-outbox": (
        ACTIVITIES,
        [
            ("document", {"type": "OrderedCollection", "orderedItems": ACTIVITIES}),
            ("pages", [{"type": "OrderedCollectionPage", "orderedItems": [each]} for each in ACTIVITIES]),
        ],
    ),
    "telethon": (DUMPED, []),
    "reddit": (
        COMMENTS,
        [("document", {"data": COMMENTS, "error": None}), ("pages", [{"data": [each]} for each in COMMENTS])],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_one_a_line_in_a_list_in_a_document_and_in_pages(read: Reader, name: str) -> None:
    records, more = SHAPES[name]
    wanted = read(lines(records), "lines.jsonl")
    contents = [json.dumps(records), json.dumps(records, indent=2)]
    for kind, value in more:
        contents += (
            [json.dumps(value), json.dumps(value, indent=2)]
            if kind == "document"
            else [lines(value), json.dumps(value)]
        )
    for content in contents:
        got = read(content, "other.json")
        assert (got.result.inputs[0]["format"], rows(got)) == (name, rows(wanted))
    assert wanted.result.inputs[0]["format"] == name


def test_tweets_whose_ids_are_numbers_alone(read: Reader) -> None:
    tweets = [
        {
            **{key: cell for key, cell in tweet.items() if not key.endswith("_str")},
            "user": {"id": tweet["user"]["id"], "screen_name": "ann"},
        }
        for tweet in TWEETS
    ]
    got = read(lines(tweets), "tweets.jsonl")
    assert got.result.inputs[0]["format"] == "twitter-v1"
    assert got.column("post_id") == ["1050118621198921728", "1050118621198921729", "1050118621198921730"]
    assert got.column("reply_to_post_id") == [None, None, "1050118621198921728"]


def test_a_stream_that_was_filled_from_an_archive_has_the_times_of_the_posts(read: Reader) -> None:
    posts = lines_of("bluesky-jetstream.jsonl")[:1] * 3
    filled = [
        {
            **post,
            "did": f"did:plc:{n}",
            "commit": {
                **post["commit"],
                "record": {**post["commit"]["record"], "createdAt": f"2023-0{n + 1}-01T00:00:00Z"},
            },
        }
        for n, post in enumerate(posts)
    ]
    got = read(lines(filled), "stream.jsonl")
    assert got.column("time_us") == [1_672_531_200_000_000, 1_675_209_600_000_000, 1_677_628_800_000_000]
    assert got.column("clock_gap_us")[0] == 1_725_911_162_329_308 - 1_672_531_200_000_000
    assert "archive" in got.result.inputs[0]["notes"][0]
    live = read(lines(posts[:1] + filled[:1] + posts[:1]), "stream.jsonl")
    assert live.column("time_us")[1] == 1_725_911_162_329_308
    assert live.result.inputs[0]["notes"] == []


def test_both_wire_formats_name_a_post_alike(read: Reader) -> None:
    read_both = read_paths(FIXTURES / "bluesky-jetstream.jsonl", FIXTURES / "bluesky-subscribe-events.jsonl")
    first, second = read_both.result.inputs
    assert (first["duplicates"], second["duplicates"]) == (1, 2)


def test_the_handle_and_the_profile_come_from_other_events_of_the_stream() -> None:
    got = read_paths(FIXTURES / "bluesky-jetstream.jsonl")
    assert got.accounts[1]["username"] == "cem.example"
    assert got.accounts[1]["display_name"] == "Cem"


def test_a_chat_without_messages_and_one_of_service_messages_alone(read: Reader) -> None:
    chat = {"name": "Chat", "type": "private_group", "id": 1}
    with pytest.raises(SynclineError, match="holds no rows"):
        read(json.dumps(chat | {"messages": []}, indent=1), "result.json")
    service = {"id": 1, "type": "service", "action": "pin_message", "date_unixtime": "1672560000"}
    with pytest.raises(SynclineError, match=r"not_a_post \(service message: pin_message\)"):
        read(json.dumps(chat | {"messages": [service]}, indent=1), "result.json")


def test_one_status_by_itself(read: Reader) -> None:
    got = read(json.dumps(STATUSES[0], indent=2), "status.json")
    assert (got.result.inputs[0]["format"], len(got.posts)) == ("mastodon", 1)


def test_other_data_is_not_mistaken(read: Reader) -> None:
    """Names that several formats share are not enough."""
    post = {"id": "1", "user_id": "a", "created_at": "2020-01-01", "text": "x"}
    assert read(json.dumps({"statuses": [post]}, indent=1), "a.json").result.inputs[0]["format"] == "generic"
    assert read(json.dumps({"records": [post]}, indent=1), "a.json").result.inputs[0]["format"] == "generic"
    chat = {"messages": [post], "type": "x"}
    assert read(json.dumps(chat, indent=1), "a.json").result.inputs[0]["format"] == "generic"


def test_files_of_many_formats_in_one_reading() -> None:
    files = [
        path
        for path in FIXTURES.iterdir()
        if path.suffix in (".jsonl", ".ndjson") and path.name not in REFUSED
    ]
    documents = ("mastodon", "telegram-desktop", "tiktok-research", "youtube-api", "bluesky-records")
    got = read_paths(*sorted(files), *(FIXTURES / f"{name}.json" for name in documents))
    platforms = {
        "x",
        "telegram",
        "bluesky",
        "tiktok",
        "instagram",
        "mastodon",
        "truthsocial",
        "youtube",
        "reddit",
        "threads",
        "gab",
    }
    assert set(got.column("platform")) == platforms
    assert len({(each["platform"], each["account_id"]) for each in got.accounts}) == len(got.accounts)
    # The same posts: in both wire formats, as records, out of two Telegram tools, out of TikTok's page and its API.
    by_format = {each["format"]: each for each in got.result.inputs}
    assert by_format["bluesky-subscribe-events"]["duplicates"] == 2
    assert by_format["bluesky-records"]["duplicates"] == 1
    assert by_format["telegram-desktop"]["duplicates"] + by_format["telethon"]["duplicates"] == 3
    assert by_format["tiktok-research"]["duplicates"] == 3


@pytest.mark.parametrize("url", ["http://[", 5, None, [], {"a": 1}])
def test_an_address_that_is_none_costs_nothing(read: Reader, url: object) -> None:
    odd = STATUSES[0] | {"uri": "u", "url": url, "account": STATUSES[0]["account"] | {"url": url}}
    assert len(read(lines([odd, STATUSES[1]]), "toots.jsonl").posts) == 2


@pytest.mark.parametrize("value", [5, "x", None, [5], [None]])
def test_lists_that_hold_something_else(read: Reader, value: object) -> None:
    for name in ("statuses", "records", "items", "messages", "videos", "data"):
        with pytest.raises(SynclineError):
            read(json.dumps({name: value, "kind": "x", "type": "x", "accounts": []}), "odd.json")


RECORDS = [
    {
        "id": str(n),
        "author": f"u{n % 2}",
        "created_at": f"2020-01-01T10:00:0{n}Z",
        "text": "words",
        "tags": [{}],
    }
    for n in range(6)
]


@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "indented"])
@pytest.mark.parametrize(
    "wrapped",
    [
        {"posts": RECORDS, "meta": {"count": 6}},
        {"response": {"count": 6, "items": RECORDS}},
        {"result": {"data": {"of": [], "list": RECORDS}}, "user": {"username": "ann", "bio": "words"}},
    ],
    ids=["list", "in an object", "deeper"],
)
def test_usual_names_inside_of_wrappers(read: Reader, wrapped: dict[str, Any], indent: int | None) -> None:
    assert rows(read(json.dumps(wrapped, indent=indent))) == rows(read(lines(RECORDS)))


def test_usual_names_in_pages_one_a_line(read: Reader) -> None:
    pages = [{"next": 0, "posts": []}, *({"next": n, "posts": RECORDS[n : n + 2]} for n in (0, 2, 4))]
    assert rows(read(lines(pages))) == rows(read(lines(RECORDS)))


def test_a_mapping_names_columns_inside_of_wrappers(read: Reader, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[posts]\naccount_id = "author"\ntime = "created_at"\n')
    pages = lines([{"posts": RECORDS}])
    assert read(pages, mapping=mapping).column("account_id") == [each["author"] for each in RECORDS]


def test_records_that_are_posts_are_not_left_for_lists_in_them(read: Reader) -> None:
    answered = [{**each, "replies": [{**each, "id": f"r{each['id']}"}]} for each in RECORDS]
    assert read(lines(answered)).column("post_id") == [each["id"] for each in RECORDS]


def test_objects_in_objects_without_end_are_no_posts(read: Reader) -> None:
    deep: dict[str, Any] = {"posts": RECORDS}
    for _ in range(900):
        deep = {"a.b.c.d.e": deep}
    with pytest.raises(SynclineError, match="no column was found"):
        read(json.dumps(deep), name="posts.jsonl")

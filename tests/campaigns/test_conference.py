"""A conference taken for a network: its directives are its own hashtags, and one event explains it."""

import duckdb
import pytest

from syncline import worlds
from syncline.benchmarks.campaigns import Labelled
from syncline.benchmarks.threshold_networks import read_as_networks
from syncline.worlds.world import Camp, Innocent, Interests, People, World

CONFERENCE, CAMP = 1, 2


@pytest.fixture(scope="module")
def read() -> Labelled:
    """The attendees of a conference taken as one network, a camp as another."""
    world = World(
        days=10,
        people=People(accounts=1500),
        interests=Interests(communities=10),
        innocent=Innocent(conferences=1, conference_size=60),
        camps=[Camp(accounts=20)],
    )
    tables = worlds.generate(world, 5)
    connection = duckdb.connect()
    for name in ("posts", "accounts", "truth_posts"):
        connection.register("incoming", tables[name])
        connection.execute(f"CREATE TABLE {name} AS FROM incoming").fetchall()
    groups = {
        (account["platform"], account["account_id"]): CAMP if account["is_camp"] else CONFERENCE
        for account in tables["truth"].to_pylist()
        if account["is_camp"] or account["innocent_class"] == "conference"
    }
    return Labelled(read_as_networks(connection, groups), tables)


def test_the_conferences_directives_are_its_own_hashtags(read: Labelled) -> None:
    own = {
        row["hashtag"].lower()
        for row in read.rows(
            "SELECT DISTINCT unnest(hashtags) AS hashtag FROM posts JOIN truth_posts USING (platform, post_id)"
            " WHERE kind = 'conference'"
        )
    }
    taken_up = read.rows(
        f"SELECT DISTINCT object FROM directives WHERE kind = 'hashtag' AND network_id = {CONFERENCE}"
    )
    assert taken_up
    assert {row["object"] for row in taken_up} <= own


@pytest.mark.parametrize(("network", "applies"), [(CONFERENCE, True), (CAMP, False)])
def test_one_event_explains_the_conference_and_not_the_camp(
    read: Labelled, network: int, applies: bool
) -> None:
    (said,) = read.rows(f"SELECT applies FROM findings WHERE sign = 'one_event' AND network_id = {network}")
    assert said["applies"] is applies

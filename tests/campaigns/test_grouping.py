"""Objects that share posts and members are told as one directive."""

import pytest

from syncline.campaigns import grouping
from syncline.campaigns.grouping import Taken, leaders


def taken(kind: str, key: str, accounts: range, posts: range) -> Taken:
    return Taken(kind, key, frozenset(accounts), frozenset(f"p{number}" for number in posts))


def test_what_the_hashtags_posts_carry_belongs_to_the_hashtag() -> None:
    objects = [
        taken("text", "the same words", range(4), range(4)),
        taken("hashtag", "tag", range(20), range(30)),
        taken("url", "site.example/1", range(9), range(3, 14)),
        taken("applause", "x:1", range(20, 32), range(100, 112)),
    ]
    assert leaders(objects) == [1, 1, 1, 3]


def test_a_chain_follows_its_first_leader() -> None:
    objects = [
        taken("hashtag", "widest", range(30), range(40)),
        taken("hashtag", "second", range(20), range(15, 45)),
        taken("text", "only under the second", range(15, 20), range(38, 45)),
    ]
    assert leaders(objects) == [0, 0, 0]


def test_separate_posts_are_separate_directives() -> None:
    objects = [
        taken("hashtag", "one", range(10), range(10)),
        taken("hashtag", "two", range(10), range(10, 20)),
    ]
    assert leaders(objects) == [0, 1]


def test_answering_and_naming_one_account_is_one_directive_which_the_answer_leads() -> None:
    objects = [
        taken("mention", "x:7", range(12), range(12)),
        taken("reply", "x:7", range(9), range(50, 60)),
        taken("mention", "x:8", range(5), range(70, 75)),
    ]
    assert leaders(objects) == [1, 1, 2]


def test_the_order_of_objects_does_not_matter() -> None:
    objects = [
        taken("hashtag", "tag", range(20), range(30)),
        taken("text", "words", range(4), range(4)),
        taken("reply", "x:7", range(9), range(50, 60)),
    ]
    backwards = leaders(objects[::-1])
    assert [2 - place for place in backwards[::-1]] == leaders(objects)


def test_nothing_gives_nothing() -> None:
    assert leaders([]) == []


def test_three_quarters_of_the_posts_and_of_the_members_are_enough_and_both_are_needed() -> None:
    tag = taken("hashtag", "tag", range(8), range(8))
    # Of four posts and four members each: three are the tag's, or but two of the one or of the other.
    assert leaders([tag, taken("text", "words", range(5, 9), range(5, 9))]) == [0, 0]
    assert leaders([tag, taken("text", "words", range(6, 10), range(5, 9))]) == [0, 1]
    assert leaders([tag, taken("text", "words", range(5, 9), range(6, 10))]) == [0, 1]


def test_very_many_objects_are_held_against_those_alone_that_share_a_post(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A network that posts 2,000 hashtags a day, each in posts of its own but for one that the next has, too."""
    asked = []
    belongs = grouping._belongs
    monkeypatch.setattr(grouping, "_belongs", lambda *both: asked.append(1) or belongs(*both))
    objects = [taken("hashtag", f"tag{n}", range(5), range(4 * n, 4 * n + 5)) for n in range(2_000)]
    assert leaders(objects) == list(range(2_000))
    assert len(asked) == 1_999

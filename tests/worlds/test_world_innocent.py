"""Each class of innocent coordination does what it is labelled for."""

import pytest
from asking import preset

CLASSES = {
    "fandom": (2, 60),
    "tweet_storm": (2, 150),
    "outlet": (3, 12),
    "scheduler": (2, 25),
    "pod": (2, 20),
    "conference": (1, 80),
}


@pytest.mark.parametrize(("kind", "groups"), CLASSES.items())
def test_groups_have_their_sizes(kind: str, groups: tuple[int, int]) -> None:
    sizes = preset("election").rows(f"""
        SELECT count(*) FROM truth WHERE innocent_class = '{kind}' AND innocent_group IS NOT NULL
        GROUP BY innocent_group
    """)
    assert sizes == [(groups[1],)] * groups[0]


def test_members_still_live_their_own_lives() -> None:
    kinds = {
        kind
        for (kind,) in preset("camp").rows("""
            SELECT innocent_class FROM truth JOIN truth_posts USING (account_id)
            WHERE innocent_group IS NOT NULL AND kind = 'organic' GROUP BY 1
        """)
    }
    assert kinds == set(CLASSES)


def test_fans_push_a_hashtag_and_repost_the_star_within_minutes() -> None:
    tags, stars, delay_min = preset("camp").row("""
        SELECT count(DISTINCT hashtags), count(DISTINCT reposted_account_id),
            median((p.time_us - s.time_us) / 6e7) FILTER (p.is_repost)
        FROM posts p JOIN truth_posts t USING (post_id)
        LEFT JOIN (SELECT post_id AS reposted_post_id, time_us FROM posts) s USING (reposted_post_id)
        WHERE t.kind = 'fandom'
    """)
    assert tags <= 3
    assert stars == 1
    assert 2 < delay_min < 10


def test_a_storm_uses_few_texts_one_link_and_names_its_organiser() -> None:
    for texts, links, named, accounts in preset("election").rows("""
        SELECT count(DISTINCT text), count(DISTINCT urls), count(DISTINCT mentions),
            count(DISTINCT account_id)
        FROM posts JOIN truth_posts USING (post_id, account_id) JOIN truth USING (account_id)
        WHERE kind = 'tweet_storm' AND NOT is_repost GROUP BY innocent_group
    """):
        assert (texts, links, named) == (3, 1, 1)
        assert accounts > 80


def test_an_outlets_accounts_share_its_site_and_declare_it() -> None:
    for sites, apps, declared, accounts in preset("camp").rows("""
        SELECT count(DISTINCT split_part(urls[1], '/', 3)), count(DISTINCT client),
            bool_and(contains(bio, split_part(urls[1], '/', 3))), count(DISTINCT account_id)
        FROM posts JOIN truth_posts USING (post_id, account_id) JOIN truth USING (account_id)
        JOIN accounts USING (account_id) WHERE kind = 'outlet' GROUP BY innocent_group
    """):
        assert (sites, apps, declared, accounts) == (1, 1, True, 12)


def test_a_scheduler_posts_on_full_slots_through_one_app() -> None:
    apps, worst_s, shared = preset("camp").row("""
        SELECT count(DISTINCT client), max(time_us // 1000000 % 300), count(*) / count(DISTINCT urls)
        FROM posts JOIN truth_posts USING (post_id) WHERE kind = 'scheduler'
    """)
    assert apps == 1
    assert worst_s <= 2
    assert shared > 5


def test_a_pod_reposts_its_own_soon() -> None:
    outsiders, delay_min = preset("camp").row("""
        SELECT count(*) FILTER (a.innocent_group IS DISTINCT FROM b.innocent_group),
            median((p.time_us - s.time_us) / 6e7)
        FROM posts p JOIN truth_posts t USING (post_id) JOIN posts s ON s.post_id = p.reposted_post_id
        JOIN truth a ON a.account_id = p.account_id JOIN truth b ON b.account_id = s.account_id
        WHERE t.kind = 'pod'
    """)
    assert outsiders == 0
    assert 4 < delay_min < 16


def test_a_conference_lasts_three_days_on_one_hashtag() -> None:
    days, tags = preset("camp").row("""
        SELECT count(DISTINCT time_us // 86400000000), count(DISTINCT hashtags)
        FROM posts JOIN truth_posts USING (post_id) WHERE kind = 'conference'
    """)
    assert (days, tags) == (3, 1)


def test_people_on_two_platforms_show_the_same_face_and_words() -> None:
    both, same_handle, same_portrait = preset("election").row("""
        SELECT count(*), count(*) FILTER (a.username = b.username),
            count(*) FILTER (a.avatar_path = b.avatar_path)
        FROM accounts a JOIN truth x USING (platform, account_id)
        JOIN truth y ON y.person_id = x.person_id AND x.platform = 'x' AND y.platform = 'mastodon'
        JOIN accounts b ON b.account_id = y.account_id WHERE NOT x.is_camp
    """)
    assert both > 150
    assert 0.4 * both < same_handle < 0.8 * both
    assert same_portrait == same_handle
    carried, soon = preset("election").row("""
        SELECT count(*), count(*) FILTER (b.time_us - a.time_us BETWEEN 0 AND 300000000)
        FROM posts a JOIN posts b ON a.text = b.text AND a.platform = 'x' AND b.platform = 'mastodon'
        JOIN truth x ON x.account_id = a.account_id
        JOIN truth y ON y.account_id = b.account_id AND y.person_id = x.person_id
    """)
    assert soon > 0.8 * carried > 100


def test_nobody_reacts_across_platforms() -> None:
    crossed = preset("election").value("""
        SELECT count(*) FROM posts r JOIN posts s
        ON s.post_id = coalesce(r.reposted_post_id, r.reply_to_post_id, r.quoted_post_id)
        WHERE r.platform != s.platform
    """)
    assert crossed == 0

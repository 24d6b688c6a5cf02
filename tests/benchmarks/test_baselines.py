"""The baselines: row for row equal to what the original tools gave, and right on cases worked by hand."""

import os
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest
import scipy.sparse as sp
from scipy import stats

pytest.importorskip("sklearn", reason="the baselines need scikit-learn")

from syncline import schema
from syncline.benchmarks.baselines import BASELINES, fused_centrality, hypergeometric, tfidf_cosine
from syncline.benchmarks.baselines.coordination_network_toolkit import co_retweet
from syncline.benchmarks.baselines.coortweet import detect_groups, generate_coordinated_network
from syncline.benchmarks.baselines.post_log import PostLog
from syncline.benchmarks.baselines.projection import projected_blocks
from syncline.errors import SynclineError

ROOT = Path(__file__).parents[2]


def folder(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable, ROOT / ".." / "shared" / default))


REFERENCE, DATA = folder("SYNCLINE_REFERENCE", "reference"), folder("SYNCLINE_DATA", "data")


def needed(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path.name} is absent: set SYNCLINE_REFERENCE and SYNCLINE_DATA")
    return path


def read_shares(source: str) -> pa.Table:
    """Shares as CooRTweet takes them: the Russian data set, or a German input beside the reference."""
    if source == "russian":
        table = pq.read_table(needed(DATA / "russian_coord_tweets.parquet"))
    else:
        table = pcsv.read_csv(needed(REFERENCE / f"coortweet_{source}_input.csv"))
    return pa.table(
        {
            "object": table["object_id"].cast(pa.string()),
            "account": table["account_id"].cast(pa.string()),
            "post": table["content_id"].cast(pa.string()),
            "time_us": pa.array(table["timestamp_share"].to_numpy().astype(np.int64) * 1_000_000),
        }
    )


def read_network(name: str) -> pd.DataFrame:
    """A reference network; igraph gives the ends of an undirected edge in no particular order."""
    network = pd.read_csv(needed(REFERENCE / name), dtype={"from": str, "to": str, "object_ids": str})
    ends = network[["from", "to"]]
    network["from"], network["to"] = ends.min(axis=1), ends.max(axis=1)
    return network.sort_values(["from", "to"], ignore_index=True)


@pytest.mark.parametrize(
    ("name", "source", "window_s", "min_participation", "remove_loops", "subgraph"),
    [
        ("russian_w60_m2_edges", "russian", 60, 2, True, 0),
        ("russian_w60_m2_edges_subgraph1", "russian", 60, 2, True, 1),
        ("russian_w10_m2_edges", "russian", 10, 2, True, 0),
        ("russian_w10_m5_edges", "russian", 10, 5, True, 0),
        ("russian_w10_m5_loops_edges", "russian", 10, 5, False, 0),
        ("german_url_w30_m2_edges", "german_url", 30, 2, True, 0),
        ("german_url_w30_m2_edges_subgraph1", "german_url", 30, 2, True, 1),
        ("german_img_w30_m2_edges", "german_img", 30, 2, True, 0),
    ],
)
def test_coortweet_equals_its_reference_row_for_row(
    name: str, source: str, window_s: int, min_participation: int, remove_loops: bool, subgraph: int
) -> None:
    expected = read_network(f"coortweet_{name}.csv")
    groups = detect_groups(
        read_shares(source), window_s=window_s, min_participation=min_participation, remove_loops=remove_loops
    )
    network = generate_coordinated_network(groups, subgraph=subgraph, objects=True)
    # Every column of the reference, in its order; R prints 15 digits.
    pd.testing.assert_frame_equal(network, expected, check_dtype=False, rtol=1e-14, atol=0)


@pytest.mark.parametrize("min_edge_weight", [1, 2])
def test_toolkit_equals_its_reference_row_for_row(min_edge_weight: int) -> None:
    expected = pd.read_csv(needed(REFERENCE / f"cnt_russian_rt_co_retweet_w60_m{min_edge_weight}.csv"))
    network = co_retweet(read_shares("russian"), min_edge_weight=min_edge_weight, loops=True)
    pd.testing.assert_frame_equal(network, expected, check_dtype=False)
    exported = co_retweet(read_shares("russian"), min_edge_weight=min_edge_weight)
    without_loops = expected[expected["user_1"] != expected["user_2"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(exported, without_loops, check_dtype=False)


def shares(*rows: tuple[str, str, str, float]) -> pa.Table:
    objects, accounts, posts, seconds = zip(*rows, strict=True)
    times = [round(second * 1_000_000) for second in seconds]
    return pa.table({"object": objects, "account": accounts, "post": posts, "time_us": times})


def random_shares(rng: np.random.Generator) -> list[tuple[str, str, str, float]]:
    """Few ids, so that posts recur, accounts repeat themselves and an object may be somebody's post."""
    return [
        (f"x{rng.integers(5)}", f"a{rng.integers(6)}", f"x{rng.integers(12)}", float(rng.integers(0, 60)))
        for _ in range(rng.integers(1, 40))
    ]


def coortweet_by_loops(
    rows: list[tuple[str, str, str, float]], window: float, participation: int, remove_loops: bool
) -> list[tuple[object, ...]]:
    """CooRTweet's steps as PEERS describes them, one pair at a time."""
    frequent = {account for account, n in Counter(row[1] for row in rows).items() if n >= participation}
    first_seen = {account: place for place, account in reversed(list(enumerate(row[1] for row in rows)))}
    kept = sorted((row for row in rows if row[1] in frequent), key=lambda row: first_seen[row[1]])
    pairs = []
    for older, newer in combinations(kept, 2):
        if older[0] != newer[0] or abs(older[3] - newer[3]) > window:
            continue
        if older[3] > newer[3]:
            older, newer = newer, older
        loop = older[1] == newer[1] or older[2] == newer[2] or older[0] in (older[2], newer[2])
        if not (remove_loops and loop):
            pairs.append((older[0], older[1], newer[1], older[2], newer[2], newer[3] - older[3]))
    in_pairs = {post for pair in pairs for post in pair[3:5]}
    taking_part = Counter(row[1] for row in kept if row[2] in in_pairs)
    qualified = {row[2] for row in kept if row[2] in in_pairs and taking_part[row[1]] >= participation}
    return sorted(pair for pair in pairs if pair[3] in qualified or pair[4] in qualified)


def test_coortweet_equals_its_steps_one_pair_at_a_time() -> None:
    rng = np.random.default_rng(7)
    found_any = 0
    for _ in range(40):
        rows = random_shares(rng)
        window, participation = int(rng.integers(0, 20)), int(rng.integers(1, 5))
        remove_loops = bool(rng.integers(2))
        groups = detect_groups(
            shares(*rows), window_s=window, min_participation=participation, remove_loops=remove_loops
        )
        found = sorted(tuple(row.values()) for row in groups.to_pylist())
        assert found == coortweet_by_loops(rows, window, participation, remove_loops)
        found_any += bool(found)
    assert found_any > 20


def test_toolkit_equals_its_join_one_pair_at_a_time() -> None:
    rng = np.random.default_rng(8)
    for _ in range(25):
        rows = random_shares(rng)
        window = int(rng.integers(0, 20))
        first = list({row[2]: row for row in reversed(rows)}.values())
        matched: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in first:
            for other in first:
                if one[0] == other[0] and abs(one[3] - other[3]) <= window:
                    matched[one[1], other[1]].add(one[2])
        expected = sorted((*pair, len(posts)) for pair, posts in matched.items() if len(posts) >= 2)
        network = co_retweet(shares(*rows), window_s=window, loops=True)
        assert list(network.itertuples(index=False, name=None)) == expected


def test_coortweet_weight_counts_pair_rows_where_the_toolkit_counts_posts() -> None:
    # a shares the object once, b three times within the window.
    rows = [("o", "a", "p1", 0), ("o", "b", "p2", 1), ("o", "b", "p3", 2), ("o", "b", "p4", 3)]
    rows += [("other", "a", "p5", 500)]
    network = generate_coordinated_network(detect_groups(shares(*rows)), objects=True)
    assert network.loc[0, ["weight", "n_content_id", "n_content_id_y", "object_ids"]].tolist() == [
        3,
        1,
        3,
        "o",
    ]
    directed = co_retweet(shares(*rows), min_edge_weight=1)
    assert list(directed.itertuples(index=False, name=None)) == [("a", "b", 1), ("b", "a", 3)]


@pytest.mark.parametrize(("edge_weight", "kept"), [(0.5, [2, 3]), (0.75, [3]), (1, [])])
def test_coortweet_keeps_weights_strictly_above_the_quantile(edge_weight: float, kept: list[int]) -> None:
    # Weights 1, 1, 1, 2, 3: median 1, third quartile 2, largest 3.
    times = {"ab": 1, "cd": 1, "ef": 1, "gh": 2, "ij": 3}
    rows = [
        (f"{pair}{number}", account, f"{pair}{number}{account}", 0.0)
        for pair, weight in times.items()
        for number in range(weight)
        for account in pair
    ]
    groups = detect_groups(shares(*rows), min_participation=1)
    network = generate_coordinated_network(groups, edge_weight=edge_weight, subgraph=1)
    assert network["weight"].tolist() == kept
    whole = generate_coordinated_network(groups, edge_weight=edge_weight)
    assert whole["weight"].tolist() == [1, 1, 1, 2, 3]
    assert whole.loc[whole["weight_threshold"] == 1, "weight"].tolist() == kept


def test_an_empty_network_has_its_columns() -> None:
    groups = detect_groups(shares(("o", "a", "p1", 0), ("o", "b", "p2", 99)))
    assert groups.num_rows == 0
    network = generate_coordinated_network(groups, objects=True, subgraph=1)
    assert list(network) == [
        *("from", "to", "weight", "avg_time_delta", "n_content_id", "n_content_id_y"),
        *("edge_symmetry_score", "object_ids", "weight_threshold"),
    ]
    assert network.empty


def test_hypergeometric_tail_equals_scipy_on_both_sides_of_the_mean() -> None:
    rng = np.random.default_rng(2)
    objects = 5000
    a, b = rng.integers(1, 400, 500), rng.integers(1, 400, 500)
    x = np.array([rng.integers(0, min(pair) + 1) for pair in zip(a, b, strict=True)])
    found = hypergeometric.log_upper_tail(x, a, b, objects)
    expected = stats.hypergeom.logsf(x - 1, objects, a, b)
    reliable = expected > -600  # SciPy sums probabilities, which underflow beyond
    assert reliable.sum() > 200
    np.testing.assert_allclose(found[reliable], expected[reliable], rtol=1e-8, atol=1e-11)
    assert hypergeometric.log_upper_tail(3, 3, 3, 4).tolist() == pytest.approx([np.log(1 / 4)])
    assert hypergeometric.log_upper_tail(2, 3, 3, 4).tolist() == [0.0]  # they cannot share fewer


def coded(rows: list[tuple[int, int]]) -> pa.Table:
    accounts, objects = zip(*rows, strict=True)
    return pa.table({"object": pa.array(objects, pa.int64()), "account": pa.array(accounts, pa.int64())})


def test_validated_pairs_equal_a_step_up_over_every_pair() -> None:
    rng = np.random.default_rng(4)
    ring = [(account, 1000 + item) for account in range(4) for item in range(30)]
    noise = list({(int(rng.integers(30)), int(rng.integers(60))) for _ in range(300)})
    score, validated = hypergeometric.validated_network(coded(ring + noise + ring[:5]), accounts=32)
    objects_of = defaultdict(set)
    for account, object_ in ring + noise:
        objects_of[account].add(object_)
    objects = len({row[1] for row in ring + noise})
    every = list(combinations(sorted(objects_of), 2))
    p = [
        stats.hypergeom.sf(
            len(objects_of[a] & objects_of[b]) - 1, objects, len(objects_of[a]), len(objects_of[b])
        )
        for a, b in every
    ]
    expected = {pair for pair, q in zip(every, stats.false_discovery_control(p), strict=True) if q <= 0.01}
    assert set(zip(validated["account_a"], validated["account_b"], strict=True)) == expected
    assert set(combinations(range(4), 2)) <= expected
    by_pair = dict(zip(every, p, strict=True))
    for row in validated.itertuples():
        assert 10**row.log10_p == pytest.approx(by_pair[row.account_a, row.account_b])
    for account in range(32):
        own = [
            q for pair, q in by_pair.items() if account in pair and objects_of[pair[0]] & objects_of[pair[1]]
        ]
        assert 10 ** -score[account] == pytest.approx(min(own, default=np.inf))


@pytest.mark.parametrize(("last", "validated"), [(0.004, 4), (0.0041, 1)])
def test_the_step_up_is_at_one_per_cent(last: float, validated: int) -> None:
    # Over ten tests the bars are 0.001, 0.002, 0.003, 0.004: the largest p under its bar takes all before it.
    pairs = pd.DataFrame({"log10_p": np.log10([0.0021, last, 0.0009, 0.0031])})
    assert len(hypergeometric._step_up(pairs, tests=10)) == validated


def test_projection_in_blocks_is_the_whole_projection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("syncline.benchmarks.baselines.projection._BLOCK_ENTRIES", 50)
    matrix = sp.random_array((40, 30), density=0.1, rng=np.random.default_rng(1), format="csr")
    blocks = list(projected_blocks(sp.csr_matrix(matrix)))
    assert len(blocks) > 3
    assert [start for start, _ in blocks] == np.cumsum([0, *(b.shape[0] for _, b in blocks[:-1])]).tolist()
    np.testing.assert_allclose(sp.vstack([b for _, b in blocks]).toarray(), (matrix @ matrix.T).toarray())


def test_tfidf_cosines_equal_the_vectorizer_of_the_released_code() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    rng = np.random.default_rng(6)
    rows = [(int(account), int(rng.zipf(1.6)) % 40) for account in rng.integers(0, 20, 500)]
    rows += [(20, 1), (20, 2)] * 5 + [(21, 2)] * 30  # ten shares are too few; thirty of one object too narrow
    pairs = tfidf_cosine.cosine_similarities(coded(rows), accounts=22)
    documents = {account: [str(o) for a, o in rows if a == account] for account in range(20)}
    documents = {account: words for account, words in documents.items() if len(words) > 10}
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True, min_df=3).fit_transform(documents.values())
    cosine = (vectors @ vectors.T).toarray()
    expected = {
        (a, b): cosine[i, j] for (i, a), (j, b) in combinations(enumerate(documents), 2) if cosine[i, j] > 0
    }
    found = {(row.account_a, row.account_b): row.cosine for row in pairs.itertuples()}
    assert found == pytest.approx(expected)


def test_tfidf_keeps_each_accounts_hundred_nearest_itself_included() -> None:
    alike = [(account, item) for account in range(150) for item in range(12)]
    pairs = tfidf_cosine.cosine_similarities(coded(alike), accounts=150)
    assert len(pairs) < 150 * 149 / 2
    assert pairs.groupby("account_a").size().max() <= 99


def post(account: str, seconds: float, **columns: object) -> dict[str, object]:
    time_us = 1_700_000_000_000_000 + round(seconds * 1_000_000)
    return {"platform": "x", "account_id": account, "time_us": time_us, "is_repost": False, **columns}


def tables(*posts: dict[str, object]) -> dict[str, pa.Table]:
    numbered = [{"post_id": f"post-{number}", **row} for number, row in enumerate(posts)]
    return {"posts": pa.Table.from_pylist(numbered, schema=schema.POSTS)}


def linked(adjacency: sp.csr_matrix, log: PostLog) -> set[tuple[str, str]]:
    names = log.accounts["account_id"]
    one, other = adjacency.nonzero()
    return {(names[i], names[j]) for i, j in zip(one, other, strict=True) if i < j}


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        pytest.param(
            [
                post(account, 1000 * number + place, is_repost=True, reposted_post_id=f"o{number % shared}")
                for place, (account, reposts, shared) in enumerate(
                    [("a", 20, 30), ("b", 20, 1), ("c", 19, 30)]
                )
                for number in range(reposts)
            ],
            {("a", "b")},
            id="co-repost, twenty reposts or more",
        ),
        pytest.param(
            [post("a", 0, urls=["u"]), post("b", 90_000, urls=["u", "v"]), post("c", 5, urls=["w"])],
            {("a", "b")},
            id="co-URL, at any time",
        ),
        pytest.param(
            [
                post("a", 0, hashtags=list("VWXYZ")),
                post("b", 9, hashtags=list("vwxyz")),
                post("c", 5, hashtags=list("zyxwv")),
                post("d", 5, hashtags=list("VWXY")),
                post("e", 5, hashtags=list("VWXY")),
            ],
            {("a", "b")},
            id="the same five hashtags in the same order",
        ),
        pytest.param(
            [
                *(post("star", 100 * number, post_id=f"s{number}") for number in range(4)),
                *(
                    post(account, 100 * number + delay, is_repost=True, reposted_post_id=f"s{number}")
                    for account, numbers, delay in [("a", (0, 1), 10), ("b", (2, 3), 3), ("c", (0, 1), 11)]
                    for number in numbers
                ),
                post("d", 5, is_repost=True, reposted_post_id="s0"),
            ],
            {("a", "b")},
            id="two fast reposts of the same account",
        ),
        pytest.param(
            [
                post("a", 0, text="river glass north paper signal https://example.com/1"),
                post("b", 60, text="@somebody Glass north paper signal market river 12"),
                post("c", 60, text="river glass north paper"),
                post("d", 60, text="stone orange copper winter bridge"),
                post("e", 90_000, text="river glass north paper signal"),
            ],
            {("a", "b")},
            id="similar originals of five words or more on one day",
        ),
    ],
)
def test_each_behaviour_alone_links_the_fused_network(
    posts: list[dict[str, object]], expected: set[tuple[str, str]]
) -> None:
    log = PostLog(tables(*posts)["posts"])
    assert linked(fused_centrality.fused_network(log), log) == expected


def test_the_fused_network_refuses_what_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fused_centrality, "MAX_ENTRIES", 99)
    crowd = [post(f"a{number}", number, urls=["u"]) for number in range(10)]
    with pytest.raises(SynclineError, match="100 entries, and no more than 99"):
        fused_centrality.detect(tables(*crowd))


def test_eigenvector_centrality_equals_the_leading_eigenvector() -> None:
    upper = np.triu(np.random.default_rng(5).random((25, 25)) < 0.3, 1).astype(float)
    adjacency = np.zeros((27, 27))
    adjacency[:25, :25] = upper + upper.T
    found = fused_centrality.eigenvector_centrality(sp.csr_matrix(adjacency), tolerance=1e-12)
    leading = np.abs(np.linalg.eigh(adjacency[:25, :25])[1][:, -1])
    np.testing.assert_allclose(found[:25], leading, atol=1e-6)
    assert (found[25:] == -np.inf).all()


def ring_in_a_crowd() -> dict[str, pa.Table]:
    """Five accounts repost 15 posts and share 15 links within seconds, among 60 that act on their own."""
    rng = np.random.default_rng(9)
    posts = []
    for item in range(15):
        for member in range(5):
            posts.append(
                post(f"ring{member}", 40_000 * item + member, is_repost=True, reposted_post_id=f"r{item}")
            )
            posts.append(post(f"ring{member}", 40_000 * item + 99 + member, urls=[f"ring.example/{item}"]))
    for person in range(60):
        for second in rng.integers(0, 600_000, 15):
            posts.append(
                post(f"p{person}", float(second), is_repost=True, reposted_post_id=f"o{rng.zipf(1.5) % 50}")
            )
            posts.append(post(f"p{person}", float(second) + 7, urls=[f"news.example/{rng.zipf(1.5) % 50}"]))
    posts.append(post("ring0", 5, platform="y", text="another platform, another account"))
    return tables(*posts)


@pytest.fixture(scope="module")
def crowd() -> dict[str, pa.Table]:
    return ring_in_a_crowd()


@pytest.mark.parametrize("name", BASELINES)
def test_every_baseline_answers_with_one_row_an_account(name: str, crowd: dict[str, pa.Table]) -> None:
    found = BASELINES[name](crowd)
    assert list(found) == ["platform", "account_id", "score", "named"]
    assert len(found) == 66
    assert not found.duplicated(["platform", "account_id"]).any()
    assert not found["score"].isna().any()
    assert found.loc[found["named"], "score"].gt(-np.inf).all()
    # What is named is a set {score >= t} of the curve.
    assert found.loc[found["named"], "score"].min() > found.loc[~found["named"], "score"].max()
    other_platform = found[found["platform"] == "y"].iloc[0]
    assert not other_platform["named"]
    assert other_platform["score"] == -np.inf


@pytest.mark.parametrize("name", [name for name in BASELINES if "Luceri" not in name])
def test_every_baseline_but_the_centrality_ranks_a_plain_ring_first(
    name: str, crowd: dict[str, pa.Table]
) -> None:
    found = BASELINES[name](crowd).sort_values("score", ascending=False)
    assert set(found["account_id"].iloc[:5]) == {f"ring{member}" for member in range(5)}


@pytest.mark.parametrize("name", BASELINES)
def test_every_baseline_finds_nobody_in_next_to_nothing(name: str) -> None:
    for log in (tables(post("a", 0, text="hello")), {"posts": schema.POSTS.empty_table()}):
        found = BASELINES[name](log)
        assert len(found) == log["posts"].num_rows
        assert not found["named"].any()


def test_the_score_is_the_strictest_threshold_that_still_detects(crowd: dict[str, pa.Table]) -> None:
    log = PostLog(crowd["posts"])
    network = generate_coordinated_network(detect_groups(log.shares("repost"), window_s=60))
    found = BASELINES["CooRTweet, reposts"](crowd)
    for threshold in sorted(network["weight"].unique()):
        edges = network[network["weight"] >= threshold]
        detected = found.index[found["score"] >= threshold]
        assert set(detected) == set(edges["from"]) | set(edges["to"])


def test_shares_fall_back_on_the_text_where_a_repost_names_no_original() -> None:
    log = PostLog(
        tables(
            post("a", 0, is_repost=True, text="Same  words", reposted_account_id="star"),
            post("b", 1, is_repost=True, text="same words ", reposted_account_id="star"),
            post("c", 2, is_repost=True, text="same words", reposted_account_id="moon"),
            post("d", 3, is_repost=None, reposted_post_id="r1"),
            post("e", 4, text="same words"),
        )["posts"]
    )
    objects = log.shares("repost").to_pandas().set_index("account")["object"]
    assert objects[0] == objects[1]
    assert len(set(objects)) == 3
    assert 4 not in objects.index
    assert objects.min() >= 5  # never a number of a post


def test_reposts_of_oneself_are_left_out_where_asked() -> None:
    own = post("a", 0, is_repost=True, reposted_post_id="r", reposted_account_id="a")
    log = PostLog(tables(own, post("b", 1, is_repost=True, reposted_post_id="r"))["posts"])
    assert log.shares("repost").num_rows == 2
    assert log.shares("repost_of_others")["account"].to_pylist() == [1]

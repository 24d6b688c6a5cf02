"""Published methods for finding coordinated accounts, each at its published settings."""

from syncline.benchmarks.baselines import (
    coordination_network_toolkit,
    coortweet,
    fused_centrality,
    hypergeometric,
    tfidf_cosine,
)
from syncline.benchmarks.baselines.post_log import Detector, Tables

BASELINES: dict[str, Detector] = {
    "CooRTweet, reposts": coortweet.detector("repost"),
    "CooRTweet, reposts + URLs + hashtags": coortweet.detector("repost", "url", "hashtag"),
    "Coordination Network Toolkit, co_retweet": coordination_network_toolkit.detect,
    "TF-IDF cosine (Pacheco 2021)": tfidf_cosine.detect,
    "Five behaviours fused (Luceri 2024)": fused_centrality.detect,
    "Hypergeometric, reposts (Tumminello 2011)": hypergeometric.detector("repost"),
    "Hypergeometric, reposts + URLs (Tumminello 2011)": hypergeometric.detector("repost", "url"),
}

__all__ = ["BASELINES", "Detector", "Tables"]

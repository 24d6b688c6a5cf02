"""The tables of Syncline: one definition of every column that crosses a room's door.

(platform, account_id) is the key of an account everywhere. Times are integer UTC microseconds
since 1970 (`*_us`). Ids are text. Evidence is log10 of an e-value.
"""

import pyarrow as pa

from syncline import columns

_TEXTS = pa.list_(pa.string())
_TYPES: dict[columns.Type, pa.DataType] = {
    "string": pa.string(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
    "strings": _TEXTS,
}


def _schema(named: dict[str, columns.Type]) -> pa.Schema:
    return pa.schema([(name, _TYPES[kind]) for name, kind in named.items()])


POSTS = _schema(columns.POSTS)

ACCOUNTS = _schema(columns.ACCOUNTS)

REJECTS = pa.schema(
    [
        ("source_file", pa.string()),
        ("source_row", pa.int64()),
        # A short code: duplicate, bad_time, no_account, broken_row, ...
        ("reason", pa.string()),
        # The offending value or the parser's words, cut to 200 characters.
        ("detail", pa.string()),
    ]
)

# One account's first action on one object.
TRACES = pa.schema(
    [
        ("behaviour", pa.string()),
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("object", pa.string()),
        ("time_us", pa.int64()),
        ("post_id", pa.string()),
    ]
)

# A pair of accounts whose evidence passes the error control.
EDGES = pa.schema(
    [
        ("network_id", pa.int64()),
        ("platform_a", pa.string()),
        ("account_a", pa.string()),
        ("platform_b", pa.string()),
        ("account_b", pa.string()),
        ("log10_e", pa.float64()),  # crowd null, all behaviours and windows together
        ("log10_e_chance", pa.float64()),  # chance null (first pass), best behaviour and window
        ("log10_p_bound", pa.float64()),  # crowd null, bound on the p-value, best behaviour and window
        ("log10_p_bound_chance", pa.float64()),
        # Distinct objects on which both acted within the widest window; those that two posts share count once.
        ("objects", pa.int64()),
        ("behaviours", _TEXTS),
        ("window_s", pa.float64()),  # the window with the strongest evidence
        ("days", pa.int64()),  # distinct UTC days
        ("first_us", pa.int64()),
        ("last_us", pa.int64()),
    ]
)

# Every co-action behind every edge: the posts side by side.
CO_ACTIONS = pa.schema(
    [
        ("platform_a", pa.string()),
        ("account_a", pa.string()),
        ("platform_b", pa.string()),
        ("account_b", pa.string()),
        ("behaviour", pa.string()),
        ("object", pa.string()),
        ("post_a", pa.string()),
        ("post_b", pa.string()),
        ("time_a_us", pa.int64()),
        ("time_b_us", pa.int64()),
        ("lag_us", pa.int64()),  # time_b - time_a, signed
        ("window_s", pa.float64()),  # smallest window in use that holds the lag
        ("surprisal", pa.float64()),  # w_o of the crowd null in that window, natural log units
        ("object_accounts", pa.int64()),  # accounts that acted on the object that day, everybody
        ("active_accounts", pa.int64()),  # accounts active in that behaviour that day, everybody
        (
            "expected_accounts",
            pa.float64(),
        ),  # accounts of the crowd's popularity expected to act on it with one of the two
    ]
)

NETWORKS = pa.schema(
    [
        ("network_id", pa.int64()),
        ("kind", pa.string()),  # "network" (three accounts or more) or "pair"
        ("size", pa.int64()),
        ("named", pa.int64()),
        ("edges", pa.int64()),
        ("log10_e", pa.float64()),  # median over the network's edges
        ("behaviours", _TEXTS),
        ("days", pa.int64()),
        ("first_us", pa.int64()),
        ("last_us", pa.int64()),
        ("confirmed", pa.string()),  # "confirmed", "not confirmed" or "too little data"
    ]
)

MEMBERS = pa.schema(
    [
        ("network_id", pa.int64()),
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("username", pa.string()),
        ("named", pa.bool_()),
        ("reason", pa.string()),  # why named, or why not, in words
        ("log10_e", pa.float64()),  # the second strongest of its passing edges: what names it
        ("edges", pa.int64()),
        ("posts", pa.int64()),
        ("role", pa.string()),
    ]
)

# What is left of a network's evidence under each explanation that was tried.
LADDER = pa.schema(
    [
        ("network_id", pa.int64()),
        ("rung", pa.int64()),
        ("explanation", pa.string()),
        ("edges", pa.int64()),  # edges of the network that still pass
        ("of", pa.int64()),
        ("log10_e", pa.float64()),  # median over the network's edges
    ]
)

# Statements about a network, generated with their numbers.
FINDINGS = pa.schema(
    [
        ("network_id", pa.int64()),
        ("gauge", pa.string()),  # coordination, authenticity, source, impact, explanation
        ("sign", pa.string()),  # one_event, one_day, one_client, one_domain, one_custom, creation_batch, ...
        ("applies", pa.bool_()),
        ("statement", pa.string()),
        ("numbers", pa.string()),  # JSON
        ("account_ids", _TEXTS),
        ("post_ids", _TEXTS),
    ]
)

# What a network took up together: one row an object; the objects of one directive share its number, and one leads.
DIRECTIVES = pa.schema(
    [
        ("directive_id", pa.int64()),
        ("network_id", pa.int64()),
        ("leads", pa.bool_()),
        ("day_us", pa.int64()),  # the UTC day's first moment; null: the whole log, on no single day
        # hashtag, url, text, media or repost (a post); target (an account replied to), applause (an account
        # reposted or quoted), mention (an account named in posts of one's own, tone unknown).
        ("kind", pa.string()),
        ("object", pa.string()),  # as in traces; platform:account_id for accounts
        ("label", pa.string()),  # what a reader knows it by
        ("members", pa.int64()),  # accounts of the network that took it up
        ("active", pa.int64()),  # accounts of the network that took up anything that day
        ("posts", pa.int64()),  # by members; for url, text and media each account's first
        ("others", pa.int64()),  # accounts of no network that took it up that day
        ("expected", pa.float64()),  # members, by the innocent explanation that comes closest
        ("log_odds", pa.float64()),  # against the crowd of that day, natural logarithm, shrunk
        ("log_odds_error", pa.float64()),  # its standard error
        ("log10_e", pa.float64()),
        ("first_us", pa.int64()),  # first and last post of a member on it
        ("last_us", pa.int64()),
        ("busiest_us", pa.int64()),  # first moment of the four hours with most evidence
        ("followers", pa.int64()),  # accounts of the network that took up any object of the directive
        ("half_us", pa.int64()),  # time from the first of them to the one that makes half of them
        ("first_platform", pa.string()),  # the first mover
        ("first_account", pa.string()),
    ]
)

# Who followed a directive, and how soon: its delay curve.
UPTAKE = pa.schema(
    [
        ("directive_id", pa.int64()),
        ("network_id", pa.int64()),
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("first_us", pa.int64()),
        ("delay_us", pa.int64()),  # since the first member
        ("posts", pa.int64()),
        ("post_id", pa.string()),  # the account's first
    ]
)

# Whom a network addressed together: one row a brigading episode. Tone is not judged.
TARGETS = pa.schema(
    [
        ("network_id", pa.int64()),
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("username", pa.string()),
        ("episode", pa.int64()),  # counted from 1 for each network and account
        ("first_us", pa.int64()),  # first and last reply or mention by a member
        ("last_us", pa.int64()),
        ("members", pa.int64()),  # accounts of the network that replied or mentioned
        ("share", pa.float64()),  # of the network's accounts
        ("posts", pa.int64()),  # their replies and mentions
        ("replies", pa.int64()),  # of these, replies
        ("others", pa.int64()),  # accounts of no network that did so on the same days
        ("others_posts", pa.int64()),
        # Replies and mentions an hour, by anybody, in the six hours after the account's own posts: in the
        # episode, at its other times, and at the median of 20 accounts that the crowd addresses as often.
        ("rate", pa.float64()),
        ("usual_rate", pa.float64()),
        ("comparable_rate", pa.float64()),
        # How much the accounts that answer one of its posts are those that answer another (mean Jaccard).
        ("overlap", pa.float64()),
        ("usual_overlap", pa.float64()),
        ("newcomers", pa.float64()),  # share of the members that had not addressed it earlier in the log
        ("others_newcomers", pa.float64()),  # the same of the others
        ("log10_e", pa.float64()),  # of its strongest day
        ("account_ids", _TEXTS),  # the members
        ("post_ids", _TEXTS),  # their replies and mentions
        ("target_post_ids", _TEXTS),  # the account's posts that they answered, most answered first
    ]
)

# Whom a network lifted up by reposts and quotes.
APPLAUSE = pa.schema(
    [
        ("network_id", pa.int64()),
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("username", pa.string()),
        ("members", pa.int64()),  # accounts of the network that reposted or quoted it
        ("share", pa.float64()),  # of the network's accounts
        ("posts", pa.int64()),  # their reposts and quotes
        ("mentions", pa.int64()),  # their posts that name it besides
        ("days", pa.int64()),  # UTC days on which it passes as a directive
        ("others", pa.int64()),  # accounts of no network that reposted or quoted it
        (
            "log_odds",
            pa.float64(),
        ),  # against the crowd, of its strongest directive, natural logarithm, shrunk
        ("log10_e", pa.float64()),  # of its strongest directive
        ("first_us", pa.int64()),
        ("last_us", pa.int64()),
        ("post_ids", _TEXTS),  # the account's posts that were lifted, most lifted first
    ]
)

# What each account of a network did in it.
ROLES = pa.schema(
    [
        ("network_id", pa.int64()),
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("username", pa.string()),
        ("role", pa.string()),  # author, booster, replier; mixed where none is sure
        # "directives": read from posts in the network's directives; "all posts" where these are few.
        ("basis", pa.string()),
        ("wrote", pa.int64()),  # posts of its own
        ("boosted", pa.int64()),  # reposts and quotes
        ("addressed", pa.int64()),  # replies, and posts that name a target
        ("share", pa.float64()),  # of the most frequent of the three
        ("share_low", pa.float64()),  # its interval at 95%
        ("share_high", pa.float64()),
        ("directives", pa.int64()),  # that it followed, with four followers or more
        ("firsts", pa.int64()),  # of these, in which it was in the first quarter
        ("firsts_low", pa.float64()),  # interval of firsts / directives at 95%
        ("firsts_high", pa.float64()),
        ("first_mover", pa.bool_()),  # firsts_low is above a quarter
        ("median_delay_us", pa.int64()),  # behind the first mover
        ("joins", pa.int64()),  # accounts that only it joins to the rest of the network; a bridge where not 0
        # Posts like a clock: minute_of_hour, constant_gaps, both, or null. Schedulers and feeds do, too.
        ("cadence", pa.string()),
    ]
)

# Whether anybody outside a network listened to it.
IMPACT = pa.schema(
    [
        ("network_id", pa.int64()),
        ("posts", pa.int64()),  # by its accounts, reposts left out
        ("outside_posts", pa.int64()),  # by its accounts, that anybody outside reposted, quoted or answered
        # Reposts, quotes and replies to its accounts' posts, by its own accounts and by all others.
        ("inside_accounts", pa.int64()),
        ("inside_acts", pa.int64()),
        ("outside_accounts", pa.int64()),
        ("outside_acts", pa.int64()),
        ("outside_share", pa.float64()),  # of these acts, from outside; null without any
        ("rate", pa.float64()),  # acts from outside on a post
        ("usual_rate", pa.float64()),  # acts from others on a post of the crowd
        ("top_posts_share", pa.float64()),  # share of the acts from outside on the five posts with most
        ("top_account_share", pa.float64()),  # on the one account with most
        ("communities", pa.int64()),  # communities of taste with three engaged accounts or more from outside
        ("platforms", pa.int64()),  # platforms likewise
        # Category of the Breakout Scale (Nimmo 2020), 1 to 3; null where the log does not say whose posts.
        ("breakout", pa.int64()),
        ("likes", pa.int64()),  # on its posts, as the source counts them: inside and outside are one there
        ("reposts", pa.int64()),
        ("replies", pa.int64()),
        ("post_ids", _TEXTS),  # the five posts with most engagement from outside
    ]
)

# Groups that came to several objects in the same second: one row an act of a member in one of its group's moments.
SYNCHRONOUS = pa.schema(
    [
        ("group_id", pa.int64()),
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("behaviour", pa.string()),
        ("object", pa.string()),
        ("second_us", pa.int64()),  # where the second begins
        ("post_id", pa.string()),
        ("accounts_in_second", pa.int64()),  # that acted on the object, everybody
        ("accounts_in_hour", pa.int64()),  # likewise in the clock hour
        ("log10_p", pa.float64()),  # of the moment's strongest tie with another of the group's
        ("network_id", pa.int64()),  # the network or pair that the account is in; null: none
    ]
)

TABLES: dict[str, pa.Schema] = {
    "posts": POSTS,
    "accounts": ACCOUNTS,
    "rejects": REJECTS,
    "traces": TRACES,
    "edges": EDGES,
    "co_actions": CO_ACTIONS,
    "networks": NETWORKS,
    "members": MEMBERS,
    "ladder": LADDER,
    "findings": FINDINGS,
    "directives": DIRECTIVES,
    "uptake": UPTAKE,
    "targets": TARGETS,
    "applause": APPLAUSE,
    "roles": ROLES,
    "impact": IMPACT,
    "synchronous": SYNCHRONOUS,
}

BEHAVIOURS = ("repost", "url", "hashtag", "hashtag_sequence", "text", "reply", "mention", "media")

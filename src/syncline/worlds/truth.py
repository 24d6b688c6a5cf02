"""The answer sheet of a world: who is behind each account and each post, and what was ordered."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from syncline.worlds.columns import LABELS, Draft, Ints
from syncline.worlds.plan import Directive, Plan
from syncline.worlds.population import ROLES

# Classes whose accounts were drawn by one thing at one time without any agreement: naming one of them
# is a plain error, where naming a fan, an activist or a regional account is coordination to be explained.
CROWDS = ("breaking_news", "sports_final")

# One row an account.
TRUTH = pa.schema(
    [
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("role", pa.string()),
        ("is_camp", pa.bool_()),
        ("camp", pa.int64()),  # number of the camp, null outside
        ("community", pa.int64()),
        ("innocent_class", pa.string()),
        ("innocent_group", pa.int64()),  # number of the group, null outside
        ("person_id", pa.int64()),  # who is behind it: the same for all accounts of one person
    ]
)

# One row a collected post.
TRUTH_POSTS = pa.schema(
    [
        ("platform", pa.string()),
        ("post_id", pa.string()),
        ("account_id", pa.string()),
        ("directive_id", pa.string()),  # null where nobody ordered it
        ("kind", pa.string()),  # one of columns.LABELS
        ("deleted", pa.bool_()),  # taken down again after it was collected
    ]
)

# One row a directive. The object is a hashtag, an account id or a link.
TRUTH_DIRECTIVES = pa.schema(
    [
        ("directive_id", pa.string()),
        ("camp", pa.int64()),
        ("day", pa.int64()),
        ("kind", pa.string()),  # hashtag, target, applaud or link
        ("object", pa.string()),
        ("start_us", pa.int64()),
        ("ordered_accounts", pa.list_(pa.string())),
    ]
)


def account_truth(plan: Plan, account_ids: pa.Array) -> pa.Table:
    """Return `TRUTH`; `account_ids` in the plan's order."""
    people = plan.accounts
    outside, ordinary = people.camp < 0, people.innocent == 0
    columns = [
        pa.array(list(plan.world.people.platforms)).take(pa.array(people.platform)),
        account_ids,
        pa.array(ROLES).take(pa.array(people.role)),
        pa.array(~outside),
        pa.array(people.camp, mask=outside),
        pa.array(people.community),
        pa.array(LABELS).take(pa.array(people.innocent, mask=ordinary)),
        pa.array(people.group, mask=people.group < 0),
        pa.array(people.person),
    ]
    return pa.table(columns, schema=TRUTH)


def post_truth(plan: Plan, posts: Draft, account_ids: pa.Array) -> pa.Table:
    """Return `TRUTH_POSTS` of a day's collected posts, in their order."""
    directive = pa.array(posts["directive"].astype(np.int64), mask=posts["directive"] < 0)
    columns = [
        pa.array(list(plan.world.people.platforms)).take(pa.array(plan.accounts.platform[posts["account"]])),
        pc.cast(pa.array(posts["post_id"]), pa.string()),
        account_ids.take(pa.array(posts["account"])),
        pc.cast(directive, pa.string()),
        pa.array(LABELS).take(pa.array(posts["label"])),
        pa.array(posts["deleted"]),
    ]
    return pa.table(columns, schema=TRUTH_POSTS)


def directive_truth(plan: Plan, ids: Ints) -> pa.Table:
    """Return `TRUTH_DIRECTIVES`; `ids` are the account ids as numbers, in the plan's order."""
    rows = [
        {
            "directive_id": str(order.number),
            "camp": place.number,
            "day": order.day,
            "kind": order.kind,
            "object": _object(plan, order, ids),
            "start_us": order.start_us,
            "ordered_accounts": [str(number) for number in ids[order.ordered].tolist()],
        }
        for place in plan.workplaces
        for order in place.directives
    ]
    return pa.Table.from_pylist(rows, schema=TRUTH_DIRECTIVES)


def _object(plan: Plan, order: Directive, ids: Ints) -> str:
    if order.kind == "hashtag":
        return plan.topics.tag_names[order.target]
    if order.kind == "link":
        return f"https://{plan.sites[order.target >> 32]}/story/{order.target & 0xFFFFFFFF}"
    return str(ids[order.target])

"""What the figures mean and what they do not mean, for a reader who has to answer for them."""

from typing import Any

from syncline import words
from syncline.accounts.findings import of_accounts_alone


def build(run: dict[str, Any]) -> list[dict[str, str]]:
    """Titled paragraphs, in the order in which a lawyer would ask."""
    asked = [("What was asked", _QUESTION_OF_ACCOUNTS)] if of_accounts_alone(run) else _of_scan(run)
    after = [("What it does not mean", _NOT_MEANT), ("Before anything is published", _RIGHT_OF_REPLY)]
    return [{"title": title, "text": text} for title, text in asked + after]


def _of_scan(run: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("What was asked", _question(run)),
        ("What the error rate means", _error_rate(run)),
        ("What “named” means", _NAMED),
        ("How it was checked on this log", _checks(run)),
    ]


_QUESTION_OF_ACCOUNTS = (
    "Syncline looked for signs that the accounts of a list were made up together, in what the accounts themselves "
    "show. Whether they act together was not asked: that takes their posts. No link between accounts was tested, and "
    "no account is named."
)


def _question(run: dict[str, Any]) -> str:
    windows = words.listing([words.within(seconds) for seconds in run.get("windows_s") or []], "or")
    return (
        "Syncline looks for accounts that act on the same things (a reposted post, a URL, a hashtag, a "
        "text) "
        f"at nearly the same time{f', within {windows} of each other' if windows else ''}, and does so "
        "more often "
        "than can be explained. Two explanations are ruled out by calculation before a link between two "
        "accounts is "
        "reported. The first is chance: everybody picks what is popular, independently. The second is the "
        "crowd: on "
        "the days on which it was active, each account picks what the other accounts picked that day, at "
        "their speed, "
        "with the interests that it shares with them. News, bursts, sleep and time zones belong to the "
        "second. "
        "What is left is a link: a pair of accounts whose evidence passes. The tables and exports call it an edge. "
        "Of the objects that two accounts have in common, several that the same two posts share count as one."
    )


def _actions(run: dict[str, Any]) -> str:
    # Cases of an earlier version do not say; then it was two.
    return words.plural(run.get("actions_min") or 2, "action")


def _error_rate(run: dict[str, Any]) -> str:
    alpha = words.percent(run["settings"]["alpha"])
    accounts, pairs = run["accounts_tested"], run["pairs_tested"]
    return (
        f"{words.plural(accounts, 'account')} with {_actions(run)} or more "
        f"{words.verb(accounts, 'was', 'were')} compared, which makes {words.plural(pairs, 'pair')}. So "
        "many "
        "comparisons bring coincidences, and the threshold rises with their number. Of the links that are "
        "reported, "
        f"at most {alpha} are expected to be false (the false discovery rate, controlled by the e-BH "
        "procedure of "
        "Wang and Ramdas, 2022, which holds however the pairs depend on each other). This is an average "
        "over many "
        "logs, under the two explanations above. It is not the probability that one given account is "
        "innocent, and "
        "it does not cover explanations that were not modelled; the ladder of each network shows which "
        "were tried."
    )


_NAMED = (
    "An account is named only if its links to at least two other accounts of its network each pass by "
    "themselves, and "
    "those two are tied into the network in the same way. An account that merely sits in a network is "
    "listed apart, "
    "with the reason why it is not named; it should not be written about on the strength of this report. "
    "Two accounts "
    "that are tied to each other alone are a pair: often one person with two accounts."
)


def _checks(run: dict[str, Any]) -> str:
    copies = run.get("placebo") or []
    if copies:
        found = sum(copy["edges"] for copy in copies)
        text = (
            f"The whole scan was repeated on {words.plural(len(copies), 'copy', 'copies')} of the log in "
            "which the "
            "accounts were shuffled: activity, popularity and bursts stay, company goes. Whatever is found "
            "there is "
            f"false. {words.plural(found, 'link')} {words.verb(found, 'was', 'were')} found there in all. "
        )
    else:
        text = "The scan was not repeated on shuffled copies of the log. "
    return text + (
        "Each network was also looked for on even days alone and tested once on odd days, and the reverse: "
        "“confirmed” "
        "means that it passed. “Too little data” means that it could not have passed."
    )


_NOT_MEANT = (
    "Coordination is not inauthenticity: colleagues, fan clubs, news desks with several accounts, "
    "campaigns with "
    "prepared texts and one person with two accounts coordinate openly and legitimately. Inauthenticity is "
    "not harm. "
    "And none of them is attribution: nothing here says who runs an account, who pays for it or from "
    "where. An account "
    "that is not in this report is not thereby cleared; the log may simply show too little of it."
)

_RIGHT_OF_REPLY = (
    "Read the posts behind each link, look for the innocent explanation, and ask the people concerned. "
    "They have a right "
    "of reply: put the finding to them in terms that they can check, give them time, and publish what they "
    "say. Where "
    "wrong names could put people in danger, name the network, not the person."
)

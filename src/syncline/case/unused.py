"""What a scan did not use, and why, in sentences: for the report, the terminal and Markdown."""

from typing import Any

from syncline import words
from syncline.schema import BEHAVIOURS

_FILES_TOLD = 200
_CUSTOMS_SHOWN = 5
# Times as close on one day as on different days, from which on a custom is one to look into: people of usual hours
# alone come to about 1.
_CLOSE = 4
REASONS = {
    "duplicate": "the same post again: used once",
    "no_time": "it has no time",
    "bad_time": "its time cannot be read",
    "no_account": "it names no account",
    "broken_row": "it does not fit the file's columns",
}


def windows(run: dict[str, Any]) -> list[str]:
    """A sentence on each window that was asked for and not used."""
    return [
        f"The window of {words.within(refused['window_s'])} was not used: {_sentence_end(refused['why'])}"
        for refused in run.get("windows_refused") or []
    ]


def skipped(run: dict[str, Any]) -> list[str]:
    """A sentence on each file that was found and not read."""
    return [
        f"{file['path']} was not read: {_sentence_end(file['why'])}"
        for file in (run.get("skipped") or [])[:_FILES_TOLD]
    ]


def summary(run: dict[str, Any]) -> str:
    """What became of every row that was read, in one or two sentences."""
    rows, inputs = run["rows"], run.get("inputs") or []
    became = [_became(rows["posts"], "a post", "posts")]
    merged = sum(source.get("merged", 0) for source in inputs)
    if merged:
        became.append(
            f"{words.number(merged)} {words.verb(merged, 'was', 'were')} joined to another row's post"
        )
    profiles = sum(source.get("accounts", 0) for source in inputs)
    if profiles:
        became.append(_became(profiles, "an account", "accounts"))
    rejects, duplicates = rows["rejects"], rows["duplicates"]
    became.append(f"{words.number(rejects)} {words.verb(rejects, 'was', 'were')} not used")
    sentence = f"Of {words.plural(rows['in'], 'row')} read, {words.listing(became)}."
    if not duplicates:
        return sentence
    return (
        f"{sentence} {words.plural(duplicates, 'row')} among the unused "
        f"{words.verb(duplicates, 'repeats', 'repeat')} a post that was already there."
    )


def _became(count: int, one: str, many: str) -> str:
    return f"{words.number(count)} became {words.noun(count, one, many)}"


def unseen(run: dict[str, Any]) -> list[str]:
    """Sentences on the behaviours that were not looked at, which belong beside any answer; none without any."""
    blind = [each["behaviour"] for each in run.get("behaviours") or [] if each.get("blind")]
    asked = run["settings"].get("behaviours") or BEHAVIOURS
    left_out = [name for name in BEHAVIOURS if name not in asked]
    reasons = (("this log does not show them", blind), ("the scan was not asked to", left_out))
    return [f"Not looked at, since {why}: {words.behaviours(names)}." for why, names in reasons if names]


def behaviours(run: dict[str, Any]) -> list[str]:
    """What was not looked at or left out of each behaviour, and the customs that were no evidence."""
    sentences = []
    for entry in run.get("behaviours") or []:
        name = words.BEHAVIOUR_NOUNS.get(entry["behaviour"], entry["behaviour"]).capitalize()
        if entry.get("blind"):
            sentences.append(f"{name} were not looked at: {_sentence_end(str(entry['blind']))}")
            continue
        left_out = entry.get("left_out_objects") or 0
        if left_out:
            sentences.append(
                f"{name}: {words.plural(left_out, 'object')} of {words.number(entry['objects'])} "
                f"{words.verb(left_out, 'was', 'were')} left out before any pair was made, because so many acted on "
                f"{words.verb(left_out, 'it', 'them')} that acting together on {words.verb(left_out, 'it', 'them')} "
                "says nothing."
            )
    customs = run.get("customs") or []
    # Cases of an earlier version list all.
    sentences += _customs(customs, run.get("customs_in_all", len(customs)))
    everywhere = {entry["behaviour"] for entry in run.get("behaviours") or [] if entry.get("blind")}
    return sentences + _blind_inputs(run.get("inputs") or [], everywhere)


def _customs(customs: list[dict[str, Any]], in_all: int) -> list[str]:
    """What was no evidence because accounts come back to it day after day: those to look into, and of most accounts."""
    first = sorted(customs, key=lambda each: not _came_close(each))
    sentences = [_custom(each) for each in first[:_CUSTOMS_SHOWN]]
    more = in_all - len(sentences)
    listed = "all" if len(customs) == in_all else words.number(len(customs))
    return sentences + [f"{words.plural(more, 'more custom')} likewise; run.json has {listed} of them."] * (
        more > 0
    )


def _custom(custom: dict[str, Any]) -> str:
    noun, what = words.BEHAVIOUR_NOUNS[custom["behaviour"]].capitalize(), custom.get("name") or custom["what"]
    said = (
        f"{noun}: “{what}” is a custom of {words.plural(custom['accounts'], 'account')}, who came back to it on "
        f"{words.plural(custom['days'], 'day')}. That they meet on it was not counted as evidence."
    )
    if not _came_close(custom):
        return said
    return (
        f"{said} They came within ten minutes of each other {words.number(custom['closer'])} times as often on one day "
        "as on different days: who follows something live does so, and who waits for an order. Read their posts."
    )


def _came_close(custom: dict[str, Any]) -> bool:
    # Cases of an earlier version do not tell.
    return (custom.get("closer") or 0) >= _CLOSE


def to_look_into(customs: list[dict[str, Any]]) -> str:
    """A sentence on the customs whose accounts come when the others come; empty without any."""
    close = [each for each in customs if _came_close(each)]
    if not close:
        return ""
    count = len(close)
    return (
        f" {words.plural(count, 'custom')} of them {words.verb(count, 'is', 'are')} to be looked into, since the "
        "accounts come when the others come, be it to something live or to an order; the report lists "
        f"{words.verb(count, 'it', 'them')} first under “What was not used”."
    )


def _blind_inputs(inputs: list[dict[str, Any]], told: set[str]) -> list[str]:
    """What some files cannot show, without the behaviours already told of."""
    files: dict[tuple[str, str], list[str]] = {}
    for source in inputs:
        for blind in source.get("blind") or []:
            if blind["behaviour"] in told:
                continue
            files.setdefault((blind["behaviour"], blind["why"]), []).append(str(source["path"]))
    return [
        f"{words.BEHAVIOUR_NOUNS.get(behaviour, behaviour).capitalize()} cannot be seen in "
        f"{paths[0] if len(paths) == 1 else words.plural(len(paths), 'file')}: {_sentence_end(why)}"
        for (behaviour, why), paths in files.items()
    ]


def _sentence_end(text: str) -> str:
    return text.strip().removesuffix(".") + "."

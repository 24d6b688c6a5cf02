"""What is wrong with an English sentence that holds numbers."""

import re

_NOUNS = (
    "(?:active )?account|bio|handle|post|picture|pair|sign|text|day|hour|location|portrait|time|link|meeting|directive|"
    "author|booster|replier|platform"
)
_WRONG = (
    rf"(?<![\d,.])1 (?:comparable )?(?:{_NOUNS})s\b",
    rf"(?:(?<![\d,.])0|[2-9]|\d\d|\d,\d\d\d) (?:comparable )?(?:{_NOUNS})\b",
    r"\bof [\d,]+ (?:comparable )?accounts?, 1 do\b",
    r"^1 of [^.;]*? (?:known post mostly|location give) ",
    r"^(?!1 )[\d,]+ of [^.;]*? (?:known posts mostly|location gives) ",
    r"  |\.\.|, \.|\bnone do\b",
)


def wrong(statement: str) -> list[str]:
    """What is wrong with a statement: patterns that it must not match, and a first verb of the wrong number."""
    found = [pattern for pattern in _WRONG if re.search(pattern, statement)]
    verb = re.match(
        r"(?:A hint, no more: )?([\d,]+) of [^.;]*?\b(was|were|has|have|follows?|shows?|holds?)\b", statement
    )
    if verb and (verb[1] == "1") != verb[2].endswith("s"):
        found.append(verb[2])
    return found

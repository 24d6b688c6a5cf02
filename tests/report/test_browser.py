"""The page as its readers meet it, in headless Chromium."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import HARM, Browser, Page
from made_case import START_US, Plan

from syncline.notes import Notes, note_of

pytestmark = pytest.mark.browser

Write = Callable[[Plan], Path]

PLAN = Plan(
    networks=(10, 4),
    pairs=1,
    members_each=1,
    campaigns=True,
    notes=Notes(
        [
            note_of(kind="reply", about=["network 1"], by="A. Analyst", when="2026-01-02T03:04:05Z",
                    text="We deny it.", date="2026-01-01")
        ]
    ),
)  # fmt: skip
PERSIAN = "این متن فارسی درباره‌ی رودخانه و پل است و چند جمله دارد."
HOSTILE = (
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 2</script>",
    "<img src=x onerror='window.hacked = 3'>",
    "javascript:window.hacked=4",
    "<a href='javascript:window.hacked=5'>press</a> https://example.org/press",
    "\x1b[31mred\x1b[0m \x00 \u202eevil\u202d \u2066x\u2069 \u200b",
    "=cmd|' /C calc'!A0",
    "<!-- ${window.hacked = 6} {{window.hacked = 7}}",
    "a\u0301" * 200,
)


@pytest.fixture(scope="module")
def plain_file(report_file: Write) -> Path:
    return report_file(PLAN)


@pytest.fixture
def page(browser: Browser, plain_file: Path) -> Iterator[Page]:
    with browser.page(plain_file) as opened:
        yield opened
        assert opened.complaints() == []


def show_map(page: Page) -> None:
    page.evaluate("document.querySelector('#map').scrollIntoView({behavior: 'instant'})")
    page.wait("document.querySelector('.sigma-nodes') !== null")
    page.wait("document.querySelector('.network-labels a').style.transform !== ''")


def open_account(page: Page, index: int) -> None:
    page.evaluate(f"location.hash = '#account-{index}'")
    page.wait("document.querySelector('dialog').open")


def test_the_sections_come_in_the_order_of_the_questions(page: Page) -> None:
    order = page.evaluate("[...document.querySelectorAll('main > section')].map((section) => section.id)")
    assert order == [
        "answer", "networks", "gauges", "map", "close-up", "campaigns", "targets", "notes", "unused", "method",
        "settings",
    ]  # fmt: skip


def test_the_first_screen_says_what_who_and_how_sure(page: Page) -> None:
    page.wait("document.querySelector('td .account') !== null")
    seen = page.evaluate(
        """[...document.querySelectorAll("h1, .lead, .facts dd, td .account")]
            .filter((element) => element.getBoundingClientRect().bottom < innerHeight)
            .map((element) => element.innerText).join("\\n")"""
    )
    for needed in (
        "12 accounts act in lockstep", "Syncline read", "5%", "shuffled copies", "6 things together", "reach",
        "account_",
    ):  # fmt: skip
        assert needed in seen


def test_nothing_is_fetched_and_nothing_could_be(page: Page) -> None:
    assert [address.split(":")[0] for address in page.requests()] == ["file"]
    refused = page.evaluate("fetch('data:text/plain,hello').then(() => 'fetched', () => 'refused')")
    assert refused == "refused"
    page.evaluate(
        """new Promise((done) => {
            const script = document.createElement("script");
            script.textContent = "window.injected = true";
            document.body.append(script);
            setTimeout(done, 50);
        })"""
    )
    assert page.evaluate("window.injected") is None
    # Both refusals stand in the console; the fixture expects silence otherwise.
    assert len(page.complaints()) >= 1
    page.forget_complaints()


def test_networks_and_pairs_are_listed_apart_and_members_never_among_the_named(page: Page) -> None:
    tables = page.evaluate(
        "[...document.querySelectorAll('#networks table')].map((table) => table.innerText)"
    )
    assert "Network 1" in tables[0] and "Pair" not in tables[0]
    assert "Pair 3" in tables[1] and "Network" not in tables[1]
    named = page.evaluate("[...document.querySelectorAll('.person.named a')].map((link) => link.innerText)")
    others = page.evaluate("[...document.querySelectorAll('.person.member a')].map((link) => link.innerText)")
    assert (len(named), len(others)) == (9, 1)
    assert not set(named) & set(others)
    assert "not named: its evidence passes with one member only" in page.text(".person.member")
    first_column = page.text("#networks table td")
    assert others[0] not in re.split(r"[\s,]+", first_column)


def test_a_click_opens_the_account_and_escape_closes_it(page: Page) -> None:
    page.click("#networks td a.account")
    page.wait("document.querySelector('dialog').open")
    name = page.text("#networks td a.account")
    assert page.text("#panel-title") == name
    assert page.text(".verdict") == "Named: its evidence with 4 members passes, each on its own"
    page.key("Escape")
    page.wait("!document.querySelector('dialog').open && location.hash === ''")
    assert page.evaluate("document.activeElement.innerText") == name


def test_each_link_shows_the_posts_side_by_side_with_times_lag_and_odds(page: Page) -> None:
    open_account(page, 0)
    shown = page.text("dialog .co-action")
    assert re.search(r"2 of 4,043 accounts .* that day, these two within a minute of each other", shown)
    assert "expected with one of them: 0.004." in shown
    assert len(re.findall(r"2016-\d\d-\d\d \d\d:\d\d:\d\d UTC", shown)) == 2
    assert re.search(r"\d+ seconds (later|earlier)", shown)
    assert page.count("dialog .co-action:first-of-type .post") == 2
    assert len(re.findall(r"^post \d+-\S+$", shown, re.MULTILINE)) == 2
    left, right = page.evaluate(
        "[...document.querySelectorAll('dialog .co-action')[0].querySelectorAll('.post')]"
        ".map((post) => post.getBoundingClientRect().x)"
    )
    assert left < right


def test_the_way_from_account_to_account_leads_back(page: Page) -> None:
    open_account(page, 0)
    first = page.text("#panel-title")
    page.evaluate(
        "[...document.querySelectorAll('dialog .post a')].find((a) => !a.href.endsWith('account-0')).click()"
    )
    page.wait(f"document.querySelector('#panel-title').innerText !== {first!r}")
    page.evaluate("history.back()")
    page.wait(f"document.querySelector('#panel-title').innerText === {first!r}")


def test_an_account_that_is_not_there_opens_nothing(page: Page) -> None:
    page.evaluate("location.hash = '#account-99999'")
    page.evaluate("location.hash = '#network-99999'")
    assert not page.evaluate("document.querySelector('dialog').open")


def test_the_close_up_follows_the_choice(page: Page) -> None:
    assert "Network 1" in page.text(".close-up h3")
    page.click("#networks a[href='#network-2']")
    page.wait("document.querySelector('.close-up h3').innerText === 'Network 2'")
    assert page.count(".timeline canvas") == 2
    assert page.evaluate("document.querySelector('#close-up-network').value") == "2"
    assert page.count(".ladder li") == 7
    assert "links left" in page.text(".ladder li")


def test_the_timeline_says_its_figures_in_words(page: Page) -> None:
    page.click(".timeline summary")
    assert re.search(
        r"\d+ \w+ 2016: \d+ posts? by Network 1, \d+ by everyone else", page.text(".timeline ul")
    )
    page.evaluate("document.querySelector('.plot').scrollIntoView({block: 'center', behavior: 'instant'})")
    box = page.evaluate(
        "(() => { const box = document.querySelector('.u-over').getBoundingClientRect();"
        " return [box.x + box.width / 3, box.y + 20]; })()"
    )
    page.move(*box)
    page.wait("document.querySelector('.readout').innerText.includes('by Network 1')")


# Where the first timeline is painted in the network's colour, as shares of the plot's width.
PAINTED = """(() => {
    const canvas = document.querySelector(".plot canvas"), plot = document.querySelector(".plot .u-over");
    const from = plot.getBoundingClientRect().x - canvas.getBoundingClientRect().x;
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const columns = new Set();
    for (let place = 0; place < pixels.length; place += 4) {
        if (pixels[place] === 11 && pixels[place + 1] === 96 && pixels[place + 2] === 115) {
            columns.add((((place / 4) % canvas.width) - from) / plot.offsetWidth);
        }
    }
    return columns.size > 0 ? [Math.min(...columns), Math.max(...columns)] : null;
})()"""


@pytest.mark.parametrize(
    ("run", "first", "last"),
    [
        # One post of the pair just before noon, one at noon: two hours, each with a bar.
        ({}, 0.0, 0.925),
        ({"first_us": START_US, "last_us": START_US}, 0.0, 0.85),
    ],
)
def test_the_timeline_reaches_to_the_end_of_its_last_bar(
    browser: Browser, report_file: Write, run: dict[str, int], first: float, last: float
) -> None:
    plan = Plan(networks=(), pairs=1, co_actions_each=1, posts_each=0, bystanders=0, run=run)
    with browser.page(report_file(plan)) as page:
        page.wait(f"document.querySelector('.plot canvas') !== null && {PAINTED} !== null")
        assert page.evaluate(PAINTED) == pytest.approx([first, last], abs=0.01)
        page.evaluate(
            "document.querySelector('.plot').scrollIntoView({block: 'center', behavior: 'instant'})"
        )
        x, y, width = page.evaluate(
            "(() => { const box = document.querySelector('.u-over').getBoundingClientRect();"
            " return [box.x, box.y, box.width]; })()"
        )
        page.move(x + width * 0.9, y + 20)
        page.wait("document.querySelector('.readout').innerText.startsWith('3 January 2016, 12:00 UTC: ')")


def test_the_map_is_drawn_and_a_point_on_it_opens_its_account(page: Page) -> None:
    show_map(page)
    accent, faded = (11, 96, 115), (231, 227, 219)
    with pytest.raises(AssertionError, match="231, 227, 219"):
        page.find_colour(".stage", faded)
    x, y = page.find_colour(".stage", accent)
    page.move(x, y)
    page.wait("document.querySelector('.stage').classList.contains('pointing')")
    page.find_colour(".stage", faded)  # whoever is no neighbour steps back
    page.click_at(x, y)
    page.wait("document.querySelector('dialog').open")
    assert page.text(".verdict").startswith("Named: ")


def test_a_small_map_is_drawn_before_anybody_scrolls_to_it(page: Page) -> None:
    page.wait("document.querySelector('.sigma-nodes') !== null")
    assert page.evaluate("window.scrollY") == 0


def test_the_map_moves_by_keyboard_and_by_buttons(page: Page) -> None:
    show_map(page)
    where = "document.querySelector('.network-labels a').style.transform"
    before = page.evaluate(where)
    page.evaluate("document.querySelector('.stage').focus()")
    page.key("ArrowRight")
    page.wait(f"{where} !== {before!r}")
    page.key("0")
    page.wait(f"{where} === {before!r}")
    page.click("button[aria-label='Enlarge']")
    page.wait(f"{where} !== {before!r}")


def test_the_map_can_be_dragged(page: Page) -> None:
    show_map(page)
    where = "document.querySelector('.network-labels a').style.transform"
    before = page.evaluate(where)
    x, y = page.evaluate(
        "(() => { const box = document.querySelector('.stage').getBoundingClientRect();"
        " return [box.x + 15, box.y + 15]; })()"
    )
    page.drag((x, y), (x + 80, y + 40))
    page.wait(f"{where} !== {before!r}")


def test_search_finds_an_account_by_keyboard_alone(page: Page) -> None:
    show_map(page)
    page.evaluate("document.querySelector('#search').focus()")
    page.write("@ACCOUNT_3")
    page.wait("document.querySelector('.found a') !== null")
    assert page.text("[role=status]") == "1 account found"
    page.key("Tab")
    page.key("Enter")
    page.wait("document.querySelector('dialog').open")
    assert page.text("#panel-title") == "account_3"
    page.key("Escape")
    page.key("Escape")
    page.wait("document.querySelector('.found').hidden")


def test_without_webgl_there_is_a_message_and_a_list(
    browser_without_webgl: Browser, plain_file: Path
) -> None:
    with browser_without_webgl.page(plain_file) as page:
        page.evaluate("document.querySelector('#map').scrollIntoView({behavior: 'instant'})")
        page.wait("document.querySelector('.no-webgl') !== null")
        assert "no WebGL" in page.text(".no-webgl")
        assert page.count(".no-webgl li") == 16
        page.click(".no-webgl li a")
        page.wait("document.querySelector('dialog').open")
        assert page.complaints() == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_of_the_window(browser: Browser, report_file: Write, width: int) -> None:
    plan = Plan(networks=(4,), pairs=1, members_each=1, names=("a" * 300, PERSIAN * 3), texts=("x" * 900,))
    with browser.page(report_file(plan), width=width, height=800) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        open_account(page, 0)
        assert page.evaluate("document.querySelector('dialog').scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_its_ground(browser: Browser, plain_file: Path, dark: bool) -> None:
    with browser.page(plain_file, dark=dark) as page:
        open_account(page, 0)
        assert page.evaluate(_CONTRASTS) == []


def test_persian_runs_from_right_to_left_and_names_are_isolated(browser: Browser, report_file: Write) -> None:
    plan = Plan(networks=(4,), names=("علی_رضایی", "account"), texts=(PERSIAN,))
    with browser.page(report_file(plan)) as page:
        assert page.evaluate("getComputedStyle(document.querySelector('.post > p[dir]')).direction") == "rtl"
        assert page.text(".post > p[dir]") == PERSIAN
        outside = page.evaluate(
            "[...document.querySelectorAll('a.account')].filter((a) => !a.querySelector('bdi')).length"
        )
        assert outside == 0
        assert (
            page.evaluate("getComputedStyle(document.querySelector('a.account bdi')).unicodeBidi")
            == "isolate"
        )
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "ltr"


def test_an_answer_runs_in_the_direction_of_its_words_and_not_of_the_name_it_begins_with(
    browser: Browser, report_file: Write
) -> None:
    for answer in (f"@somebody https://example.org/a {PERSIAN}", f"RT @somebody: {PERSIAN}"):
        with browser.page(report_file(Plan(networks=(4,), texts=(answer,)))) as page:
            assert page.text(".post > p[dir]") == answer
            assert (
                page.evaluate("getComputedStyle(document.querySelector('.post > p[dir]')).direction") == "rtl"
            )


def test_hostile_strings_are_shown_and_do_nothing(browser: Browser, report_file: Write) -> None:
    bad = HOSTILE[1]
    plan = Plan(
        networks=(6,),
        pairs=1,
        members_each=2,
        names=HOSTILE,
        texts=HOSTILE,
        platform=bad,
        statement=bad,
        campaigns=True,
        synchronous=6,
        notes=Notes(
            [
                note_of(
                    kind="organisation",
                    about=["x:1000"],
                    by=bad,
                    when="2026-01-02T03:04:05Z",
                    name=text,
                    text=text,
                    link="https://e.example/" + text,
                )
                for text in HOSTILE
            ]
        ),
        run={
            "notes": [bad],
            "engine": bad,
            "outcome_why": bad,
            "windows_refused": [{"window_s": 1.0, "why": bad}],
            "inputs": [
                {"path": bad, "sha256": bad, "bytes": 1, "format": bad, "rows": 1, "posts": 1}
                | {"blind": [{"behaviour": bad, "why": bad}]}
            ],
        },
    )
    with browser.page(report_file(plan)) as page:
        show_map(page)
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        for index in range(8):
            open_account(page, index)
            assert page.evaluate(HARM) == []
            page.key("Escape")
            page.wait("!document.querySelector('dialog').open")
        assert page.complaints() == []
        shown = page.evaluate("document.querySelector('main').textContent")
    for text in HOSTILE[:5] + HOSTILE[6:8]:
        assert text in shown
    for code in ("U+202E", "U+202D", "U+2066", "U+2069", "U+001B", "U+0000", "U+200B"):
        assert code in shown


def test_a_group_in_the_same_second_stands_apart_and_names_nobody(
    browser: Browser, report_file: Write
) -> None:
    with browser.page(
        report_file(Plan(networks=(4,), bystanders=3, synchronous=6)), width=360, height=800
    ) as page:
        assert "1 group of accounts came" in page.text("#answer")
        page.evaluate("document.querySelector('#synchronous details').open = true")
        said = page.text("#synchronous")
        assert "Nobody is named for it" in said
        assert "7 of the 200 accounts that came in the hour" in said
        assert "at most 1 in 1 trillion" in said
        assert said.count("in 3 of 3 moments") == 6
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.complaints() == []


@pytest.mark.parametrize(
    ("outcome", "why", "headline", "sentence"),
    [
        ("nothing found", "", "Nothing found", "Nothing found. In a log without any coordination"),
        ("insufficient data", "Only 4 accounts act twice.", "Insufficient data", "Insufficient data: Only 4"),
    ],
)
def test_an_empty_answer_is_a_whole_report(
    browser: Browser, report_file: Write, outcome: str, why: str, headline: str, sentence: str
) -> None:
    plan = Plan(networks=(), run={"outcome": outcome, "outcome_why": why})
    with browser.page(report_file(plan)) as page:
        assert page.text("h1") == headline
        assert sentence in page.text("#answer")
        order = page.evaluate("[...document.querySelectorAll('main > section')].map((section) => section.id)")
        assert order == ["answer", "unused", "method", "settings"]
        assert page.complaints() == []


def test_every_control_is_reached_by_tab_and_shows_where_it_is(page: Page) -> None:
    page.key("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    wanted = page.evaluate(
        """[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
            .filter((e) => e.tabIndex >= 0 && e.checkVisibility() && !e.closest("dialog")).length"""
    )
    reached, plain = set(), []
    for _ in range(wanted + 5):
        place, ringed = page.evaluate(
            """(() => {
                const e = document.activeElement;
                const all = [...document.querySelectorAll("*")];
                return [all.indexOf(e), getComputedStyle(e).outlineStyle !== "none"];
            })()"""
        )
        reached.add(place)
        if not ringed:
            plain.append(place)
        page.key("Tab")
    assert len(reached) >= wanted
    body = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.body)")
    assert [place for place in plain if place != body] == []


def test_what_they_did_follows_the_choice_and_unfolds_to_posts(page: Page) -> None:
    assert "Network 1" in page.text("#campaigns h3")
    assert page.count("#campaigns .grid li") == 2
    page.click("#campaigns .directive summary")
    page.wait("document.querySelector('#campaigns .directive .post') !== null")
    shown = page.text("#campaigns .directive")
    assert "half of 10 accounts within 1 minute 30 seconds of the first" in shown
    assert page.count("#campaigns .directive[open] polyline") == 1
    page.evaluate("location.hash = '#network-2'")
    page.wait("document.querySelector('#campaigns h3').innerText === 'Network 2'")
    assert page.evaluate("document.querySelector('#campaigns-network').value") == "2"
    assert "2 authors, 1 booster and 1 of mixed role" in page.text("#campaigns")


def test_the_gauges_stand_apart_with_what_was_checked_and_the_right_of_reply(page: Page) -> None:
    titles = page.evaluate(
        "[...document.querySelectorAll('#gauges article:first-of-type h4')].map((e) => e.innerText)"
    )
    assert titles[:4] == ["Coordination", "Authenticity", "Source", "Impact"]
    shown = page.text("#gauges")
    assert "does not apply" in shown and "not known" in shown
    assert "We deny it." in page.text("#gauges .written") and "A. Analyst" in page.text("#gauges .written")


def test_a_targets_page_can_be_printed_by_itself(page: Page) -> None:
    page.evaluate("window.print = () => {}")
    page.click("#targets .target summary")
    page.wait("document.querySelector('.target .post') !== null")
    assert "post 1000-own-0" in page.text(".target .episode")
    page.call("Emulation.setEmulatedMedia", media="print")
    page.evaluate("document.querySelector('.target button').click()")
    seen = page.evaluate(
        "[...document.querySelectorAll('main > section, .target')].filter((e) => e.checkVisibility()).map((e) => e.id)"
    )
    assert seen == ["targets", "target-0"]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert "answer" in page.evaluate(
        "[...document.querySelectorAll('main > section')].filter((e) => e.checkVisibility()).map((e) => e.id)"
    )


def test_on_paper_every_network_is_there_and_no_control_is(page: Page) -> None:
    page.call("Emulation.setEmulatedMedia", media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait("document.querySelector('#close-up .print-only').innerText.includes('Network 2')")
    visible = page.evaluate(
        "[...document.querySelectorAll('nav, button, input, select, #map')]"
        ".filter((e) => e.checkVisibility()).length"
    )
    assert visible == 0
    assert "12 accounts act in lockstep" in page.text("main")
    assert page.evaluate("document.querySelectorAll('#close-up .person').length") == 10 + 4
    # Handles change hands, so that paper has ids; and the posts of each network's strongest link.
    assert re.search(r"\bx 10\d\d · \d+ links", page.text("#close-up .person"))
    assert page.evaluate("document.querySelectorAll('#close-up .print-only .co-action .post-id').length") == 6
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelector('#close-up .print-only').childElementCount") == 0
    assert len(page.call("Page.printToPDF")["data"]) > 20_000


def test_paper_leaves_no_network_out_and_counts_what_it_leaves_out(
    browser: Browser, report_file: Write
) -> None:
    plan = Plan(networks=(25, 4, 4, 4, 4, 4), campaigns=True)
    with browser.page(report_file(plan)) as page:
        titles = "[...document.querySelectorAll('{} h3')].filter((e) => e.checkVisibility()).map((e) => e.innerText)"
        assert len(page.evaluate(titles.format("#gauges"))) == 3
        page.call("Emulation.setEmulatedMedia", media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        everyone = [f"Network {number}" for number in range(1, 7)]
        for section in ("#gauges", "#campaigns"):
            assert sorted(page.evaluate(titles.format(section))) == everyone
        # The first 20 of the roles and the strongest links stand on paper, and how many others there are.
        assert "5 more: not printed here" in page.text("#campaigns")
        assert "more: not printed here" in page.text("#close-up")
        assert "not printed" not in page.text("#gauges")
        page.call("Emulation.setEmulatedMedia", media="screen")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert "not printed" not in page.text("main")
        assert page.evaluate(titles.format("#campaigns")) == ["Network 1"]
        assert page.complaints() == []


def test_a_note_says_what_it_is_about(page: Page) -> None:
    assert (
        page.evaluate("[...document.querySelectorAll('#notes a')].map((e) => e.innerText)")[0] == "Network 1"
    )
    assert "About Network 1" in page.text("#notes .written")


# Elements whose own text stands out less than 4.5 to 1 (large text: 3 to 1) from its ground: WCAG 2.2, AA.
_CONTRASTS = """(() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = (colour) => {
        const [r, g, b] = channels(colour).slice(0, 3).map((c) => {
            const share = c / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if ((channels(colour)[3] ?? 1) === 1) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const found = [];
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
        if (!own || !element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        const [a, b] = [light(style.color), light(ground(element))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const large = parseFloat(style.fontSize) >= 24;
        if (ratio < (large ? 3 : 4.5)) found.push(element.textContent.slice(0, 40) + " " + ratio.toFixed(2));
    }
    return found;
})()"""


def test_printing_lists_every_account_and_leaves_the_focus_where_it_is(
    browser: Browser, report_file: Write
) -> None:
    with browser.page(report_file(Plan(networks=(60,)))) as page:
        page.evaluate("document.querySelector('#close-up-network').focus()")
        assert page.count("#close-up .person") == 24
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.count("#close-up .person") == 60
        assert page.evaluate("document.activeElement.id") == "close-up-network"

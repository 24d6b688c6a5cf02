import type { Claim, Figure, Gauge, Sign } from "../payload";
import { type Report, accountLink } from "../report";
import { NETWORKS_ON_PAPER, foreign, h, table, unfolding, wide } from "../dom";
import { at, slice, svg } from "../svg";
import { number, plural } from "../words";

const GAUGES_FIRST = 5;
const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const SLOT = "…";
const ACCOUNTS_FIRST = 24;

/** What the accounts themselves show: for each network how many signs were found, and each with what it rests on. */
export function signs(report: Report): HTMLElement | null {
  const data = report.data.signs;
  if (!data || data.gauges.length === 0) return null;
  return h(
    "section",
    { id: "signs" },
    h("h2", {}, "What the accounts themselves show"),
    ...data.introduction.map((sentence) => h("p", {}, sentence)),
    unfolding(data.gauges, GAUGES_FIRST, `Show all ${number(data.gauges.length)}`, (gauge) => one(report, gauge), NETWORKS_ON_PAPER),
  );
}

function one(report: Report, gauge: Gauge): HTMLElement {
  const found = gauge.signs.filter((sign) => sign.state === "found");
  const others = gauge.signs.filter((sign) => sign.state !== "found");
  return h(
    "article",
    { class: "gauge", id: gauge.network === null ? "signs-whole" : `signs-${gauge.network}` },
    h("h3", {}, gauge.network === null ? gauge.label : h("a", { href: `#network-${gauge.network}` }, gauge.label)),
    meter(gauge),
    h("p", {}, gauge.sentence),
    gauge.compared !== "" && h("p", { class: "hint" }, gauge.compared),
    ...found.map((sign) => foundSign(report, sign)),
    others.length > 0 && h("details", { class: "quiet" }, h("summary", {}, "Signs that were not found, or could not be tested"), rest(others)),
  );
}

/** One cell a sign: filled, empty or dashed. Never a score. */
function meter(gauge: Gauge): HTMLElement {
  return h(
    "ul",
    { class: "meter plain", "aria-label": "Signs looked for" },
    ...gauge.signs.map((sign) => h("li", { class: `is-${sign.state.replace(" ", "-")}` }, sign.title, h("span", { class: "visually-hidden" }, `: ${sign.state}`))),
  );
}

function foundSign(report: Report, sign: Sign): HTMLElement {
  return h(
    "div",
    { class: "sign" },
    h("h4", {}, sign.title),
    ...sign.claims.map((claim) => claimed(report, claim)),
    sign.figure && drawn(sign.figure),
    h("p", { class: "innocent" }, sign.innocent),
  );
}

function claimed(report: Report, claim: Claim): HTMLElement {
  return h(
    "div",
    { class: "claim" },
    foreign(claim.statement, "p"),
    claim.shares && beside(claim.shares),
    claim.chance !== "" && h("p", { class: "hint" }, claim.chance),
    claim.accounts.length > 0 &&
      h(
        "details",
        { class: "quiet" },
        h("summary", {}, plural(claim.accounts.length, "account")),
        unfolding(claim.accounts, ACCOUNTS_FIRST, `Show all ${number(claim.accounts.length)}`, (index) => accountLink(report, index)),
      ),
    claim.people.length > 0 && people(claim),
  );
}

function people({ people, more }: Claim): HTMLElement {
  return h(
    "details",
    { class: "quiet" },
    h("summary", {}, plural(people.length + more, "account")),
    unfolding(people, ACCOUNTS_FIRST, `Show all ${number(people.length)}`, ([name, id]) =>
      h("span", {}, foreign(name), name !== id && h("span", { class: "who" }, " ", foreign(id))),
    ),
    more > 0 && h("p", { class: "hint" }, `and ${number(more)} more, in findings.parquet.`),
  );
}

/** The group's share above that of the comparable accounts. */
function beside([count, of, others, othersOf]: NonNullable<Claim["shares"]>): HTMLElement {
  const row = (label: string, some: number, all: number, kind: string) => {
    const bar = h("span", { class: `bar ${kind}` });
    bar.style.width = `${all > 0 ? (100 * some) / all : 0}%`;
    return h(
      "li",
      {},
      h("span", { class: "who" }, label),
      h("span", { class: "track", "aria-hidden": "true" }, bar),
      h("span", { class: "left" }, `${number(some)} of ${number(all)}`),
    );
  };
  return h("ul", { class: "beside plain" }, row("These accounts", count, of, ""), row("Comparable ones", others, othersOf, "quiet-bar"));
}

function rest(signs: Sign[]): HTMLElement {
  return h("ul", {}, ...signs.map((sign) => h("li", {}, h("b", {}, sign.title), ": ", ...sign.claims.map((claim) => foreign(claim.statement)))));
}

function drawn(figure: Figure): HTMLElement {
  return h("figure", {}, picture(figure), h("figcaption", { class: "hint" }, figure.caption));
}

function picture(figure: Figure): HTMLElement {
  switch (figure.kind) {
    case "histogram":
      return histogram(figure);
    case "week":
      return week(figure);
    case "templates":
      return templates(figure);
    case "handles":
      return h("div", {}, ...figure.examples.map((some) => h("p", { class: "examples" }, ...some.map((handle) => h("span", {}, foreign(handle))))));
    case "portraits":
      return portraits(figure);
    case "pairs":
      return h("ul", {}, ...figure.pairs.map((pair) => h("li", {}, foreign(pair.a), " and ", foreign(pair.b), `: ${pair.words}`)));
  }
}

function histogram(figure: Extract<Figure, { kind: "histogram" }>): HTMLElement {
  const [width, above, below] = [600, 110, 60];
  const step = width / Math.max(1, figure.accounts.length);
  const most = Math.max(1, ...figure.accounts);
  const mostOthers = Math.max(1, ...figure.others);
  const others = figure.others.some((count) => count > 0);
  const bars = (counts: number[], kind: string, of: number, height: number, down: boolean) =>
    counts.map((count, bin) => {
      const tall = (height * count) / of;
      return svg("rect", { class: kind, x: (bin * step).toFixed(2), y: down ? above : above - tall, width: Math.max(0.8, step - 0.6).toFixed(2), height: tall });
    });
  const marks = figure.batches.map(([first, last]) =>
    svg("rect", { class: "batch", x: (first * step - 1.5).toFixed(2), y: 0, width: ((last - first + 1) * step + 2.4).toFixed(2), height: above }),
  );
  const drawing = svg(
    "svg",
    { viewBox: `0 -14 ${width} ${above + (others ? below : 0) + 16}`, role: "img", "aria-label": figure.caption, class: "histogram" },
    ...marks,
    ...bars(figure.accounts, "own", most, above, false),
    ...(others ? bars(figure.others, "other", mostOthers, below, true) : []),
    svg("line", { x1: 0, x2: width, y1: above, y2: above }),
  );
  return h(
    "div",
    { class: "drawing" },
    h("div", { class: "scale" }, h("span", {}, `highest bar: ${number(most)}`), others && h("span", {}, `below: ${number(mostOthers)}`)),
    drawing as unknown as HTMLElement,
    h("div", { class: "scale" }, h("span", {}, figure.first), h("span", {}, figure.last)),
  );
}

function week(figure: Extract<Figure, { kind: "week" }>): HTMLElement {
  const byHour = (posts: number[]) => shares(Array.from({ length: 24 }, (_, hour) => DAYS.reduce((sum, _day, day) => sum + (posts[day * 24 + hour] ?? 0), 0)));
  const byDay = (posts: number[]) => shares(DAYS.map((_, day) => posts.slice(day * 24, day * 24 + 24).reduce((sum, count) => sum + count, 0)));
  return h("div", { class: "week" }, wheel(byHour(figure.posts), byHour(figure.others), figure), days(byDay(figure.posts), byDay(figure.others)));
}

function shares(counts: number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (all > 0 ? count / all : 0));
}

const [HUB, RIM] = [26, 92];

function wheel(own: number[], others: number[], figure: Extract<Figure, { kind: "week" }>): HTMLElement {
  const most = Math.max(1e-9, ...own, ...others);
  const reach = (share: number) => HUB + ((RIM - HUB) * share) / most;
  const line = others.map((share, hour) => at(hour + 0.5, reach(share))).join("L");
  const hours = [0, 3, 6, 9, 12, 15, 18, 21];
  const drawing = svg(
    "svg",
    { viewBox: "-112 -112 224 224", role: "img", "aria-label": figure.caption, class: "wheel" },
    svg("circle", { r: HUB }),
    svg("circle", { r: RIM }),
    ...own.map((share, hour) => svg("path", { class: "own", d: slice(hour + 0.06, hour + 0.94, HUB, reach(share)) })),
    ...(others.some((share) => share > 0) ? [svg("path", { class: "line", d: `M${line}Z` })] : []),
    ...(figure.break === null ? [] : [svg("path", { class: "noon", d: `M${at(figure.break, HUB - 12)}L${at(figure.break, RIM + 4)}` })]),
    ...hours.map((hour) => {
      const [x = "0", y = "0"] = at(hour, 103).split(",");
      return svg("text", { x, y, "text-anchor": "middle", "dominant-baseline": "central" }, String(hour).padStart(2, "0"));
    }),
  );
  return h("div", {}, drawing as unknown as HTMLElement, figure.break !== null && h("p", { class: "hint" }, "Dashed: the break."));
}

function days(own: number[], others: number[]): HTMLElement {
  const most = Math.max(1e-9, ...own, ...others);
  const bar = (share: number, kind: string) => {
    const filled = h("span", { class: `bar ${kind}` });
    filled.style.width = `${(100 * share) / most}%`;
    return h("span", { class: "track" }, filled);
  };
  return h(
    "ul",
    { class: "days plain" },
    ...DAYS.map((day, place) =>
      h(
        "li",
        {},
        h("span", { class: "who" }, day),
        h("span", { class: "two", "aria-hidden": "true" }, bar(own[place] ?? 0, ""), bar(others[place] ?? 0, "quiet-bar")),
        h("span", { class: "who" }, `${Math.round(100 * (own[place] ?? 0))}% · ${Math.round(100 * (others[place] ?? 0))}%`),
      ),
    ),
  );
}

function templates(figure: Extract<Figure, { kind: "templates" }>): HTMLElement {
  const word = (text: string) => (text === SLOT ? h("span", { class: "slot" }, h("span", { class: "visually-hidden" }, "anything")) : foreign(text));
  return h(
    "div",
    {},
    ...figure.templates.map((template) => h("p", { class: "template", dir: direction(template.join(" ")) }, ...template.flatMap((text) => [word(text), " "]))),
    figure.words.length > 0 &&
      wide(
        "Words more frequent than elsewhere",
        table(
          "Words more frequent than elsewhere",
          ["Word", "Of these accounts", "Of comparable ones"],
          figure.words.map(([text, count, others]) => [foreign(text), number(count), number(others)]),
          [1, 2],
        ),
      ),
  );
}

/** That of the first letter. "auto" would not see it: each word is isolated. */
function direction(text: string): "rtl" | "ltr" {
  const letter = text.match(/\p{L}/u)?.[0] ?? "";
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(letter) ? "rtl" : "ltr";
}

function portraits(figure: Extract<Figure, { kind: "portraits" }>): HTMLElement {
  return h(
    "ul",
    { class: "sheet plain" },
    ...figure.pictures.map((each) =>
      h(
        "li",
        {},
        each.thumbnail !== null && each.thumbnail.startsWith("data:image/jpeg;base64,") && h("img", { src: each.thumbnail, alt: "", width: "64", height: "64" }),
        h("span", { class: "who" }, foreign(each.name)),
        h("span", { class: "who" }, each.words),
      ),
    ),
  );
}

import type { Dial, Gauges, Network, Note } from "../payload";
import type { Report } from "../report";
import { type Child, NETWORKS_ON_PAPER, foreign, h, unfolding } from "../dom";
import { plural } from "../words";

const NETWORKS_FIRST = 3;
const STATES = new Map([
  ["true", "applies"],
  ["false", "does not apply"],
  ["null", "not known"],
]);

/** Four questions on each network, kept apart: never a sum, never a verdict. */
export function gauges(report: Report): HTMLElement | null {
  const networks = report.data.networks.filter((network) => network.kind === "network");
  if (networks.length === 0) return null;
  return h(
    "section",
    { id: "gauges" },
    h("h2", {}, "Gauges"),
    h("p", {}, "Four questions, answered apart and never added up. Beside each stand the innocent explanations that were checked, and what that found."),
    unfolding(networks, NETWORKS_FIRST, `Show all ${plural(networks.length, "network")}`, (network) => one(report, network), NETWORKS_ON_PAPER),
  );
}

function one(report: Report, network: Network): HTMLElement {
  const found = report.data.gauges[String(network.id)];
  if (!found) return h("div", {});
  return h(
    "article",
    { class: "dials" },
    h("h3", {}, h("a", { href: `#network-${network.id}` }, network.label)),
    h("div", { class: "dial-row" }, ...dials(report, network, found)),
    ...report.data.notes.filter((note) => note.networks.includes(network.id)).map((note) => written(note)),
  );
}

function dials(report: Report, network: Network, found: Gauges): HTMLElement[] {
  const signs = report.data.signs?.gauges.find((gauge) => gauge.network === network.id);
  return [
    dial("Coordination", "Do they act together?", found.coordination),
    h(
      "div",
      { class: "dial" },
      head("Authenticity", "Are the accounts what they seem?"),
      h("p", {}, signs ? signs.sentence : "Nothing was looked for on the accounts themselves."),
      signs !== undefined && h("p", {}, h("a", { href: `#signs-${network.id}` }, "The signs, one by one")),
    ),
    dial("Source", "Who says that they belong to it?", found.source),
    dial("Impact", "Did anybody outside listen?", found.impact),
  ];
}

function dial(title: string, question: string, shown: Dial): HTMLElement {
  return h(
    "div",
    { class: "dial" },
    head(title, question),
    ...shown.statements.map((statement) => foreign(statement, "p")),
    shown.explanations.length > 0 &&
      h(
        "ul",
        { class: "checked plain" },
        ...shown.explanations.map((entry) =>
          h("li", { class: `is-${String(entry.applies)}` }, h("span", { class: "state" }, STATES.get(String(entry.applies)) ?? ""), foreign(entry.statement)),
        ),
      ),
  );
}

function head(title: string, question: string): HTMLElement {
  return h("header", {}, h("h4", {}, title), h("p", { class: "hint" }, question));
}

/** What an analyst wrote, with who and when; `networks` say which it is about, where nothing above it does. */
export function written(note: Note, networks: HTMLElement[] = []): HTMLElement {
  return h(
    "div",
    { class: "written" },
    h("p", { class: "who" }, h("b", {}, note.title), " · ", foreign(note.by), ` · ${note.when}`),
    networks.length > 0 && h("p", { class: "who" }, note.about.length > 0 ? "In " : "About ", ...between(networks)),
    note.about.length > 0 && h("p", { class: "who" }, "About ", ...between(note.about.map((about) => foreign(about)))),
    note.name !== "" && foreign(note.name, "p"),
    note.text !== "" && foreign(note.text, "p"),
    note.link !== "" && h("p", { class: "object" }, foreign(note.link)),
    note.lost && h("p", { class: "hint" }, "The network that it is about is not in this case any more."),
  );
}

function between(nodes: HTMLElement[]): Child[] {
  return nodes.flatMap((node, place) => (place > 0 ? [", ", node] : [node]));
}

import type { Network } from "../payload";
import { type Report, accountLink } from "../report";
import { type Child, foreign, h, table, wide } from "../dom";
import { number } from "../words";

const NAMES_SHOWN = 3;

export function networks(report: Report): HTMLElement | null {
  const rows = report.data.networks;
  if (rows.length === 0) return null;
  const kinds = (kind: Network["kind"]) => rows.filter((network) => network.kind === kind);
  const pairs = kinds("pair");
  return h(
    "section",
    { id: "networks" },
    h("h2", {}, "Networks"),
    kinds("network").length > 0
      ? wide("Networks", networkTable(report, kinds("network")))
      : h("p", {}, "No network of three accounts or more was found."),
    pairs.length > 0 && h("h3", { id: "pairs" }, "Pairs, listed apart"),
    pairs.length > 0 &&
      h("p", { class: "hint" }, "Two accounts tied to each other alone: often one person with two accounts. Nobody in a pair is named."),
    pairs.length > 0 && wide("Pairs", pairTable(report, pairs)),
    ...report.data.left_out.map((sentence) => h("p", { class: "hint" }, sentence)),
    report.data.left_out.length > 0 &&
      h("p", { class: "hint" }, "The case holds all of it: ", h("code", {}, "syncline explain"), " shows any account or network."),
  );
}

function networkTable(report: Report, rows: Network[]): HTMLElement {
  return table(
    "Networks, the ones with most named accounts first",
    ["Network", "Accounts", "Named", "Chance of a typical link, at most", "Acting through", "Active", "Confirmed", "Innocent explanations that apply"],
    rows.map((network) => [
      h("div", {}, h("a", { href: `#network-${network.id}`, class: "strong" }, network.label), who(report, network)),
      number(network.size),
      number(network.named),
      evidence(network),
      network.by,
      active(network),
      network.confirmed,
      innocent(network),
    ]),
    [1, 2],
  );
}

function pairTable(report: Report, rows: Network[]): HTMLElement {
  return table(
    "Pairs, the strongest first",
    ["Pair", "Accounts", "Chance, at most", "Acting through", "Active", "Innocent explanations that apply"],
    rows.map((network) => [
      h("a", { href: `#network-${network.id}`, class: "strong" }, network.label),
      names(report, report.accountsOf.get(network.id) ?? []),
      evidence(network),
      network.by,
      active(network),
      innocent(network),
    ]),
  );
}

/** Only named accounts are listed by name here; members that are not named stand in the close-up. */
function who(report: Report, network: Network): Child {
  const named = (report.accountsOf.get(network.id) ?? []).filter((index) => report.account(index).named);
  if (named.length === 0) return h("div", { class: "who" }, "no account named");
  const rest = network.named - Math.min(named.length, NAMES_SHOWN);
  return h("div", { class: "who" }, names(report, named.slice(0, NAMES_SHOWN)), rest > 0 && ` and ${number(rest)} more`);
}

function names(report: Report, indices: number[]): HTMLElement {
  const list = h("span", {});
  indices.forEach((index, place) => list.append(place > 0 ? ", " : "", accountLink(report, index)));
  return list;
}

function evidence(network: Network): HTMLElement {
  return h("div", {}, network.evidence, h("div", { class: "who" }, `log10 e ${network.log10_e.toFixed(1)}`));
}

function active(network: Network): HTMLElement {
  return h("div", {}, network.active, h("div", { class: "who" }, `on ${network.days}`));
}

function innocent(network: Network): HTMLElement {
  const apply = network.explanations.filter((explanation) => explanation.applies);
  if (apply.length === 0) {
    return h("span", { class: "who" }, network.explanations.length > 0 ? "none of those checked" : "not checked");
  }
  return h("ul", { class: "plain" }, ...apply.map((explanation) => h("li", {}, foreign(explanation.statement))));
}

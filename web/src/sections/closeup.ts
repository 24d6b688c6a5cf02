import type { Network } from "../payload";
import { type Report, accountLink } from "../report";
import { NETWORKS_ON_PAPER, foreign, h, notPrinted, unfolding } from "../dom";
import { number, plural } from "../words";
import { linkDetails } from "./links";
import { Timelines } from "./timeline";

const ACCOUNTS_FIRST = 24;
const LINKS_FIRST = 5;

/** One network at a time: its timeline, its ladder of explanations, its accounts, its strongest links. */
export class CloseUp {
  readonly element: HTMLElement;
  private readonly body = h("div", { class: "close-up" });
  private readonly printed = h("div", { class: "print-only" });
  private readonly choice: HTMLSelectElement;
  private timelines: Timelines | null = null;

  constructor(private readonly report: Report) {
    const networks = report.data.networks;
    this.choice = h(
      "select",
      { id: "close-up-network" },
      ...networks.map((network) => h("option", { value: String(network.id) }, `${network.label}: ${plural(network.size, "account")}`)),
    );
    this.choice.addEventListener("change", () => this.show(Number(this.choice.value)));
    this.element = h(
      "section",
      { id: "close-up" },
      h("h2", {}, "Close-up"),
      h("div", { class: "chooser screen-only" }, h("label", { for: "close-up-network" }, "Network"), this.choice),
      this.body,
      this.printed,
    );
    window.addEventListener("beforeprint", () => this.print());
    window.addEventListener("afterprint", () => this.printed.replaceChildren());
  }

  show(id: number): void {
    const network = this.report.network(id);
    if (!network) return;
    this.choice.value = String(id);
    this.timelines?.destroy();
    this.timelines = this.report.data.timeline ? new Timelines(this.report.data.timeline, network) : null;
    this.body.replaceChildren(
      ...this.head(network),
      ...(this.timelines ? [this.timelines.element] : []),
      ...this.explanations(network),
      ...this.accounts(network),
      h("h4", {}, "The strongest links"),
      this.links(network),
    );
    this.timelines?.draw();
  }

  private head(network: Network): HTMLElement[] {
    return [
      h("h3", {}, network.label),
      h("p", {}, network.sentence),
      h("p", {}, network.confirmed_words),
    ];
  }

  private explanations(network: Network): HTMLElement[] {
    const nodes: HTMLElement[] = [];
    if (network.ladder.length > 0) {
      nodes.push(h("h4", {}, "What is left under each explanation"), ladder(network));
    }
    const titles = [[true, "Innocent explanations that apply"], [false, "Checked, and does not apply"], [null, "Could not be told"]] as const;
    for (const [applies, title] of titles) {
      const statements = network.explanations.filter((explanation) => explanation.applies === applies);
      if (statements.length > 0) {
        nodes.push(h("h4", {}, title), h("ul", {}, ...statements.map((entry) => h("li", {}, foreign(entry.statement)))));
      }
    }
    return nodes;
  }

  private accounts(network: Network, first = ACCOUNTS_FIRST): HTMLElement[] {
    const all = this.report.accountsOf.get(network.id) ?? [];
    const named = all.filter((index) => this.report.account(index).named);
    const others = all.filter((index) => !this.report.account(index).named);
    const nodes: HTMLElement[] = [];
    if (network.kind === "network") nodes.push(h("h4", {}, `Named: ${plural(network.named, "account")}`));
    if (named.length > 0) nodes.push(this.accountList(named, "named", first));
    if (others.length > 0) {
      const title = network.kind === "pair" ? "The two accounts" : `In the network, not named: ${plural(network.size - network.named, "account")}`;
      nodes.push(h("h4", {}, title), this.accountList(others, "member", first));
    }
    return nodes;
  }

  private accountList(indices: number[], kind: "named" | "member", first: number): HTMLElement {
    const draw = (index: number) => {
      const account = this.report.account(index);
      return h(
        "div",
        { class: `person ${kind}` },
        accountLink(this.report, index),
        h("span", { class: "who" }, foreign(account.platform), account.id === account.name ? null : foreign(` ${account.id}`), ` · ${plural(account.links, "link")}`),
        kind === "member" && h("span", { class: "who" }, foreign(this.report.text(account.reason))),
      );
    };
    const list = unfolding(indices, first, `Show all ${number(indices.length)}`, draw, Infinity);
    list.classList.add("people");
    return list;
  }

  private links(network: Network): HTMLElement {
    const links = this.report.linksWithin(network.id);
    return unfolding(links, LINKS_FIRST, `Show all ${plural(links.length, "link")}`, (link) =>
      linkDetails(this.report, link, link === links[0]),
    );
  }

  /** The one link of a printed network whose posts stand beside it. */
  private strongest(network: Network): (HTMLElement | string)[] {
    const [link, ...others] = this.report.linksWithin(network.id);
    if (!link) return [];
    return [h("h4", {}, "The strongest link"), linkDetails(this.report, link, true), notPrinted(others.length) ?? ""];
  }

  /** On paper nothing can be chosen or unfolded: all accounts are listed, and the other networks follow. */
  private print(): void {
    const shown = Number(this.choice.value);
    const others = this.report.data.networks.filter((network) => network.id !== shown && network.kind === "network");
    this.printed.replaceChildren(
      ...others
        .slice(0, NETWORKS_ON_PAPER)
        .map((network) =>
          h("div", {}, ...this.head(network), ...this.explanations(network), ...this.accounts(network, Infinity), ...this.strongest(network)),
        ),
      notPrinted(others.length - NETWORKS_ON_PAPER) ?? "",
    );
  }
}

function ladder(network: Network): HTMLElement {
  return h(
    "ol",
    { class: "ladder" },
    ...network.ladder.map((rung) => {
      const bar = h("span", { class: "bar" });
      bar.style.width = `${rung.of > 0 ? (100 * rung.left) / rung.of : 0}%`;
      return h(
        "li",
        {},
        h("span", { class: "rung" }, foreign(rung.explanation)),
        h("span", { class: "track", "aria-hidden": "true" }, bar),
        h("span", { class: "left" }, rung.words, rung.left > 0 && h("span", { class: "who" }, ` log10 e ${rung.log10_e.toFixed(1)}`)),
      );
    }),
  );
}

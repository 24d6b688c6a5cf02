import type { Post } from "../payload";
import { type Report } from "../report";
import { type Child, definitions, foreign, h, unfolding } from "../dom";
import { number, plural } from "../words";
import { linkDetails, post } from "./links";

const LINKS_FIRST = 12;
const POSTS_FIRST = 8;

/** The panel that opens on one account. Escape closes it; focus goes back to where it came from. */
export class AccountPanel {
  readonly element = h("dialog", { class: "panel", "aria-labelledby": "panel-title" });

  private shown = -1;

  constructor(private readonly report: Report, onClose: (index: number) => void) {
    this.element.addEventListener("close", () => onClose(this.shown));
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close();
    });
  }

  knows(index: number): boolean {
    return index < this.report.data.accounts.length;
  }

  show(index: number): void {
    this.shown = index;
    this.element.replaceChildren(this.content(index));
    if (!this.element.open) this.element.showModal();
    this.element.scrollTop = 0;
    this.element.querySelector<HTMLElement>("#panel-title")?.focus();
  }

  close(): void {
    if (this.element.open) this.element.close();
  }

  private content(index: number): HTMLElement {
    const account = this.report.account(index);
    const network = this.report.network(account.network);
    const links = this.report.linksTo(index);
    return h(
      "div",
      { class: "panel-content" },
      h("button", { type: "button", class: "close", "aria-label": "Close", click: () => this.close() }, "×"),
      h("p", { class: "kicker" }, h("a", { href: `#network-${account.network}` }, network?.label ?? "Network")),
      h("h2", { id: "panel-title", tabindex: "-1" }, foreign(account.name)),
      h(
        "p",
        { class: account.named ? "verdict named" : "verdict" },
        h("strong", {}, account.named ? "Named: " : "Not named: "),
        // The reason begins with the same words, for those who read it alone.
        foreign(this.report.text(account.reason).replace(/^(not )?named: /, "")),
      ),
      definitions(this.facts(index)),
      h("h3", {}, "Links and the posts behind them"),
      links.length === 0
        ? h("p", { class: "hint" }, "Its links are not in this file.")
        : unfolding(links, LINKS_FIRST, `Show all ${plural(links.length, "link")}`, (link) =>
            linkDetails(this.report, link, link === links[0]),
          ),
      links.length < account.links &&
        h("p", { class: "hint" }, `${number(links.length)} of ${plural(account.links, "link")} ${links.length === 1 ? "is" : "are"} in this file.`),
      ...this.posts(index),
    );
  }

  private facts(index: number): [string, string][] {
    const account = this.report.account(index);
    const facts: [string, string][] = [
      ["Platform", account.platform],
      ["Id", account.id],
    ];
    if (account.display) facts.push(["Display name", account.display]);
    if (account.created) facts.push(["Created", `${account.created} (UTC)`]);
    facts.push(
      ["Posts in the log", number(account.posts)],
      ["Links", number(account.links)],
      ["Second strongest link", `without coordination at most ${account.evidence} (log10 e ${account.log10_e.toFixed(1)})`],
    );
    if (account.role) facts.push(["Role", account.role]);
    return facts;
  }

  private posts(index: number): Child[] {
    const own = this.report.data.posts.filter((shown: Post) => shown[0] === index);
    if (own.length === 0) return [];
    own.sort((one, other) => (one[1] < other[1] ? -1 : 1));
    return [
      h("h3", {}, "Its posts behind these links"),
      unfolding(own, POSTS_FIRST, `Show all ${plural(own.length, "post")}`, (shown) => post(this.report, shown, null)),
      h("p", { class: "hint" }, "Other posts of the account are in the case: ", h("code", {}, "syncline explain"), "."),
    ];
  }
}

import type { Campaign, Directive, Network } from "../payload";
import { type Report, accountLink } from "../report";
import { type Child, NETWORKS_ON_PAPER, foreign, h, notPrinted, table, unfolding, wide } from "../dom";
import { svg } from "../svg";
import { number, plural } from "../words";
import { post } from "./links";

const DAYS_FIRST = 10;
const APPLAUSE_FIRST = 12;
const ROLES_FIRST = 20;
const GRID_ROWS = 16;
const GRID_DAYS = 62;

/** What one network did: its calendar of directives, whom it lifted up, who did what. */
export class Campaigns {
  readonly element: HTMLElement;
  private readonly body = h("div", {});
  private readonly printed = h("div", { class: "print-only" });
  private readonly networks: Network[];
  private readonly choice: HTMLSelectElement;

  constructor(private readonly report: Report) {
    this.networks = report.data.networks.filter((network) => report.data.campaigns[String(network.id)]);
    this.choice = h(
      "select",
      { id: "campaigns-network" },
      ...this.networks.map((network) => h("option", { value: String(network.id) }, `${network.label}: ${plural(network.size, "account")}`)),
    );
    this.choice.addEventListener("change", () => this.show(Number(this.choice.value)));
    this.element = h(
      "section",
      { id: "campaigns" },
      h("h2", {}, "What they did"),
      h("div", { class: "chooser screen-only" }, h("label", { for: "campaigns-network" }, "Network"), this.choice),
      this.body,
      this.printed,
    );
    const first = this.networks[0];
    if (first) this.show(first.id);
    window.addEventListener("beforeprint", () => this.print());
    window.addEventListener("afterprint", () => this.printed.replaceChildren());
  }

  show(id: number): void {
    const campaign = this.report.data.campaigns[String(id)];
    if (!campaign) return;
    this.choice.value = String(id);
    this.body.replaceChildren(this.drawn(id, campaign));
  }

  private drawn(id: number, campaign: Campaign): HTMLElement {
    return h(
      "div",
      {},
      h("h3", {}, this.report.network(id)?.label ?? ""),
      h("p", {}, campaign.summary),
      ...this.calendar(campaign),
      ...this.applause(campaign),
      ...this.roles(campaign),
    );
  }

  /** On paper no network can be chosen: the others follow. */
  private print(): void {
    const others = this.networks.filter((network) => network.id !== Number(this.choice.value));
    const drawn = others.slice(0, NETWORKS_ON_PAPER).flatMap(({ id }) => {
      const campaign = this.report.data.campaigns[String(id)];
      return campaign ? [this.drawn(id, campaign)] : [];
    });
    this.printed.replaceChildren(...drawn, notPrinted(others.length - NETWORKS_ON_PAPER) ?? "");
  }

  private calendar(campaign: Campaign): Child[] {
    if (campaign.days.length === 0 && campaign.throughout.length === 0) return [];
    const nodes: Child[] = [h("h4", {}, "Calendar of directives"), grid(this.report, campaign)];
    nodes.push(
      unfolding(campaign.days, DAYS_FIRST, `Show all ${plural(campaign.days.length, "day")}`, (day) =>
        h("div", { class: "day" }, h("h5", {}, day.day), h("div", {}, ...day.directives.map((one) => directive(this.report, one)))),
      ),
    );
    if (campaign.throughout.length > 0) {
      nodes.push(
        h("div", { class: "day" }, h("h5", {}, "Throughout the log"), h("div", {}, ...campaign.throughout.map((one) => directive(this.report, one)))),
      );
    }
    return nodes;
  }

  private applause(campaign: Campaign): Child[] {
    if (campaign.applause.length === 0) return [];
    return [
      h("h4", {}, "Whom it lifted up"),
      unfolding(campaign.applause, APPLAUSE_FIRST, `Show all ${plural(campaign.applause.length, "account")}`, (one) =>
        h(
          "div",
          { class: "lifted" },
          h("p", {}, h("b", {}, foreign(this.report.text(one.name))), h("span", { class: "who" }, " · ", foreign(this.report.text(one.platform))), share(one.share)),
          h("p", { class: "who" }, this.report.text(one.words)),
        ),
      ),
    ];
  }

  private roles(campaign: Campaign): Child[] {
    const { summary, rows, more } = campaign.roles;
    if (rows.length === 0) return [];
    const draw = (some: Campaign["roles"]["rows"]) =>
      table(
        "Roles",
        ["Account", "Role", "Posts, share and its interval at 95%", "How early", "Also"],
        some.map(([account, role, did, early, also]) => [
          accountLink(this.report, account),
          ...[role, did, early, also].map((place) => this.report.text(place)),
        ]),
      );
    const place = wide("Roles", draw(rows.slice(0, ROLES_FIRST)));
    const all = h("button", { type: "button", class: "quiet" }, `Show all ${plural(rows.length, "account")}`);
    const left = notPrinted(rows.length - ROLES_FIRST);
    all.addEventListener("click", () => {
      place.replaceChildren(draw(rows));
      all.remove();
      left?.remove();
    });
    return [
      h("h4", {}, "Roles"),
      h("p", {}, `${summary} A role stands where more than half of an account's posts surely are of its kind. To post like a clock is what schedulers and feeds do, too.`),
      place,
      rows.length > ROLES_FIRST && all,
      left,
      more > 0 && h("p", { class: "hint" }, `${plural(more, "further account")} in the case.`),
    ];
  }
}

/** The objects that were taken up on most days, a cell a day: the darker, the larger the share that followed. */
function grid(report: Report, campaign: Campaign): HTMLElement {
  const days = campaign.days.slice(0, GRID_DAYS);
  const rows = new Map<string, { one: Directive; cells: Map<number, number> }>();
  days.forEach((day, column) => {
    for (const one of day.directives) {
      const key = `${one.kind} ${one.label}`;
      const row = rows.get(key) ?? { one, cells: new Map<number, number>() };
      row.cells.set(column, one.share);
      rows.set(key, row);
    }
  });
  const strongest = [...rows.values()]
    .sort((a, b) => b.cells.size - a.cells.size || b.one.followers - a.one.followers)
    .slice(0, GRID_ROWS);
  const lines = strongest.map(({ one, cells }) => {
    const track = h("span", { class: "cells", "aria-hidden": "true" });
    track.style.gridTemplateColumns = `repeat(${days.length}, minmax(0.5rem, 1.75rem))`;
    for (let column = 0; column < days.length; column += 1) {
      const cell = h("i", {});
      const value = cells.get(column);
      if (value !== undefined) {
        cell.className = "on";
        cell.style.opacity = String(0.3 + 0.7 * value);
      }
      track.append(cell);
    }
    return h("li", {}, h("span", { class: "object-name" }, h("span", { class: "who" }, `${one.kind} `), foreign(report.text(one.label))), track, h("span", { class: "who" }, plural(cells.size, "day")));
  });
  const left = rows.size - strongest.length;
  const span = days.length > 0 ? `${days[0]?.day ?? ""} to ${days[days.length - 1]?.day ?? ""}` : "";
  return h(
    "div",
    { class: "grid" },
    h("ul", { class: "plain" }, ...lines),
    h("p", { class: "hint" }, `One cell a day with directives, ${span}; the darker, the more of the network's active accounts followed.${left > 0 ? ` ${plural(left, "further object")} below.` : ""}`),
  );
}

function directive(report: Report, one: Directive): HTMLElement {
  const details = h(
    "details",
    { class: "directive" },
    h(
      "summary",
      {},
      h("span", { class: "what" }, h("span", { class: "who" }, `${one.kind} `), h("b", {}, foreign(report.text(one.label)))),
      share(one.share),
      h("span", { class: "who" }, `${number(one.followers)} of ${plural(one.active, "active account")}`),
    ),
  );
  let drawn = false;
  details.addEventListener("toggle", () => {
    if (drawn) return;
    drawn = true;
    details.append(
      h("p", {}, report.text(one.words)),
      h("p", { class: "who" }, `${one.when}; ${one.speed}`, ...(one.first === null ? ["."] : [": ", accountLink(report, one.first), "."])),
      ...(one.curve.length > 2 ? [curve(one)] : []),
      one.with.length > 0
        ? h("p", { class: "who" }, "With it: ", ...one.with.flatMap(([kind, label], place) => [place > 0 ? ", " : "", `${kind} `, foreign(report.text(label))]), one.more > 0 ? ` and ${number(one.more)} more` : "", ".")
        : "",
      ...one.posts.map((shown) => post(report, shown, null)),
    );
  });
  return details;
}

function share(value: number): HTMLElement {
  const bar = h("span", { class: "bar" });
  bar.style.width = `${100 * value}%`;
  return h("span", { class: "track", "aria-hidden": "true" }, bar);
}

/** How many accounts had followed how long after the first. */
function curve(one: Directive): HTMLElement {
  const [width, height] = [320, 60];
  const last = one.curve[one.curve.length - 1];
  const [span, most] = [Math.max(1, last?.[0] ?? 1), Math.max(1, last?.[1] ?? 1)];
  const points = one.curve.map(([seconds, count]) => `${((width * seconds) / span).toFixed(1)},${(height - (height * count) / most).toFixed(1)}`);
  const label = `Accounts that had followed, from the first to the last, ${one.speed}.`;
  return h(
    "figure",
    { class: "curve" },
    svg("svg", { viewBox: `-2 -2 ${width + 4} ${height + 4}`, role: "img", "aria-label": label }, svg("polyline", { points: points.join(" ") })) as unknown as HTMLElement,
    h("figcaption", { class: "hint" }, label),
  );
}

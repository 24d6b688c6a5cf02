import type { SynchronousGroup } from "../payload";
import type { Report } from "../report";
import { foreign, h, table, wide } from "../dom";
import { plural } from "../words";

/** Groups that came to several things in the same second: the moments, and who was there. Nobody is named. */
export function synchronous(report: Report): HTMLElement | null {
  const { groups, left_out } = report.data.synchronous;
  if (groups.length === 0) return null;
  return h(
    "section",
    { id: "synchronous" },
    h("h2", {}, "In the same second"),
    h(
      "p",
      {},
      "Groups of accounts that came to the same things in the same second, at least three times, an hour apart or more. On things that everybody shares, no pair of accounts can be shown to act together; a whole group can. ",
      h("strong", {}, "Nobody is named for it:"),
      " somebody may be in such a group by chance, and a scheduler, a feed or one person's several accounts look the same.",
    ),
    left_out !== "" && h("p", { class: "hint" }, left_out),
    ...groups.map((group) => theGroup(report, group)),
  );
}

function theGroup(report: Report, group: SynchronousGroup): HTMLElement {
  const accounts = group.accounts.map((account) => [
    foreign(account.name),
    h("span", {}, foreign(account.platform), " ", foreign(account.id)),
    account.said,
    account.network === null ? "none" : (report.network(account.network)?.label ?? `${account.network}`),
  ]);
  return h(
    "details",
    { class: "target", id: `synchronous-${group.id}` },
    h("summary", {}, h("b", {}, `Group ${group.id}`), h("span", { class: "who" }, group.summary)),
    ...group.sentences.map((sentence) => h("p", {}, sentence)),
    ...group.moments.map((moment) =>
      h(
        "article",
        { class: "post" },
        h("header", {}, h("span", { class: "time" }, `${moment.time} · ${moment.behaviour} · `, foreign(moment.object))),
        moment.text !== "" && foreign(moment.text, "p"),
        h("p", { class: "hint" }, moment.said),
      ),
    ),
    group.more_moments > 0 && h("p", { class: "hint" }, `${plural(group.more_moments, "further moment")} in the case, table synchronous.`),
    wide(`Accounts of group ${group.id}`, table(`Accounts of group ${group.id}, none of them named`, ["Account", "Id", "There", "Network"], accounts)),
    group.more_accounts > 0 && h("p", { class: "hint" }, `${plural(group.more_accounts, "further account")} in the case, table synchronous.`),
  );
}

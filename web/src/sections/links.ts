import type { CoAction, Link, Post } from "../payload";
import { type Report, accountLink } from "../report";
import { foreign, h } from "../dom";
import { number, plural } from "../words";

/** One link: two accounts, and behind the fold the posts that tie them, side by side. */
export function linkDetails(report: Report, link: Link, open = false): HTMLElement {
  const details = h(
    "details",
    { class: "link" },
    h(
      "summary",
      {},
      h("span", { class: "ends" }, foreign(report.account(link.a).name), " — ", foreign(report.account(link.b).name)),
      h("span", { class: "who" }, report.text(link.words)),
    ),
  );
  let drawn = false;
  const draw = () => {
    if (drawn) return;
    drawn = true;
    details.append(...coActions(report, link));
  };
  details.addEventListener("toggle", draw);
  if (open) {
    draw();
    details.open = true;
  }
  return details;
}

function coActions(report: Report, link: Link): HTMLElement[] {
  if (link.shown.length === 0) {
    return [h("p", { class: "hint" }, "Its posts are not in this file; ", h("code", {}, "syncline explain"), " shows them.")];
  }
  const blocks = link.shown.map((coAction) => sideBySide(report, coAction));
  if (link.total > link.shown.length) {
    const rest = link.total - link.shown.length;
    blocks.push(
      h("p", { class: "hint" }, `${plural(rest, "further co-action")} of this link: `, h("code", {}, "syncline explain"), " shows all."),
    );
  }
  return blocks;
}

function sideBySide(report: Report, [did, object, a, b, lag, odds]: CoAction): HTMLElement {
  return h(
    "div",
    { class: "co-action" },
    h("p", { class: "odds" }, `${report.text(odds)}.`),
    h(
      "div",
      { class: "sides" },
      post(report, report.data.posts[a], null),
      post(report, report.data.posts[b], report.text(lag)),
    ),
    h("p", { class: "object" }, `${report.text(did)}: `, foreign(report.text(object))),
  );
}

/** A post as text, with its id, by which it can be cited and found again. Nothing in it becomes a link. */
export function post(report: Report, shown: Post | undefined, lag: string | null): HTMLElement {
  if (!shown) return h("article", { class: "post" }, "This post is not in this file.");
  const [account, time, place, cut, id] = shown;
  const text = report.text(place);
  return h(
    "article",
    { class: "post" },
    h(
      "header",
      {},
      account >= 0 && accountLink(report, account),
      h("span", { class: "time" }, time, lag !== null && " · ", lag !== null && h("b", {}, lag)),
      h("span", { class: "post-id" }, "post ", foreign(report.text(id))),
    ),
    text === ""
      ? h("p", { class: "hint" }, "No text in the log.")
      : foreign(text, "p"),
    cut > 0 && h("p", { class: "hint" }, `${number(cut)} more ${cut === 1 ? "character" : "characters"} in the case.`),
  );
}

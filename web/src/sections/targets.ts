import type { Target } from "../payload";
import type { Report } from "../report";
import { foreign, h } from "../dom";
import { number, plural } from "../words";
import { post } from "./links";

/** A page for each account that a network turned to together, fit to be printed and handed over by itself. */
export function targets(report: Report): HTMLElement | null {
  const { pages, left_out } = report.data.targets;
  if (pages.length === 0) return null;
  return h(
    "section",
    { id: "targets" },
    h("h2", {}, "Whom they addressed"),
    h("p", {}, "Replies and mentions that came together. The tone of texts is not judged: read the posts. Each page can be printed by itself and handed to an editor or a platform."),
    left_out !== "" && h("p", { class: "hint" }, left_out),
    ...pages.map((page, place) => target(report, page, place)),
  );
}

function target(report: Report, page: Target, place: number): HTMLElement {
  const label = report.network(page.network)?.label ?? "A network";
  const posts = page.episodes.reduce((total, episode) => total + episode.total, 0);
  const details = h(
    "details",
    { class: "target", id: `target-${place}` },
    h(
      "summary",
      {},
      h("b", {}, foreign(report.text(page.name))),
      h("span", { class: "who" }, `${plural(page.episodes.length + page.more, "episode")}, ${plural(posts, "post")} by ${label}`),
    ),
  );
  let drawn = false;
  const draw = () => {
    if (drawn) return;
    drawn = true;
    const print = h("button", { type: "button", class: "quiet" }, "Print this page");
    print.addEventListener("click", () => printAlone(details));
    details.append(
      h("p", {}, "Account: ", foreign(report.text(page.name)), " on ", foreign(report.text(page.platform)), ", id ", foreign(report.text(page.account_id)), "."),
      ...page.episodes.map((episode, number_) => theEpisode(report, episode, number_ + 1)),
      page.more > 0 ? h("p", { class: "hint" }, `${plural(page.more, "further episode")} in the case.`) : "",
      h("p", { class: "hint" }, `From a Syncline report on ${report.data.title.length > 0 ? "the log " : "a log"}`, foreign(report.data.title), ". That accounts act together does not say who runs them, nor that they are not genuine."),
      print,
    );
  };
  details.addEventListener("toggle", draw);
  window.addEventListener("beforeprint", draw);
  return details;
}

function theEpisode(report: Report, episode: Target["episodes"][number], count: number): HTMLElement {
  const rest = episode.total - episode.posts.length;
  return h(
    "div",
    { class: "episode" },
    h("h4", {}, `Episode ${number(count)}: ${episode.when}`),
    ...episode.sentences.map((sentence) => h("p", {}, sentence)),
    episode.answered.length > 0 ? h("h5", {}, "Its posts that were answered most") : "",
    ...episode.answered.map((shown) => post(report, shown, null)),
    h("h5", {}, "The posts"),
    ...episode.posts.map((shown) => post(report, shown, null)),
    rest > 0 ? h("p", { class: "hint" }, `${plural(rest, "further post")} in the case, table targets.`) : "",
  );
}

function printAlone(page: HTMLDetailsElement): void {
  document.body.classList.add("alone");
  page.classList.add("printed");
  window.addEventListener(
    "afterprint",
    () => {
      document.body.classList.remove("alone");
      page.classList.remove("printed");
    },
    { once: true },
  );
  window.print();
}

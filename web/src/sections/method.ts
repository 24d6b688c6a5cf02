import type { Report } from "../report";
import { h } from "../dom";

/** What the figures mean and do not mean. */
export function method(report: Report): HTMLElement {
  return h(
    "section",
    { id: "method" },
    h("h2", {}, "How to read this"),
    h(
      "div",
      { class: "columns" },
      ...report.data.method.map(({ title, text }) => h("div", {}, h("h3", {}, title), h("p", {}, text))),
    ),
  );
}

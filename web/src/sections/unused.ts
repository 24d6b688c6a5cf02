import type { Report } from "../report";
import { foreign, h, table, wide } from "../dom";

/** What was not used, and why. */
export function unused(report: Report): HTMLElement {
  const { unused } = report.data;
  const sentences = [...unused.behaviours, ...unused.windows];
  return h(
    "section",
    { id: "unused" },
    h("h2", {}, "What was not used, and why"),
    h("p", {}, unused.summary),
    unused.rejects.length > 0 &&
      wide(
        "Rows that were not used",
        table(
          "Rows that were not used, by file and reason",
          ["File", "Reason", "Rows", "First", "For example"],
          unused.rejects.map((reject) => [
            foreign(reject.file),
            h("span", {}, foreign(reject.reason.replaceAll("_", " ")), reject.why !== "" && h("span", { class: "who" }, reject.why)),
            reject.rows,
            reject.first,
            foreign(reject.detail),
          ]),
          [2],
        ),
      ),
    sentences.length > 0 && h("ul", {}, ...sentences.map((sentence) => h("li", {}, foreign(sentence)))),
  );
}

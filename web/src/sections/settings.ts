import type { Report } from "../report";
import { definitions, foreign, h, table, wide } from "../dom";

/** What another person needs to get the same case. */
export function settings(report: Report): HTMLElement {
  const { provenance } = report.data;
  return h(
    "section",
    { id: "settings" },
    h("h2", {}, "Settings and versions"),
    h(
      "div",
      { class: "columns" },
      h("div", {}, h("h3", {}, "Versions"), definitions(provenance.versions)),
      h("div", {}, h("h3", {}, "The log"), definitions(provenance.log)),
      h("div", {}, h("h3", {}, "Settings"), definitions(provenance.settings)),
      h("div", {}, h("h3", {}, "Time taken"), definitions(provenance.timings)),
    ),
    h("h3", {}, "Files read"),
    wide(
      "Files read",
      table(
        "Files read, with their SHA-256",
        ["File", "Format", "Bytes", "Rows", "Posts", "SHA-256"],
        provenance.inputs.map((input) => [
          foreign(input.path),
          foreign(input.format),
          input.bytes,
          input.rows,
          input.posts,
          h("code", { class: "hash" }, input.sha256),
        ]),
        [2, 3, 4],
      ),
    ),
  );
}

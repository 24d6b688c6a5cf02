import type { Report } from "../report";
import { h } from "../dom";
import { notes } from "./gauges";

/** Everything that analysts wrote down, as they wrote it. */
export function analyst(report: Report): HTMLElement | null {
  if (report.data.notes.length === 0) return null;
  return h(
    "section",
    { id: "notes" },
    h("h2", {}, "Notes"),
    h("p", {}, "Written by analysts beside the case. Nothing here was computed."),
    ...notes(report.data.notes),
  );
}

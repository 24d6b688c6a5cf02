import type { Note } from "../payload";
import type { Report } from "../report";
import { h } from "../dom";
import { written } from "./gauges";

/** Everything that analysts wrote down, as they wrote it. */
export function analyst(report: Report): HTMLElement | null {
  if (report.data.notes.length === 0) return null;
  return h(
    "section",
    { id: "notes" },
    h("h2", {}, "Notes"),
    h("p", {}, "Written by analysts beside the case. Nothing here was computed."),
    ...report.data.notes.map((note) => written(note, networks(report, note))),
  );
}

function networks(report: Report, note: Note): HTMLElement[] {
  // A network that is not in this file has no close-up to lead to.
  return note.networks.map((id) => {
    const network = report.network(id);
    return network ? h("a", { href: `#network-${id}` }, network.label) : h("span", {}, `Network ${id}`);
  });
}

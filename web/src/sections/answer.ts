import type { Report } from "../report";
import { foreign, h } from "../dom";

/** The first screen: what, who, how sure. */
export function answer(report: Report): HTMLElement {
  const { answer } = report.data;
  return h(
    "section",
    { id: "answer", "aria-label": "Answer" },
    h("p", { class: "kicker" }, "Syncline report on ", foreign(report.data.title)),
    h("h1", {}, answer.headline),
    h(
      "div",
      { class: "opening" },
      h(
        "div",
        {},
        ...answer.sentences.map((sentence) => h("p", { class: "lead" }, foreign(sentence))),
        h("p", { class: "lead placebo" }, answer.placebo),
      ),
      h(
        "aside",
        {},
        answer.notes.length > 0 && h("ul", { class: "notes plain" }, ...answer.notes.map((note) => h("li", {}, foreign(note)))),
        h(
          "p",
          { class: "caution" },
          "Coordination is not inauthenticity, inauthenticity is not harm, and none of them says who is behind an account. ",
          h("a", { href: "#method" }, "How to read this report"),
        ),
      ),
    ),
    h(
      "dl",
      { class: "facts" },
      ...answer.facts.map((fact) =>
        h("div", {}, h("dt", {}, fact.label), h("dd", { class: "value" }, fact.value), h("dd", { class: "note" }, fact.note)),
      ),
    ),
  );
}

// Elements without markup strings: data only ever becomes text.
import { pieces } from "./visible";
import { number } from "./words";

export type Child = Node | string | null | false;
type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

/** An element. Attribute values come from this code or are numbers, never from posts or names. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false));
  return element;
}

/** Text from a log: isolated from what surrounds it, in its own direction, with nothing hidden in it. */
export function foreign(text: string, tag: "bdi" | "p" = "bdi"): HTMLElement {
  const shown = h(tag, { dir: "auto" });
  for (const piece of pieces(text)) {
    // A direction of its own keeps the code point out of the vote on the text's direction.
    shown.append(...(piece.code ? [h("span", { class: "code-point", dir: "ltr" }, piece.text)] : namesApart(piece.text)));
  }
  return shown;
}

/** Names, addresses and a repost's RT apart, which leaves them out of the vote too: an answer in Persian begins with a Latin name. */
function namesApart(text: string): (Node | string)[] {
  return text.split(/(^RT(?= @)|@[\p{L}\p{N}_.]+|https?:\/\/\S+)/u).map((part, place) => (place % 2 === 1 ? h("bdi", {}, part) : part));
}

/** A table with a caption for those who hear it, whose cells carry their column's name for narrow windows. */
export function table(caption: string, columns: string[], rows: Child[][], numeric: number[] = []): HTMLElement {
  const kind = (place: number): Attributes => (numeric.includes(place) ? { class: "numeric" } : {});
  return h(
    "table",
    {},
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, ...columns.map((name, place) => h("th", { scope: "col", ...kind(place) }, name)))),
    h(
      "tbody",
      {},
      ...rows.map((cells) =>
        h("tr", {}, ...cells.map((cell, place) => h("td", { "data-column": columns[place] ?? "", ...kind(place) }, cell))),
      ),
    ),
  );
}

/** Content that may be wider than the window scrolls by itself, also by keyboard. */
export function wide(label: string, content: HTMLElement): HTMLElement {
  return h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": `${label}, scrolls sideways` }, content);
}

/** Name and value side by side; `values` come from settings and are shown as foreign text. */
export function definitions(pairs: [string, string][]): HTMLElement {
  return h("dl", {}, ...pairs.flatMap(([name, value]) => [h("dt", {}, foreign(name)), h("dd", {}, foreign(value))]));
}

/** Networks that each section prints: more would be a book. */
export const NETWORKS_ON_PAPER = 40;

/** Paper has no buttons: what is not on it is counted there. */
export function notPrinted(left: number): HTMLElement | null {
  return left > 0 ? h("p", { class: "hint on-paper" }, `${number(left)} more: not printed here, in the report on a screen.`) : null;
}

/** Shows `first` items and a button for the others; on paper, where nothing can be unfolded, `onPaper` of them. */
export function unfolding<T>(items: T[], first: number, label: string, draw: (item: T) => HTMLElement, onPaper = first): HTMLElement {
  const list = h("ul", { class: "plain" }, ...items.slice(0, first).map((item) => h("li", {}, draw(item))));
  if (items.length <= first) return list;
  const more = h("button", { type: "button", class: "quiet" }, label);
  const whole = h("div", {}, list, more);
  let shown = first;
  const unfold = (upTo: number) => {
    if (shown >= upTo) return;
    list.append(...items.slice(shown, upTo).map((item) => h("li", {}, draw(item))));
    shown = upTo;
    whole.replaceChildren(list, ...(shown < items.length ? [more, notPrinted(items.length - shown) ?? ""] : []));
  };
  more.addEventListener("click", () => {
    const next = shown + 1;
    unfold(items.length);
    list.querySelector<HTMLElement>(`li:nth-child(${next}) a, li:nth-child(${next}) summary`)?.focus();
  });
  if (onPaper > first) window.addEventListener("beforeprint", () => unfold(Math.min(onPaper, items.length)));
  whole.append(notPrinted(items.length - first) ?? "");
  return whole;
}

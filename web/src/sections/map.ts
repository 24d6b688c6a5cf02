import { createNodeBorderProgram } from "@sigma/node-border";
import Graph from "graphology";
import Sigma from "sigma";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import type { Settings } from "sigma/settings";
import type { Account } from "../payload";
import { type Report, accountLink } from "../report";
import { foreign, h } from "../dom";
import { svg } from "../svg";
import { colour, onSchemeChange } from "../theme";
import { visible } from "../visible";
import { number, plural } from "../words";

const MATCHES_SHOWN = 8;
const LABELLED_NETWORKS = 40;
const LABEL_FROM_PIXELS = 36; // width of a cluster on the screen from which it carries its name
const ALL_LABELS_UP_TO = 40;
const LABEL_CHARACTERS = 32;
const LISTED_WITHOUT_WEBGL = 200;
const LIT_SIZE = 5;
const LIT_WIDTH = 1.5;
const ZOOM = 1.6;
const QUICK_UP_TO = 1000; // accounts that are drawn in no time a reader would notice

/** The map of accounts and links: drawn by WebGL where there is any, a list where there is none. */
export class NetworkMap {
  readonly element: HTMLElement;
  private readonly stage = h("div", {
    class: "stage",
    tabindex: "0",
    role: "application",
    "aria-label": "Map of accounts. Arrow keys move it, plus and minus enlarge and shrink it, 0 shows all. Accounts can also be reached by the search above.",
  });
  private readonly labels = h("div", { class: "network-labels", "aria-hidden": "true" });
  private readonly matches = h("ul", { class: "plain" });
  private readonly status = h("p", { class: "hint", role: "status" });
  private readonly found = h("div", { class: "found", hidden: true }, this.matches, this.status);
  private readonly across = svg("svg", { class: "across", "aria-hidden": "true" });
  private renderer: Sigma | null = null;
  private hovered: string | null = null;
  private near = new Set<string>();

  constructor(private readonly report: Report) {
    const search = h("input", { type: "search", id: "search", placeholder: "Find an account", autocomplete: "off", spellcheck: "false" });
    search.addEventListener("input", () => this.search(search.value));
    this.element = h(
      "section",
      { id: "map", class: "screen-only" },
      h("h2", {}, "Map"),
      h("p", {}, this.description()),
      h(
        "div",
        { class: "toolbar" },
        h("label", { for: "search", class: "visually-hidden" }, "Find an account by name or id"),
        h("div", { class: "search", keydown: (event) => this.leaveSearch(event, search) }, search, this.found),
        h("div", { class: "buttons" }, ...this.buttons()),
      ),
      h("div", { class: "frame" }, this.stage, this.across, this.labels),
      legend(this.dotted().length > 0),
    );
  }

  /** Draws after the page has opened: a small map at once, a large one when it comes near the window. */
  drawLater(): void {
    if (this.report.data.accounts.length <= QUICK_UP_TO) {
      // Not after the next frame, which a page in the background never has.
      window.setTimeout(() => this.draw());
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        this.draw();
      },
      { rootMargin: "300px" },
    );
    observer.observe(this.stage);
  }

  private draw(): void {
    try {
      this.renderer = this.start();
    } catch {
      this.withoutWebgl();
      return;
    }
    this.listen(this.renderer);
    onSchemeChange(() => this.recolour());
  }

  private description(): string {
    const { accounts, links } = this.report.data;
    return (
      `${plural(accounts.length, "account")} and ${plural(links.length, "link")}. ` +
      "Each cluster is a network; places inside it follow the links, and distance between clusters means nothing. " +
      "Point at an account to see its neighbours, choose it to read its evidence."
    );
  }

  private buttons(): HTMLElement[] {
    const button = (label: string, sign: string, act: () => void) =>
      h("button", { type: "button", "aria-label": label, title: label, click: act }, sign);
    return [
      button("Enlarge", "+", () => void this.renderer?.getCamera().animatedZoom(ZOOM)),
      button("Shrink", "−", () => void this.renderer?.getCamera().animatedUnzoom(ZOOM)),
      button("Show all", "All", () => void this.renderer?.getCamera().animatedReset()),
    ];
  }

  private start(): Sigma {
    if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL");
    const { accounts, links } = this.report.data;
    const size = this.nodeSize();
    const graph = new Graph({ type: "undirected", multi: true });
    accounts.forEach((account, index) => {
      const name = visible(account.name);
      const label = name.length > LABEL_CHARACTERS ? `${name.slice(0, LABEL_CHARACTERS)}…` : name;
      graph.addNode(String(index), { x: account.x, y: account.y, size, label, named: account.named });
    });
    const strongest = links.reduce((most, link) => Math.max(most, link.log10_e), 1);
    const widest = Math.min(3, Math.max(0.8, 3 * this.sparseness()));
    for (const link of links) {
      graph.addEdge(String(link.a), String(link.b), { size: 0.4 + (widest * Math.max(0, link.log10_e)) / strongest });
    }
    const ring = createNodeBorderProgram({
      borders: [
        { size: { value: 0.22, mode: "relative" }, color: { attribute: "ring" } },
        { size: { fill: true }, color: { attribute: "color" } },
      ],
    });
    return new Sigma(graph, this.stage, {
      nodeProgramClasses: { ring },
      defaultNodeType: "ring",
      minEdgeThickness: 1,
      labelRenderedSizeThreshold: accounts.length <= ALL_LABELS_UP_TO ? 0 : 7,
      labelDensity: 0.6,
      labelFont: getComputedStyle(document.body).fontFamily,
      labelSize: 13,
      minCameraRatio: 0.02,
      maxCameraRatio: 3,
      stagePadding: 40,
      hideEdgesOnMove: links.length > 5000,
      zIndex: true,
      allowInvalidContainer: true, // on paper the map is not shown and has no size
      defaultDrawNodeLabel: drawLabel,
      defaultDrawNodeHover: drawHover,
      ...this.reducers(),
    });
  }

  /** As large as the room between accounts allows, between a visible dot and a comfortable target. */
  private nodeSize(): number {
    const { accounts } = this.report.data;
    const span = (axis: "x" | "y") => {
      const places = accounts.map((account) => account[axis]);
      return places.reduce((a, b) => Math.max(a, b), 1) - places.reduce((a, b) => Math.min(a, b), -1);
    };
    const pixels = Math.min(this.stage.clientWidth / span("x"), this.stage.clientHeight / span("y"));
    return Math.min(10, Math.max(2.4, pixels * 0.32));
  }

  /** 1 where lines can be drawn boldly, towards 0 as they cover each other. */
  private sparseness(): number {
    return Math.min(1, Math.sqrt(150 / Math.max(1, this.report.data.links.length)));
  }

  private reducers(): Partial<Settings> {
    const accent = colour("--accent");
    const paper = colour("--paper");
    const muted = colour("--quiet-mark");
    const line = seeThrough(colour("--map-line"), 0.15 + 0.45 * this.sparseness());
    const faint = colour("--map-faint");
    return {
      nodeReducer: (node, data) => {
        const lit = this.hovered === null || this.near.has(node);
        const named = Boolean(data["named"]);
        return {
          ...data,
          color: lit ? (named ? accent : paper) : faint,
          ring: lit ? (named ? accent : muted) : faint,
          size: this.hovered !== null && lit ? Math.max(LIT_SIZE, Number(data["size"])) : Number(data["size"]),
          label: lit ? String(data["label"]) : "",
          forceLabel: this.hovered !== null && lit && this.near.size <= 30,
          zIndex: lit ? 1 : 0,
        } as Partial<NodeDisplayData>;
      },
      edgeReducer: (edge, data) => {
        const lit = this.hovered !== null && this.renderer?.getGraph().hasExtremity(edge, this.hovered);
        if (this.hovered === null) return { ...data, color: line };
        return { ...data, color: accent, hidden: !lit, zIndex: 1, size: Math.max(LIT_WIDTH, Number(data["size"])) };
      },
    };
  }

  private listen(renderer: Sigma): void {
    renderer.on("enterNode", ({ node }) => this.hover(node));
    renderer.on("leaveNode", () => this.hover(null));
    renderer.on("clickNode", ({ node }) => {
      window.location.hash = `account-${node}`;
    });
    this.stage.addEventListener("keydown", (event) => this.key(event, renderer));
    this.labelNetworks(renderer);
    this.dot(renderer);
  }

  private dotted(): { a: number; b: number }[] {
    return this.report.data.signs?.across ?? [];
  }

  /** Links across platforms are evidence of another kind: dotted, and never part of a network. */
  private dot(renderer: Sigma): void {
    const lines = this.dotted().map(({ a, b }) => ({ line: svg("line"), ends: [this.report.account(a), this.report.account(b)] as const }));
    this.across.append(...lines.map(({ line }) => line));
    const place = () => {
      for (const { line, ends } of lines) {
        ends.forEach((account, end) => {
          const at = renderer.graphToViewport(account);
          line.setAttribute(`x${end + 1}`, at.x.toFixed(1));
          line.setAttribute(`y${end + 1}`, at.y.toFixed(1));
        });
      }
    };
    renderer.on("afterRender", place);
    place();
  }

  private hover(node: string | null): void {
    this.hovered = node;
    this.near = new Set(node === null ? [] : [node, ...(this.renderer?.getGraph().neighbors(node) ?? [])]);
    this.stage.classList.toggle("pointing", node !== null);
    this.renderer?.refresh({ skipIndexation: true });
  }

  private key(event: KeyboardEvent, renderer: Sigma): void {
    const camera = renderer.getCamera();
    const { x, y, ratio } = camera.getState();
    const step = 0.15 * ratio;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => void camera.animate({ x: x - step }),
      ArrowRight: () => void camera.animate({ x: x + step }),
      ArrowUp: () => void camera.animate({ y: y + step }),
      ArrowDown: () => void camera.animate({ y: y - step }),
      "+": () => void camera.animatedZoom(ZOOM),
      "=": () => void camera.animatedZoom(ZOOM),
      "-": () => void camera.animatedUnzoom(ZOOM),
      "0": () => void camera.animatedReset(),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  }

  /** Names of the largest networks above their clusters, where there is room for them. */
  private labelNetworks(renderer: Sigma): void {
    const anchors = this.report.data.networks
      .filter((network) => network.kind === "network" && this.report.accountsOf.has(network.id))
      .slice(0, LABELLED_NETWORKS)
      .map((network) => {
        const label = h("a", { href: `#network-${network.id}`, tabindex: "-1" }, network.label);
        this.labels.append(label);
        return { label, ...extent((this.report.accountsOf.get(network.id) ?? []).map((index) => this.report.account(index))) };
      });
    const place = () => {
      const taken: { x: number; y: number }[] = [];
      for (const { label, left, right, top } of anchors) {
        const from = renderer.graphToViewport({ x: left, y: top });
        const to = renderer.graphToViewport({ x: right, y: top });
        const at = { x: Math.round((from.x + to.x) / 2), y: Math.round(from.y - 14) };
        const room = anchors.length <= 3 || to.x - from.x >= LABEL_FROM_PIXELS;
        const free = taken.every((other) => Math.abs(other.x - at.x) > 84 || Math.abs(other.y - at.y) > 22);
        label.hidden = !room || !free;
        if (label.hidden) continue;
        taken.push(at);
        label.style.transform = `translate(${at.x}px, ${at.y}px) translate(-50%, -100%)`;
      }
    };
    renderer.on("afterRender", place);
    place();
  }

  private search(words: string): void {
    const wanted = words.trim().replace(/^@/, "").toLocaleLowerCase();
    this.matches.replaceChildren();
    this.found.hidden = wanted === "";
    if (wanted === "") {
      this.hover(null);
      return;
    }
    const found: number[] = [];
    this.report.data.accounts.forEach((account, index) => {
      const names = [account.name, account.display ?? "", account.id];
      if (names.some((name) => name.toLocaleLowerCase().includes(wanted))) found.push(index);
    });
    this.status.textContent =
      found.length > MATCHES_SHOWN ? `${number(MATCHES_SHOWN)} of ${plural(found.length, "account")} found` : `${plural(found.length, "account")} found`;
    this.matches.append(...found.slice(0, MATCHES_SHOWN).map((index) => h("li", {}, this.match(index))));
  }

  private leaveSearch(event: Event, search: HTMLInputElement): void {
    if (!(event instanceof KeyboardEvent) || event.key !== "Escape") return;
    search.value = "";
    search.focus();
    this.search("");
  }

  private match(index: number): HTMLElement {
    const account = this.report.account(index);
    const link = accountLink(this.report, index);
    const show = () => this.lookAt(index);
    link.addEventListener("focus", show);
    link.addEventListener("mouseenter", show);
    const where = this.report.network(account.network)?.label ?? "";
    return h("span", {}, link, h("span", { class: "who" }, ` ${account.named ? "named" : "not named"}, ${where}, `, foreign(account.platform)));
  }

  private lookAt(index: number): void {
    const renderer = this.renderer;
    const at = renderer?.getNodeDisplayData(String(index));
    if (!renderer || !at) return;
    this.hover(String(index));
    const ratio = Math.min(renderer.getCamera().getState().ratio, this.report.data.accounts.length > 200 ? 0.25 : 0.7);
    void renderer.getCamera().animate({ x: at.x, y: at.y, ratio });
  }

  private recolour(): void {
    this.renderer?.setSettings(this.reducers());
    this.renderer?.refresh();
  }

  private withoutWebgl(): void {
    const { accounts } = this.report.data;
    const shown = accounts.slice(0, LISTED_WITHOUT_WEBGL);
    this.element.querySelector(".frame")?.replaceWith(
      h(
        "div",
        { class: "no-webgl" },
        h("p", {}, "This browser offers no WebGL, so the map cannot be drawn. The accounts are listed instead; the search above works all the same."),
        h("ul", { class: "plain people" }, ...shown.map((account, index) => h("li", {}, accountLink(this.report, index), h("span", { class: "who" }, account.named ? " named" : " not named")))),
        accounts.length > shown.length && h("p", { class: "hint" }, `${number(shown.length)} of ${plural(accounts.length, "account")} listed.`),
      ),
    );
    this.element.querySelectorAll(".buttons, .legend").forEach((part) => part.remove());
  }
}

/** The renderer wants colours already multiplied by their strength. */
function seeThrough(rgb: string, strength: number): string {
  const channels = rgb.split(",").map((channel) => Math.round(Number(channel) * strength));
  return `rgba(${channels.join(", ")}, ${strength.toFixed(3)})`;
}

function extent(accounts: Account[]): { left: number; right: number; top: number } {
  return accounts.reduce(
    (found, { x, y }) => ({ left: Math.min(found.left, x), right: Math.max(found.right, x), top: Math.max(found.top, y) }),
    { left: Infinity, right: -Infinity, top: -Infinity },
  );
}

function legend(dotted: boolean): HTMLElement {
  return h(
    "p",
    { class: "legend hint" },
    h("span", {}, h("span", { class: "dot named", "aria-hidden": "true" }), "named account"),
    h("span", {}, h("span", { class: "dot", "aria-hidden": "true" }), "in a network or pair, not named"),
    h("span", {}, "thicker line: stronger evidence"),
    dotted && h("span", {}, "dotted line: perhaps one person on two platforms; not merged"),
  );
}

type Label = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

function drawLabel(context: CanvasRenderingContext2D, data: Label, settings: Settings): void {
  if (!data.label) return;
  context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
  const x = data.x + data.size + 4;
  const y = data.y + settings.labelSize / 3;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = colour("--paper");
  context.strokeText(data.label, x, y);
  context.fillStyle = colour("--ink");
  context.fillText(data.label, x, y);
}

function drawHover(context: CanvasRenderingContext2D, data: Label, settings: Settings): void {
  context.beginPath();
  context.arc(data.x, data.y, data.size + 4, 0, Math.PI * 2);
  context.lineWidth = 2;
  context.strokeStyle = colour("--ink");
  context.stroke();
  drawLabel(context, data, { ...settings, labelWeight: "600" });
}

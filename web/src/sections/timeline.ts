import uPlot from "uplot";
import type { Counts, Network, Timeline } from "../payload";
import { h } from "../dom";
import { binStart, number, plural, tick } from "../words";
import { binAt, edges } from "../bins";
import { colour, onSchemeChange } from "../theme";

const HEIGHT = 150;
const BUSIEST = 5;

/** The network's posts above everyone else's, on one time axis and each on its own scale. */
export class Timelines {
  readonly element: HTMLElement;
  private readonly readout = h("p", { class: "hint readout" });
  private readonly places = [h("div", { class: "plot" }), h("div", { class: "plot" })];
  private plots: uPlot[] = [];
  private readonly times: number[];
  private readonly network: number[];
  private readonly others: number[];
  private readonly observer = new ResizeObserver(() => this.resize());
  private readonly forget = onSchemeChange(() => this.draw());

  constructor(private readonly timeline: Timeline, private readonly shown: Network) {
    this.times = edges(timeline);
    this.network = dense(timeline.networks[String(shown.id)] ?? [], timeline.bins);
    this.others = dense(timeline.everybody, timeline.bins).map((count, bin) => count - (this.network[bin] ?? 0));
    this.element = h(
      "div",
      { class: "timeline" },
      h("h4", {}, `Posts per ${timeline.unit}: ${shown.label}`),
      this.places[0] ?? null,
      h("h4", {}, `Posts per ${timeline.unit}: everyone else`),
      this.places[1] ?? null,
      this.readout,
      this.busiest(),
    );
    this.observer.observe(this.element);
    this.say(null);
  }

  draw(): void {
    this.plots.forEach((plot) => plot.destroy());
    this.plots = [
      this.plot(this.places[0], this.network, colour("--accent"), false),
      this.plot(this.places[1], this.others, colour("--quiet-mark"), true),
    ].filter((plot): plot is uPlot => plot !== null);
  }

  destroy(): void {
    this.observer.disconnect();
    this.forget();
    this.plots.forEach((plot) => plot.destroy());
  }

  private plot(place: HTMLElement | undefined, counts: number[], fill: string, withDates: boolean): uPlot | null {
    if (!place) return null;
    const text = colour("--muted");
    const grid = { stroke: colour("--rule"), width: 1 };
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const options: uPlot.Options = {
      width: place.clientWidth || 600,
      height: withDates ? HEIGHT + 24 : HEIGHT,
      legend: { show: false },
      cursor: { sync: { key: "timelines" }, y: false, points: { show: false }, drag: { x: true, y: false } },
      scales: { x: { time: true }, y: { range: (_plot, _low, high) => [0, Math.max(1, high * 1.08)] } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      axes: [
        {
          stroke: text,
          font,
          grid: { show: false },
          ticks: { ...grid, show: withDates },
          size: withDates ? 32 : 8,
          space: 70,
          values: (_plot, splits, _axis, _space, step) => splits.map((seconds) => (withDates ? tick(seconds, step) : "")),
        },
        { stroke: text, font, grid, ticks: { show: false }, size: 56, space: 36, values: (_plot, splits) => splits.map(whole) },
      ],
      series: [{}, { fill, stroke: fill, width: 0, paths: uPlot.paths.bars?.({ size: [0.85], align: 1 }) ?? null, points: { show: false } } as uPlot.Series],
      hooks: { setCursor: [(plot) => this.say(this.under(plot))] },
    };
    // The last edge has no count: it is there for the axis to reach the end of the last bin.
    return new uPlot(options, [this.times, [...counts, null]], place);
  }

  private resize(): void {
    this.plots.forEach((plot, place) => {
      const width = this.places[place]?.clientWidth ?? 0;
      if (width > 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
    });
  }

  private under(plot: uPlot): number | null {
    const left = plot.cursor.left ?? -1;
    return left < 0 ? null : binAt(this.timeline, plot.posToVal(left, "x"));
  }

  private say(bin: number | null): void {
    this.readout.textContent =
      bin === null
        ? "Times are UTC. Drag across a stretch to enlarge it, double-click to see all."
        : `${binStart(this.times[bin] ?? 0, this.timeline.width_s)}: ${plural(this.network[bin] ?? 0, "post")} by ${this.shown.label}, ` +
          `${number(this.others[bin] ?? 0)} by everyone else.`;
  }

  /** The same in words, for those who cannot see or point at the plot. */
  private busiest(): HTMLElement {
    const bins = this.network.map((_, bin) => bin).filter((bin) => (this.network[bin] ?? 0) > 0);
    bins.sort((one, other) => (this.network[other] ?? 0) - (this.network[one] ?? 0) || one - other);
    return h(
      "details",
      { class: "quiet" },
      h("summary", {}, "The busiest in words"),
      h(
        "ul",
        {},
        ...bins.slice(0, BUSIEST).map((bin) =>
          h(
            "li",
            {},
            `${binStart(this.times[bin] ?? 0, this.timeline.width_s)}: ${plural(this.network[bin] ?? 0, "post")} by ` +
              `${this.shown.label}, ${number(this.others[bin] ?? 0)} by everyone else`,
          ),
        ),
      ),
    );
  }
}

function dense(counts: Counts, bins: number): number[] {
  const filled = new Array<number>(bins).fill(0);
  for (const [bin, count] of counts) filled[bin] = count;
  return filled;
}

function whole(value: number): string {
  return Number.isInteger(value) ? number(value) : "";
}

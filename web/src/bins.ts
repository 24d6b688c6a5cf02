// A timeline's stretches of time, each drawn from where it starts to where the next one would.
import type { Timeline } from "./payload";

/** Where each bin starts, and where the last one ends, in seconds. */
export function edges(timeline: Timeline): number[] {
  return Array.from({ length: timeline.bins + 1 }, (_, bin) => timeline.start_s + bin * timeline.width_s);
}

/** The bin that holds a time; the first or the last for a time outside. */
export function binAt(timeline: Timeline, seconds: number): number {
  const bin = Math.floor((seconds - timeline.start_s) / timeline.width_s);
  return Math.min(Math.max(bin, 0), timeline.bins - 1);
}

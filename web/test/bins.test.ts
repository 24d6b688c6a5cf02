import assert from "node:assert/strict";
import { test } from "node:test";
import { binAt, edges } from "../src/bins";

const HOURS = { start_s: 7200, width_s: 3600, unit: "hour", bins: 2, everybody: [], networks: {} };

test("the axis reaches from the start of the first bin to the end of the last", () => {
  assert.deepEqual(edges(HOURS), [7200, 10_800, 14_400]);
  assert.deepEqual(edges({ ...HOURS, bins: 1 }), [7200, 10_800]);
});

test("a time belongs to the bin that it falls in, not to the nearest start", () => {
  assert.deepEqual([7200, 10_799, 10_800, 14_399].map((at) => binAt(HOURS, at)), [0, 0, 1, 1]);
  assert.deepEqual([0, 14_400, 99_999].map((at) => binAt(HOURS, at)), [0, 1, 1]);
});

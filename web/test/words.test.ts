import assert from "node:assert/strict";
import { test } from "node:test";
import { binStart, date, number, plural, tick } from "../src/words";

const AT = Date.UTC(2016, 0, 3, 12, 4) / 1000;

test("numbers agree with their nouns", () => {
  assert.deepEqual([0, 1, 2, 4043].map((count) => plural(count, "post")), ["0 posts", "1 post", "2 posts", "4,043 posts"]);
  assert.equal(number(1234567), "1,234,567");
});

test("dates are UTC, whatever the reader's zone", () => {
  assert.equal(date(AT), "3 January 2016");
  assert.equal(binStart(AT, 3600), "3 January 2016, 12:04 UTC");
  assert.equal(binStart(AT, 86400), "3 January 2016");
  assert.equal(date(-86400), "31 December 1969");
});

test("ticks are as coarse as the distance between them", () => {
  const hour = 3600;
  assert.equal(tick(AT, hour), "12:04");
  assert.equal(tick(AT - 12 * hour - 240, hour), "3 Jan");
  assert.equal(tick(AT, 24 * hour), "3 Jan");
  assert.equal(tick(AT, 31 * 24 * hour), "Jan 2016");
  assert.equal(tick(AT, 366 * 24 * hour), "2016");
});

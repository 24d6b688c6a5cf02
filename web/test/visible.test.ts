import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces, visible } from "../src/visible";

test("plain text stays one piece", () => {
  assert.deepEqual(pieces("plain, with tab\tand\nline"), [{ text: "plain, with tab\tand\nline", code: false }]);
  assert.deepEqual(pieces(""), []);
});

test("what reorders or hides text is named instead of obeyed", () => {
  assert.equal(visible("a\u202Eb\u2066c"), "a[U+202E]b[U+2066]c");
  assert.equal(visible("\u0000\u001b[31m\u007f"), "[U+0000][U+001B][31m[U+007F]");
  assert.equal(visible("x\u200by\ufeffz"), "x[U+200B]y[U+FEFF]z");
  assert.equal(visible("\ud83d alone"), "[U+D83D] alone");
  assert.equal(visible("\u{e0041}"), "[U+E0041]");
});

test("Persian joiners, directional marks and emoji are left as they are", () => {
  for (const text of ["می‌رود", "\u200fعلی", "👩‍👧", "🇮🇷", "é"]) assert.equal(visible(text), text);
});

test("Windows line ends count as line ends", () => {
  assert.equal(visible("a\r\nb\rc"), "a\nb[U+000D]c");
});

// Characters that reorder, hide or garble what stands around them are shown by their code point.
// Right-to-left letters, joiners and directional marks stay: real languages need them.

// Controls except tab and newline; soft hyphen; zero-width space; bidi embeddings, overrides and isolates; line and
// paragraph separators; byte order mark; annotation and tag characters; lone halves of surrogate pairs.
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Surrogate}]/gu;

export interface Piece {
  text: string;
  /** True for the name of a code point that stands in for the character itself. */
  code: boolean;
}

export function pieces(text: string): Piece[] {
  const unix = text.replaceAll("\r\n", "\n");
  const found: Piece[] = [];
  let end = 0;
  for (const match of unix.matchAll(UNSAFE)) {
    if (match.index > end) found.push({ text: unix.slice(end, match.index), code: false });
    found.push({ text: codePoint(match[0]), code: true });
    end = match.index + match[0].length;
  }
  if (end < unix.length) found.push({ text: unix.slice(end), code: false });
  return found;
}

/** The same as one string, for places that take no markup: canvas labels and the window's title. */
export function visible(text: string): string {
  return pieces(text)
    .map((piece) => (piece.code ? `[${piece.text}]` : piece.text))
    .join("");
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

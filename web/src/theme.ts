// Canvas drawing takes its colours from the style sheet, so that light, dark and print are decided in one place.

export function colour(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/** Calls back when the system switches between light and dark, or to paper; the returned function ends that. */
export function onSchemeChange(callback: () => void): () => void {
  const queries = ["(prefers-color-scheme: dark)", "print"].map((query) => window.matchMedia(query));
  queries.forEach((query) => query.addEventListener("change", callback));
  return () => queries.forEach((query) => query.removeEventListener("change", callback));
}

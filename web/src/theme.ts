// Canvas drawing takes its colours from the style sheet, so that light, dark and print are decided in one place.

export function colour(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/** Calls back when the system switches between light and dark; the returned function ends that. */
export function onSchemeChange(callback: () => void): () => void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", callback);
  return () => dark.removeEventListener("change", callback);
}

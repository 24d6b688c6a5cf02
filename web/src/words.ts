// The few sentences that depend on what the reader does. All others come written out from `syncline/words.py`.

export function number(value: number): string {
  return value.toLocaleString("en-US");
}

export function plural(count: number, singular: string): string {
  return `${number(count)} ${count === 1 ? singular : `${singular}s`}`;
}

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

export function date(seconds: number): string {
  const at = new Date(seconds * 1000);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** Where a bin of a timeline begins, as fine as its width asks for, in UTC. */
export function binStart(seconds: number, width: number): string {
  if (width >= 86_400) return date(seconds);
  const at = new Date(seconds * 1000);
  return `${date(seconds)}, ${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())} UTC`;
}

/** A tick of a time axis whose ticks stand `step` seconds apart. */
export function tick(seconds: number, step: number): string {
  const at = new Date(seconds * 1000);
  const month = (MONTHS[at.getUTCMonth()] ?? "").slice(0, 3);
  if (step >= 365 * 86_400) return String(at.getUTCFullYear());
  if (step >= 28 * 86_400) return `${month} ${at.getUTCFullYear()}`;
  const day = `${at.getUTCDate()} ${month}`;
  if (step >= 86_400) return day;
  const hours = twoDigits(at.getUTCHours());
  return hours === "00" ? day : `${hours}:${twoDigits(at.getUTCMinutes())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

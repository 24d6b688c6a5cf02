// Drawings that need no library: elements of SVG, and the paths that two figures share.

type Attributes = Record<string, string | number>;

/** An element of SVG. Attribute values come from this code or are numbers. */
export function svg(tag: string, attributes: Attributes = {}, ...children: (SVGElement | string)[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A ring's slice from one hour of the day to another, midnight at the top. */
export function slice(from: number, to: number, inner: number, outer: number): string {
  const [a, b, c, d] = [at(from, outer), at(to, outer), at(to, inner), at(from, inner)];
  return `M${a}A${outer},${outer} 0 0 1 ${b}L${c}A${inner},${inner} 0 0 0 ${d}Z`;
}

/** Where an hour of the day stands at a distance from the middle. */
export function at(hour: number, radius: number): string {
  const angle = (hour / 24) * 2 * Math.PI;
  return `${(radius * Math.sin(angle)).toFixed(2)},${(-radius * Math.cos(angle)).toFixed(2)}`;
}

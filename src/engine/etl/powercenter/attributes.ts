import type { XmlElement } from '../xml/read-xml.ts';

/** The attribute `name`, or '' where it is absent. */
export function attribute(element: XmlElement, name: string): string {
  return element.attributes.get(name) ?? '';
}

/** The attribute `name`, or null where it is absent or blank. */
export function attributeOrNull(element: XmlElement, name: string): string | null {
  const value = attribute(element, name);
  return value.trim() === '' ? null : value;
}

/** The attribute `name` as an integer, or null where it is not one. */
export function integerAttribute(element: XmlElement, name: string): number | null {
  const value = attribute(element, name).trim();
  return /^[+-]?\d{1,9}$/.test(value) ? Number.parseInt(value, 10) : null;
}

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

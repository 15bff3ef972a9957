/** Properties of PowerCenter objects: everything written in the file, with secrets left out. */
import type { EtlProperties } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';

const secretName = /passw(or)?d|passphrase|secret|\bpwd\b/i;
const secretInConnect = /\b(?:password|pwd)\s*=/i;

/** Whether the value of a property must not leave the file it was read from. */
export function isSecret(name: string, value: string): boolean {
  return secretName.test(name) || (/connect/i.test(name) && secretInConnect.test(value));
}

function toProperty(name: string, value: string): { readonly name: string; readonly value: string | null } {
  return { name, value: value !== '' && isSecret(name, value) ? null : value };
}

/** Line ends as the engine uses them: `\n` only. */
export function normaliseLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** The attributes of `element` that are not in `except`, by their own names. */
export function attributeProperties(element: XmlElement, except: ReadonlySet<string>): EtlProperties {
  const found: { readonly name: string; readonly value: string | null }[] = [];
  for (const [name, value] of element.attributes) {
    if (!except.has(name) && value !== '') found.push(toProperty(name, normaliseLineEnds(value)));
  }
  return found;
}

/** NAME/VALUE pairs written as child elements with one of `tags`, each name prefixed with `prefix`. */
export function childProperties(element: XmlElement, tags: ReadonlySet<string>, prefix = ''): EtlProperties {
  return element.children
    .filter((child) => tags.has(child.name))
    .map((child) =>
      toProperty(
        `${prefix}${child.attributes.get('NAME') ?? child.name}`,
        normaliseLineEnds(child.attributes.get('VALUE') ?? ''),
      ),
    );
}

/** The value of the property `name`, compared without case; null where it is absent, empty or secret. */
export function propertyOf(properties: EtlProperties, name: string): string | null {
  const wanted = name.toLowerCase();
  const found = properties.find((property) => property.name.toLowerCase() === wanted);
  return found === undefined || found.value === null || found.value.trim() === '' ? null : found.value;
}

/** Whether the property `name` is set to YES. */
export function isYes(properties: EtlProperties, name: string): boolean {
  return propertyOf(properties, name)?.trim().toUpperCase() === 'YES';
}

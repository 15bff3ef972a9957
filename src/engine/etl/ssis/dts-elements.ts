/** Reading elements of packages: new formats write properties as attributes, old ones as child elements. */
import type { EtlProperties } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';

type Property = EtlProperties[number];

/** A name without its namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => localName(child.name) === name);
}

/** The children called `name`, directly or within a wrapper called `wrapper`. */
export function wrapped(element: XmlElement, wrapper: string, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => {
    const local = localName(child.name);
    if (local === name) return [child];
    return local === wrapper ? childrenOf(child, name) : [];
  });
}

export function attributeOf(element: XmlElement, name: string): string | null {
  const plain = element.attributes.get(name) ?? element.attributes.get(`DTS:${name}`);
  if (plain !== undefined) return plain;
  for (const [key, value] of element.attributes) if (localName(key) === name) return value;
  return null;
}

/** A property of a DTS object, whichever way the format writes it. */
export function dtsProperty(element: XmlElement, name: string): string | null {
  const attribute = attributeOf(element, name);
  if (attribute !== null) return attribute;
  const child = childrenOf(element, 'Property').find((one) => attributeOf(one, 'Name') === name);
  return child === undefined ? null : child.text;
}

const secretName = /passw(?:or)?d|passphrase|secret|\bpwd\b|accesskey|accountkey|sastoken/i;
const secretInText =
  /(^|;)\s*(?:password|pwd|accountkey|sharedaccesssignature|jet oledb:database password)\s*=\s*(?:"[^"]*"|'[^']*'|[^;]*)/gi;

function normalised(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** A property with secrets taken out: null for a secret value, connection strings without their passwords. */
export function safeProperty(name: string, value: string, sensitive = false): Property {
  const hidden = sensitive || (secretName.test(name) && value !== '');
  return { name, value: hidden ? null : normalised(value.replace(secretInText, '$1')) };
}

function isSensitive(element: XmlElement): boolean {
  const flag = attributeOf(element, 'Sensitive') ?? attributeOf(element, 'Encrypted');
  return flag !== null && flag !== '' && flag !== '0' && flag.toLowerCase() !== 'false';
}

/** All properties of a DTS object itself: attributes, property elements and property expressions. */
export function dtsProperties(element: XmlElement): EtlProperties {
  const found: Property[] = [];
  for (const [name, value] of element.attributes)
    if (!name.startsWith('xmlns')) found.push(safeProperty(localName(name), value));
  for (const child of element.children) {
    const local = localName(child.name);
    const name = attributeOf(child, 'Name') ?? '';
    if (local === 'Property' && name !== '' && child.text.trim() !== '')
      found.push(safeProperty(name, child.text, isSensitive(child)));
    if (local === 'PropertyExpression') found.push(safeProperty(`expression.${name}`, child.text));
  }
  return found;
}

const maxNested = 5_000;

/** Everything below `element`: attributes as `Element.attribute`, texts as `Element`; binaries only by their size. */
export function nestedProperties(element: XmlElement, except: ReadonlySet<string>): EtlProperties {
  const found: Property[] = [];
  const pending = [...element.children].reverse();
  while (pending.length > 0 && found.length < maxNested) {
    const one = pending.pop();
    if (one === undefined) break;
    const local = localName(one.name);
    if (except.has(local)) continue;
    const own = attributeOf(one, 'Name') ?? attributeOf(one, 'name');
    const label = own === null ? local : `${local}.${own}`;
    for (const [name, value] of one.attributes) {
      if (!name.startsWith('xmlns') && value !== '')
        found.push(
          safeProperty(`${label}.${localName(name)}`, value, isSensitive(one) && localName(name) !== 'Sensitive'),
        );
    }
    const text = one.text.trim();
    if (text !== '')
      found.push(
        /Binary/i.test(local)
          ? { name: label, value: `(${text.length} characters of binary data)` }
          : safeProperty(label, one.text, isSensitive(one)),
      );
    for (let index = one.children.length - 1; index >= 0; index -= 1) {
      const child = one.children[index];
      if (child !== undefined) pending.push(child);
    }
  }
  return found;
}

/** The value of the property `name`, compared without case; null where it is absent, empty or secret. */
export function propertyOf(properties: EtlProperties, name: string): string | null {
  const wanted = name.toLowerCase();
  const found = properties.find((property) => property.name.toLowerCase() === wanted);
  return found === undefined || found.value === null || found.value.trim() === '' ? null : found.value;
}

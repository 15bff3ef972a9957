/** Properties of stages and links: nested lists of the export as flat names, and reading them back. */
import type { EtlProperties } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { readXml } from '../xml/read-xml.ts';
import type { DsxBlock } from './read-dsx.ts';
import { collection, valueOf } from './read-dsx.ts';
import { isSecret, withoutSecrets } from './secrets.ts';

export interface PropertyItem {
  readonly value: string;
  /** Properties of this item, by lower-cased name. */
  readonly more: ReadonlyMap<string, string>;
}

interface Property {
  readonly name: string;
  readonly value: string | null;
}

const maxXmlValues = 2_000;

/** A list as the designer stores it (fields by \2, items by \1, depth by \3) as `key[1]`, `key[1].sort order` … */
function listProperties(text: string): readonly Property[] {
  const found: Property[] = [];
  const counts = new Map<string, number>();
  let owner = '';
  for (const item of text.split('\u0001').slice(1)) {
    let depth = 0;
    while (item[depth] === '\u0003') depth += 1;
    const [rawName = '', value = ''] = item.slice(depth).split('\u0002');
    const name = rawName.trim();
    if (depth > 1) {
      found.push({ name: `${owner}.${name}`, value: isSecret(name, value) ? null : withoutSecrets(value) });
      continue;
    }
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    owner = `${name}[${count}]`;
    found.push({ name: owner, value: isSecret(name, value) ? null : withoutSecrets(value) });
  }
  return found;
}

/** The leaves of embedded XML as `Usage/SQL/SelectStatement`. */
function xmlProperties(text: string): readonly Property[] {
  const { root } = readXml(text, { file: '', limits: { depth: 32, elements: 50_000 } });
  const found: Property[] = [];
  const open: { readonly element: XmlElement; readonly path: string }[] = (root?.children ?? [])
    .map((element) => ({ element, path: element.name }))
    .reverse();
  for (let next = open.pop(); next !== undefined && found.length < maxXmlValues; next = open.pop()) {
    const { element, path } = next;
    const value = element.text.trim();
    if (value !== '') found.push({ name: path, value: isSecret(element.name, value) ? null : withoutSecrets(value) });
    for (const child of [...element.children].reverse()) open.push({ element: child, path: `${path}/${child.name}` });
  }
  return found;
}

function expanded(name: string, value: string): readonly Property[] {
  if (isSecret(name, value)) return [{ name, value: null }];
  if (name === 'XMLProperties') {
    const leaves = xmlProperties(value);
    return leaves.length === 0 ? [{ name, value: withoutSecrets(value) }] : leaves;
  }
  if (value.startsWith('\u0002')) {
    const items = listProperties(value);
    if (items.length > 0) return items;
  }
  return [{ name, value: withoutSecrets(value) }];
}

const structural: ReadonlySet<string> = new Set([
  'Identifier',
  'Name',
  'InputPins',
  'OutputPins',
  'StageType',
  'OLEType',
]);

/** Every property of a record: its own, those of its stage type, and those that its compiler notes. */
export function recordProperties(record: DsxBlock, prefix = ''): EtlProperties {
  const own = record.properties
    .filter(
      (one) =>
        !structural.has(one.name) && one.value !== '' && record.blocks.every((block) => block.collection !== one.name),
    )
    .flatMap((one) => expanded(one.name, one.value));
  const custom = collection(record, 'Properties').flatMap((one) =>
    expanded((valueOf(one, 'Name') ?? '').trim(), valueOf(one, 'Value') ?? ''),
  );
  const meta = collection(record, 'MetaBag').flatMap((one) =>
    expanded(`${valueOf(one, 'Owner') ?? ''}/${valueOf(one, 'Name') ?? ''}`, valueOf(one, 'Value') ?? ''),
  );
  return [...custom, ...own, ...meta]
    .filter((one) => one.value === null || one.value.trim() !== '')
    .map((one) => ({ name: `${prefix}${one.name}`, value: one.value }));
}

/** The value of a property, without case; null where it is absent. */
export function propertyOf(properties: EtlProperties, name: string): string | null {
  const lower = name.toLowerCase();
  return properties.find((one) => one.name.toLowerCase() === lower)?.value ?? null;
}

/** The items of a list property, or the single value of a plain one. */
export function itemsOf(properties: EtlProperties, name: string): readonly PropertyItem[] {
  const lower = name.toLowerCase();
  const items = new Map<string, { value: string; more: Map<string, string> }>();
  for (const { name: full, value } of properties) {
    const match = /^([^[]+)\[(\d+)\](?:\.(.*))?$/s.exec(full);
    if (match?.[1]?.toLowerCase() !== lower || value === null) continue;
    const key = match[2] ?? '';
    if (match[3] === undefined) items.set(key, { value, more: new Map() });
    else items.get(key)?.more.set(match[3].toLowerCase(), value);
  }
  if (items.size > 0) return [...items.values()];
  const plain = propertyOf(properties, name);
  return plain === null || plain.trim() === '' ? [] : [{ value: plain, more: new Map() }];
}

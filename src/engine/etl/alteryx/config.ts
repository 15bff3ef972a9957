/**
 * The configuration of a tool as a flat list of properties, which is what the model keeps, and back as a tree, which is
 * what the rules read. `A/B[2]@c` is attribute c of the second B in A; a bare path is the text of the element.
 */
import type { EtlProperties } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { withoutSecret } from './secrets.ts';

export interface Config {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Config[];
  readonly text: string;
}

interface OpenConfig {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: OpenConfig[];
  readonly bySegment: Map<string, OpenConfig>;
  text: string;
}

export interface Flattened {
  readonly properties: { readonly name: string; readonly value: string | null }[];
  /** Names of the properties whose secret was taken out. */
  readonly secrets: string[];
}

const maximumDepth = 200;

function keep(into: Flattened, name: string, owner: string, value: string): void {
  const cleaned = withoutSecret(owner, value);
  if (cleaned.removed) into.secrets.push(name);
  into.properties.push({ name, value: cleaned.value });
}

/** Adds the element's attributes, text and descendants to `into`, under `path`. */
export function flatten(element: XmlElement, path: string, into: Flattened, depth = 0): void {
  for (const [name, value] of element.attributes)
    keep(into, `${path}@${name}`, name === 'value' ? element.name : name, value);
  const text = element.text;
  if (text.trim() !== '' || (element.children.length === 0 && element.attributes.size === 0 && path !== ''))
    keep(into, path, element.name, element.children.length === 0 ? text : text.trim());
  if (depth >= maximumDepth) return;
  const counts = new Map<string, number>();
  for (const child of element.children) {
    const count = (counts.get(child.name) ?? 0) + 1;
    counts.set(child.name, count);
    const segment = count === 1 ? child.name : `${child.name}[${count}]`;
    flatten(child, path === '' ? segment : `${path}/${segment}`, into, depth + 1);
  }
}

const newNode = (name: string): OpenConfig => ({
  name,
  attributes: new Map(),
  children: [],
  bySegment: new Map(),
  text: '',
});

/** The tree again. Properties of the tool itself, whose names start with `tool.`, are left out. */
export function configOf(properties: EtlProperties): Config {
  const root = newNode('');
  for (const { name, value } of properties) {
    if (name.startsWith('tool.')) continue;
    const at = name.indexOf('@');
    const path = at === -1 ? name : name.slice(0, at);
    let node = root;
    for (const segment of path === '' ? [] : path.split('/')) {
      let next = node.bySegment.get(segment);
      if (next === undefined) {
        next = newNode(segment.replace(/\[\d+\]$/, ''));
        node.bySegment.set(segment, next);
        node.children.push(next);
      }
      node = next;
    }
    if (at === -1) node.text = value ?? '';
    else node.attributes.set(name.slice(at + 1), value ?? '');
  }
  return root;
}

const nothing: Config = { name: '', attributes: new Map(), children: [], text: '' };

/** The first descendant along the names; an empty one where there is none. */
export function at(config: Config, ...path: readonly string[]): Config {
  let node = config;
  for (const name of path) node = node.children.find((child) => child.name === name) ?? nothing;
  return node;
}

export function all(config: Config, name: string): readonly Config[] {
  return config.children.filter((child) => child.name === name);
}

export function attribute(config: Config, name: string): string {
  return config.attributes.get(name) ?? '';
}

/** The text of a setting, written as text or in `value`. */
export function setting(config: Config, ...path: readonly string[]): string {
  const node = at(config, ...path);
  return node.attributes.get('value') ?? node.text;
}

export function isOn(config: Config, ...path: readonly string[]): boolean {
  return (
    setting(config, ...path)
      .trim()
      .toLowerCase() === 'true'
  );
}

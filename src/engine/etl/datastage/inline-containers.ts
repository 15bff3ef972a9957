/** Shared and local containers put in the place of the stages that call them, where their definition is at hand. */
import type { EtlConnector, EtlFile, EtlMapping, EtlParameter, EtlTransformation } from '../../../shared/model/etl.ts';
import { doorPrefix } from './parse-stage.ts';
import { propertyOf } from './properties.ts';

/** Name of the property that says why a container could not be put in place. */
export const containerReason = 'container.reason';

const maximumDepth = 8;
const maximumStages = 20_000;
const parameterPrefix = 'parameter ';

type Containers = ReadonlyMap<string, EtlMapping>;
type Body = Pick<EtlMapping, 'transformations' | 'connectors' | 'parameters' | 'properties'>;

/** Whether the stage stands for a container. */
export function isContainer(stage: EtlTransformation): boolean {
  return /^C?(?:Shared|Local)?Container(?:Stage)?$/i.test(stage.type);
}

const isRefused = (stage: EtlTransformation): boolean => propertyOf(stage.properties, containerReason) !== null;

/** The last part of a repository path, without case. */
const plainName = (path: string): string => (path.split(/[\\/]/).at(-1) ?? path).trim().toLowerCase();

function containersOf(files: readonly EtlFile[]): Containers {
  const found = new Map<string, EtlMapping>();
  for (const file of files) {
    if (file.tool !== 'datastage') continue;
    for (const mapping of file.mappings) {
      const name = plainName(mapping.name);
      if (mapping.kind === 'mapplet' && !found.has(name)) found.set(name, mapping);
    }
  }
  return found;
}

/** The shared container that a stage calls: a property names it; designers also name the stage after it. */
function sharedOf(call: EtlTransformation, containers: Containers): EtlMapping | null {
  for (const { name, value } of call.properties) {
    if (value === null || name.includes('.') || name.startsWith(parameterPrefix)) continue;
    const found = containers.get(plainName(value));
    if (found !== undefined) return found;
  }
  return containers.get(plainName(call.name)) ?? null;
}

const viewsOf = (body: Pick<Body, 'properties'>): EtlMapping['properties'] =>
  body.properties.filter((one) => one.name.startsWith(doorPrefix));

/** The door of the local container that a stage calls: its view, named by a property or by the stage's own name. */
function localDoorOf(call: EtlTransformation, body: Body): string | null {
  const views = viewsOf(body);
  const values = new Set(call.properties.map((one) => one.value));
  const named = views.find((one) => values.has(one.name.slice(doorPrefix.length)));
  const alike = views.find((one) => one.value?.toLowerCase() === call.name.toLowerCase());
  return (named ?? alike)?.name ?? null;
}

/** The door of a shared container: the view that its root names, or the only one that it has. */
function doorOf(container: Body): string | null {
  const views = viewsOf(container);
  const wanted = `${doorPrefix}${propertyOf(container.properties, 'View') ?? ''}`;
  return (views.find((one) => one.name === wanted) ?? (views.length === 1 ? views[0] : undefined))?.name ?? null;
}

interface Links {
  readonly outer: readonly string[];
  readonly inner: readonly string[];
}

/** Inner link by outer link: mapped by a property of the call, of equal name, or the only ones. A text is what does not fit. */
function pairs(call: EtlTransformation, { outer, inner }: Links): ReadonlyMap<string, string> | string {
  const found = new Map<string, string>();
  for (const link of outer) {
    const mapped = call.properties.find(
      (one) => one.name.startsWith(`${link}.`) && one.value !== null && inner.includes(one.value) && one.value !== link,
    )?.value;
    const same = inner.find((one) => one.toLowerCase() === link.toLowerCase());
    const only = outer.length === 1 && inner.length === 1 ? inner[0] : undefined;
    const partner = mapped ?? same ?? only;
    if (partner === undefined) return `The container has no link for ${link}`;
    found.set(link, partner);
  }
  return found;
}

const distinct = (names: readonly (string | null)[]): readonly string[] => [
  ...new Set(names.flatMap((one) => one ?? [])),
];

/** Connectors with the links of the call joined to those of its door. */
function joined(
  connectors: readonly EtlConnector[],
  call: EtlTransformation,
  door: string,
): readonly EtlConnector[] | string {
  const into = connectors.filter((one) => one.to === call.id);
  const outOf = connectors.filter((one) => one.from === call.id);
  const entering = pairs(call, {
    outer: distinct(into.map((one) => one.toGroup)),
    inner: distinct(connectors.filter((one) => one.from === door).map((one) => one.fromGroup)),
  });
  if (typeof entering === 'string') return entering;
  const leaving = pairs(call, {
    outer: distinct(outOf.map((one) => one.fromGroup)),
    inner: distinct(connectors.filter((one) => one.to === door).map((one) => one.toGroup)),
  });
  if (typeof leaving === 'string') return leaving;
  const feeds = new Map(into.map((one) => [entering.get(one.toGroup ?? ''), one]));
  const entered = connectors
    .filter((one) => one.to !== call.id)
    .flatMap((one) => {
      if (one.from !== door) return [one];
      const feed = feeds.get(one.fromGroup ?? '');
      return feed === undefined ? [] : [{ ...one, from: feed.from, fromGroup: feed.fromGroup }];
    });
  const readers = [...new Map(outOf.map((one) => [`${one.to}\u0000${one.toGroup ?? ''}`, one])).values()];
  return entered.flatMap((one) => {
    if (one.from === call.id) return [];
    if (one.to !== door) return [one];
    return readers
      .filter((reader) => leaving.get(reader.fromGroup ?? '') === one.toGroup)
      .map((reader) => ({ ...one, to: reader.to, toGroup: reader.toGroup }));
  });
}

/** The container's parameters as the call sets them, without those that the job has itself; a text is what does not fit. */
function answered(call: EtlTransformation, container: Body, job: Body): readonly EtlParameter[] | string {
  const own = new Map(job.parameters.map((one) => [one.name, one.defaultValue]));
  const found: EtlParameter[] = [];
  for (const parameter of container.parameters) {
    const given = propertyOf(call.properties, `${parameterPrefix}${parameter.name}`)?.trim() ?? null;
    const passed = given === null ? undefined : /^#([^#]+)#$/.exec(given)?.[1];
    if (passed === parameter.name && own.has(passed)) continue;
    if (passed !== undefined)
      return `The container's parameter ${parameter.name} is given the job's parameter ${passed}, which has another name`;
    const value = given ?? parameter.defaultValue;
    const known = own.get(parameter.name);
    if (known !== undefined && known !== value)
      return `The container's parameter ${parameter.name} has another value than the job's parameter of that name`;
    if (known === undefined) found.push({ ...parameter, defaultValue: value });
  }
  return found;
}

class Inliner {
  private readonly containers: Containers;
  private count = 0;

  constructor(containers: Containers) {
    this.containers = containers;
  }

  /** `body` with its containers in place; `within` are the shared containers around it. */
  inline(body: Body, within: readonly string[]): Body {
    let result = body;
    for (const call of body.transformations.filter((one) => isContainer(one) && !isRefused(one))) {
      const next = this.one(result, call, within);
      result = typeof next === 'string' ? withReason(result, call, next) : next;
    }
    return result;
  }

  private one(body: Body, call: EtlTransformation, within: readonly string[]): Body | string {
    const shared = sharedOf(call, this.containers);
    if (shared !== null) return this.shared(body, call, { shared, within });
    const door = localDoorOf(call, body);
    if (door === null) return `The container ${wantedName(call)} is not among the files; add its export`;
    const connectors = joined(body.connectors, call, door);
    if (typeof connectors === 'string') return connectors;
    return { ...body, connectors, transformations: body.transformations.filter((one) => one.id !== call.id) };
  }

  private shared(
    body: Body,
    call: EtlTransformation,
    { shared, within }: { readonly shared: EtlMapping; readonly within: readonly string[] },
  ): Body | string {
    const name = plainName(shared.name);
    this.count += shared.transformations.length;
    if (within.includes(name)) return `The container ${shared.name} calls itself`;
    if (within.length >= maximumDepth || this.count > maximumStages)
      return `The container ${shared.name} lies within too many others`;
    const inner = this.inline(shared, [...within, name]);
    const door = doorOf(inner);
    if (door === null) return `The container ${shared.name} has no link to the outside`;
    const parameters = answered(call, inner, body);
    if (typeof parameters === 'string') return parameters;
    const idOf = (id: string): string => `${call.id}__${id}`;
    const placed = inner.connectors.map((one) => ({ ...one, from: idOf(one.from), to: idOf(one.to) }));
    const connectors = joined([...body.connectors, ...placed], call, idOf(door));
    if (typeof connectors === 'string') return connectors;
    const stages = inner.transformations.map((one) => ({ ...one, id: idOf(one.id), line: call.line }));
    return {
      ...body,
      transformations: body.transformations.flatMap((one) => (one.id === call.id ? stages : [one])),
      connectors,
      parameters: [...body.parameters, ...parameters],
    };
  }
}

function wantedName(call: EtlTransformation): string {
  const named = call.properties.find(
    (one) => /container(?!type)/i.test(one.name) && one.value !== null && /[A-Za-z]/.test(one.value),
  );
  return named?.value ?? call.name;
}

function withReason(body: Body, call: EtlTransformation, reason: string): Body {
  const marked = { ...call, properties: [...call.properties, { name: containerReason, value: reason }] };
  return { ...body, transformations: body.transformations.map((one) => (one.id === call.id ? marked : one)) };
}

/** `mapping` with the containers among `files` that it calls put in place; what cannot be is marked with the reason. */
export function inlineContainers(mapping: EtlMapping, files: readonly EtlFile[]): EtlMapping {
  return mapping.transformations.some(isContainer)
    ? { ...mapping, ...new Inliner(containersOf(files)).inline(mapping, []) }
    : mapping;
}

/** The jobs of `file` with the containers that they call, of this file first, then of the others. */
export function linkContainers(file: EtlFile, files: readonly EtlFile[]): EtlFile {
  const all = [file, ...files.filter((one) => one !== file)];
  return {
    ...file,
    mappings: file.mappings.map((one) => (one.kind === 'mapping' ? inlineContainers(one, all) : one)),
  };
}

/** Standard macros put in the place of the tools that call them, where the macro's own file is among the imports. */
import type { EtlConnector, EtlFile, EtlMapping, EtlParameter, EtlTransformation } from '../../../shared/model/etl.ts';
import { configOf, setting } from './config.ts';
import { propertyOf } from './convert/properties.ts';

/** Name of the property that says why a macro that is there could not be put in place. */
export const macroReason = 'tool.macro_reason';

const maximumDepth = 8;
const maximumTools = 20_000;

const baseName = (path: string): string => (path.split(/[\\/]/).at(-1) ?? path).toLowerCase();

/** The workflow of a macro file by the file's name without folder. */
function macrosOf(files: readonly EtlFile[]): ReadonlyMap<string, EtlMapping> {
  const found = new Map<string, EtlMapping>();
  for (const file of files) {
    const [mapping] = file.mappings;
    const name = baseName(file.file);
    if (file.tool === 'alteryx' && mapping !== undefined && name.endsWith('.yxmc') && !found.has(name))
      found.set(name, mapping);
  }
  return found;
}

interface Body {
  readonly transformations: readonly EtlTransformation[];
  readonly connectors: readonly EtlConnector[];
  readonly parameters: readonly EtlParameter[];
}

/** Why the macro's tools cannot stand in the place of the call; null where they can. */
function obstacle(macro: EtlMapping): string | null {
  const types = new Set(macro.transformations.map((one) => one.type));
  if (types.has('ControlParam')) return 'a batch macro, which runs once for each record of its control input';
  if ([...types].some((type) => /^(?:LoopInput|LoopEnd|IterationInput|MacroLoop.*)$/.test(type)))
    return 'an iterative macro, which runs until its loop has no records left';
  return null;
}

/** The Macro Input or Macro Output that a wire of the call means: by name, by tool, or the only one there is. */
function doorOf(macro: Body, type: 'MacroInput' | 'MacroOutput', anchor: string): EtlTransformation | null {
  const doors = macro.transformations.filter((one) => one.type === type);
  const wanted = anchor.toLowerCase();
  const named = doors.find((one) => setting(configOf(one.properties), 'Name').trim().toLowerCase() === wanted);
  const numbered = doors.find((one) => `${type === 'MacroInput' ? 'input' : 'output'}${one.id}` === wanted);
  return named ?? numbered ?? (doors.length === 1 ? (doors[0] ?? null) : null);
}

/** The answers that the call gives to the macro's questions. */
function answered(call: EtlTransformation, parameters: readonly EtlParameter[]): readonly EtlParameter[] {
  const answers = new Map(
    configOf(call.properties)
      .children.filter((one) => one.name === 'Value')
      .map((one) => [`Question.${one.attributes.get('name') ?? ''}`, one.text.trim()]),
  );
  return parameters.map((one) => ({ ...one, defaultValue: answers.get(one.name) ?? one.defaultValue }));
}

function placed(macro: Body, call: EtlTransformation): Body {
  const idOf = (id: string): string => `${call.id}.${id}`;
  return {
    transformations: macro.transformations.map((one) => ({
      ...one,
      id: idOf(one.id),
      line: call.line,
      properties: [
        ...one.properties,
        ...(propertyOf(call, 'tool.disabled') === 'True' ? [{ name: 'tool.disabled', value: 'True' }] : []),
      ],
    })),
    connectors: macro.connectors.map((one) => ({ ...one, from: idOf(one.from), to: idOf(one.to) })),
    parameters: answered(call, macro.parameters),
  };
}

class Inliner {
  private readonly macros: ReadonlyMap<string, EtlMapping>;
  private count = 0;

  constructor(macros: ReadonlyMap<string, EtlMapping>) {
    this.macros = macros;
  }

  /** `body` with its macro calls replaced; `within` are the macros around it. */
  inline(body: Body, within: readonly string[]): Body {
    let result = body;
    for (const call of body.transformations) {
      const name = baseName(propertyOf(call, 'tool.macro') ?? '');
      const macro = this.macros.get(name);
      if (macro === undefined) continue;
      const inner = this.bodyOf(macro, name, within);
      result = typeof inner === 'string' ? withReason(result, call, inner) : replaced(result, call, inner);
    }
    return result;
  }

  private bodyOf(macro: EtlMapping, name: string, within: readonly string[]): Body | string {
    const reason = obstacle(macro);
    if (reason !== null) return reason;
    if (within.includes(name)) return 'a macro that calls itself';
    this.count += macro.transformations.length;
    if (within.length >= maximumDepth || this.count > maximumTools) return 'a macro within too many others';
    return this.inline(macro, [...within, name]);
  }
}

function withReason(body: Body, call: EtlTransformation, reason: string): Body {
  const marked = { ...call, properties: [...call.properties, { name: macroReason, value: reason }] };
  return { ...body, transformations: body.transformations.map((one) => (one.id === call.id ? marked : one)) };
}

/** `body` with the tools of `macro` for the call; with a reason on the call where its wires or answers do not fit. */
function replaced(body: Body, call: EtlTransformation, macro: Body): Body {
  const inner = placed(macro, call);
  const known = new Map(body.parameters.map((one) => [one.name, one]));
  const clash = inner.parameters.find((one) => {
    const other = known.get(one.name);
    return other !== undefined && other.defaultValue !== one.defaultValue;
  });
  if (clash !== undefined)
    return withReason(body, call, `a macro whose question ${clash.name} has another answer elsewhere in the workflow`);
  const wires: EtlConnector[] = [];
  for (const wire of body.connectors) {
    const into = wire.to === call.id ? doorOf(macro, 'MacroInput', wire.toPort) : null;
    const outOf = wire.from === call.id ? doorOf(macro, 'MacroOutput', wire.fromPort) : null;
    const interfaceWire = wire.to === call.id && /^(?:Action|Question)$/.test(wire.toPort);
    if ((wire.to === call.id && into === null && !interfaceWire) || (wire.from === call.id && outOf === null))
      return withReason(body, call, `a macro without an anchor ${wire.to === call.id ? wire.toPort : wire.fromPort}`);
    wires.push({
      ...wire,
      ...(into === null ? {} : { to: `${call.id}.${into.id}`, toPort: 'Input' }),
      ...(outOf === null ? {} : { from: `${call.id}.${outOf.id}`, fromPort: 'Output' }),
    });
  }
  return {
    transformations: body.transformations.flatMap((one) => (one.id === call.id ? inner.transformations : [one])),
    connectors: [...wires.filter((wire) => wire.to !== call.id), ...inner.connectors],
    parameters: [...body.parameters, ...inner.parameters.filter((one) => !known.has(one.name))],
  };
}

/** `file` with the macros among `files` that it calls put in place; what cannot be is marked with the reason. */
export function inlineMacros(file: EtlFile, files: readonly EtlFile[]): EtlFile {
  const macros = macrosOf(files);
  if (macros.size === 0) return file;
  const own = baseName(file.file);
  const mappings = file.mappings.map((mapping) => {
    const calls = mapping.transformations.some((one) => macros.has(baseName(propertyOf(one, 'tool.macro') ?? '')));
    return calls ? { ...mapping, ...new Inliner(macros).inline(mapping, [own]) } : mapping;
  });
  return { ...file, mappings };
}

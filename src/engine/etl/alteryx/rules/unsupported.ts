import { propertyOf } from '../convert/properties.ts';
import type { Rule, RuleResult, Tool } from '../convert/rule.ts';
import { columnOf, type Stream } from '../convert/stream.ts';
import { macroReason } from '../inline-macros.ts';
import { reasons } from './palette-reasons.ts';

function reasonOf(tool: Tool): string {
  const { transformation } = tool;
  const macro = propertyOf(transformation, 'tool.macro');
  const known = propertyOf(transformation, macroReason);
  if (known !== null) return `It is ${known} (${macro?.split(/[\\/]/).at(-1) ?? transformation.type})`;
  const plugin = propertyOf(transformation, 'tool.plugin') ?? '';
  const described = reasons.find(
    ([pattern]) => pattern.test(plugin === '' ? (macro ?? '') : plugin) || pattern.test(transformation.type),
  );
  if (described !== undefined) return described[1];
  if (macro !== null && macro !== '') {
    const state = /encrypt/i.test(macro) ? 'an encrypted macro' : 'a macro of its own file';
    return `It is ${state} (${macro.split(/[\\/]/).at(-1) ?? macro}), whose file is not among the imports`;
  }
  return plugin !== '' && !/^Alteryx|^LockIn/.test(plugin)
    ? `${transformation.type} is a tool of another vendor (${plugin})`
    : `No rule converts ${transformation.type}`;
}

function originalOf(tool: Tool): string {
  const { transformation } = tool;
  const settings = transformation.properties
    .filter((one) => one.value !== null && one.value.trim() !== '')
    .map((one) => `${one.name}: ${one.value ?? ''}`);
  const text = [`${transformation.type} ${transformation.name}`, ...settings].join('\n');
  return text.length <= 20_000
    ? text
    : `${text.slice(0, 20_000)}\n… ${text.length - 20_000} more characters in the source file, line ${transformation.line ?? 0}`;
}

/** A node that keeps what could not be converted and fails when it is run. */
export function unsupportedResult(tool: Tool, reason: string): RuleResult {
  const { draft, context, transformation } = tool;
  for (const inbound of draft.inbound()) draft.use(inbound.stream);
  draft.doubt(`${reason}. Rewrite ${transformation.name} by hand; its original is kept in the node.`, 0, 'error');
  const anchors = context.usedOutputs.length === 0 ? ['Output'] : context.usedOutputs;
  const several = anchors.length > 1;
  const opened = anchors.map((anchor) => ({ anchor, ...context.open(anchor, context.remembered(anchor) ?? []) }));
  const [first] = opened;
  const node = draft.node({
    operator: 'unsupported',
    config: { source_type: transformation.type },
    ...(several
      ? {
          outputs: opened.map((one) => ({
            name: one.anchor,
            columns: one.fields.map((field) => columnOf(field)),
            sql: "SELECT error('not converted') AS __not_converted",
          })),
        }
      : { columns: (first?.fields ?? []).map((field) => columnOf(field)) }),
    confidence: 0,
    conversion: 'unsupported',
    original: originalOf(tool),
  });
  const outputs = new Map<string, Stream>(
    opened.map((one) => [
      one.anchor,
      { input: several ? { node: node.id, output: one.anchor } : { node: node.id }, fields: one.fields, ask: one.ask },
    ]),
  );
  return { node, outputs };
}

/** Everything that no other rule converts. */
export const unsupportedRule: Rule = { types: [], convert: (tool) => unsupportedResult(tool, reasonOf(tool)) };

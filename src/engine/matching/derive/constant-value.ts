/** A required target column that nothing in the source stands for: the value that every row could take. */
import type { Table } from '../../../shared/model/schema.ts';
import { quoteLiteral } from '../../core/text.ts';
import { duckDbDefault } from '../../sql/dialects/duckdb/print-table.ts';
import { type Part, type PartTable, hasWord, isMoment, isText } from './derivation.ts';

export interface Constant {
  readonly expression: string;
  readonly confidence: number;
  readonly reason: string;
}

/** Null where nothing says what the value could be. */
export function constantValue(target: Part, into: PartTable, from: PartTable): Constant | null {
  return byDefault(target) ?? byOnlyValue(target) ?? byAllowedValues(target, into.view.table) ?? byName(target, from);
}

function byDefault({ view }: Part): Constant | null {
  const expression = duckDbDefault(view.column);
  if (expression === null || /^null$/i.test(expression)) return null;
  return { expression, confidence: 0.5, reason: `The target's own default is ${expression}` };
}

const LEAST_ROWS = 3;

/** An identifier that is the same in every row of a sample points to something; it is no constant. */
function byOnlyValue({ view, profile }: Part): Constant | null {
  const [only] = profile?.top ?? [];
  if (view.role === 'identifier' || profile?.distinct !== 1 || only === undefined || only.count < LEAST_ROWS)
    return null;
  const expression = literalOf(only.value, view.column.type);
  return { expression, confidence: 0.6, reason: `All ${only.count} rows of the target's data hold ${expression}` };
}

/** `CHECK (status IN ('A', 'I'))`, `ENUM('a','b')`: one of these it has to be. */
function byAllowedValues({ view }: Part, table: Table): Constant | null {
  const { name, rawType, type } = view.column;
  const list = /^enum\s*\((.{1,500})\)/is.exec(rawType)?.[1] ?? allowedBy(table.checks, name);
  const values = [...(list ?? '').matchAll(/'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)/g)].map(
    ([, text, digits]) => text?.replaceAll("''", "'") ?? digits ?? '',
  );
  const chosen = values.find((value) => /^(?:a|active|y|yes)$/i.test(value)) ?? values[0];
  if (chosen === undefined) return null;
  const expression = literalOf(chosen, type);
  return values.length === 1
    ? { expression, confidence: 0.6, reason: `The target allows no other value than ${expression}` }
    : {
        expression,
        confidence: 0.3,
        reason: `The target allows ${values.slice(0, 8).join(', ')}: choose which one`,
      };
}

function allowedBy(checks: readonly string[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const check of checks) {
    const found = /^[\s(]*["`[]?([\w$]+)["`\]]?\s*(?:in\s*\(([^()]{1,500})\)|=\s*('[^']*'|\d+))[\s)]*$/i.exec(check);
    if (found?.[1]?.toLowerCase() === wanted) return found[2] ?? found[3];
  }
  return undefined;
}

const movedWords = [
  'load',
  'insert',
  'inserted',
  'loaded',
  'created',
  'create',
  'updated',
  'update',
  'modified',
  'etl',
];

/** Columns of bookkeeping, which tell of the migration itself. */
function byName(target: Part, from: PartTable): Constant | null {
  return flagValue(target) ?? momentOfLoad(target) ?? whoWrote(target, from);
}

function momentOfLoad(target: Part): Constant | null {
  if (!isMoment(target) || !hasWord(target, ...movedWords)) return null;
  const expression = target.view.column.type === 'date' ? 'CURRENT_DATE' : 'CURRENT_TIMESTAMP';
  return { expression, confidence: 0.55, reason: 'A mark of when the row was loaded' };
}

function whoWrote(target: Part, from: PartTable): Constant | null {
  if (isText(target) && hasWord(target, 'source') && hasWord(target, 'system')) {
    const name = from.view.table.schema ?? from.view.table.name;
    return { expression: quoteLiteral(name), confidence: 0.3, reason: 'The system that the rows come from: name it' };
  }
  if (isText(target) && hasWord(target, ...movedWords) && hasWord(target, 'by', 'user'))
    return { expression: "'migration'", confidence: 0.3, reason: 'Who wrote the row: the migration' };
  return null;
}

const offWords = ['deleted', 'inactive', 'archived', 'locked', 'blocked', 'closed'];
const onWords = ['active', 'enabled', 'current', 'valid'];

function flagValue(target: Part): Constant | null {
  const isBoolean = target.view.column.type === 'boolean';
  const isShort = isText(target) && (target.view.column.length ?? 99) <= 3;
  if (!isBoolean && !(isShort && hasWord(target, 'flag', 'is', 'indicator'))) return null;
  const off = offWords.find((word) => hasWord(target, word));
  const state = off ?? onWords.find((word) => hasWord(target, word));
  if (state === undefined) return null;
  const expression = off !== undefined ? (isBoolean ? 'FALSE' : "'N'") : isBoolean ? 'TRUE' : "'Y'";
  return { expression, confidence: 0.5, reason: `Migrated rows count as ${off !== undefined ? 'not ' : ''}${state}` };
}

const literalOf = (value: string, type: string): string =>
  (type === 'integer' || type === 'decimal' || type === 'float') && /^-?\d+(?:\.\d+)?$/.test(value)
    ? value
    : quoteLiteral(value);

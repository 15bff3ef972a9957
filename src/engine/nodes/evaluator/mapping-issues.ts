/** The defects of one mapping by its types, lengths and data; row counts come from the profile and are null where it cannot tell. */
import { type Mapping, type MappingIssue, isDerived } from '../../../shared/model/mapping.ts';
import type { Column } from '../../../shared/model/schema.ts';
import { familyCompatibility } from '../../matching/type-compatibility.ts';
import type { FindColumn, FindProfile, ProfiledColumn } from './column-index.ts';
import { countUnconvertible } from './count-unconvertible.ts';

export interface IssueContext {
  readonly source: FindColumn;
  readonly target: FindColumn;
  readonly profile: FindProfile;
}

interface Pair extends ProfiledColumn {
  readonly mapping: Mapping;
  readonly from: Column;
  readonly to: Column;
}

const checks: readonly ((pair: Pair) => MappingIssue | null)[] = [checkType, checkLength, checkNulls, checkPrecision];

/** None for a mapping without a target or with a column that the schemas do not have. */
export function mappingIssues(mapping: Mapping, context: IssueContext): readonly MappingIssue[] {
  // What an expression over several columns gives is not judged by the type of one of them.
  if (isDerived(mapping) || mapping.transformation.type === 'merge') return [];
  const from = context.source(mapping.source);
  const to = mapping.target === null ? null : context.target(mapping.target);
  if (from === null || to === null) return [];
  const pair: Pair = { mapping, from, to, ...context.profile(mapping.source) };
  return checks.flatMap((check) => check(pair) ?? []);
}

function checkType({ mapping, from, to, profile }: Pair): MappingIssue | null {
  const fit = familyCompatibility(from.type, to.type);
  if (fit <= 0.1)
    return {
      severity: 'error',
      kind: 'type',
      message: `${from.rawType} cannot become ${to.rawType}: choose another target or write an expression`,
      rows: null,
    };
  if (from.type !== 'string' || to.type === 'string' || mapping.transformation.type === 'calculated') return null;
  const failing = profile === null ? null : countUnconvertible(profile, to.type);
  if (failing === 0) return null;
  const rows = failing === null ? 'Rows' : `At least ${failing} rows`;
  return {
    severity: failing === null ? 'info' : 'warning',
    kind: 'lossy',
    message: `${rows} with text that is no ${to.type} become NULL: check the values or write an expression`,
    rows: failing,
  };
}

function checkLength({ from, to, profile, mapping }: Pair): MappingIssue | null {
  if (from.type !== 'string' || to.type !== 'string' || to.length === null || mapping.transformation.type === 'split')
    return null;
  const limit = to.length;
  if (profile?.maxLength !== null && profile !== null) {
    if (profile.maxLength <= limit) return null;
    const seen = profile.top.filter((entry) => entry.value.length > limit).reduce((sum, entry) => sum + entry.count, 0);
    return {
      severity: 'error',
      kind: 'length',
      message: `Values up to ${profile.maxLength} characters do not fit ${to.rawType}: widen the target or shorten the values`,
      rows: seen === 0 ? null : seen,
    };
  }
  if (from.length === null || from.length <= limit) return null;
  return {
    severity: 'warning',
    kind: 'length',
    message: `${from.rawType} may hold more than ${to.rawType}: longer values would fail`,
    rows: null,
  };
}

function checkNulls({ from, to, profile, rows }: Pair): MappingIssue | null {
  if (to.nullable || to.default !== null) return null;
  if (profile !== null) {
    if (profile.nulls === 0) return null;
    return {
      severity: 'error',
      kind: 'not_null',
      message: `${profile.nulls} of ${rows ?? 'all'} rows are NULL but ${to.name} is NOT NULL: give a default or leave the rows out`,
      rows: profile.nulls,
    };
  }
  if (!from.nullable) return null;
  return {
    severity: 'warning',
    kind: 'not_null',
    message: `${from.name} may be NULL but ${to.name} is NOT NULL: rows without a value would fail`,
    rows: null,
  };
}

function checkPrecision({ from, to }: Pair): MappingIssue | null {
  switch (`${from.type}>${to.type}`) {
    case 'timestamp>date':
      return lossy('The time of day is lost');
    case 'integer>integer':
      return (from.precision ?? 0) > (to.precision ?? Infinity) ? tooLarge(from, to) : null;
    case 'decimal>decimal':
      return checkDigits(from, to);
    case 'float>integer':
      return lossy('Decimal places are rounded');
    case 'decimal>integer':
      return (from.scale ?? 0) > 0 ? lossy('Decimal places are rounded') : null;
    default:
      return null;
  }
}

function checkDigits(from: Column, to: Column): MappingIssue | null {
  if (from.precision === null || to.precision === null) return null;
  const [fromScale, toScale] = [from.scale ?? 0, to.scale ?? 0];
  if (from.precision - fromScale > to.precision - toScale) return tooLarge(from, to);
  return fromScale > toScale ? lossy(`Decimal places beyond ${toScale} are rounded`) : null;
}

const tooLarge = (from: Column, to: Column): MappingIssue =>
  precision(`${from.rawType} may hold larger numbers than ${to.rawType}`);

const lossy = (message: string): MappingIssue => ({ severity: 'warning', kind: 'lossy', message, rows: null });
const precision = (message: string): MappingIssue => ({ severity: 'warning', kind: 'precision', message, rows: null });

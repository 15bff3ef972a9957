/** How a mapping is described in words: the same in every document. */
import {
  type Mapping,
  type MappingStatus,
  type Rectification,
  type Transformation,
  sourceNames,
} from '../../../shared/model/mapping.ts';
import type { ProjectSettings } from '../../../shared/model/project.ts';
import { type ColumnRef, columnKey, tableKey } from '../../../shared/model/schema.ts';
import { type Inline, code, md, score } from '../markdown/inline.ts';

export const statusWords: Readonly<Record<MappingStatus, Inline>> = {
  auto_approved: md`approved by score`,
  approved: md`approved`,
  modified: md`changed and approved`,
  needs_review: md`to review`,
  flagged: md`likely wrong`,
  unmapped: md`no counterpart`,
  rejected: md`rejected`,
};

export const statuses = Object.keys(statusWords) as readonly MappingStatus[];

/** "0.91 likely": the words of the review screen. */
export function confidenceText(
  confidence: number,
  { autoApprove, flagBelow }: Pick<ProjectSettings, 'autoApprove' | 'flagBelow'>,
): Inline {
  if (confidence >= autoApprove) return md`${score(confidence)} likely`;
  return confidence < flagBelow ? md`${score(confidence)} unlikely` : md`${score(confidence)} check`;
}

export type Decider = 'threshold' | 'person' | 'rectifier' | 'nobody';

export const deciderWords: Readonly<Record<Decider, Inline>> = {
  threshold: md`threshold`,
  person: md`person`,
  rectifier: md`rectifier`,
  nobody: md`nobody yet`,
};

/** Who settled a mapping; the rectifier only where the mapping still is what the rectifier made of it. */
export function deciderOf(mapping: Mapping, rectifications: ReadonlyMap<string, Rectification>): Decider {
  if (mapping.status === 'needs_review' || mapping.status === 'flagged' || mapping.status === 'unmapped')
    return 'nobody';
  const change = rectifications.get(mapping.id)?.after;
  if (change !== undefined && change.status === mapping.status && sameTarget(change.target, mapping.target))
    return 'rectifier';
  return mapping.status === 'auto_approved' ? 'threshold' : 'person';
}

const sameTarget = (a: ColumnRef | null, b: ColumnRef | null): boolean =>
  a === null || b === null ? a === b : columnKey(a) === columnKey(b);

export const columnText = (ref: ColumnRef): Inline => code(columnKey(ref));

/** The source column, or those that a derived column is made of. */
export function sourceText(mapping: Mapping): Inline {
  const names = sourceNames(mapping);
  if (names === null) return md`no column`;
  return mapping.sources === undefined ? columnText(mapping.source) : code(`${tableKey(mapping.source)}: ${names}`);
}

/** The expression as it stands in the SQL; a bare column where none is given. */
export function expressionText({ expression, type }: Transformation, source: ColumnRef): Inline {
  if (type === 'none') return md`—`;
  return code(expression === '' ? source.column : expression);
}

import type { SchemaDiff, SchemaDiffLine } from '../../shared/model/schema-diff.ts';
import type { Table } from '../../shared/model/schema.ts';
import { inTurns } from '../core/in-turns.ts';
import { linesInSteps } from './diff-lines.ts';
import { diffInSteps } from './diff-schemas.ts';

export interface SchemaComparison {
  readonly diff: SchemaDiff;
  readonly lines: readonly SchemaDiffLine[];
}

/**
 * The diff with its lines, in short turns. Handing both schemas to another process and taking the lines back would keep
 * this one busy for longer than comparing does.
 */
export async function compareInTurns(before: readonly Table[], after: readonly Table[]): Promise<SchemaComparison> {
  const diff = await inTurns(diffInSteps(before, after));
  return { diff, lines: await inTurns(linesInSteps(diff, before, after)) };
}

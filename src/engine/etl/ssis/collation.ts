import type { EtlSettings } from '../../../shared/model/etl.ts';
import { sourceSettings, trustOf, valueOf } from '../../expr/source-settings.ts';

const collations: Readonly<Record<string, string | null>> = {
  ci_as: 'NOCASE',
  ci_ai: 'NOCASE.NOACCENT',
  cs_as: null,
};

/** How the databases of the packages compare texts: DuckDB's collation, null where letter by letter. */
export function databaseCollation(said: EtlSettings): {
  readonly collation: string | null;
  readonly note: string;
  readonly confidence: number;
} {
  const value = valueOf('ssis.collation', said);
  return {
    collation: collations[value] ?? null,
    note: sourceSettings['ssis.collation'].note(value),
    confidence: trustOf('ssis.collation', said),
  };
}

/** Matching source columns to target columns, wherever it runs. */
import type { DomainPack } from '../../shared/model/domain-pack.ts';
import type { LearnedPattern, Mapping } from '../../shared/model/mapping.ts';
import type { TableProfile } from '../../shared/model/profile.ts';
import type { ProjectSettings } from '../../shared/model/project.ts';
import type { ColumnRef, Table } from '../../shared/model/schema.ts';

export interface MatchInput {
  readonly source: readonly Table[];
  readonly target: readonly Table[];
  /** By `tableKey`. */
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly targetProfiles: ReadonlyMap<string, TableProfile>;
  readonly patterns: readonly LearnedPattern[];
  readonly settings: Pick<ProjectSettings, 'autoApprove' | 'flagBelow' | 'topCandidates' | 'domain'>;
  /** Domain packs beside the shipped ones. */
  readonly ownPacks?: readonly DomainPack[];
  /** Id of a signal whose weights count as 0, to measure what it is worth. */
  readonly withoutSignal?: string;
  /** Targets that a person rejected, by mapping id: a fresh attempt avoids them. */
  readonly rejected: ReadonlyMap<string, readonly ColumnRef[]>;
}

export interface MatchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number, detail: string) => void) | undefined;
}

export interface Matcher {
  /** One mapping a source column, in source order, then one a derived target column; the same input gives the same mappings. */
  match(input: MatchInput, options?: MatchOptions): Promise<readonly Mapping[]>;
}

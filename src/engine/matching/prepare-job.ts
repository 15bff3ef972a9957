/** From tables to everything that ranking needs: views, vectors, quick scores. */
import type { TableProfile } from '../../shared/model/profile.ts';
import type { Table } from '../../shared/model/schema.ts';
import type { DomainPack } from '../../shared/model/domain-pack.ts';
import { compileLexicon } from '../domains/lexicon.ts';
import { detectDomain } from '../domains/detect-domain.ts';
import { domainPacks, genericPack, languagePacks } from '../domains/packs.ts';
import type { Embedder } from '../ports/embedder.ts';
import { scoreAllPairs, type BaseScores } from './base-scores.ts';
import { collectKnownWords, viewSide } from './column-view.ts';
import { createJobContext, type JobContext } from './job-context.ts';
import { describeStructure, type PairStructure } from './pair-structure.ts';
import { tokenizeName } from './tokenize-name.ts';
import { embedSides } from './vectors.ts';

export interface MatchingJob {
  readonly context: JobContext;
  readonly base: BaseScores;
  readonly structure: PairStructure;
}

export interface JobInput {
  readonly source: readonly Table[];
  readonly target: readonly Table[];
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly targetProfiles: ReadonlyMap<string, TableProfile>;
  /** Null: told from the names. */
  readonly domain: DomainPack | null;
  /** What to choose from where it is null; the shipped packs without it. */
  readonly packs?: ReadonlyMap<string, DomainPack>;
}

export type MatchProgress = (done: number, total: number, stage: string) => void;

export interface JobOptions {
  readonly onProgress?: MatchProgress;
  readonly signal?: AbortSignal | undefined;
}

/** Reads both sides once; the result is all that the per-pair work needs. */
export async function prepareJob(
  input: JobInput,
  embedder: Embedder | null,
  options: JobOptions = {},
): Promise<MatchingJob> {
  options.onProgress?.(0, input.source.length, 'reading names');
  const tables = [...input.source, ...input.target];
  const domain = input.domain ?? detectDomain(namedWords(tables), input.packs ?? domainPacks);
  const lexicon = compileLexicon(domain === null ? [genericPack] : [genericPack, domain], domain, languagePacks);
  const known = collectKnownWords(tables);
  const source = viewSide(input.source, input.profiles, lexicon, known);
  const target = viewSide(input.target, input.targetProfiles, lexicon, known);
  const report = options.onProgress ?? (() => undefined);
  const vectors = await embedSides(source, target, embedder, {
    onProgress: (done, total) => report(done, total, 'embedding columns'),
    signal: options.signal,
  });
  report(0, source.columns.length, 'comparing all pairs');
  const context = createJobContext(source, target, lexicon, vectors);
  const base = await scoreAllPairs(context, embedder?.multiply);
  return { context, base, structure: describeStructure(base, source, target) };
}

function namedWords(tables: readonly Table[]): ReadonlySet<string> {
  return new Set(
    tables.flatMap((table) => [
      ...tokenizeName(table.name),
      ...table.columns.flatMap((column) => tokenizeName(column.name)),
    ]),
  );
}

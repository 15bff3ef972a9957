import { isBare } from '../bare-name.ts';
import type { JobContext } from '../job-context.ts';
import { balanced, nameOverlap } from '../name-overlap.ts';
import { isMadeOfPrefixes, standsBehindTable } from '../name-prefixes.ts';
import { dice, jaroWinkler } from '../string-similarity.ts';
import { usualStandard } from '../usual-standard.ts';
import type { Signal } from './signal.ts';

/** Spelling and words of the two column names alone. */
export const nameSignal: Signal = {
  id: 'name',
  label: 'name',
  features: [
    'name.equal',
    'name.trigrams',
    'name.winkler',
    'name.forward',
    'name.backward',
    'name.balanced',
    'name.head',
    'name.contained',
    'name.prefixes',
    'name.prefixesOfTable',
    'name.afterTable',
    'name.usual',
  ],
  measure({ job, source, target }) {
    const a = job.sourceWords.names[source.index] as Int32Array;
    const b = job.targetWords.names[target.index] as Int32Array;
    const overlap = nameOverlap(a, b, job.words);
    const isEqual = source.squeezed === target.squeezed;
    // That two columns are both called `name` is no more than their equal names.
    const saysMore = !isEqual || !isBare(source);
    return [
      isEqual ? 1 : 0,
      dice(source.grams, target.grams),
      jaroWinkler(source.squeezed, target.squeezed),
      overlap.forward,
      overlap.backward,
      balanced(overlap),
      headFit(job, source.index, target.index),
      saysMore && contains(source.squeezed, target.squeezed) ? 1 : 0,
      saysMore &&
      (isMadeOfPrefixes(source.squeezed, target.nameParts) || isMadeOfPrefixes(target.squeezed, source.nameParts))
        ? 1
        : 0,
      isMadeOfPrefixes(source.squeezed, target.pathParts) || isMadeOfPrefixes(target.squeezed, source.pathParts)
        ? 1
        : 0,
      standsBehindTable(source, target) || standsBehindTable(target, source) ? 1 : 0,
      usualStandard(source.words, target.words, job.lexicon.wordUse),
    ];
  },
};

/** How alike the last words of the names are, which say what kind of thing a column is. */
function headFit(job: JobContext, source: number, target: number): number {
  const a = job.sourceWords.heads[source] as number;
  const b = job.targetWords.heads[target] as number;
  return a < 0 || b < 0 ? 0 : job.words.similarity(a, b);
}

/** Shorter names are in others by chance. */
const LEAST_CONTAINED = 3;

function contains(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length >= LEAST_CONTAINED && long.includes(short);
}

import { isBare } from '../bare-name.ts';
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
    const headA = source.words.at(-1);
    const headB = target.words.at(-1);
    const head =
      headA === undefined || headB === undefined
        ? 0
        : job.words.similarity(job.words.idOf(headA), job.words.idOf(headB));
    const [short, long] =
      source.squeezed.length <= target.squeezed.length
        ? [source.squeezed, target.squeezed]
        : [target.squeezed, source.squeezed];
    // That two columns are both called `name` is no more than their equal names.
    const saysMore = short !== long || !isBare(source);
    return [
      source.squeezed === target.squeezed ? 1 : 0,
      dice(source.grams, target.grams),
      jaroWinkler(source.squeezed, target.squeezed),
      overlap.forward,
      overlap.backward,
      balanced(overlap),
      head,
      saysMore && short.length >= 3 && long.includes(short) ? 1 : 0,
      saysMore &&
      (isMadeOfPrefixes(source.squeezed, target.nameParts) || isMadeOfPrefixes(target.squeezed, source.nameParts))
        ? 1
        : 0,
      isMadeOfPrefixes(source.squeezed, [...target.table.nameParts, ...target.nameParts]) ||
      isMadeOfPrefixes(target.squeezed, [...source.table.nameParts, ...source.nameParts])
        ? 1
        : 0,
      standsBehindTable(source, target) || standsBehindTable(target, source) ? 1 : 0,
      usualStandard(source.words, target.words, job.lexicon.wordUse),
    ];
  },
};

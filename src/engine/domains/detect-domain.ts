/** Telling the domain of a job from the words of its names, where the project does not say. */
import { baseForm } from '../matching/word-form.ts';
import type { DomainPack } from '../../shared/model/domain-pack.ts';

/** Fewer of a domain's words than this are chance. */
const LEAST_WORDS = 6;

/** The pack with the most of its keywords among the words of both sides (at least six different ones, and twelve or a twentieth of all); null where none has. */
export function detectDomain(words: ReadonlySet<string>, packs: ReadonlyMap<string, DomainPack>): DomainPack | null {
  const forms = new Set([...words].map(baseForm));
  let best: DomainPack | null = null;
  let most = Math.max(LEAST_WORDS, Math.min(12, Math.ceil(forms.size / 20))) - 1;
  for (const pack of packs.values()) {
    const hits = new Set(pack.keywords.filter((word) => forms.has(word))).size;
    if (hits > most) [best, most] = [pack, hits];
  }
  return best;
}

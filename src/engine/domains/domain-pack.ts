/**
 * Domain packs carry what a business calls its things: abbreviations, synonyms, vocabulary. They are data, so that a
 * consultant can edit and share them; matching reads nothing about a domain from anywhere else.
 */
import { z } from 'zod';

const Word = z.string().min(1).max(80);

export const DomainPack = z
  .strictObject({
    id: z.string().min(1).max(80),
    title: z.string().min(1).max(200),
    version: z.number().int().positive(),
    /** Short form → words, both in lower case. */
    abbreviations: z.record(Word, z.string().min(1).max(200)),
    /** Groups of words that mean nearly the same. */
    synonyms: z.array(z.array(Word).min(2).max(40).readonly()).max(20_000).readonly(),
    vocabulary: z.array(Word).max(50_000).readonly(),
    /** Words that make a column important to the domain (review priority 8). */
    keywords: z.array(Word).max(5_000).readonly(),
  })
  .readonly();
export type DomainPack = z.infer<typeof DomainPack>;

/** Word → its English meanings, most usual first, for one language. */
export const LanguageWords = z.record(Word, z.array(z.string().min(1).max(200)).min(1).readonly());
export type LanguageWords = z.infer<typeof LanguageWords>;

/**
 * Domain packs carry what a business calls its things: abbreviations, synonyms, vocabulary, and the tables that it usually has. They
 * are data, so that a consultant can edit and share them; matching reads nothing about a domain from anywhere else.
 */
import { z } from 'zod';

const Word = z.string().min(1).max(80);

const CanonicalColumn = z
  .strictObject({
    name: Word,
    type: z.enum(['string', 'integer', 'decimal', 'float', 'boolean', 'date', 'time', 'timestamp']),
    meaning: z.string().min(1).max(500),
    /** Names by which legacy systems know the column, as they write them. */
    aliases: z.array(Word).max(200).readonly().default([]),
  })
  .readonly();

const CanonicalTable = z
  .strictObject({
    name: Word,
    meaning: z.string().min(1).max(500),
    columns: z.array(CanonicalColumn).min(1).max(500).readonly(),
  })
  .readonly();

/** One repetition inside of another can take exponential time on a value that does not fit. */
function isUsableExpression(expression: string): boolean {
  if (/\([^()]*[*+{][^()]*\)[*+{]/.test(expression) || /\)\)[*+{]/.test(expression) || /\\[1-9k]/.test(expression))
    return false;
  try {
    return new RegExp(`^(?:${expression})$`, 'u').source !== '';
  } catch {
    return false;
  }
}

const ValuePattern = z
  .strictObject({
    name: Word,
    meaning: z.string().min(1).max(500),
    /** What a column of such values is called, in lower case. */
    words: z.string().min(1).max(200),
    /** A regular expression for a whole value. */
    values: z
      .string()
      .min(1)
      .max(200)
      .refine(isUsableExpression, 'a regular expression without repetitions of repetitions and back references'),
  })
  .readonly();

export const DomainPack = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'small letters, digits and single hyphens, such as water-billing')
      .max(80),
    title: z.string().min(1).max(200),
    version: z.number().int().positive(),
    /** Short form → words, both in lower case. */
    abbreviations: z.record(Word, z.string().min(1).max(200)).default({}),
    /** Groups of words that mean nearly the same. */
    synonyms: z.array(z.array(Word).min(2).max(40).readonly()).max(20_000).readonly().default([]),
    vocabulary: z.array(Word).max(50_000).readonly().default([]),
    /** Values that tell what a column means whose name does not. */
    patterns: z.array(ValuePattern).max(500).readonly().default([]),
    /** Words that make a column important to the domain (review priority 8). */
    keywords: z.array(Word).max(5_000).readonly().default([]),
    /** Tables of the domain's standard schemas → how much source data goes there: 1 the core, -1 what is derived or reference data. */
    tableUse: z.record(Word, z.number().min(-1).max(1)).default({}),
    /** Words of column names that name one of several standards → how usual it is: 1 the one meant where none is named, -1 for special cases. */
    wordUse: z.record(Word, z.number().min(-1).max(1)).default({}),
    /** The tables of the business, as a target or to know legacy names by. */
    tables: z.array(CanonicalTable).max(2_000).readonly().default([]),
  })
  .readonly();
export type DomainPack = z.infer<typeof DomainPack>;

/** Word → its English meanings, most usual first, for one language. */
export const LanguageWords = z.record(Word, z.array(z.string().min(1).max(200)).min(1).readonly());
export type LanguageWords = z.infer<typeof LanguageWords>;

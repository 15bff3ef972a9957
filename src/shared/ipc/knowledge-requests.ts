/** The part of the contract about what matching knows beforehand: domain packs, and the lessons of earlier decisions. */
import { z } from 'zod';
import { LearnedPattern } from '../model/mapping.ts';
import { id, nothing, page, route } from './route.ts';

const words = z.string().max(200).default('');
const yaml = z.string().max(3_900_000);

export const PackLine = z.object({
  /** Of its own among all packs: an own pack may have the id of a shipped one. */
  key: z.string(),
  id: z.string(),
  title: z.string(),
  version: z.number().nullable(),
  origin: z.enum(['shipped', 'own']),
  /** Name of the file of an own pack. */
  file: z.string().nullable(),
  tables: z.number(),
  words: z.number(),
  /** Mistakes of its text: with one, nothing can be matched until it is corrected. */
  mistakes: z.number(),
  /** An own pack has this shipped pack's id and stands in its place. */
  replaced: z.boolean(),
  /** The project matches with it. */
  used: z.boolean(),
});
export type PackLine = z.infer<typeof PackLine>;

export const PackList = z.object({
  /** Folder of own packs, with `~` for the home. */
  folder: z.string(),
  packs: z.array(PackLine),
  /** Key of the pack that this request made or changed. */
  chosen: z.string().nullable(),
});
export type PackList = z.infer<typeof PackList>;

export const entryKinds = ['column', 'abbreviation', 'synonym', 'pattern', 'word', 'keyword'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** One thing that a pack knows. */
export const PackEntry = z.object({
  kind: z.enum(entryKinds),
  name: z.string(),
  type: z.string().nullable(),
  meaning: z.string(),
  /** Other names of a column, or the group that a synonym belongs to. */
  also: z.string(),
});
export type PackEntry = z.infer<typeof PackEntry>;

export const PackMistake = z.object({ line: z.number().nullable(), message: z.string() });
export type PackMistake = z.infer<typeof PackMistake>;

export const Lesson = z.object({
  pattern: LearnedPattern.unwrap(),
  /** Why it may be wrong; null where nothing speaks against it. */
  doubt: z.string().nullable(),
});
export type Lesson = z.infer<typeof Lesson>;

const Clash = z.object({ mine: LearnedPattern, theirs: LearnedPattern });
const preference = z.enum(['mine', 'theirs', 'both']);

/** What taking a pack of lessons in would do. */
export const LessonPreview = z.object({
  grant: z.string(),
  name: z.string(),
  lessons: z.number(),
  added: z.number(),
  strengthened: z.number(),
  unchanged: z.number(),
  conflicts: z.number(),
  /** The first of them. */
  clashes: z.array(Clash),
});
export type LessonPreview = z.infer<typeof LessonPreview>;

export const knowledgeRequests = {
  'packs.list': route(nothing, PackList),
  'packs.schema': route(nothing, z.object({ schema: z.record(z.string(), z.unknown()) })),
  'packs.text': route(z.strictObject({ key: id }), z.object({ yaml: z.string(), mistakes: z.array(PackMistake) })),
  'packs.check': route(z.strictObject({ key: id, yaml }), z.object({ mistakes: z.array(PackMistake) })),
  /** What a pack knows, a line each. Empty where its text has a mistake. */
  'packs.entries': route(
    z.strictObject({ key: id, text: words, kind: z.enum(['all', ...entryKinds]).default('all'), ...page }),
    z.object({
      total: z.number(),
      counts: z.record(z.enum(['all', ...entryKinds]), z.number()),
      entries: z.array(PackEntry),
    }),
  ),
  /** Refused where the text has a mistake or an id that another own pack has. */
  'packs.save': route(z.strictObject({ key: id, yaml }), PackList),
  /** An own pack with the same content: in the place of a shipped one, or beside an own one. */
  'packs.copy': route(z.strictObject({ key: id }), PackList),
  'packs.create': route(nothing, PackList),
  /** Adds a pack's file by dialog. */
  'packs.choose': route(nothing, PackList),
  'packs.add': route(z.strictObject({ grants: z.array(id).min(1).max(50) }), PackList),
  'packs.remove': route(z.strictObject({ key: id }), PackList),
  /** Asks for a place by dialog: the pack itself, or its tables as DDL to map to. Null: cancelled. */
  'packs.export': route(
    z.strictObject({ key: id, as: z.enum(['pack', 'ddl']) }),
    z.object({ file: z.string() }).nullable(),
  ),

  /** Doubtful ones first, then those that were used most. */
  'lessons.list': route(
    z.strictObject({ text: words, doubtful: z.boolean().default(false), ...page }),
    z.object({ total: z.number(), all: z.number(), doubtful: z.number(), lessons: z.array(Lesson) }),
  ),
  'lessons.remove': route(z.strictObject({ ids: z.array(id).min(1).max(5000) }), z.object({ removed: z.number() })),
  /** Puts back what the last removal took away; 0 where there was none. */
  'lessons.undo': route(nothing, z.object({ restored: z.number() })),
  'lessons.export': route(nothing, z.object({ file: z.string(), lessons: z.number() }).nullable()),
  /** Asks for a pack by dialog and says what it would do. Nothing is changed. Null: cancelled. */
  'lessons.choose': route(nothing, LessonPreview.nullable()),
  'lessons.preview': route(z.strictObject({ grant: id }), LessonPreview),
  'lessons.import': route(
    z.strictObject({ grant: id, preference }),
    z.object({ added: z.number(), strengthened: z.number(), removed: z.number() }),
  ),
} as const;

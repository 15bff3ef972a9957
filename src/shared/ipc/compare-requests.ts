/** The part of the contract about two versions of a schema held against each other. */
import { z } from 'zod';
import { SchemaDiffLine, changeKinds } from '../model/schema-diff.ts';
import { id, nothing, page, route } from './route.ts';

const pair = { before: id, after: id };
/** Two versions and which of their changes are meant; all without it. */
const shown = {
  ...pair,
  text: z.string().max(200).default(''),
  kind: z.enum(['all', ...changeKinds]).default('all'),
  breaking: z.boolean().default(false),
};

/** A schema that can be compared: a side of the project, one of its inputs, or a file that was added only for this. */
export const SchemaVersion = z.object({
  id: z.string(),
  name: z.string(),
  origin: z.enum(['side', 'input', 'file']),
});
export type SchemaVersion = z.infer<typeof SchemaVersion>;

export const ComparedRow = z.object({
  kind: z.enum(['same', ...changeKinds]),
  /** Name and declaration; null where the version has no such column. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ComparedRow = z.infer<typeof ComparedRow>;

const Versions = z.object({ versions: z.array(SchemaVersion), added: z.array(z.string()) });

export const compareRequests = {
  'compare.versions': route(nothing, Versions),
  /** Adds files by dialog; `added` names the new versions, none where the user cancelled. */
  'compare.choose': route(nothing, Versions),
  /** Adds dropped files by their grants. */
  'compare.add': route(z.strictObject({ grants: z.array(id).min(1).max(20) }), Versions),
  'compare.lines': route(
    z.strictObject({
      ...shown,
      ...page,
    }),
    z.object({
      total: z.number(),
      lines: z.array(SchemaDiffLine),
      /** Of all lines that fit the words, whatever the kind. */
      counts: z.object({
        all: z.number(),
        added: z.number(),
        removed: z.number(),
        renamed: z.number(),
        changed: z.number(),
        breaking: z.number(),
      }),
      tables: z.number(),
      unchanged: z.number(),
      /** What was not understood of the two, so that a missing table is not taken for a removed one. */
      problems: z.number(),
    }),
  ),
  /** The columns of a changed table side by side, in the order of the new version, then those that are gone. */
  'compare.table': route(
    z.strictObject({ ...pair, table: id, ...page }),
    z.object({ total: z.number(), rows: z.array(ComparedRow) }),
  ),
  /** Puts the changes that are shown on the clipboard as Markdown and says how many of all they are. */
  'compare.copy': route(z.strictObject(shown), z.object({ lines: z.number(), all: z.number() })),
  /** Asks for a place by dialog. Null: cancelled. */
  'compare.save': route(
    z.strictObject(shown),
    z.object({ file: z.string(), lines: z.number(), all: z.number() }).nullable(),
  ),
} as const;

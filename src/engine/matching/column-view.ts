/** Everything that the signals read of a column, worked out once per column instead of once per pair. */
import type { Lexicon } from '../domains/lexicon.ts';
import { meaningOfValues } from '../domains/value-pattern.ts';
import type { TableProfile } from '../../shared/model/profile.ts';
import { tableKey, type Column, type ColumnRef, type Table } from '../../shared/model/schema.ts';
import { columnRole, type ColumnRole } from './column-role.ts';
import { createExpander, type Expander } from './expand-tokens.ts';
import { readComment } from './read-comment.ts';
import { trigrams } from './string-similarity.ts';
import { squeezeName, tokenizeName } from './tokenize-name.ts';
import { summarizeValues, type ValueSummary } from './value-summary.ts';
import { baseForm } from './word-form.ts';

export interface TableView {
  readonly index: number;
  readonly key: string;
  readonly table: Table;
  readonly words: readonly string[];
  readonly nameParts: readonly string[];
  readonly squeezed: string;
  /** First and one past the last of its columns among all columns of the side. */
  readonly from: number;
  readonly to: number;
}

export interface ColumnView {
  readonly index: number;
  readonly table: TableView;
  readonly ref: ColumnRef;
  readonly column: Column;
  /** Parts of the name as written, alone and behind those of the table. */
  readonly nameParts: readonly string[];
  readonly pathParts: readonly string[];
  readonly words: readonly string[];
  readonly commentWords: readonly string[];
  /** The comment without its technical entries. */
  readonly description: string | null;
  readonly squeezed: string;
  readonly grams: Int32Array;
  readonly role: ColumnRole;
  readonly isPrimaryKey: boolean;
  readonly isForeignKey: boolean;
  readonly values: ValueSummary | null;
}

export interface SideView {
  readonly tables: readonly TableView[];
  readonly columns: readonly ColumnView[];
  readonly languages: readonly string[];
  /** The words of any other name, read as names of this side are. */
  wordsOf(name: string): readonly string[];
}

/** Views of one side. `knownWords` are words that occur on either side; they help to cut glued names. */
export function viewSide(
  tables: readonly Table[],
  profiles: ReadonlyMap<string, TableProfile>,
  lexicon: Lexicon,
  knownWords: ReadonlySet<string>,
): SideView {
  const expander = createExpander(
    lexicon,
    tables.flatMap((table) => [table.name, ...table.columns.map((column) => column.name)]),
    knownWords,
  );
  const columns: ColumnView[] = [];
  const views = tables.map((table, index): TableView => {
    const view: TableView = {
      index,
      key: tableKey({ schema: table.schema, table: table.name }),
      table,
      words: expander.expand(tokenizeName(table.name), wordsOfComment(table.comment)),
      nameParts: tokenizeName(table.name),
      squeezed: squeezeName(table.name),
      from: columns.length,
      to: columns.length + table.columns.length,
    };
    const profile = profiles.get(view.key);
    for (const column of table.columns) {
      const comment = column.comment === null ? null : readComment(column.comment);
      const tokens = keyOfTable(tokenizeName(comment?.title ?? column.name), view);
      const commentWords = wordsOfComment(comment?.description ?? null);
      const values = valuesOf(profile, column.name);
      const words = wordsOfColumn({ column, table, tokens, commentWords, values }, lexicon, expander);
      const nameParts = tokenizeName(column.name);
      columns.push({
        index: columns.length,
        table: view,
        ref: { schema: table.schema, table: table.name, column: column.name },
        column,
        nameParts,
        pathParts: [...view.nameParts, ...nameParts],
        words,
        commentWords: commentWords.map(baseForm),
        description: comment?.description ?? null,
        squeezed: squeezeName(column.name),
        grams: trigrams(squeezeName(column.name)),
        role: columnRole(words, column),
        isPrimaryKey: table.primaryKey.includes(column.name),
        isForeignKey: table.foreignKeys.some((key) => key.columns.includes(column.name)),
        values,
      });
    }
    return view;
  });
  return {
    tables: views,
    columns,
    languages: expander.languages,
    wordsOf: (name) => expander.expand(tokenizeName(name), []),
  };
}

/** `inprocid` of table inproceedings, `ordnr` of orders: the beginning of the table's own name with a word for a key glued on. */
function keyOfTable(tokens: readonly string[], { nameParts }: TableView): readonly string[] {
  const [only] = tokens;
  const key = tokens.length === 1 ? /^([a-z]{3,})(id|key|nr|no|num)$/.exec(only ?? '') : null;
  const isOwn = key !== null && nameParts.join('').startsWith(key[1] as string);
  return isOwn ? [...nameParts, key[2] as string] : tokens;
}

interface NamedColumn {
  readonly column: Column;
  readonly table: Table;
  readonly tokens: readonly string[];
  readonly commentWords: readonly string[];
  readonly values: ValueSummary | null;
}

/** By the domain's list of names, by the values where the name says nothing, or by the name. */
function wordsOfColumn(named: NamedColumn, lexicon: Lexicon, expander: Expander): readonly string[] {
  const { column, table, tokens, commentWords, values } = named;
  const known = lexicon.names.get(squeezeName(column.name));
  if (known !== undefined) return known;
  const opaque = commentWords.length === 0 && expander.unexplained(tokens, commentWords) === 1;
  const told = opaque ? meaningOfValues(values?.examples ?? [], lexicon.patterns) : null;
  return told ?? halfOfName(namedByMoment(wordsOfName(tokens, commentWords, expander), column), table, expander);
}

/** A comment of more words than this describes instead of naming. */
const NAMING_COMMENT = 7;

/** The words of a name; where most of it is opaque and a short comment says what it means, that comment's words. */
function wordsOfName(
  tokens: readonly string[],
  commentWords: readonly string[],
  expander: Expander,
): readonly string[] {
  const words = expander.expand(tokens, commentWords);
  const isNamed = commentWords.length > 0 && commentWords.length <= NAMING_COMMENT;
  if (!isNamed || expander.unexplained(tokens, commentWords) < 0.5) return words;
  return [...new Set(expander.expand(commentWords, []))];
}

/** `paid_on` and `created_at` of dates and timestamps are named by a convention that leaves the noun out. */
function namedByMoment(words: readonly string[], column: Column): readonly string[] {
  const last = words.at(-1);
  if (words.length < 2 || (last !== 'on' && last !== 'at')) return words;
  if (column.type === 'date') return [...words.slice(0, -1), 'date'];
  return column.type === 'timestamp' ? [...words.slice(0, -1), 'time'] : words;
}

/** NOM beside PRENOM is a last name, NOME beside COGNOME a first name. */
function halfOfName(words: readonly string[], table: Table, expander: Expander): readonly string[] {
  if (words.length !== 1 || words[0] !== 'name') return words;
  const said = new Set(table.columns.map((column) => expander.expand(tokenizeName(column.name), []).join(' ')));
  const [first, last] = [said.has('first name'), said.has('last name')];
  if (first === last) return words;
  return [first ? 'last' : 'first', 'name'];
}

/** Words of names and comments that are long enough to be words, for `knownWords`. */
export function collectKnownWords(tables: readonly Table[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const table of tables) {
    for (const token of tokenizeName(table.name)) known.add(token);
    const parts = table.columns.map((column) => tokenizeName(column.name)).filter((tokens) => tokens.length > 1);
    for (const token of parts.flat()) if (token.length >= 4 && token.length <= 9) known.add(token);
  }
  return known;
}

const stopWords: ReadonlySet<string> = new Set([
  'the',
  'of',
  'a',
  'an',
  'and',
  'or',
  'to',
  'in',
  'is',
  'for',
  'this',
  'that',
  'which',
  'on',
  'by',
  'was',
  'were',
  'if',
  'as',
  'be',
  'it',
  'with',
  'at',
  'are',
  'has',
  'from',
  'when',
  'where',
  'each',
  'e',
  'g',
]);

function wordsOfComment(comment: string | null): readonly string[] {
  if (comment === null) return [];
  return tokenizeName(comment)
    .filter((word) => !stopWords.has(word))
    .slice(0, 40);
}

function valuesOf(profile: TableProfile | undefined, name: string): ValueSummary | null {
  if (profile === undefined) return null;
  const at = profile.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  const column = profile.columns[at];
  return column === undefined ? null : summarizeValues(profile, column, at);
}

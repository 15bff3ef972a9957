import type { Dialect } from '../../../shared/model/schema.ts';
import type { Syntax } from './token.ts';

const plain: Syntax = {
  backslash: false,
  hashComment: false,
  slashComment: false,
  tripleQuotes: false,
  nestedComments: false,
  brackets: 'guess',
  dollarQuotes: true,
  oracle: false,
  batches: false,
};
const batch: Syntax = { ...plain, brackets: 'always', dollarQuotes: false, nestedComments: true, batches: true };

const syntaxes: Readonly<Record<Dialect, Syntax>> = {
  ansi: plain,
  oracle: { ...plain, brackets: 'never', dollarQuotes: false, oracle: true },
  teradata: { ...plain, brackets: 'never', dollarQuotes: false },
  sqlserver: batch,
  sybase: batch,
  db2: { ...plain, brackets: 'never', dollarQuotes: false },
  mysql: { ...plain, backslash: true, hashComment: true, brackets: 'never', dollarQuotes: false },
  postgres: { ...plain, nestedComments: true, brackets: 'never' },
  redshift: { ...plain, nestedComments: true, brackets: 'never' },
  duckdb: { ...plain, brackets: 'never' },
  snowflake: { ...plain, backslash: true, slashComment: true, brackets: 'never' },
  spark: { ...plain, backslash: true, tripleQuotes: true, brackets: 'never', dollarQuotes: false },
  sqlite: { ...plain, brackets: 'always', dollarQuotes: false },
};

/** The lexical rules of a dialect; without one, the rules that are right for most scripts. */
export function syntaxOf(dialect: Dialect | null): Syntax {
  return dialect === null ? plain : syntaxes[dialect];
}

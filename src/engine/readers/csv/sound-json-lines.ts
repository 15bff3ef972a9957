/** JSON with an object a line of which some lines are damaged: DuckDB's reader would refuse the file, or lose sound neighbours. */
import { PortolanError } from '../../../shared/errors.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { quoteLiteral } from '../../core/text.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { toCount } from './infer-column-types.ts';

export interface SoundJsonLines {
  /** A relation of the sound lines of the file at `path`, a column a member. */
  readonly sourceSql: (path: string) => string;
  readonly damaged: number;
  readonly diagnostics: readonly Diagnostic[];
}

const mostNamed = 20;

/** The lines of a text file as `line`, NULL where blank. No JSON holds the control character that cells end with. */
const linesOf = (path: string): string =>
  `read_csv(${quoteLiteral(path)}, columns = {'line': 'VARCHAR'}, delim = '\u001f', quote = '', escape = '', header = false, auto_detect = false, strict_mode = false)`;

/** NULL for a blank line. */
const isSound = `CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' WHEN line IS NOT NULL THEN false END`;

/** Null where fewer than half of the lines are objects, or one is longer than 2 MB: the file is not written that way. */
export async function soundJsonLines(
  session: SqlSession,
  prepared: { readonly path: string; readonly file: string },
): Promise<SoundJsonLines | null> {
  try {
    return await readLines(session, prepared);
  } catch (thrown) {
    if (thrown instanceof PortolanError) return null;
    throw thrown;
  }
}

async function readLines(
  session: SqlSession,
  { path, file }: { readonly path: string; readonly file: string },
): Promise<SoundJsonLines | null> {
  const lines = linesOf(path);
  const { rows } = await session.query(
    `SELECT count_if(${isSound}), count_if(NOT (${isSound})), json_group_structure(CASE WHEN ${isSound} THEN CAST(line AS JSON) END) FROM ${lines}`,
  );
  const [sound, damaged] = [toCount(rows[0]?.[0]), toCount(rows[0]?.[1])];
  const structure = rows[0]?.[2];
  if (sound < damaged || typeof structure !== 'string') return null;
  const places = await session.query(
    `SELECT number FROM (SELECT row_number() OVER () AS number, line FROM ${lines}) WHERE NOT (${isSound}) ORDER BY number LIMIT ${mostNamed}`,
  );
  return {
    sourceSql: (from) =>
      `(SELECT unnest(from_json(line, ${quoteLiteral(structure)})) FROM ${linesOf(from)} WHERE ${isSound})`,
    damaged,
    diagnostics: places.rows.map((row, index): Diagnostic => {
      const others =
        damaged > mostNamed && index === 0 ? `; ${damaged} lines are in all, the first ${mostNamed} are named` : '';
      return {
        severity: 'warning',
        message: `The line is not a JSON object and is left out${others}`,
        file,
        line: toCount(row[0]),
        statement: null,
      };
    }),
  };
}

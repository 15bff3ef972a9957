import type { Expr } from '../../ast.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { strength } from '../../typed-sql.ts';
import { asCondition, asText, asWhole } from '../coerce.ts';
import type { Compiler, FunctionRule, FunctionTable } from '../compiler.ts';
import { argument } from '../../translation-state.ts';
import { atom, within, type Value } from '../value.ts';

const text = (compiler: Compiler, args: readonly Expr[], index: number): Value =>
  asText(compiler, compiler.value(argument(args, index)));

const whole = (compiler: Compiler, args: readonly Expr[], index: number): Value =>
  asWhole(compiler, compiler.value(argument(args, index)));

/** `position + by`, worked out where the position is written out. */
function moved(position: Value, by: number): string {
  if (typeof position.literal === 'string') return String(Number(position.literal) + by);
  return `${within(position, strength.add)} ${by < 0 ? '-' : '+'} ${Math.abs(by)}`;
}

/** Contains, StartsWith and EndsWith: without regard to case unless the third argument is 0. */
function searched(name: 'contains' | 'starts_with' | 'ends_with'): FunctionRule {
  return {
    arity: [2, 3],
    translate(compiler, args) {
      const flag = args[2] === undefined ? null : compiler.value(args[2]).literal;
      if (args[2] === undefined) compiler.assume('The search does not regard case, which is the default');
      if (flag === undefined) compiler.warn('Whether the search regards case is computed; it is taken not to', 0.6);
      const folded = flag !== '0' && flag !== false;
      const side = (index: number): string => {
        const value = text(compiler, args, index);
        const sql = value.kind === 'unknown' ? `CAST(${value.text} AS VARCHAR)` : value.text;
        if (!folded) return sql;
        return typeof value.literal === 'string' ? quoteLiteral(value.literal.toLowerCase()) : `lower(${sql})`;
      };
      return atom(`${name}(${side(0)}, ${side(1)})`, 'boolean');
    },
  };
}

const simple = (name: string, kind: 'string' | 'integer' = 'string'): FunctionRule => ({
  arity: [1, 1],
  translate: (compiler, args) => atom(`${name}(${text(compiler, args, 0).text})`, kind),
});

function trimmed(name: 'trim' | 'ltrim' | 'rtrim'): FunctionRule {
  return {
    arity: [1, 2],
    translate(compiler, args) {
      const chars =
        args[1] === undefined ? String.raw`' ' || chr(9) || chr(10) || chr(13)` : text(compiler, args, 1).text;
      return atom(`${name}(${text(compiler, args, 0).text}, ${chars})`, 'string');
    },
  };
}

function padded(name: 'lpad' | 'rpad'): FunctionRule {
  return {
    arity: [3, 3],
    translate(compiler, args) {
      const [s, n, c] = [text(compiler, args, 0), whole(compiler, args, 1), text(compiler, args, 2)];
      const fill = typeof c.literal === 'string' ? quoteLiteral(c.literal.slice(0, 1)) : `left(${c.text}, 1)`;
      return atom(
        `CASE WHEN length(${s.text}) >= ${within(n, strength.concat)} THEN ${s.text} ELSE ${name}(${s.text}, CAST(${n.text} AS INTEGER), ${fill}) END`,
        'string',
      );
    },
  };
}

const escapedClass = (set: Value): string =>
  typeof set.literal === 'string'
    ? quoteLiteral(`[${set.literal.replaceAll(/[\][\\^-]/g, (char) => `\\${char}`)}]`)
    : String.raw`'[' || regexp_replace(${set.text}, '([\]\[\\^-])', '\\\1', 'g') || ']'`;

/** The nth part between any of the delimiters. */
function partOf(compiler: Compiler, args: readonly Expr[]): Value {
  const delimiters = text(compiler, args, 1);
  const parts = `regexp_split_to_array(${text(compiler, args, 0).text}, ${escapedClass(delimiters)})`;
  return atom(`coalesce(${parts}[${moved(whole(compiler, args, 2), 1)}], '')`, 'string');
}

/** How many first characters are (or are not) in the set. */
function span(inside: boolean): FunctionRule {
  return {
    arity: [2, 2],
    translate(compiler, args) {
      const set = text(compiler, args, 1);
      const folded = escapedClass(set);
      const pattern = `'^' || ${inside ? folded : `regexp_replace(${folded}, '^\\[', '[^')`} || '*'`;
      return atom(`length(regexp_extract(${text(compiler, args, 0).text}, ${pattern}))`, 'integer');
    },
  };
}

function cut(compiler: Compiler, args: readonly Expr[]): Value {
  const s = text(compiler, args, 0);
  const start = whole(compiler, args, 1);
  const length = args[2] === undefined ? '' : `, ${nonNegative(whole(compiler, args, 2))}`;
  const from =
    typeof start.literal === 'string' && Number(start.literal) >= 0 ? moved(start, 1) : `${nonNegative(start)} + 1`;
  return atom(`substr(${s.text}, ${from}${length})`, 'string');
}

const nonNegative = (count: Value): string =>
  typeof count.literal === 'string' && Number(count.literal) >= 0
    ? count.text
    : `CASE WHEN ${within(count, strength.concat)} < 0 THEN 0 ELSE ${count.text} END`;

const titled = (sql: string): string =>
  `list_aggregate(list_transform(string_split(lower(${sql}), ' '), lambda w: upper(left(w, 1)) || substr(w, 2)), 'string_agg', ' ')`;

/** The nth occurrence, 0-based place of it, -1 where there is none. */
function nth(compiler: Compiler, args: readonly Expr[]): Value {
  const [s, t, n] = [text(compiler, args, 0), text(compiler, args, 1), whole(compiler, args, 2)];
  return atom(
    `coalesce(list_filter(range(1, length(${s.text}) + 1), lambda ayx_p: substr(${s.text}, ayx_p, length(${t.text})) = ${t.text})[${n.text}] - 1, -1)`,
    'integer',
  );
}

export const textFunctions: FunctionTable = {
  CONTAINS: searched('contains'),
  STARTSWITH: searched('starts_with'),
  ENDSWITH: searched('ends_with'),
  FINDSTRING: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(`coalesce(instr(${text(compiler, args, 0).text}, ${text(compiler, args, 1).text}), 0) - 1`, 'integer', {
        strength: strength.add,
        notNull: true,
      }),
  },
  FINDNTH: { arity: [3, 3], translate: nth },
  SUBSTRING: { arity: [2, 3], translate: cut },
  LEFT: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(`left(${text(compiler, args, 0).text}, ${nonNegative(whole(compiler, args, 1))})`, 'string'),
  },
  RIGHT: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(`right(${text(compiler, args, 0).text}, ${nonNegative(whole(compiler, args, 1))})`, 'string'),
  },
  LENGTH: {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(`coalesce(length(${text(compiler, args, 0).text}), 0)`, 'integer', { notNull: true }),
  },
  GETLEFT: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(
        `regexp_split_to_array(${text(compiler, args, 0).text}, ${escapedClass(text(compiler, args, 1))})[1]`,
        'string',
      ),
  },
  GETRIGHT: {
    arity: [2, 2],
    translate(compiler, args) {
      const s = text(compiler, args, 0).text;
      return atom(`regexp_replace(${s}, '^.*?' || ${escapedClass(text(compiler, args, 1))}, '', 's')`, 'string');
    },
  },
  GETPART: { arity: [3, 3], translate: partOf },
  GETWORD: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(
        `coalesce(regexp_extract_all(${text(compiler, args, 0).text}, '\\S+')[${moved(whole(compiler, args, 1), 1)}], '')`,
        'string',
      ),
  },
  COUNTWORDS: {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(`coalesce(len(regexp_extract_all(${text(compiler, args, 0).text}, '\\S+')), 0)`, 'integer', {
        notNull: true,
      }),
  },
  TRIM: trimmed('trim'),
  TRIMLEFT: trimmed('ltrim'),
  TRIMRIGHT: trimmed('rtrim'),
  PADLEFT: padded('lpad'),
  PADRIGHT: padded('rpad'),
  UPPERCASE: simple('upper'),
  LOWERCASE: simple('lower'),
  REVERSESTRING: simple('reverse'),
  TITLECASE: { arity: [1, 1], translate: (compiler, args) => atom(titled(text(compiler, args, 0).text), 'string') },
  REPLACE: {
    arity: [3, 3],
    translate: (compiler, args) =>
      atom(`replace(${[0, 1, 2].map((index) => text(compiler, args, index).text).join(', ')})`, 'string'),
  },
  REPLACEFIRST: {
    arity: [3, 4],
    translate(compiler, args) {
      const [s, find, by] = [text(compiler, args, 0).text, text(compiler, args, 1).text, text(compiler, args, 2).text];
      const at = `instr(${s}, ${find})`;
      if (args[3] !== undefined) compiler.warn('ReplaceFirst is translated with regard to case', 0.7);
      return atom(
        `CASE WHEN ${at} > 0 THEN left(${s}, ${at} - 1) || ${by} || substr(${s}, ${at} + length(${find})) ELSE ${s} END`,
        'string',
      );
    },
  },
  REPLACECHAR: {
    arity: [3, 3],
    translate(compiler, args) {
      const by = text(compiler, args, 2);
      const one =
        typeof by.literal === 'string'
          ? quoteLiteral(by.literal.slice(0, 1).replace('\\', '\\\\'))
          : `left(${by.text}, 1)`;
      return atom(
        `regexp_replace(${text(compiler, args, 0).text}, ${escapedClass(text(compiler, args, 1))}, ${one}, 'g')`,
        'string',
      );
    },
  },
  STRIPQUOTES: {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(String.raw`regexp_replace(${text(compiler, args, 0).text}, '^(?:"(.*)"|''(.*)'')$', '\1\2', 's')`, 'string'),
  },
  STRSPN: span(true),
  STRCSPN: span(false),
  UUIDCREATE: { arity: [0, 0], translate: () => atom('CAST(uuid() AS VARCHAR)', 'string', { notNull: true }) },
  MD5_ASCII: simple('md5'),
  MD5_UTF8: simple('md5'),
  MD5_UNICODE: {
    arity: [1, 1],
    translate(compiler, args) {
      compiler.unsupported('MD5_UNICODE', 'MD5_UNICODE hashes UTF-16 text, which DuckDB cannot');
      compiler.value(argument(args, 0));
      return atom("error('MD5_UNICODE is not translated')", 'string');
    },
  },
  DECOMPOSEUNICODEFORMATCH: simple('strip_accents'),
  ISLOWERCASE: caseTest('a-z'),
  ISUPPERCASE: caseTest('A-Z'),
  ESCAPEXMLMETACHARACTERS: {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(
        xmlPairs.reduce(
          (sql, [char, entity]) => `replace(${sql}, ${quoteLiteral(char)}, ${quoteLiteral(entity)})`,
          text(compiler, args, 0).text,
        ),
        'string',
      ),
  },
  UNESCAPEXMLMETACHARACTERS: {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(
        [...xmlPairs]
          .reverse()
          .reduce(
            (sql, [char, entity]) => `replace(${sql}, ${quoteLiteral(entity)}, ${quoteLiteral(char)})`,
            text(compiler, args, 0).text,
          ),
        'string',
      ),
  },
  URLENCODE: simple('url_encode'),
  URLDECODE: simple('url_decode'),
  LEVENSHTEINDISTANCE: {
    arity: [2, 3],
    translate: (compiler, args) =>
      atom(`levenshtein(${text(compiler, args, 0).text}, ${text(compiler, args, 1).text})`, 'integer'),
  },
  JAROWINKLERDISTANCE: {
    arity: [2, 3],
    translate: (compiler, args) =>
      atom(`jaro_winkler_similarity(${text(compiler, args, 0).text}, ${text(compiler, args, 1).text})`, 'double'),
  },
  JAROWINKLERSIMILARITY: {
    arity: [2, 3],
    translate: (compiler, args) =>
      atom(`jaro_winkler_similarity(${text(compiler, args, 0).text}, ${text(compiler, args, 1).text})`, 'double'),
  },
  MESSAGE: {
    arity: [2, 3],
    translate(compiler, args) {
      asCondition(compiler, compiler.value(argument(args, 1)));
      compiler.warn('Message writes to the log of the source tool, which is left out', 0.7);
      return args[2] === undefined
        ? atom('CAST(NULL AS VARCHAR)', 'string', { literal: null })
        : compiler.value(args[2]);
    },
  },
};

const xmlPairs = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
] as const;

function caseTest(letters: string): FunctionRule {
  return {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(`regexp_full_match(${text(compiler, args, 0).text}, '[${letters}]+')`, 'boolean'),
  };
}

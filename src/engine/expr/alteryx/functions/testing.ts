import { quoteLiteral } from '../../../core/text.ts';
import { strength } from '../../typed-sql.ts';
import { expandMacro } from '../../duckdb-macros.ts';
import { asText, nullOf, unified } from '../coerce.ts';
import type { Compiler, FunctionRule, FunctionTable } from '../compiler.ts';
import { argument } from '../../translation-state.ts';
import { atom, isMoment, isNull, within, type Value, type ValueKind } from '../value.ts';

function typeTest(test: (kind: ValueKind) => boolean, whenText: (sql: string) => string): FunctionRule {
  return {
    arity: [1, 1],
    translate(compiler, args) {
      const value = compiler.value(argument(args, 0));
      if (value.kind !== 'unknown')
        return atom(test(value.kind) ? 'TRUE' : 'FALSE', 'boolean', { literal: test(value.kind), notNull: true });
      compiler.assume('The type of the field is not known; its values are tested', 0.7);
      return atom(whenText(`CAST(${value.text} AS VARCHAR)`), 'boolean');
    },
  };
}

const empty = (compiler: Compiler, value: Value): Value => {
  if (isNull(value)) return atom('TRUE', 'boolean', { literal: true, notNull: true });
  const sql = within(value, strength.concat);
  const test = { kind: 'boolean', strength: strength.comparison, notNull: true } as const;
  if (value.kind !== 'string' && value.kind !== 'unknown') return { text: `${sql} IS NULL`, ...test };
  const text = value.kind === 'unknown' ? `CAST(${value.text} AS VARCHAR)` : asText(compiler, value).text;
  return atom(`coalesce(${text} = '', TRUE)`, 'boolean', { notNull: true });
};

const outside = (name: string, reason: string): FunctionRule => ({
  arity: [0, 9],
  translate(compiler, args) {
    for (const arg of args) compiler.value(arg);
    compiler.unsupported(name, `${name} ${reason}`);
    return atom(`error(${quoteLiteral(`${name} is not translated`)})`, 'string');
  },
});

const path = (build: (sql: string) => string): FunctionRule => ({
  arity: [1, 1],
  translate: (compiler, args) => atom(build(asText(compiler, compiler.value(argument(args, 0))).text), 'string'),
});

export const testingFunctions: FunctionTable = {
  NULL: { arity: [0, 0], translate: () => nullOf('unknown') },
  ISNULL: {
    arity: [1, 1],
    translate(compiler, args) {
      const value = compiler.value(argument(args, 0));
      if (isNull(value)) return atom('TRUE', 'boolean', { literal: true, notNull: true });
      return {
        text: `${within(value, strength.concat)} IS NULL`,
        kind: 'boolean',
        strength: strength.comparison,
        notNull: true,
      };
    },
  },
  ISEMPTY: { arity: [1, 1], translate: (compiler, args) => empty(compiler, compiler.value(argument(args, 0))) },
  ISNUMBER: typeTest(
    (kind) => kind === 'integer' || kind === 'decimal' || kind === 'double',
    (sql) => `coalesce(TRY_CAST(${sql} AS DOUBLE) IS NOT NULL, FALSE)`,
  ),
  ISINTEGER: typeTest(
    (kind) => kind === 'integer',
    (sql) => `regexp_full_match(${sql}, '[+-]?[0-9]+')`,
  ),
  ISSTRING: typeTest(
    (kind) => kind === 'string' || isMoment(kind) || kind === 'time',
    (sql) => `(${sql} IS NOT NULL)`,
  ),
  COALESCE: {
    arity: [1, 500],
    translate(compiler, args) {
      const { kind, values } = unified(
        compiler,
        args.map((arg) => compiler.value(arg)),
      );
      return atom(`coalesce(${values.map((value) => value.text).join(', ')})`, kind, {
        notNull: values.some((value) => value.notNull === true),
      });
    },
  },
  SOUNDEX: {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(expandMacro('pc_soundex', [asText(compiler, compiler.value(argument(args, 0))).text]), 'string'),
  },
  SOUNDEX_DIGITS: {
    arity: [1, 1],
    translate(compiler, args) {
      const text = asText(compiler, compiler.value(argument(args, 0))).text;
      compiler.assume('Soundex_Digits keeps the digits of the text where there are any', 0.8);
      return atom(
        `CASE WHEN regexp_matches(${text}, '[0-9]') THEN regexp_replace(${text}, '[^0-9]', '', 'g') ELSE ${expandMacro('pc_soundex', [text])} END`,
        'string',
      );
    },
  },
  FILEGETDIR: path((sql) => String.raw`regexp_extract(${sql}, '^(.*[\\/])', 1)`),
  FILEGETFILENAME: path((sql) => String.raw`regexp_replace(regexp_extract(${sql}, '([^\\/]*)$', 1), '\.[^.]*$', '')`),
  FILEGETEXT: path((sql) => String.raw`regexp_extract(${sql}, '(\.[^.\\/]*)$', 1)`),
  FILEADDPATHS: {
    arity: [2, 2],
    translate(compiler, args) {
      const [a, b] = [0, 1].map((index) => asText(compiler, compiler.value(argument(args, index))).text);
      return atom(String.raw`rtrim(${a}, '\/') || '\' || ltrim(${b}, '\/')`, 'string', { strength: strength.concat });
    },
  },
  FILEEXISTS: outside('FileExists', 'looks at the file system, which a pipeline does not do'),
  READREGISTRYSTRING: outside('ReadRegistryString', 'reads the registry of the machine, which a pipeline does not do'),
  GETENVIRONMENTVARIABLE: outside(
    'GetEnvironmentVariable',
    'reads the environment of the machine, which a pipeline does not do',
  ),
};

/** Tree to SQL: one function a kind of node. */
import type { ColumnReference, Expr, FunctionCall, NullLiteral, ObjectCall, ParameterReference } from '../ast.ts';
import type { ScalarType } from '../environment.ts';
import { columnName } from '../duckdb-name.ts';
import { quoteLiteral } from '../../core/text.ts';
import { atom, strength, type TypedSql } from '../typed-sql.ts';
import { numberLiteral, textLiteral } from './coerce.ts';
import type { Compiler } from '../compiler.ts';
import { powerCenterFunctions } from './functions/registry.ts';
import { binarySql, unarySql } from './operators.ts';
import { runTime } from './run-time.ts';

type Visitors = { readonly [K in Expr['kind']]: (compiler: Compiler, node: Extract<Expr, { kind: K }>) => TypedSql };

const visitors: Visitors = {
  text: (_compiler, node) => textLiteral(node.value),
  number: (_compiler, node) => numberLiteral(node.text),
  boolean: (_compiler, node) =>
    atom(node.value ? 'TRUE' : 'FALSE', 'boolean', { literal: node.value, notNull: true, simple: true }),
  null: (_compiler, _node: NullLiteral) => atom('NULL', 'unknown', { literal: null, simple: true }),
  column: columnSql,
  parameter: parameterSql,
  unary: unarySql,
  binary: binarySql,
  call: callSql,
  object_call: objectSql,
  all_rows: (compiler) => {
    compiler.warn('* is only meant for COUNT(*)', 0.3);
    return atom('*', 'unknown');
  },
};

export function visit(compiler: Compiler, expr: Expr): TypedSql {
  const visitor = visitors[expr.kind] as (compiler: Compiler, node: Expr) => TypedSql;
  return visitor(compiler, expr);
}

/** Constants of the language; a port of the same name comes first. */
const constants: ReadonlyMap<string, number> = new Map([
  ['DD_INSERT', 0],
  ['DD_UPDATE', 1],
  ['DD_DELETE', 2],
  ['DD_REJECT', 3],
  ['TC_CONTINUE_TRANSACTION', 0],
  ['TC_COMMIT_BEFORE', 1],
  ['TC_COMMIT_AFTER', 2],
  ['TC_ROLLBACK_BEFORE', 3],
  ['TC_ROLLBACK_AFTER', 4],
]);

const runTimes: ReadonlySet<string> = new Set(['SYSDATE', 'SESSSTARTTIME', 'WORKFLOWSTARTTIME']);

function columnSql(compiler: Compiler, node: ColumnReference): TypedSql {
  const lower = node.name.toLowerCase();
  const upper = node.name.toUpperCase();
  const port = compiler.env.ports.get(lower);
  if (port === undefined) {
    if (runTimes.has(upper)) return runTime(compiler, upper);
    const constant = constants.get(upper);
    if (constant !== undefined) return numberLiteral(String(constant));
    if (compiler.env.openPorts !== true) compiler.warn(`There is no port ${node.name}`, 0.3);
  }
  compiler.reference(node.name);
  const previous = compiler.env.previousRow?.get(lower);
  if (previous !== undefined) compiler.markOrderSensitive();
  const text = previous ?? port?.sqlName ?? columnName(node.name);
  const simple = /^(?:[A-Za-z_]\w*|"(?:[^"]|"")*")(?:\.(?:[A-Za-z_]\w*|"(?:[^"]|"")*"))*$/.test(text);
  const sql: TypedSql = {
    text,
    type: port?.type ?? 'unknown',
    strength: simple ? strength.atom : strength.or,
    simple,
    ...(port === undefined ? {} : portSize(port.type, port.precision, port.scale)),
  };
  return lastRowOfGroup(compiler, lower, sql);
}

function portSize(type: ScalarType, precision: number | null, scale: number | null): Partial<TypedSql> {
  return type === 'decimal'
    ? { precision, scale }
    : type === 'integer' || type === 'bigint'
      ? { precision: type === 'integer' ? 10 : 19, scale: 0 }
      : {};
}

/** In an Aggregator a port that is neither grouped nor aggregated has the value of the group's last row. */
function lastRowOfGroup(compiler: Compiler, lower: string, sql: TypedSql): TypedSql {
  const { mode, groupBy } = compiler.env;
  if (mode !== 'aggregate' || groupBy === undefined || groupBy.has(lower) || compiler.insideAggregate) return sql;
  compiler.markAggregate();
  compiler.markOrderSensitive();
  return { ...sql, text: `last(${sql.text} ORDER BY ${compiler.rowOrder})`, strength: strength.atom, simple: false };
}

const sqlTypes: Partial<Record<ScalarType, string>> = {
  string: 'VARCHAR',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  decimal: 'DECIMAL(38,10)',
  double: 'DOUBLE',
  date: 'TIMESTAMP',
};

function parameterSql(compiler: Compiler, node: ParameterReference): TypedSql {
  const lower = node.name.toLowerCase();
  const known = compiler.env.parameters.get(lower);
  if (known === undefined && (lower === '$$$sessstarttime' || lower === '$pmsessionstarttime'))
    return runTime(compiler, 'SESSSTARTTIME');
  compiler.parameter(node.name);
  const type = known?.type ?? (lower.startsWith('$pm') ? 'string' : 'unknown');
  if (known?.sql !== undefined) return { text: known.sql, type, strength: strength.or };
  if (known === undefined && compiler.env.openPorts !== true && !lower.startsWith('$pm')) {
    compiler.warn(`The type of the parameter ${node.name} is not known`, 0.85);
  }
  const variable = `getvariable(${quoteLiteral(node.name)})`;
  const sqlType = sqlTypes[type];
  return atom(sqlType === undefined ? variable : `CAST(${variable} AS ${sqlType})`, type, { simple: true });
}

function callSql(compiler: Compiler, node: FunctionCall): TypedSql {
  const rule = powerCenterFunctions.get(node.name);
  if (rule === undefined) {
    compiler.unsupported(node.name, `The function ${node.name} is not known; it is passed through as it is`);
    return passedThrough(compiler, node);
  }
  const [fewest, most] = rule.arity;
  const count = node.args.length;
  if (count < fewest || count > most) {
    const wanted = fewest === most ? String(fewest) : most === Infinity ? `at least ${fewest}` : `${fewest} to ${most}`;
    compiler.unsupported(node.name, `${node.name} takes ${wanted} arguments but has ${count}; it is not translated`);
    // A wrong call must not reach a function of DuckDB that has the same name.
    return passedThrough(compiler, { ...node, name: `not_translated_${node.name}` });
  }
  return rule.translate(compiler, node.args);
}

/** The call as it was, so that it is seen and fails when it is run. */
function passedThrough(compiler: Compiler, node: Pick<FunctionCall, 'name' | 'args'>): TypedSql {
  const args = node.args.map((arg) => compiler.value(arg).text);
  const name = /^[A-Z_]\w*$/i.test(node.name) ? node.name : columnName(node.name);
  return atom(`${name}(${args.join(', ')})`, 'unknown');
}

const scopeNames: ReadonlyMap<string, string> = new Map([
  ['SP', 'stored procedure'],
  ['UDF', 'user-defined function'],
  ['EXT', 'external procedure'],
  ['INFA', 'external function'],
]);

function objectSql(compiler: Compiler, node: ObjectCall): TypedSql {
  if (node.scope === 'LKP') return lookupSql(compiler, node);
  const shown = `:${node.scope}.${node.name}`;
  const what = scopeNames.get(node.scope) ?? 'object';
  compiler.unsupported(shown, `The ${what} ${shown} has no translation; it is passed through as it is`);
  return passedThrough(compiler, { name: `${node.scope}.${node.name}`, args: node.args });
}

function lookupSql(compiler: Compiler, node: ObjectCall): TypedSql {
  const args = node.args.map((arg) => compiler.value(arg).text);
  const call = { name: node.name, args };
  compiler.lookup(call);
  const resolved = compiler.env.resolveLookup?.(call) ?? null;
  if (resolved !== null) return { text: resolved.sql, type: resolved.type, strength: strength.or };
  compiler.warn(
    `The lookup :LKP.${node.name} is called as a macro of that name; its definition is not part of the expression`,
    0.65,
  );
  return atom(`${columnName(node.name)}(${args.join(', ')})`, 'unknown');
}

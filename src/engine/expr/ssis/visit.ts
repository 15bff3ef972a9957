/** Tree to SQL: one function a kind of node. */
import { quoteLiteral } from '../../core/text.ts';
import type { ColumnReference, Expr, FunctionCall, NumberLiteral, ParameterReference } from '../ast.ts';
import { columnName } from '../duckdb-name.ts';
import type { PortInfo, ScalarType } from '../environment.ts';
import type { Compiler } from '../compiler.ts';
import { numberLiteral, textLiteral } from '../powercenter/coerce.ts';
import { atom, strength, type TypedSql } from '../typed-sql.ts';
import { ssisFunctions } from './functions/registry.ts';
import { binarySql, unarySql } from './operators.ts';

type Visitors = { readonly [K in Expr['kind']]: (compiler: Compiler, node: Extract<Expr, { kind: K }>) => TypedSql };

const outside = (compiler: Compiler): TypedSql => {
  compiler.warn('The expression has a part that SSIS does not know', 0.3);
  return atom('NULL', 'unknown', { literal: null });
};

const visitors: Visitors = {
  text: (_compiler, node) => textLiteral(node.value),
  number: numberSql,
  boolean: (_compiler, node) =>
    atom(node.value ? 'TRUE' : 'FALSE', 'boolean', { literal: node.value, notNull: true, simple: true }),
  null: () => atom('NULL', 'unknown', { literal: null, simple: true }),
  column: columnSql,
  parameter: variableSql,
  unary: unarySql,
  binary: binarySql,
  call: callSql,
  object_call: outside,
  all_rows: outside,
};

export function visit(compiler: Compiler, expr: Expr): TypedSql {
  const visitor = visitors[expr.kind] as (compiler: Compiler, node: Expr) => TypedSql;
  return visitor(compiler, expr);
}

/** Literals with the suffixes L, U and F and hexadecimal ones. */
function numberSql(_compiler: Compiler, node: NumberLiteral): TypedSql {
  if (/^0x/i.test(node.text)) return numberLiteral(BigInt(node.text.replace(/[ul]+$/i, '')).toString());
  if (/f$/i.test(node.text)) {
    const plain = node.text.slice(0, -1).replace(/\.$/, '');
    return numberLiteral(/e/i.test(plain) ? plain : `${plain}e0`);
  }
  const literal = numberLiteral(node.text.replace(/[ul]+$/i, ''));
  return /l$/i.test(node.text) && literal.type === 'integer' ? { ...literal, type: 'bigint' } : literal;
}

/** What is known of a column, by its lineage id, its name, or its name with the component before it. */
function portNamed(compiler: Compiler, name: string): PortInfo | undefined {
  const lower = name.toLowerCase();
  return compiler.env.ports.get(lower) ?? compiler.env.ports.get(lower.slice(lower.lastIndexOf('.') + 1));
}

function columnSql(compiler: Compiler, node: ColumnReference): TypedSql {
  const port = portNamed(compiler, node.name);
  if (port === undefined && compiler.env.openPorts !== true)
    compiler.warn(`There is no column ${node.name} in the input`, 0.3);
  compiler.reference(node.name);
  const bare = node.name.startsWith('#') ? node.name : node.name.slice(node.name.lastIndexOf('.') + 1);
  const text = port?.sqlName ?? columnName(bare);
  const simple = /^(?:[A-Za-z_]\w*|"(?:[^"]|"")*")$/.test(text);
  const known = port === undefined ? {} : knownOf(port);
  return { text, type: 'unknown', strength: simple ? strength.atom : strength.or, simple, ...known };
}

function knownOf(port: PortInfo): Partial<TypedSql> & Pick<TypedSql, 'type'> {
  const decimal = port.type === 'decimal' ? { precision: port.precision, scale: port.scale } : {};
  return { type: port.type, ...(port.native === undefined ? {} : { native: port.native }), ...decimal };
}

const sqlTypes: Partial<Record<ScalarType, string>> = {
  string: 'VARCHAR',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  decimal: 'DECIMAL(28,10)',
  double: 'DOUBLE',
  date: 'TIMESTAMP',
  boolean: 'BOOLEAN',
};

/** A variable or parameter: a value of the run. */
function variableSql(compiler: Compiler, node: ParameterReference): TypedSql {
  const written = node.name.trim();
  const bare = written.replace(/^.*::/, '').toLowerCase();
  const inUser = !written.includes('::') && compiler.env.parameters.has(`user::${bare}`);
  const name = inUser ? `User::${written}` : written;
  if (name.toLowerCase() === 'system::starttime' || name.toLowerCase() === 'system::containerstarttime') {
    compiler.parameter('run_ts');
    return { ...compiler.macro('pc_run_ts', 'date'), native: 'dbtimestamp' };
  }
  const known = compiler.env.parameters.get(name.toLowerCase()) ?? compiler.env.parameters.get(`user::${bare}`);
  compiler.parameter(name);
  if (known === undefined && compiler.env.openPorts !== true)
    compiler.warn(`The variable ${name} is not declared in the package`, 0.8);
  const variable = `getvariable(${quoteLiteral(name)})`;
  const type = known?.type ?? 'unknown';
  const sqlType = sqlTypes[type];
  return atom(sqlType === undefined ? variable : `CAST(${variable} AS ${sqlType})`, type, { simple: true });
}

function callSql(compiler: Compiler, node: FunctionCall): TypedSql {
  const rule = ssisFunctions.get(node.name);
  const count = node.args.length;
  if (rule !== undefined && count >= rule.arity[0] && count <= rule.arity[1])
    return rule.translate(compiler, node.args);
  const why =
    rule === undefined
      ? 'is not known'
      : `takes ${rule.arity[0] === rule.arity[1] ? rule.arity[0] : rule.arity.join(' to ')} arguments but has ${count}`;
  compiler.unsupported(node.name, `The function ${node.name} ${why}; it is passed through as it is`);
  const plain = /^[A-Z_]\w*$/i.test(node.name) ? node.name : columnName(node.name);
  // A wrong call must not reach a function of DuckDB that has the same name.
  const name = rule === undefined ? plain : `not_translated_${node.name.replace(/\W/g, '_')}`;
  return atom(`${name}(${node.args.map((arg) => compiler.value(arg).text).join(', ')})`, 'unknown');
}

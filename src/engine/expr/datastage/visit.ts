/** Tree to SQL: one function a kind of node. */
import type { BinaryOperation, ColumnReference, Expr, FunctionCall, UnaryOperation } from '../ast.ts';
import { columnName } from '../duckdb-name.ts';
import { quoteLiteral } from '../../core/text.ts';
import { numberLiteral, textLiteral } from '../powercenter/coerce.ts';
import type { Compiler } from '../compiler.ts';
import { atom, isNullLiteral, strength, within, type TypedSql } from '../typed-sql.ts';
import { asCondition, asNumber, asText, coerce, comparable } from './coerce.ts';
import { dataStageFunctions } from './functions/registry.ts';
import { systemVariable } from './system-variable.ts';

type Visitors = { readonly [K in Expr['kind']]: (compiler: Compiler, node: Extract<Expr, { kind: K }>) => TypedSql };

const visitors: Visitors = {
  text: (_compiler, node) => textLiteral(node.value),
  number: (_compiler, node) => numberLiteral(node.text),
  boolean: (_compiler, node) => atom(node.value ? 'TRUE' : 'FALSE', 'boolean', { literal: node.value, notNull: true }),
  null: () => atom('NULL', 'unknown', { literal: null, simple: true }),
  column: columnSql,
  parameter: (compiler, node) => parameterSql(compiler, node.name),
  unary: unarySql,
  binary: binarySql,
  call: callSql,
  object_call: (compiler, node) => passedThrough(compiler, node.name, node.args),
  all_rows: () => atom('*', 'unknown'),
};

export function visit(compiler: Compiler, expr: Expr): TypedSql {
  const visitor = visitors[expr.kind] as (compiler: Compiler, node: Expr) => TypedSql;
  return visitor(compiler, expr);
}

function parameterSql(compiler: Compiler, name: string): TypedSql {
  compiler.parameter(name);
  const type = compiler.env.parameters.get(name.toLowerCase())?.type ?? 'string';
  const variable = `getvariable(${quoteLiteral(name)})`;
  const casts: Partial<Record<typeof type, string>> = {
    string: 'VARCHAR',
    integer: 'BIGINT',
    double: 'DOUBLE',
    date: 'TIMESTAMP',
  };
  return atom(`CAST(${variable} AS ${casts[type] ?? 'VARCHAR'})`, type, { simple: true });
}

function columnSql(compiler: Compiler, node: ColumnReference): TypedSql {
  const lower = node.name.toLowerCase();
  const port = compiler.env.ports.get(lower);
  if (port !== undefined) {
    compiler.reference(node.name);
    const simple = /^(?:[A-Za-z_]\w*|"(?:[^"]|"")*")(?:\.(?:[A-Za-z_]\w*|"(?:[^"]|"")*"))*$/.test(port.sqlName);
    return { text: port.sqlName, type: port.type, strength: simple ? strength.atom : strength.or, simple };
  }
  const system = systemVariable(compiler, node.name);
  if (system !== null) return system;
  if (compiler.env.parameters.has(lower)) return parameterSql(compiler, node.name);
  if (lower.startsWith('$')) {
    compiler.assume(`${node.name} is an environment variable, given as a parameter of the run`, 0.85);
    return parameterSql(compiler, node.name);
  }
  compiler.reference(node.name);
  if (compiler.env.openPorts !== true) compiler.warn(`There is no column, variable or parameter ${node.name}`, 0.3);
  return atom(node.name.split('.').map(columnName).join('.'), 'unknown', { simple: true });
}

function unarySql(compiler: Compiler, node: UnaryOperation): TypedSql {
  if (node.operator === 'not') {
    const operand = asCondition(compiler, compiler.value(node.operand));
    return { text: `NOT ${within(operand, strength.not)}`, type: 'boolean', strength: strength.not };
  }
  const operand = coerce.number(compiler, node.operand);
  if (node.operator === '+') return operand;
  const inner = within(operand, strength.unary);
  return { text: inner.startsWith('-') ? `-(${inner})` : `-${inner}`, type: operand.type, strength: strength.unary };
}

function binarySql(compiler: Compiler, node: BinaryOperation): TypedSql {
  const { operator } = node;
  const left = compiler.value(node.left);
  const right = compiler.value(node.right);
  if (operator === 'and' || operator === 'or') {
    const level = operator === 'and' ? strength.and : strength.or;
    const sides = [left, right].map((side) => within(asCondition(compiler, side), level));
    return { text: sides.join(` ${operator.toUpperCase()} `), type: 'boolean', strength: level };
  }
  if (operator === '||') {
    const sides = [left, right].map((side) => within(asText(compiler, side), strength.concat));
    return { text: sides.join(' || '), type: 'string', strength: strength.concat };
  }
  if (operator === '+' || operator === '-' || operator === '*' || operator === '/' || operator === '%')
    return arithmeticSql(compiler, operator, asNumber(compiler, left), asNumber(compiler, right));
  if (isNullLiteral(left) || isNullLiteral(right))
    compiler.warn('A comparison with NULL is never true; IsNull may be meant', 0.8);
  const [a, b] = comparable(compiler, left, right);
  return {
    text: `${within(a, strength.concat)} ${operator} ${within(b, strength.concat)}`,
    type: 'boolean',
    strength: strength.comparison,
  };
}

function arithmeticSql(
  compiler: Compiler,
  operator: '+' | '-' | '*' | '/' | '%',
  left: TypedSql,
  right: TypedSql,
): TypedSql {
  const level = operator === '+' || operator === '-' ? strength.add : strength.multiply;
  const above = level === strength.add ? strength.multiply : strength.unary;
  if (operator !== '/') {
    const wide = [left.type, right.type].includes('double')
      ? 'double'
      : [left.type, right.type].includes('unknown')
        ? 'unknown'
        : [left.type, right.type].includes('decimal')
          ? 'decimal'
          : 'bigint';
    // Whole numbers are computed wide, so that a product does not overflow where the tool's would not.
    const first =
      wide === 'bigint' && left.type === 'integer' && typeof left.literal !== 'string'
        ? atom(`CAST(${left.text} AS BIGINT)`, 'bigint')
        : left;
    return { text: `${within(first, level)} ${operator} ${within(right, above)}`, type: wide, strength: level };
  }
  const divisor =
    typeof right.literal === 'string' && Number(right.literal) !== 0
      ? within(right, above)
      : `nullif(${right.text}, 0)`;
  if (typeof right.literal !== 'string') compiler.assume('Division by zero gives NULL', 0.92);
  return { text: `${within(left, level)} / ${divisor}`, type: 'double', strength: level };
}

function callSql(compiler: Compiler, node: FunctionCall): TypedSql {
  const rule = dataStageFunctions.get(node.name);
  const count = node.args.length;
  if (rule === undefined) {
    compiler.unsupported(node.name, `The function or routine ${node.name} is not known; it is passed through as it is`);
    return passedThrough(compiler, node.name, node.args);
  }
  if (count < rule.arity[0] || count > rule.arity[1]) {
    const [fewest, most] = rule.arity;
    const wanted = fewest === most ? String(fewest) : most === Infinity ? `at least ${fewest}` : `${fewest} to ${most}`;
    compiler.unsupported(node.name, `${node.name} takes ${wanted} arguments but has ${count}; it is not translated`);
    // A wrong call must not reach a function of DuckDB that has the same name.
    return passedThrough(compiler, `not_translated_${node.name}`, node.args);
  }
  return rule.translate(compiler, node.args);
}

/** The call as it was, so that it is seen and fails when it is run. */
function passedThrough(compiler: Compiler, name: string, args: readonly Expr[]): TypedSql {
  return atom(
    `${/^[A-Z_]\w*$/i.test(name) ? name : columnName(name)}(${args.map((arg) => compiler.value(arg).text).join(', ')})`,
    'unknown',
  );
}

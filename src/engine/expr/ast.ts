/** The expression tree that every tool's grammar produces: plain readonly objects told apart by `kind`. */

/** Offset of the node's first character in the expression text. */
interface Located {
  readonly at: number;
}

export interface TextLiteral extends Located {
  readonly kind: 'text';
  readonly value: string;
}
export interface NumberLiteral extends Located {
  readonly kind: 'number';
  /** As written, e.g. `1.50` or `1e5`: never turned into a float. */
  readonly text: string;
}
export interface BooleanLiteral extends Located {
  readonly kind: 'boolean';
  readonly value: boolean;
}
export interface NullLiteral extends Located {
  readonly kind: 'null';
}
/** A port, field or link column. */
export interface ColumnReference extends Located {
  readonly kind: 'column';
  readonly name: string;
}
/** A job, mapping or session parameter, with the prefix of its tool, e.g. `$$LOAD_DATE`. */
export interface ParameterReference extends Located {
  readonly kind: 'parameter';
  readonly name: string;
}
export type UnaryOperator = '-' | '+' | 'not';
export interface UnaryOperation extends Located {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expr;
}
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type BinaryOperator = ComparisonOperator | '||' | '+' | '-' | '*' | '/' | '%' | 'and' | 'or';
export interface BinaryOperation extends Located {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}
/** A built-in function; `name` is in upper case. */
export interface FunctionCall extends Located {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expr[];
}
/** A call of another object of the job: lookup, stored procedure, user-defined or external function. */
export interface ObjectCall extends Located {
  readonly kind: 'object_call';
  /** In upper case, e.g. `LKP`. */
  readonly scope: string;
  readonly name: string;
  readonly args: readonly Expr[];
}
/** The `*` of COUNT(*). */
export interface AllRows extends Located {
  readonly kind: 'all_rows';
}

export type Expr =
  | TextLiteral
  | NumberLiteral
  | BooleanLiteral
  | NullLiteral
  | ColumnReference
  | ParameterReference
  | UnaryOperation
  | BinaryOperation
  | FunctionCall
  | ObjectCall
  | AllRows;

/** The operands of a chain of one operator, first to last, so that a long chain becomes one call. */
export function operandsOf(expr: Expr, operator: BinaryOperator): readonly Expr[] {
  const operands: Expr[] = [];
  let rest = expr;
  while (rest.kind === 'binary' && rest.operator === operator) {
    operands.push(rest.right);
    rest = rest.left;
  }
  return [rest, ...operands.reverse()];
}

export interface ParseError {
  readonly message: string;
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

export type ParseResult =
  | { readonly ok: true; readonly ast: Expr }
  | { readonly ok: false; readonly error: ParseError };

/** The error at an offset, with its line and column counted from the text. */
export function parseErrorAt(text: string, offset: number, message: string): ParseError {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let i = before.indexOf('\n'); i !== -1; i = before.indexOf('\n', i + 1)) line += 1;
  return { message, offset, line, column: offset - lineStart + 1 };
}

/** SQL of control flow (Execute SQL tasks, SQL before and after a load) as DuckDB statements; refused as a whole where one cannot be translated. */
import { quoteLiteral } from '../../core/text.ts';
import { type SqlToken, tokenizeSql } from '../../sql/sql-tokens.ts';
import { newFindings, type RewriteOptions, Rewriter } from './rewriter.ts';
import { type SplitScript, splitAtSemicolons, splitTsql } from './split-script.ts';
import { type StatementSql, translateStatement } from './translate-statement.ts';
import { TsqlRewriter } from './tsql-rewriter.ts';

export interface ScriptStatement {
  readonly sql: string;
  /** A condition: the statement runs only where it holds. */
  readonly when?: string;
}

export interface TranslatedScript {
  readonly statements: readonly ScriptStatement[];
  readonly macros: readonly string[];
  /** 0 where it is refused. */
  readonly confidence: number;
  readonly notes: readonly string[];
  readonly refusal: string | null;
}

const maximumText = 200_000;

const refused = (refusal: string): TranslatedScript => ({
  statements: [],
  macros: [],
  confidence: 0,
  notes: [],
  refusal,
});

const conditionName = (number: number): string => `if ${number + 1}`;

class ScriptTranslation {
  private readonly text: string;
  private readonly options: RewriteOptions;
  private readonly found = newFindings();
  private readonly variables = new Map<string, string>();
  readonly statements: ScriptStatement[] = [];
  readonly notes = new Set<string>();
  confidence = 0.95;
  refusal: string | null = null;

  constructor(text: string, options: RewriteOptions) {
    this.text = text;
    this.options = {
      ...options,
      strict: true,
      variable: (name) => this.variables.get(name.toLowerCase()) ?? options.variable?.(name) ?? null,
    };
  }

  get macros(): readonly string[] {
    return [...this.found.macros].sort();
  }

  run({ parts, conditions, refusal }: SplitScript): void {
    this.refusal = refusal;
    for (const [index, part] of parts.entries()) {
      if (this.refusal !== null) return;
      for (const [number, condition] of conditions.entries())
        if (condition.before === index) this.condition(number, condition.tokens);
      const when = part.when.map(({ condition, holds }) => {
        const name = `getvariable(${quoteLiteral(conditionName(condition))})`;
        return holds ? `coalesce(${name}, FALSE)` : `NOT coalesce(${name}, FALSE)`;
      });
      this.statement(part.tokens, when.length === 0 ? undefined : when.join(' AND '));
    }
  }

  private condition(number: number, tokens: readonly SqlToken[]): void {
    const words = tokens.map((token) => token.text.toLowerCase());
    const sql = words.includes('object_id') || words.includes('sys') ? catalogueCondition(tokens, this.options) : null;
    const plain = sql ?? this.rewrite(tokens);
    this.statements.push({ sql: `SET VARIABLE "${conditionName(number)}" = (${plain})` });
    this.checkForeign();
  }

  private rewrite(tokens: readonly SqlToken[], inQuery = false): string {
    const Dialect = this.options.dialect === 'tsql' ? TsqlRewriter : Rewriter;
    return new Dialect({ text: this.text, tokens }, this.options, this.found).rewrite({ inQuery });
  }

  private statement(tokens: readonly SqlToken[], when: string | undefined): void {
    const result: StatementSql = translateStatement(tokens, {
      text: this.text,
      options: this.options,
      rewrite: (part, inQuery) => this.rewrite(part, inQuery),
      declare: (name, sql) => this.variables.set(name.toLowerCase(), sql),
    });
    if (result.refusal !== undefined) this.refusal = result.refusal;
    this.checkForeign();
    if (this.refusal !== null) return;
    if (result.note !== undefined) this.notes.add(result.note);
    if (result.confidence !== undefined) this.confidence = Math.min(this.confidence, result.confidence);
    for (const sql of result.sql ?? []) this.statements.push({ sql, ...(when === undefined ? {} : { when }) });
  }

  private checkForeign(): void {
    const [foreign] = this.found.foreign;
    if (foreign !== undefined) this.refusal ??= `it uses ${foreign}, which has no counterpart here`;
    const [unknown] = this.found.unknown;
    if (unknown !== undefined) this.refusal ??= `it uses the table ${unknown}, which the file does not define`;
  }
}

/** Whether a question to the catalogue asks if a table is there (true) or is not (false); null for every other. */
function asksFor(words: readonly string[]): boolean | null {
  if (!words.includes('object_id')) return words[0] === 'exists' ? true : words[0] === 'not' ? false : null;
  const end = words.slice(-3).join(' ');
  return end === 'is not null' ? true : end.endsWith('is null') ? false : null;
}

/** `OBJECT_ID('T') IS NOT NULL` and looking a table up in `sys.…`: whether the table is there. */
function catalogueCondition(tokens: readonly SqlToken[], options: RewriteOptions): string | null {
  const text = tokens.find((token) => token.kind === 'string' && token.text.length > 1)?.text;
  const there = asksFor(tokens.map((token) => token.text.toLowerCase()));
  const path = text?.replaceAll(/[[\]"]/g, '').split('.') ?? [];
  const name = path.at(-1);
  const table = name === undefined || there === null ? null : options.resolve(name, path.at(-2));
  if (table === null) return null;
  const schema = table.role === 'source' ? 'src' : 'tgt';
  const exists = `EXISTS (SELECT 1 FROM duckdb_tables() WHERE schema_name = '${schema}' AND lower(table_name) = ${quoteLiteral(table.name.toLowerCase())})`;
  return there === true ? exists : `NOT ${exists}`;
}

/** `text` as DuckDB statements. Never throws; `refusal` says why there are none. */
export function translateScript(text: string, options: RewriteOptions): TranslatedScript {
  if (text.length > maximumText) return refused(`it is longer than ${maximumText} characters`);
  const tsql = options.dialect === 'tsql';
  const tokens = tokenizeSql(text, tsql ? 'tsql' : 'ansi');
  const translation = new ScriptTranslation(text, options);
  translation.run(tsql ? splitTsql(tokens) : splitAtSemicolons(tokens));
  const { refusal, statements, macros, confidence, notes } = translation;
  if (refusal !== null) return refused(refusal);
  return { statements, macros, confidence, notes: [...notes], refusal };
}

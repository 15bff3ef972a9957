/** SQL that a tool runs in the database before and after a load, for the node that has it. */
import type { PipelineTable, TaskStatement } from '../../dataflow/model.ts';
import type { RewriteOptions, SourceDialect } from './rewriter.ts';
import { translateScript } from './translate-script.ts';

/** What a rule's draft takes: doubts, and macros that the SQL calls. */
interface Draft {
  readonly doubt: (message: string, confidence: number) => void;
  readonly note: (message: string) => void;
  readonly macro: (name: string) => void;
}

export interface AroundLoad {
  readonly before?: readonly TaskStatement[];
  readonly after?: readonly TaskStatement[];
}

interface Given {
  /** Named as the tool names them. */
  readonly texts: readonly { readonly name: string; readonly when: 'before' | 'after'; readonly text: string | null }[];
  readonly connector: string | undefined;
  readonly resolve: RewriteOptions['resolve'];
  /** Of the node, where the SQL is kept and not run. */
  readonly confidence: number;
}

const dialectOf = (connector: string | undefined): SourceDialect =>
  connector !== undefined && /sql_?server|oledb|sybase/i.test(connector) ? 'tsql' : 'oracle';

/** The statements that run before and after the pipeline's own work; SQL that cannot be translated is kept and not run. */
export function aroundLoad(draft: Draft, { texts, connector, resolve, confidence }: Given): AroundLoad {
  const found: Partial<Record<'before' | 'after', readonly TaskStatement[]>> = {};
  for (const { name, when, text } of texts) {
    if (text === null || text.trim() === '') continue;
    const script = translateScript(text, { dialect: dialectOf(connector), resolve });
    if (script.refusal !== null) {
      draft.doubt(`${name} is kept in the configuration and is not run: ${script.refusal}`, confidence);
      continue;
    }
    for (const note of script.notes) draft.note(`${name}: ${note}`);
    if (script.confidence < 0.95) draft.doubt(`${name} is translated; check it in DuckDB`, script.confidence);
    for (const macro of script.macros) draft.macro(macro);
    if (script.statements.length > 0) found[when] = [...(found[when] ?? []), ...script.statements];
  }
  return found;
}

/** Finds tables of a pipeline by name, targets first. */
export const amongTables =
  (tables: readonly PipelineTable[]): RewriteOptions['resolve'] =>
  (name) => {
    const same = tables.filter((table) => table.name.toLowerCase() === name.toLowerCase());
    return same.find((table) => table.role === 'target') ?? same[0] ?? null;
  };

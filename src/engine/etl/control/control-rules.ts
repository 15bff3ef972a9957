/** What each tool's control flow turns to: one file a tool gives the conditions of its links and the work of its tasks. */
import type { EtlFile, EtlSettings, EtlTask, EtlWorkflow } from '../../../shared/model/etl.ts';
import { quoteIdentifier, quoteLiteral } from '../../core/text.ts';
import type { TaskLink, WorkflowTask } from '../../dataflow/model.ts';

export interface ControlContext {
  readonly file: EtlFile;
  readonly workflow: EtlWorkflow;
  /** What is known of the source system. */
  readonly said: EtlSettings;
}

export type EtlLink = EtlWorkflow['links'][number];

/** How a link is decided. Without `outcome` and `expression`, with `condition`: not at all outside the source tool. */
export interface Decided extends Pick<TaskLink, 'outcome' | 'expression' | 'either' | 'condition'> {
  readonly macros?: readonly string[];
}

/** What a task does. */
export interface Work extends Pick<
  WorkflowTask,
  'statements' | 'loop' | 'confidence' | 'conversion' | 'original' | 'notes' | 'disabled' | 'join'
> {
  readonly macros?: readonly string[];
}

/** What a task gives to the parameters of what it runs. */
export interface HandedOver {
  readonly values: NonNullable<WorkflowTask['values']>;
  readonly macros: readonly string[];
  readonly notes: readonly string[];
}

export interface ControlRules {
  /** Of a task that runs a pipeline or another workflow; left out where the tool hands nothing over. */
  readonly handsOver?: (task: EtlTask, context: ControlContext) => HandedOver;
  /** What a reader has to know of the workflow as a whole; null where there is nothing. */
  readonly describe?: (workflow: EtlWorkflow) => string | null;
  /** The workflows that one converts to, where loops have content of their own; left out where it stays one. */
  readonly parts?: (workflow: EtlWorkflow) => readonly EtlWorkflow[];
  /** What a task waits for beside its links. */
  readonly waitsFor?: (task: EtlTask, context: ControlContext) => readonly TaskLink[];
  readonly link: (link: EtlLink, context: ControlContext) => Decided;
  /** Null where the task has no rule of its own. */
  readonly work: (task: EtlTask, context: ControlContext) => Work | null;
  /** Whether one link that leads to the task is enough. */
  readonly joinsAny: (task: EtlTask, context: ControlContext) => boolean;
  /** Whether the task is switched off. */
  readonly isDisabled: (task: EtlTask) => boolean;
}

/** A translated expression, or why there is none. */
export type ControlSql =
  | {
      readonly sql: string;
      readonly confidence: number;
      readonly macros: readonly string[];
      readonly notes: readonly string[];
    }
  | { readonly refusal: string };

/** A link that is followed when the task before has ended, however, and the condition holds; undecided where it has no translation. */
export function conditionalLink(condition: string, found: ControlSql): Decided {
  return 'refusal' in found
    ? { condition }
    : { outcome: 'done', expression: found.sql, condition, macros: found.macros };
}

/** A task that ends the run of what waits for it. */
export const failingStatement = (message: string): { readonly sql: string } => ({
  sql: `SELECT error(${quoteLiteral(message)})`,
});

/** What a run knows of a task that has ended: the name of the variable. */
export const outcomeVariable = (task: string, what: 'status' | 'rows' | 'condition'): string => `task ${task} ${what}`;

export const outcomeSql = (task: string, what: 'status' | 'rows' | 'condition'): string =>
  `getvariable(${quoteLiteral(outcomeVariable(task, what))})`;

/** The table with the rows that a variable holds. */
export const rowsOf = (variable: string): string => `main.${quoteIdentifier(`rows of ${variable}`.toLowerCase())}`;

export const setVariable = (name: string, sql: string): string => `SET VARIABLE ${quoteIdentifier(name)} = (${sql})`;

export const unsupportedWork = (reason: string, original?: string): Work => ({
  conversion: 'unsupported',
  confidence: 0,
  notes: [reason],
  ...(original === undefined ? {} : { original }),
});

/** A task that sets variables, or cannot be translated because one of them cannot. */
export function assignments(
  values: readonly { readonly name: string; readonly text: string }[],
  translate: (text: string) => ControlSql,
): Work {
  const original = values.map(({ name, text }) => `${name} = ${text}`).join('\n');
  const statements: { sql: string }[] = [];
  const macros = new Set<string>();
  const notes = new Set<string>();
  let confidence = 0.95;
  for (const { name, text } of values) {
    const found = translate(text);
    if ('refusal' in found) return unsupportedWork(`${name}: ${found.refusal}`, original);
    statements.push({ sql: setVariable(name, found.sql) });
    confidence = Math.min(confidence, found.confidence);
    for (const macro of found.macros) macros.add(macro);
    for (const note of found.notes) notes.add(note);
  }
  return {
    conversion: 'rule_engine',
    confidence,
    statements,
    original,
    macros: [...macros],
    ...(notes.size === 0 ? {} : { notes: [...notes] }),
  };
}

/**
 * Values for parameters. One that has no translation fails the task when it runs, unless the parameter's value is given for
 * the run: with its default it would do something else than in the source tool.
 */
export function handedOver(
  values: readonly { readonly parameter: string; readonly text: string }[],
  translate: (text: string) => ControlSql,
): HandedOver {
  const macros = new Set<string>();
  const notes = new Set<string>();
  const translated = values.map(({ parameter, text }) => {
    const found = translate(text);
    if (!('refusal' in found)) {
      for (const macro of found.macros) macros.add(macro);
      for (const note of found.notes) notes.add(note);
      return { parameter, sql: found.sql };
    }
    const reason = `The value of ${parameter} is not known here (${found.refusal})`;
    notes.add(reason);
    return { parameter, sql: `error(${quoteLiteral(`${reason}: give it with --parameter ${parameter}=VALUE`)})` };
  });
  return { values: translated, macros: [...macros], notes: [...notes] };
}

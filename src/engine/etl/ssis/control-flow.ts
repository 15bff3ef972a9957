/** Control flow of packages: precedence constraints, Execute SQL and Expression tasks, For Loop containers. */
import type { EtlTask, EtlWorkflow } from '../../../shared/model/etl.ts';
import type { TaskStatement } from '../../dataflow/model.ts';
import { variableScalar } from '../../expr/ssis/data-types.ts';
import { parseSsisExpression } from '../../expr/ssis/parse.ts';
import { conditionToDuckDb, toDuckDb } from '../../expr/ssis/to-duckdb.ts';
import { controlTranslator } from '../control/control-expression.ts';
import {
  assignments,
  type ControlContext,
  type ControlRules,
  type Decided,
  type EtlLink,
  handedOver,
  type HandedOver,
  unsupportedWork,
  type Work,
} from '../control/control-rules.ts';
import { databaseCollation } from './collation.ts';
import { translateScript } from '../source-sql/translate-script.ts';
import { propertyOf } from './dts-elements.ts';
import { foreachWork } from './foreach-loop.ts';
import { tableNaming } from './table-names.ts';

const expression = controlTranslator({
  parse: parseSsisExpression,
  value: toDuckDb,
  condition: conditionToDuckDb,
  parameterType: variableScalar,
  refusal({ parameters }, { env }) {
    const undeclared = parameters.find((name) => {
      const lower = name.trim().toLowerCase();
      const known = lower === 'run_ts' || lower.startsWith('system::');
      return !known && !env.parameters.has(lower) && !env.parameters.has(`user::${lower}`);
    });
    return undeclared === undefined ? null : `the variable ${undeclared} is not declared in the package`;
  },
});

const outcomes = { success: 'passed', failure: 'failed', completion: 'done' } as const;

/** Constraints come as `Failure`, as an expression, or as both: `Success AND (…)`. */
function link({ condition }: EtlLink, context: ControlContext): Decided {
  if (condition === null) return {};
  const [, word = '', operation, inner] =
    /^(Success|Failure|Completion)(?: (AND|OR) \(([\s\S]*)\))?$/.exec(condition) ?? [];
  const outcome = Object.hasOwn(outcomes, word.toLowerCase())
    ? outcomes[word.toLowerCase() as keyof typeof outcomes]
    : null;
  if (outcome !== null && inner === undefined) return { outcome, condition };
  const found = expression(inner ?? condition, context, 'condition');
  if ('refusal' in found) return { condition };
  const decided = { outcome: outcome ?? 'done', expression: found.sql, condition, macros: found.macros } as const;
  return operation === 'OR' ? { ...decided, either: true } : decided;
}

/** Records of nested elements called `element`, whose attributes follow each other. */
function recordsOf(task: EtlTask, element: string): readonly ReadonlyMap<string, string>[] {
  const found: Map<string, string>[] = [];
  for (const { name, value } of task.properties) {
    if (!name.startsWith(`${element}.`) || value === null) continue;
    const key = name.slice(element.length + 1);
    const last = found.at(-1);
    if (last === undefined || last.has(key)) found.push(new Map([[key, value]]));
    else last.set(key, value);
  }
  return found;
}

/** What gives the value of a `?` by its position, and of a named parameter. */
function parameterSql(task: EtlTask, context: ControlContext): (name: string) => string | null {
  const bindings = recordsOf(task, 'ParameterBinding').filter((one) => one.get('ParameterDirection') !== 'Output');
  const byName = new Map(bindings.map((one) => [one.get('ParameterName')?.trim().toLowerCase() ?? '', one]));
  const first = byName.has('0') || !byName.has('1') ? 0 : 1;
  return (name) => {
    const number = /^\d+$/.test(name) ? String(Number(name) + first) : name.toLowerCase();
    const variable = byName.get(number)?.get('DtsVariableName');
    const found = variable === undefined ? null : expression(`@[${variable}]`, context, 'value');
    return found === null || 'refusal' in found ? null : found.sql;
  };
}

/** The variables that take the first row of the last query. */
function withResult(task: EtlTask, statements: readonly TaskStatement[]): readonly TaskStatement[] | null {
  const bindings = recordsOf(task, 'ResultBinding').flatMap((one) => {
    const [name, variable] = [one.get('ResultName'), one.get('DtsVariableName')];
    return name === undefined || variable === undefined ? [] : [{ name, variable }];
  });
  if (bindings.length === 0) return statements;
  const at = statements.findLastIndex((one) => /^(?:select|with)\b/i.test(one.sql));
  const [first] = bindings;
  if (at >= 0 && first !== undefined && /Rowset/i.test(propertyOf(task.properties, 'SqlTaskData.ResultType') ?? ''))
    return statements.map((one, index) => (index === at ? { ...one, rows: first.variable } : one));
  const result = bindings.map(({ name, variable }) => ({ variable, column: /^\d+$/.test(name) ? Number(name) : name }));
  return at < 0 ? null : statements.map((one, index) => (index === at ? { ...one, result } : one));
}

/** Why the SQL of the task cannot even be looked at; null where it can. */
function hiddenSql(task: EtlTask, text: string): string | null {
  const data = (name: string): string => propertyOf(task.properties, `SqlTaskData.${name}`) ?? '';
  const takesOut = recordsOf(task, 'ParameterBinding').some((one) => one.get('ParameterDirection') === 'Output');
  if (propertyOf(task.properties, 'expression.SqlStatementSource') !== null)
    return 'Its SQL is put together by an expression when it runs';
  if (data('SqlStmtSourceType') === 'Variable') return `Its SQL is the value of the variable ${text} when it runs`;
  if (data('SqlStmtSourceType') === 'FileConnection') return 'Its SQL stands in a file of its own';
  if (/XML/i.test(data('ResultType'))) return 'It hands an XML document to a variable';
  return takesOut ? 'It takes values out of a procedure' : null;
}

function executeSql(task: EtlTask, context: ControlContext): Work {
  const text = propertyOf(task.properties, 'SqlTaskData.SqlStatementSource');
  if (text === null) return unsupportedWork('It has no SQL');
  const hidden = hiddenSql(task, text);
  if (hidden !== null) return unsupportedWork(hidden, text);
  const { collation, note, confidence } = databaseCollation(context.said);
  const script = translateScript(text, {
    dialect: 'tsql',
    collation,
    resolve: (name, schema) => ({ name: tableNaming(context.file)(schema ?? null, name), role: 'target' }),
    variable: parameterSql(task, context),
  });
  if (script.refusal !== null) return unsupportedWork(`The SQL is not translated: ${script.refusal}`, text);
  const statements = withResult(task, script.statements);
  if (statements === null) return unsupportedWork('It takes values from a query that it does not have', text);
  const compares = script.statements.some((one) => / COLLATE |\bILIKE\b/.test(one.sql)) || collation === null;
  const notes = [...script.notes, ...(compares ? [note] : [])];
  return {
    conversion: 'rule_engine',
    confidence: Math.min(script.confidence, compares ? confidence : 1),
    statements,
    original: text,
    macros: script.macros,
    ...(notes.length === 0 ? {} : { notes }),
  };
}

const assignment = /^\s*@\[?\s*([^\]=]{1,300}?)\s*\]?\s*=(?!=)([\s\S]*)$/;

/** `@[User::X] = …`, as Expression tasks and loops have it. */
function assigned(text: string, context: ControlContext): Work {
  const [, name, value] = assignment.exec(text) ?? [];
  if (name === undefined || value === undefined) return unsupportedWork('Its expression sets no variable', text);
  const declared = context.workflow.parameters.find(
    (one) => one.name.toLowerCase() === name.toLowerCase() || one.name.toLowerCase() === `user::${name.toLowerCase()}`,
  );
  if (declared === undefined) return unsupportedWork(`The variable ${name} is not declared in the package`, text);
  return assignments([{ name: declared.name, text: value.trim() }], (one) => expression(one, context, 'value'));
}

function forLoop(task: EtlTask, context: ControlContext): Work {
  const text = propertyOf(task.properties, 'EvalExpression');
  if (text === null) return unsupportedWork('The loop has no condition');
  const condition = expression(text, context, 'condition');
  if ('refusal' in condition) return unsupportedWork(`The loop's condition: ${condition.refusal}`, text);
  const steps = (['InitExpression', 'AssignExpression'] as const).map((name) => {
    const step = propertyOf(task.properties, name);
    return step === null ? null : assigned(step, context);
  });
  const lost = steps.find((one) => one?.conversion === 'unsupported');
  if (lost != null) return lost;
  const [start, next] = steps.map((one) => one?.statements?.[0]?.sql);
  return {
    conversion: 'rule_engine',
    confidence: Math.min(condition.confidence, ...steps.map((one) => one?.confidence ?? 1)),
    original: text,
    loop: {
      ...(start === undefined ? {} : { start }),
      while: condition.sql,
      ...(next === undefined ? {} : { next }),
    },
    macros: [...condition.macros, ...steps.flatMap((one) => one?.macros ?? [])],
  };
}

const outside: readonly (readonly [RegExp, string])[] = [
  [/^ScriptTask$|^VSTA|5918251B/i, 'It runs code of its own (C# or Visual Basic)'],
  [/^SendMail/i, 'It sends mail'],
  [/^FileSystem/i, 'It copies, moves or deletes files'],
  [/^ExecuteProcess/i, 'It starts a program'],
  [/^FTP|SecureFTP/i, 'It transfers files'],
  [/^Wmi|^MessageQueue/i, 'It talks to another system'],
  [/^BulkInsert/i, 'It loads a file into a table'],
  [/^DataProfiling/i, 'It profiles tables: quality checks of the pipelines take its place'],
];

/** Statements run only where the expression that may switch the task off does not hold; other tasks are not decided. */
function unlessDisabled(task: EtlTask, work: Work | null, context: ControlContext): Work | null {
  const text = propertyOf(task.properties, 'expression.Disable');
  if (text === null || work === null || work.conversion === 'unsupported') return work;
  const found = expression(text, context, 'condition');
  const undecided =
    'refusal' in found ? found.refusal : work.statements === undefined ? 'its content is run as a whole' : null;
  if ('refusal' in found || undecided !== null)
    return unsupportedWork(`An expression decides whether it runs (${text}): ${undecided ?? ''}`, text);
  const when = `NOT coalesce(${found.sql}, FALSE)`;
  const statements = (work.statements ?? []).map((one) => ({
    ...one,
    when: one.when === undefined ? when : `(${one.when}) AND ${when}`,
  }));
  return { ...work, statements, macros: [...(work.macros ?? []), ...found.macros] };
}

function work(task: EtlTask, context: ControlContext): Work | null {
  return unlessDisabled(task, workOfType(task, context), context);
}

function workOfType(task: EtlTask, context: ControlContext): Work | null {
  if (/^ExecuteSQLTask/i.test(task.type)) return executeSql(task, context);
  if (/^ExpressionTask/i.test(task.type)) {
    const text = propertyOf(task.properties, 'ExpressionTask.Expression') ?? propertyOf(task.properties, 'Expression');
    return text === null ? unsupportedWork('It has no expression') : assigned(text, context);
  }
  if (/^STOCK:FORLOOP/i.test(task.type)) return forLoop(task, context);
  if (/^STOCK:FOREACHLOOP/i.test(task.type)) return foreachWork(task, context);
  if (/^STOCK:SEQUENCE/i.test(task.type)) return { conversion: 'rule_engine' };
  if (/^ExecutePackage/i.test(task.type) && task.workflow === undefined) {
    const name = propertyOf(task.properties, 'PackageName') ?? propertyOf(task.properties, 'Connection') ?? '';
    return unsupportedWork(
      `The package ${name} is not among the files: import it together with this one`.replace('  ', ' '),
    );
  }
  const reason = outside.find(([pattern]) => pattern.test(task.type))?.[1];
  return reason === undefined ? null : unsupportedWork(`${reason}: set it up where the workflow is scheduled`);
}

/** The assignments of an Execute Package task to parameters of the child. */
function handsOver(task: EtlTask, context: ControlContext): HandedOver {
  const values: { parameter: string; text: string }[] = [];
  let parameter: string | null = null;
  for (const { name, value } of task.properties) {
    if (name === 'ParameterName') parameter = value;
    if (!/^Binded(?:VariableOrParameter|ParameterOrVariable)Name$/.test(name) || parameter === null) continue;
    values.push({ parameter: `$Package::${parameter}`, text: `@[${value ?? ''}]` });
    parameter = null;
  }
  return handedOver(values, (text) => expression(text, context, 'value'));
}

/** Handlers of failures run; those of other events have no counterpart. */
function describe({ name }: EtlWorkflow): string | null {
  const [, event] = /\[(On\w+)\]$/.exec(name) ?? [];
  if (event === undefined) return null;
  return /^On(?:Error|TaskFailed)$/.test(event)
    ? `Runs once for each task that fails, as ${event} handlers do`
    : `Handles the event ${event}, which a run does not raise: set it up where the workflow is scheduled`;
}

export const ssisControl: ControlRules = {
  describe,
  handsOver,
  link,
  work,
  joinsAny: (task, { workflow }) => propertyOf(workflow.properties, `join.${task.name}`) === 'OR',
  isDisabled: (task) => /^(?:true|-1|1)$/i.test(propertyOf(task.properties, 'Disabled') ?? ''),
};

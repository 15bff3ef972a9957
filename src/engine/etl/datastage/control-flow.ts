/** Control flow of job sequences: triggers, sequencers, nested conditions, user variables, terminators and handlers. */
import type { EtlTask, EtlWorkflow } from '../../../shared/model/etl.ts';
import { quoteLiteral } from '../../core/text.ts';
import type { TaskLink } from '../../dataflow/model.ts';
import { parseDataStageExpression } from '../../expr/datastage/parse.ts';
import { dataStageCondition, dataStageToDuckDb } from '../../expr/datastage/to-duckdb.ts';
import type { PortInfo } from '../../expr/environment.ts';
import { controlTranslator } from '../control/control-expression.ts';
import {
  assignments,
  conditionalLink,
  type ControlContext,
  type ControlRules,
  type Decided,
  type EtlLink,
  failingStatement,
  handedOver,
  type HandedOver,
  outcomeSql,
  unsupportedWork,
  type Work,
} from '../control/control-rules.ts';
import { scalarOfParameter } from './data-types.ts';
import { counterOf, hasBody, isStartLoop, loopWork, sequenceOf, withoutLoops } from './loops.ts';
import { otherwise, triggerWords } from './parse-sequence.ts';
import { propertyOf } from './properties.ts';

/** `Activity.$JobStatus`, `Activity.variable`, and the status codes by name. */
const activityName = /([A-Za-z_]\w{0,127})\.(\$?[A-Za-z_]\w{0,127})/;
const statusCodes: ReadonlyMap<string, string> = new Map([
  ['runok', '1'],
  ['runwarn', '2'],
  ['runfailed', '3'],
  ['valok', '11'],
  ['valwarn', '12'],
  ['valfailed', '13'],
  ['stopped', '97'],
]);
const text = { type: 'string', precision: null, scale: null } as const;
const number = { type: 'bigint', precision: 19, scale: 0 } as const;

/** All activities of the sequence: what stands in a loop sees what stands around it. */
function activitiesOf({ file, workflow }: ControlContext): readonly EtlTask[] {
  const name = sequenceOf(workflow);
  return name === workflow.name ? workflow.tasks : (file.workflows.find((one) => one.name === name)?.tasks ?? []);
}

function standIn([activity = '', what = '']: readonly string[], context: ControlContext): PortInfo | string {
  const code = activity.toUpperCase() === 'DSJS' ? statusCodes.get(what.toLowerCase()) : undefined;
  if (code !== undefined) return { ...number, sqlName: code };
  const task = activitiesOf(context).find((one) => one.name.toLowerCase() === activity.toLowerCase());
  if (task === undefined) return `there is no activity ${activity}`;
  const lower = what.toLowerCase();
  if (lower === '$jobstatus' && task.type === 'CJobActivity') {
    const status = outcomeSql(task.name, 'status');
    return { ...number, sqlName: `CASE ${status} WHEN 'SUCCEEDED' THEN 1 WHEN 'FAILED' THEN 3 END` };
  }
  if (task.type === 'CUserVarsActivity' && !what.startsWith('$'))
    return { ...text, sqlName: `CAST(getvariable(${quoteLiteral(`${task.name}.${what}`)}) AS VARCHAR)` };
  if (isStartLoop(task) && lower === '$counter')
    return { ...text, sqlName: `CAST(getvariable(${quoteLiteral(counterOf(task.name))}) AS VARCHAR)` };
  return `${activity}.${what} is known only in the source tool`;
}

const expression = controlTranslator({
  parse: parseDataStageExpression,
  value: dataStageToDuckDb,
  condition: dataStageCondition,
  parameterType: scalarOfParameter,
  names: { pattern: activityName, meaning: standIn },
  refusal({ references }, { env }) {
    const unknown = references.find((name) => !env.ports.has(name.toLowerCase()));
    return unknown === undefined ? null : `there is no parameter or variable ${unknown}`;
  },
});

function link({ from, condition }: EtlLink, context: ControlContext): Decided {
  const start = context.workflow.tasks.find((one) => one.name === from);
  if (start !== undefined && hasBody(start)) return { outcome: 'passed' };
  if (condition === null) return { outcome: 'done' };
  const word = triggerWords.get(condition.toLowerCase());
  // A run has no warnings.
  if (word === 'warnings') return { outcome: 'passed', expression: 'FALSE', condition };
  if (word !== undefined) return { outcome: word, condition };
  if (condition === otherwise) return others(from, context);
  const found = expression(condition, context, 'condition');
  return conditionalLink(condition, found);
}

/** Otherwise: none of the activity's other triggers fires. */
function others(from: string, context: ControlContext): Decided {
  const conditions = context.workflow.links.flatMap((one) =>
    one.from === from && one.condition !== null && one.condition !== otherwise ? [one] : [],
  );
  const sql: string[] = [];
  for (const one of conditions) {
    const decided = link(one, context);
    if (decided.outcome === undefined) return { condition: otherwise };
    if (decided.outcome !== 'done')
      sql.push(
        `${outcomeSql(from, 'status')} = ${quoteLiteral(decided.outcome === 'passed' ? 'SUCCEEDED' : 'FAILED')}`,
      );
    else if (decided.expression !== undefined) sql.push(decided.expression);
  }
  const none = sql.map((one) => `NOT coalesce((${one}), FALSE)`).join(' AND ');
  return { outcome: 'done', condition: otherwise, ...(none === '' ? {} : { expression: none }) };
}

function userVariables(task: EtlTask, context: ControlContext): Work {
  const values = task.properties.flatMap(({ name, value }) =>
    name.startsWith('variable ') && value !== null
      ? [{ name: `${task.name}.${name.slice('variable '.length)}`, text: value }]
      : [],
  );
  return assignments(values, (text) => expression(text, context, 'value'));
}

function work(task: EtlTask, context: ControlContext): Work | null {
  switch (task.type) {
    case 'CSequencer':
    case 'CCondition':
      return { conversion: 'rule_engine', confidence: 0.95, statements: [] };
    case 'CUserVarsActivity':
      return userVariables(task, context);
    case 'CTerminatorActivity': {
      const message = propertyOf(task.properties, 'FinalMessage') ?? 'The sequence is ended by a terminator';
      return {
        conversion: 'rule_engine',
        confidence: 0.9,
        statements: [failingStatement(`${task.name}: ${message}`)],
        notes: ['It ends the sequence in the source tool; here it fails, and nothing that waits for it is run'],
      };
    }
    case 'CJobActivity':
      if (task.workflow !== undefined) return null;
      return unsupportedWork('It names no job, or its job is a sequence that is not among the files');
    case 'CExceptionHandler':
      return {
        conversion: 'rule_engine',
        confidence: 0.8,
        statements: [],
        notes: [
          'It starts when an activity fails that has no trigger for that, as in sequences that handle failing activities automatically',
        ],
      };
    case 'CStartLoopActivity':
      return loopWork(task, (name) => expression(name, context, 'value'));
    case 'CEndLoopActivity':
      return context.workflow.name === sequenceOf(context.workflow)
        ? unsupportedWork('It ends a loop whose beginning is not found, or that is entered from outside')
        : { conversion: 'rule_engine', confidence: 0.95, statements: [] };
    case 'CExecCommandActivity':
      return unsupportedWork('It runs a command of the operating system: set it up where the sequence is scheduled');
    case 'CRoutineActivity':
      return unsupportedWork('It runs a routine of the server: set it up where the sequence is scheduled');
    case 'CWaitForFileActivity':
      return unsupportedWork('It waits for a file: set it up where the sequence is scheduled');
    case 'CNotificationActivity':
      return unsupportedWork('It sends mail: set it up where the sequence is scheduled');
    default:
      return null;
  }
}

/** Activities whose failure the sequence can handle, and that have no trigger for it. */
function waitsFor(task: EtlTask, { workflow }: ControlContext): readonly TaskLink[] {
  if (task.type !== 'CExceptionHandler') return [];
  const after = followers(task.name, workflow);
  const watched = workflow.tasks.filter(
    ({ name, type }) =>
      /^C(?:Job|ExecCommand|Routine|StartLoop|UserVars)Activity$/.test(type) &&
      !after.has(name) &&
      !workflow.links.some((one) => one.from === name && one.condition !== null && handlesFailure(one.condition)),
  );
  if (watched.length > 0) return watched.map((one) => ({ task: one.name, outcome: 'failed' }));
  const [other] = workflow.tasks.filter(({ name }) => name !== task.name && !after.has(name));
  return other === undefined ? [] : [{ task: other.name, outcome: 'done', expression: 'FALSE' }];
}

/** Whether a trigger fires, or may fire, after a failure. */
const handlesFailure = (condition: string): boolean => {
  const word = triggerWords.get(condition.toLowerCase());
  return word === 'failed' || word === undefined;
};

function followers(name: string, { links }: EtlWorkflow): ReadonlySet<string> {
  const found = new Set([name]);
  for (const one of found) for (const link of links) if (link.from === one) found.add(link.to);
  return found;
}

/** Words for a value that is not handed over: the one of the job, the project or the environment. */
const ownValue = /^\s*"?(?:\$PROJDEF|\$ENV|\$UNSET|\(As pre-defined\))?"?\s*$/i;

/** The values of a job activity for the parameters of its job. */
function handsOver(task: EtlTask, context: ControlContext): HandedOver {
  const values = task.properties.flatMap(({ name, value }) =>
    name.startsWith('parameter ') && value !== null && !ownValue.test(value)
      ? [{ parameter: name.slice('parameter '.length), text: value }]
      : [],
  );
  return handedOver(values, (text) => expression(text, context, 'value'));
}

export const datastageControl: ControlRules = {
  handsOver,
  parts: withoutLoops,
  waitsFor,
  link,
  work,
  joinsAny: (task) =>
    task.type === 'CExceptionHandler' ||
    (task.type === 'CSequencer' && propertyOf(task.properties, 'SequencerType') === '1'),
  isDisabled: () => false,
};

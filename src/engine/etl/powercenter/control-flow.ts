/** Control flow of workflows and worklets: link conditions, Decision, Assignment, Timer, Event and Control tasks. */
import type { EtlTask } from '../../../shared/model/etl.ts';
import { quoteLiteral } from '../../core/text.ts';
import type { PortInfo } from '../../expr/environment.ts';
import { parsePowerCenter } from '../../expr/powercenter/parse.ts';
import { conditionToDuckDb, toDuckDb } from '../../expr/powercenter/to-duckdb.ts';
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
  outcomeVariable,
  setVariable,
  unsupportedWork,
  type Work,
} from '../control/control-rules.ts';
import { toScalarType } from './ports.ts';
import { propertyOf } from './properties.ts';

/** `$Task.Status` and the like, and the words that a status is compared with. */
const taskVariable =
  /\$([A-Za-z_]\w{0,127})\.([A-Za-z]\w{0,30})|\b(SUCCEEDED|FAILED|ABORTED|STOPPED|DISABLED|NOTSTARTED|STARTED)\b/;

function standIn([task, what]: readonly string[]): PortInfo | null {
  const text = { type: 'string', precision: null, scale: null } as const;
  if (task === undefined) return null;
  if (what === undefined) return { ...text, sqlName: quoteLiteral(task.toUpperCase()) };
  const lower = what.toLowerCase();
  if (lower === 'status' || lower === 'prevtaskstatus')
    return { ...text, sqlName: `CAST(${outcomeSql(task, 'status')} AS VARCHAR)` };
  if (lower === 'condition')
    return { type: 'integer', precision: 10, scale: 0, sqlName: `CAST(${outcomeSql(task, 'condition')} AS INTEGER)` };
  const count = { type: 'bigint', precision: 19, scale: 0 } as const;
  if (lower === 'tgtsuccessrows') return { ...count, sqlName: `CAST(${outcomeSql(task, 'rows')} AS BIGINT)` };
  // A row that the target refuses fails the task here: one that has passed has none.
  if (lower === 'tgtfailedrows' || lower === 'srcfailedrows')
    return { ...count, sqlName: `CASE WHEN ${outcomeSql(task, 'status')} = 'SUCCEEDED' THEN 0 END` };
  return null;
}

const expression = controlTranslator({
  parse: parsePowerCenter,
  value: toDuckDb,
  condition: conditionToDuckDb,
  parameterType: (dataType) => toScalarType({ dataType, precision: null, scale: null }),
  names: {
    pattern: taskVariable,
    meaning: (name) => standIn(name) ?? `${name.join('.')} is known only in the source tool`,
  },
  refusal(_found, { text, names }) {
    const statusAsNumber = names.some(
      ([, what], index) =>
        what !== undefined && what.toLowerCase() !== 'condition' && standsAlone(text, `name__${index}`),
    );
    return statusAsNumber ? 'a status is used as a condition by itself' : null;
  },
});

/** Whether the name is a truth value by itself, compared with nothing. */
function standsAlone(text: string, name: string): boolean {
  return !new RegExp(`[=<>!]\\s*${name}\\b|\\b${name}\\s*[=<>!]`).test(text);
}

/** A link is followed when the task before has ended, however, and its condition holds. */
function link({ condition }: EtlLink, context: ControlContext): Decided {
  if (condition === null || condition.trim() === '') return { outcome: 'done' };
  const found = expression(condition, context, 'condition');
  return conditionalLink(condition, found);
}

function decision(task: EtlTask, context: ControlContext): Work {
  const text = propertyOf(task.properties, 'Decision Name') ?? propertyOf(task.properties, 'Decision Condition');
  if (text === null) return unsupportedWork('The decision has no condition');
  const found = expression(text, context, 'condition');
  if ('refusal' in found) return unsupportedWork(`The decision: ${found.refusal}`, text);
  return {
    conversion: 'rule_engine',
    confidence: found.confidence,
    statements: [{ sql: setVariable(outcomeVariable(task.name, 'condition'), `coalesce(${found.sql}, FALSE)`) }],
    original: text,
    macros: found.macros,
  };
}

function assign(task: EtlTask, context: ControlContext): Work {
  const values = task.properties.flatMap(({ name, value }) =>
    name.startsWith('$') && value !== null && value.trim() !== '' ? [{ name, text: value }] : [],
  );
  return values.length === 0
    ? unsupportedWork('It assigns nothing')
    : assignments(values, (text) => expression(text, context, 'value'));
}

function control(task: EtlTask): Work {
  const option = propertyOf(task.properties, 'Control Option') ?? 'Fail parent';
  return /fail|abort|stop/i.test(option)
    ? {
        conversion: 'rule_engine',
        confidence: 0.9,
        statements: [failingStatement(`${task.name}: ${option}`)],
        original: option,
      }
    : unsupportedWork(`Its option ${option} has no counterpart`);
}

function work(task: EtlTask, context: ControlContext): Work | null {
  switch (task.type.toLowerCase()) {
    case 'decision':
      return decision(task, context);
    case 'assignment':
      return assign(task, context);
    case 'control':
      return control(task);
    case 'timer':
      return {
        conversion: 'rule_engine',
        confidence: 0.9,
        statements: [],
        notes: ['A run does not wait for the timer'],
      };
    case 'event raise':
      return { conversion: 'rule_engine', confidence: 0.9, statements: [], notes: ['The event is raised by going on'] };
    case 'event wait':
      return unsupportedWork('It waits for a file or an event: set it up where the workflow is scheduled');
    case 'command':
      return unsupportedWork('It runs commands of the operating system: set it up where the workflow is scheduled');
    case 'email':
      return unsupportedWork('It sends mail: set it up where the workflow is scheduled');
    default:
      return null;
  }
}

const beforeSession = 'Pre-session variable assignment.';

/** What a session's mapping or a worklet gets of the workflow's variables. */
function handsOver(task: EtlTask, context: ControlContext): HandedOver {
  const isWorklet = task.type.toLowerCase() === 'worklet';
  const values = task.properties.flatMap(({ name, value }) => {
    const parameter = name.startsWith(beforeSession) ? name.slice(beforeSession.length) : isWorklet ? name : '';
    return parameter.startsWith('$$') && value !== null && value.trim() !== '' ? [{ parameter, text: value }] : [];
  });
  const found = handedOver(values, (text) => expression(text, context, 'value'));
  const back = task.properties.some(({ name }) =>
    /^Post-session on (?:success|failure) variable assignment\.\$\$/i.test(name),
  );
  const note = 'Values that the session hands back to the workflow are not handed back here';
  return back ? { ...found, notes: [...found.notes, note] } : found;
}

export const powercenterControl: ControlRules = {
  handsOver,
  link,
  work,
  joinsAny: (task) => /^no$/i.test(propertyOf(task.properties, 'TREAT_INPUTLINK_AS_AND') ?? ''),
  isDisabled: (task) => /^no$/i.test(propertyOf(task.properties, 'ISENABLED') ?? ''),
};

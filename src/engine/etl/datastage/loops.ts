/** Loops of job sequences: what lies between a StartLoop and its EndLoop is a workflow of its own, run once a round. */
import type { EtlTask, EtlWorkflow } from '../../../shared/model/etl.ts';
import { quoteLiteral } from '../../core/text.ts';
import { type ControlSql, unsupportedWork, type Work } from '../control/control-rules.ts';
import { propertyOf } from './properties.ts';

const bodyProperty = 'loop body';
const endProperty = 'loop end';
const sequenceProperty = 'sequence';
const maxLoops = 100;

export const isStartLoop = ({ type }: EtlTask): boolean => type === 'CStartLoopActivity';
const isEndLoop = ({ type }: EtlTask): boolean => type === 'CEndLoopActivity';

/** The name of the sequence that `workflow` is or is a loop's content of. */
export const sequenceOf = ({ name, properties }: EtlWorkflow): string =>
  propertyOf(properties, sequenceProperty) ?? name;

/** The loop with this StartLoop activity has its content apart. */
export const hasBody = (task: EtlTask): boolean => propertyOf(task.properties, bodyProperty) !== null;

/** Tasks that can be reached from `start` on no way through `end`; with `end`. */
function reached(start: string, end: string, links: EtlWorkflow['links']): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [start];
  for (const from of pending) {
    if (from === end) continue;
    for (const link of links)
      if (link.from === from && link.to !== start && found.size < found.add(link.to).size) pending.push(link.to);
  }
  return found;
}

/** `workflow` without the content of its first loop, and that content; null where no loop can be told apart. */
function split(workflow: EtlWorkflow): readonly [EtlWorkflow, EtlWorkflow] | null {
  const byName = new Map(workflow.tasks.map((task) => [task.name, task]));
  for (const start of workflow.tasks.filter((task) => isStartLoop(task) && !hasBody(task))) {
    const back = workflow.links.find((link) => {
      const from = byName.get(link.from);
      return link.to === start.name && from !== undefined && isEndLoop(from);
    });
    if (back === undefined) continue;
    const body = reached(start.name, back.from, workflow.links);
    const entered = workflow.links.some(({ from, to }) => body.has(to) && !body.has(from) && from !== start.name);
    if (!body.has(back.from) || entered) continue;
    return [around(workflow, { start, end: back.from, body }), within(workflow, { start, body })];
  }
  return null;
}

const bodyName = (workflow: EtlWorkflow, start: EtlTask): string => `${workflow.name}\\${start.name}`;

function around(
  workflow: EtlWorkflow,
  { start, end, body }: { readonly start: EtlTask; readonly end: string; readonly body: ReadonlySet<string> },
): EtlWorkflow {
  const marks = [
    { name: bodyProperty, value: bodyName(workflow, start) },
    { name: endProperty, value: end },
  ];
  return {
    ...workflow,
    tasks: workflow.tasks
      .filter((task) => !body.has(task.name))
      .map((task) =>
        task === start
          ? { ...task, workflow: bodyName(workflow, start), properties: [...task.properties, ...marks] }
          : task,
      ),
    links: workflow.links.flatMap((link) => {
      if (link.from === end && link.to !== start.name) return [{ ...link, from: start.name }];
      return body.has(link.from) || body.has(link.to) ? [] : [link];
    }),
  };
}

function within(
  workflow: EtlWorkflow,
  { start, body }: { readonly start: EtlTask; readonly body: ReadonlySet<string> },
): EtlWorkflow {
  return {
    ...workflow,
    name: bodyName(workflow, start),
    kind: 'worklet',
    tasks: workflow.tasks.filter((task) => body.has(task.name)),
    links: workflow.links.filter(({ from, to }) => body.has(from) && body.has(to)),
    properties: [{ name: sequenceProperty, value: sequenceOf(workflow) }],
  };
}

/** The way back of a loop that stays where it is: it is no order of tasks. */
function withoutWaysBack(workflow: EtlWorkflow): EtlWorkflow {
  const named = (is: (task: EtlTask) => boolean): ReadonlySet<string> =>
    new Set(workflow.tasks.filter(is).map((task) => task.name));
  const [ends, starts] = [named(isEndLoop), named(isStartLoop)];
  return { ...workflow, links: workflow.links.filter(({ from, to }) => !(ends.has(from) && starts.has(to))) };
}

/** The workflows that a sequence converts to: itself, and one for the content of each loop. */
export function withoutLoops(sequence: EtlWorkflow): readonly EtlWorkflow[] {
  const done: EtlWorkflow[] = [];
  const pending = [sequence];
  for (let loops = 0; pending.length > 0;) {
    const one = pending.pop();
    if (one === undefined) break;
    const parts = loops < maxLoops ? split(one) : null;
    if (parts === null) done.push(withoutWaysBack(one));
    else {
      loops += 1;
      pending.push(parts[1], parts[0]);
    }
  }
  return done;
}

/** The variable with the value of the round. */
export const counterOf = (start: string): string => `${start}.$Counter`;

/** A text with `#Parameter#` in it. */
function textSql(text: string, translate: (name: string) => ControlSql): ControlSql {
  const parts = text.split(/#([A-Za-z_$][\w.$]*)#/);
  const macros: string[] = [];
  const sql: string[] = [];
  for (const [at, part] of parts.entries()) {
    if (at % 2 === 0) {
      if (part !== '') sql.push(quoteLiteral(part));
      continue;
    }
    const found = translate(part);
    if ('refusal' in found) return found;
    macros.push(...found.macros);
    sql.push(`coalesce(CAST(${found.sql} AS VARCHAR), '')`);
  }
  return { sql: sql.length === 0 ? "''" : sql.join(' || '), confidence: 0.9, macros, notes: [] };
}

const isNumeric = (task: EtlTask): boolean => propertyOf(task.properties, 'LoopType')?.trim() === '0';

/** A setting of numeric loops, which releases name with and without words around it. */
function numericText(task: EtlTask, word: 'From' | 'Step' | 'To'): string | null {
  const pattern = new RegExp(`^(?:Numeric)?(?:Loop)?${word}(?:Value)?$`, 'i');
  return task.properties.find(({ name }) => pattern.test(name))?.value ?? null;
}

function numericRows(task: EtlTask, translate: (name: string) => ControlSql): ControlSql {
  const texts = [numericText(task, 'From'), numericText(task, 'To'), numericText(task, 'Step') ?? '1'];
  const found = texts.map((text) =>
    text === null || text.trim() === ''
      ? { refusal: 'where the numbers begin or end is not in the export' }
      : textSql(text.trim(), translate),
  );
  const numbers: string[] = [];
  for (const one of found) {
    if ('refusal' in one) return one;
    numbers.push(`CAST(${one.sql} AS BIGINT)`);
  }
  return { sql: `SELECT unnest(generate_series(${numbers.join(', ')}))`, confidence: 0.85, macros: [], notes: [] };
}

function listRows(task: EtlTask, translate: (name: string) => ControlSql): ControlSql {
  const text = propertyOf(task.properties, 'DelimitedLoopValues');
  if (text === null) return { refusal: 'it has no list of values' };
  const found = textSql(text, translate);
  if ('refusal' in found) return found;
  const delimiter = task.properties.find(({ name }) => name === 'Delimiter')?.value ?? '';
  const list = `string_split(${found.sql}, ${quoteLiteral(delimiter === '' ? ',' : delimiter)})`;
  return { ...found, sql: `SELECT unnest(CASE WHEN ${found.sql} = '' THEN [] ELSE ${list} END)` };
}

/** What a StartLoop activity does: its content once for each number or value. */
export function loopWork(task: EtlTask, translate: (name: string) => ControlSql): Work {
  const end = propertyOf(task.properties, endProperty);
  if (end === null)
    return unsupportedWork(
      'Its end is not found, or its content is entered from outside: set the loop up where the sequence is scheduled',
    );
  const found = isNumeric(task) ? numericRows(task, translate) : listRows(task, translate);
  if ('refusal' in found) return unsupportedWork(`The rounds of the loop: ${found.refusal}`);
  return {
    conversion: 'rule_engine',
    confidence: found.confidence,
    loop: { each: found.sql, variables: [{ variable: counterOf(task.name), column: 0 }], end },
    macros: found.macros,
  };
}

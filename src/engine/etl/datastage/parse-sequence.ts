/** Job sequences: activities, the triggers between them, and what each activity runs. */
import type { EtlTask, EtlWorkflow } from '../../../shared/model/etl.ts';
import { recordProperties } from './properties.ts';
import { listOf, textOf, valueOf, type DsxBlock } from './read-dsx.ts';
import { jobParameters } from './parse-parameters.ts';
import { handedOver, jobRecords, type JobRecords } from './parse-stage.ts';

/** The trigger that fires where none of the activity's other triggers does. */
export const otherwise = 'Otherwise';

/** Triggers with a fixed meaning, by their names in lower case. */
export const triggerWords: ReadonlyMap<string, 'passed' | 'failed' | 'warnings'> = new Map([
  ['ok', 'passed'],
  ['failed', 'failed'],
  ['warnings', 'warnings'],
]);

const byType: Readonly<Record<string, string>> = { '1': otherwise, '2': 'OK', '3': 'Failed', '4': 'Warnings' };
const byText: readonly (readonly [RegExp, string])[] = [
  [/^"?(?:executed|finished|execution) ok"?$/i, 'OK'],
  [/^"?(?:execution|executed|finished)?\s?failed"?$/i, 'Failed'],
  [/^"?(?:executed|finished|execution)? ?with warnings?"?$/i, 'Warnings'],
];

/** The trigger's condition, in a word where the tool has a fixed one; null for an unconditional trigger. */
function conditionOf(pin: DsxBlock): string | null {
  const type = valueOf(pin, 'ConditionType') ?? '0';
  const expression = textOf(pin, 'TriggerExpression')?.trim() ?? '';
  if (expression === '' || expression === 'N/A') return type === '0' ? null : (byType[type] ?? `trigger type ${type}`);
  return byText.find(([pattern]) => pattern.test(expression))?.[1] ?? expression;
}

function taskOf(stage: DsxBlock, name: string, sequences: ReadonlySet<string>): EtlTask {
  const job = textOf(stage, 'Jobname');
  return {
    name,
    type: textOf(stage, 'StageType') ?? '',
    mapping: job === null || sequences.has(job) ? null : job,
    ...(job !== null && sequences.has(job) ? { workflow: job } : {}),
    properties: [...recordProperties(stage), ...handedOver(stage)],
    line: stage.line,
  };
}

function linksOf(records: JobRecords, nameOf: ReadonlyMap<string, string>): EtlWorkflow['links'] {
  return records.stages.flatMap((stage) =>
    listOf(valueOf(stage, 'OutputPins')).flatMap((id) => {
      const pin = records.byId.get(id);
      const to = pin === undefined ? undefined : nameOf.get(listOf(valueOf(pin, 'Partner'))[0] ?? '');
      if (pin === undefined || to === undefined) return [];
      return [{ from: nameOf.get(valueOf(stage, 'Identifier') ?? '') ?? '', to, condition: conditionOf(pin) }];
    }),
  );
}

/** One job sequence. `sequences` are the names of all sequences in the file: they are no pipelines. */
export function parseSequence(
  job: DsxBlock,
  root: DsxBlock | undefined,
  sequences: ReadonlySet<string>,
  sets: readonly DsxBlock[],
): EtlWorkflow {
  const records = jobRecords(job);
  const nameOf = uniqueNames(records);
  return {
    folder: root === undefined ? null : textOf(root, 'Category'),
    name: (root === undefined ? null : textOf(root, 'Name')) ?? valueOf(job, 'Identifier') ?? '',
    kind: 'workflow',
    tasks: records.stages.map((stage) =>
      taskOf(stage, nameOf.get(valueOf(stage, 'Identifier') ?? '') ?? '', sequences),
    ),
    links: linksOf(records, nameOf),
    parameters: root === undefined ? [] : jobParameters(root, sets),
    properties: root === undefined ? [] : recordProperties(root),
    line: job.line,
  };
}

/** A name for every stage that no other stage of the job has, told apart without case. */
export function uniqueNames(records: JobRecords): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const stage of records.stages) {
    const id = valueOf(stage, 'Identifier') ?? '';
    const wanted = textOf(stage, 'Name') ?? id;
    const name = taken.has(wanted.toLowerCase()) ? `${wanted}_${id}` : wanted;
    taken.add(name.toLowerCase());
    names.set(id, name);
  }
  return names;
}

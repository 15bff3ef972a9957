import { isOn } from '../config.ts';
import { printSelect } from '../convert/sql.ts';
import { passed, relationOf, type Stream } from '../convert/stream.ts';
import { single, type Rule, type RuleResult, type Tool } from '../convert/rule.ts';
import { byName, namesOf, unite } from './union.ts';

/** The records as they come in. */
export function passing({ draft }: Tool): RuleResult {
  const input = draft.input();
  const node = draft.node({
    operator: 'sql_expression',
    columns: input.fields.map((field) => passed(input, field)),
    sql: printSelect({
      items: [...draft.items(input), ...draft.seq()],
      from: relationOf(input),
    }),
  });
  return single(node, { fields: input.fields, ask: input.ask });
}

/** Tools that let every record through: they order runs, write messages or test. */
export const passThroughRule: Rule = {
  types: [
    'BlockUntilDone',
    'Message',
    'Throttle',
    'Cache',
    'LockInStreamOut',
    'LockInStreamIn',
    'macro:CReW_BlockingTest.yxmc',
  ],
  convert(tool) {
    tool.draft.note(`${tool.transformation.type} changes no record; what it does besides is left to the scheduler`);
    return passing(tool);
  },
};

/** Detour: all records go left or right. */
export const detourRule: Rule = {
  types: ['Detour'],
  answers: /^DetourRight@value$/,
  convert({ config, draft, answer }) {
    const input = draft.input();
    const right = isOn(config, 'DetourRight');
    const output = (
      name: string,
      where: string | null,
    ): { name: string; columns: ReturnType<typeof passed>[]; sql: string } => ({
      name,
      columns: input.fields.map((field) => passed(input, field)),
      sql: printSelect({
        items: [...draft.items(input), ...draft.seq()],
        from: relationOf(input),
        ...(where === null ? {} : { where }),
      }),
    });
    const given = answer('DetourRight@value');
    const toRight = given === null ? null : draft.translate(`ToString(${given}) = "True"`, 'Direction', input);
    if (given === null) draft.note('The direction is that stored in the workflow');
    const goes = (way: boolean): string | null => {
      if (toRight === null) return way === right ? null : 'FALSE';
      return way ? `(${toRight.sql})` : `NOT (${toRight.sql})`;
    };
    const node = draft.node({
      operator: 'conditional_branch',
      outputs: [output('Left', goes(false)), output('Right', goes(true))],
    });
    const stream = (name: string): Stream => ({ ...input, input: { node: node.id, output: name } });
    return {
      node,
      outputs: new Map([
        ['Left', stream('Left')],
        ['Right', stream('Right')],
      ]),
    };
  },
};

/** Detour End: whichever branch has the records. */
export const detourEndRule: Rule = {
  types: ['DetourEnd'],
  convert(tool) {
    const streams = tool.draft.inbound().map((one) => tool.draft.use(one.stream));
    return streams.length === 0 ? passing(tool) : unite(tool.draft, streams, namesOf(streams), byName);
  },
};

/** Settings of a tool that are answers of an app, and how its rule gets at them. */
import type { EtlProperties, EtlTransformation } from '../../../../shared/model/etl.ts';
import { facts } from '../answers/bind-answers.ts';
import type { Draft } from './draft.ts';
import type { Rule } from './rule.ts';

/** The facts of one kind by the path of the setting. */
function factsOf(properties: EtlProperties, prefix: string): ReadonlyMap<string, string> {
  return new Map(
    properties.flatMap(({ name, value }) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value ?? ''] as const] : [],
    ),
  );
}

/** The properties with the expressions that read answers in the place of those that the file stores. */
export function withAnsweredCode(properties: EtlProperties): EtlProperties {
  const code = factsOf(properties, facts.code);
  return code.size === 0 ? properties : properties.map((one) => ({ ...one, value: code.get(one.name) ?? one.value }));
}

/** Answers by setting: those that the rule binds, and for the others why they are not. */
export interface Answers {
  readonly values: ReadonlyMap<string, string>;
  readonly bound: readonly string[];
  readonly reasons: ReadonlyMap<string, string>;
  /** Whether something in the tool reads a parameter, or only its connection is chosen. */
  readonly parameters: boolean;
  readonly connection: boolean;
}

export function answersOf({ properties }: EtlTransformation, rule: Rule): Answers {
  const given = [...factsOf(properties, facts.answer)];
  const binds = ([path]: readonly [string, string]): boolean => rule.answers?.test(path) === true;
  const values = new Map(given.filter(binds));
  const code = factsOf(properties, facts.code);
  const connections = factsOf(properties, facts.connection);
  return {
    values,
    bound: [...values.keys(), ...code.keys(), ...connections.keys()],
    parameters: values.size + code.size > 0,
    reasons: new Map([
      ...factsOf(properties, facts.unknown),
      ...given
        .filter((one) => !binds(one))
        .map(
          ([path]) =>
            [path, 'it chooses fields or the way the tool works, which a value of a parameter cannot'] as const,
        ),
    ]),
    connection: connections.size > 0,
  };
}

/** Says what the answers of an app mean for the tool. */
export function tellAnswers({ reasons, parameters, connection }: Answers, draft: Draft): void {
  if (connection) draft.note('Actions choose its server, database and user, which are set with the connection');
  if (parameters)
    draft.note('Answers of the app are parameters of the pipeline; their defaults are the values that the file stores');
  for (const [path, reason] of reasons)
    draft.doubt(
      `An Action changes ${path === '' ? 'this tool' : path} when the app runs: ${reason}; the setting stored in the file is converted`,
      0.8,
    );
}

/** Precedence constraints: which task waits for which, and under what condition. */
import type { EtlProperties, EtlWorkflow } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { attributeOf, childrenOf, dtsProperty, wrapped } from './dts-elements.ts';

export interface Precedence {
  readonly links: EtlWorkflow['links'];
  /** `join.TASK` = `OR` where one of several constraints is enough. */
  readonly joins: EtlProperties;
  readonly unknown: readonly XmlElement[];
}

const outcomes: ReadonlyMap<string, string | null> = new Map([
  ['0', null],
  ['success', null],
  ['1', 'Failure'],
  ['failure', 'Failure'],
  ['2', 'Completion'],
  ['completion', 'Completion'],
]);

/** The condition of a constraint; null for plain success. EvalOp 1 is the expression alone, 3 both, 4 either. */
function conditionOf(element: XmlElement): string | null {
  const outcome = outcomes.get((dtsProperty(element, 'Value') ?? '0').trim().toLowerCase()) ?? null;
  const expression = dtsProperty(element, 'Expression')?.trim() ?? '';
  const operation = (dtsProperty(element, 'EvalOp') ?? '2').trim().toLowerCase();
  if (expression === '' || operation === '2' || operation === 'constraint') return outcome;
  if (operation === '1' || operation === 'expression') return expression;
  return `${outcome ?? 'Success'} ${operation === '4' || operation === 'expressionorconstraint' ? 'OR' : 'AND'} (${expression})`;
}

/** The ids of both ends: attributes in new formats, references to executables in old ones. */
function endsOf(element: XmlElement): readonly [string, string] {
  const from = attributeOf(element, 'From');
  const to = attributeOf(element, 'To');
  if (from !== null && to !== null) return [from, to];
  const references = childrenOf(element, 'Executable');
  const isFrom = (one: XmlElement): boolean => /^(?:-1|true|1)$/i.test(attributeOf(one, 'IsFrom') ?? '');
  const idOf = (one: XmlElement | undefined): string => (one === undefined ? '' : (attributeOf(one, 'IDREF') ?? ''));
  return [idOf(references.find(isFrom)), idOf(references.find((one) => !isFrom(one)))];
}

/** The links among the tasks of one container. Ends that it does not hold are kept by their id. */
export function linksOf(container: XmlElement, names: ReadonlyMap<XmlElement, string>): Precedence {
  const byId = new Map<string, string>();
  for (const [element, name] of names)
    for (const id of [dtsProperty(element, 'refId'), dtsProperty(element, 'DTSID')])
      if (id !== null) byId.set(id, name);
  const links: { from: string; to: string; condition: string | null }[] = [];
  const joins = new Map<string, string>();
  const unknown: XmlElement[] = [];
  for (const element of wrapped(container, 'PrecedenceConstraints', 'PrecedenceConstraint')) {
    const [from, to] = endsOf(element);
    if (!byId.has(from) || !byId.has(to)) unknown.push(element);
    const target = byId.get(to) ?? to;
    links.push({ from: byId.get(from) ?? from, to: target, condition: conditionOf(element) });
    if (/^(?:false|0)$/i.test(dtsProperty(element, 'LogicalAnd') ?? 'true')) joins.set(target, 'OR');
  }
  return { links, joins: [...joins].map(([name, value]) => ({ name: `join.${name}`, value })), unknown };
}

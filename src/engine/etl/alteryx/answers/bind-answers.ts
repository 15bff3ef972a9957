/**
 * What the Actions of an app or macro do to settings, written to the tools themselves: a setting that takes its value
 * from an answer reads a parameter of the pipeline, whose default is the value that the file stores.
 */
import type {
  EtlConnector,
  EtlMapping,
  EtlParameter,
  EtlProperties,
  EtlTransformation,
} from '../../../../shared/model/etl.ts';
import { parseAlteryx } from '../../../expr/alteryx/parse.ts';
import { toDuckDb } from '../../../expr/alteryx/to-duckdb.ts';
import { configOf } from '../config.ts';
import { codeWithAnswers, substituted, valueExpression, type Piece } from './answered-text.ts';
import { actionsOf, questionsOf, type Action, type Question } from './read-questions.ts';

/** What is written to a tool, as `PREFIX/PATH` of a setting. */
export const facts = {
  /** The expression that gives the setting. */
  answer: 'tool.answer/',
  /** The expression that stands in the place of the setting, which is one itself. */
  code: 'tool.answered_code/',
  /** The setting says where a database is. */
  connection: 'tool.answered_connection/',
  /** Why the effect of an Action cannot be said. */
  unknown: 'tool.unanswered/',
} as const;
/** What is written to an Action: `TOOL/PATH` of the setting that it changes. */
export const destinationName = 'tool.destination';

/** Settings that say where a database is and who asks it. The pipeline holds none of them. */
const connectionSetting = /^(?:UserName|Password|Server|Host|Port|Database|Connection|DSN|AuthDatabase)$/i;
/** Settings that are expressions. */
const codeSetting = /(?:^|[/@])Expression(?:_\w+)?$/i;

/** Texts, fields and answers of a formula. */
const references = /'[^']*'|"[^"]*"|\{\{INPUT\}\}|\[([^\]]*)\]|%Question\.([^%]*)%/g;

interface Formula extends Exclude<Piece, string> {
  readonly read: readonly Question[];
}

/** The wires that end at the anchor, by their tool. */
function wiresInto(mapping: EtlMapping, anchor: string): ReadonlyMap<string, readonly EtlConnector[]> {
  const found = new Map<string, EtlConnector[]>();
  for (const wire of mapping.connectors) {
    if (wire.toPort !== anchor) continue;
    const others = found.get(wire.to);
    if (others === undefined) found.set(wire.to, [wire]);
    else others.push(wire);
  }
  return found;
}

class Binder {
  private readonly mapping: EtlMapping;
  private readonly questions: ReadonlyMap<string, Question>;
  private readonly byName: ReadonlyMap<string, Question>;
  private readonly tools: ReadonlyMap<string, EtlTransformation>;
  private readonly declared: ReadonlyMap<string, EtlParameter>;
  private readonly questionWires: ReadonlyMap<string, readonly EtlConnector[]>;
  private readonly actionWires: ReadonlyMap<string, readonly EtlConnector[]>;
  /** By tool and path: what the setting is put together of, or why that cannot be said. */
  private readonly settings = new Map<string, Map<string, readonly Piece[] | string>>();
  /** How many Actions name the tool. */
  private readonly named = new Map<string, number>();
  private readonly read = new Set<Question>();
  /** Values that the file stores for an answer, by question. */
  private readonly stored = new Map<string, Set<string>>();

  constructor(mapping: EtlMapping) {
    this.mapping = mapping;
    this.tools = new Map(mapping.transformations.map((one) => [one.id, one]));
    this.declared = new Map(mapping.parameters.map((one) => [one.name, one]));
    this.questionWires = wiresInto(mapping, 'Question');
    this.actionWires = wiresInto(mapping, 'Action');
    this.questions = questionsOf(configOf(mapping.properties));
    this.byName = new Map([...this.questions.values()].filter((one) => one.name !== '').map((one) => [one.name, one]));
  }

  bind(actions: readonly Action[]): EtlMapping {
    for (const action of actions) if (action.target !== '') this.act(action);
    const destinations = new Map(
      actions.filter((one) => one.target !== '').map((one) => [one.tool, `${one.target}/${one.path}`]),
    );
    return {
      ...this.mapping,
      parameters: this.parameters(),
      transformations: this.mapping.transformations.map((one) => {
        const destination = destinations.get(one.id);
        const more = [
          ...this.factsOf(one),
          ...(this.silent(one) ? [{ name: facts.unknown, value: 'the file does not say what it changes' }] : []),
          ...(destination === undefined ? [] : [{ name: destinationName, value: destination }]),
        ];
        return more.length === 0 ? one : { ...one, properties: [...one.properties, ...more] };
      }),
    };
  }

  private storedValue({ target, path }: Action): string {
    return this.tools.get(target)?.properties.find((one) => one.name === path)?.value ?? '';
  }

  private act(action: Action): void {
    const { target, path } = action;
    this.named.set(target, (this.named.get(target) ?? 0) + 1);
    const settings = this.settings.get(target) ?? new Map<string, readonly Piece[] | string>();
    this.settings.set(target, settings);
    const before = settings.get(path) ?? [this.storedValue(action)].filter((one) => one !== '');
    if (typeof before === 'string') return;
    const after = this.effect(action, before);
    settings.set(path, typeof after === 'string' ? after : this.onCondition(action, before, after));
  }

  /** What the setting is where conditions of the app decide. */
  private onCondition(action: Action, before: readonly Piece[], after: readonly Piece[]): readonly Piece[] | string {
    if (action.conditions.length === 0 || connectionSetting.test(action.path)) return after;
    if (codeSetting.test(action.path)) return 'a condition of the app decides which expression stands there';
    const tests = action.conditions.map((one) => {
      const formula = this.formula(one.tool, one.expression, '');
      return typeof formula === 'string' ? null : `${one.met ? '' : '!'}(${formula.expression})`;
    });
    const [then, otherwise] = [valueExpression(after), valueExpression(before)];
    if (tests.includes(null) || then === null || otherwise === null)
      return 'the condition of the app that decides about it cannot be read';
    const expression = `IF ${tests.join(' AND ')} THEN ${then} ELSE ${otherwise === '' ? "''" : otherwise} ENDIF`;
    return [{ expression, numeric: false }];
  }

  /** The setting after the Action; a reason where it cannot be said. */
  private effect(action: Action, before: readonly Piece[]): readonly Piece[] | string {
    if (connectionSetting.test(action.path)) return before;
    if (action.type === 'UpdateValue') return this.replacement(action, before);
    if (action.type !== 'UpdateValueFormula' && action.type !== 'Dynamic')
      return `an Action of type ${action.type || 'unknown'} has an effect that the file does not tell`;
    if (codeSetting.test(action.path)) return this.builtCode(action);
    const stored = valueExpression(before) ?? '';
    const formula = this.formula(action.tool, action.expression, stored);
    if (typeof formula === 'string') return formula;
    const unanswered = formula.read.filter((one) => this.defaultOf(one) === null && !this.isNumeric(one));
    if (unanswered.length === 0 || stored === '') return [formula];
    const empty = unanswered.map((one) => `IsEmpty(%Question.${one.name}%)`).join(' AND ');
    const expression = formula.numeric ? `ToString(${formula.expression})` : formula.expression;
    return [{ expression: `IF ${empty} THEN ${stored} ELSE ${expression} ENDIF`, numeric: false }];
  }

  /** A formula that puts the text of an expression together. */
  private builtCode(action: Action): readonly Piece[] | string {
    const terms = termsOf(action.expression);
    const pieces = terms.map((term): Piece | null => {
      const text = /^'([^']*)'$|^"([^"]*)"$/.exec(term);
      if (text !== null) return text[1] ?? text[2] ?? '';
      const inner = /^ToString\(([\s\S]*)\)$/i.exec(term)?.[1] ?? '';
      const number = this.formula(action.tool, inner, '');
      const value = typeof number !== 'string' && number.numeric ? number : this.formula(action.tool, term, '');
      return typeof value === 'string' ? null : value;
    });
    const known = pieces.filter((one) => one !== null);
    const unknown = 'the expression is put together by a formula whose parts cannot be told apart';
    return known.length < pieces.length || terms.length < 2 ? unknown : known;
  }

  private replacement(action: Action, before: readonly Piece[]): readonly Piece[] | string {
    const question = this.byName.get(action.variable) ?? this.wired(action.tool, '#1');
    if (question === null) return 'no question is connected to the Action';
    const answer = this.answer(question);
    if (typeof answer === 'string') return answer;
    if (action.replaced === null) {
      if (codeSetting.test(action.path)) return 'the answer is a whole expression';
      this.store(question, this.storedValue(action));
      return [answer];
    }
    const numeric = /^\s*-?\d+(?:\.\d+)?\s*$/.test(action.replaced) && codeSetting.test(action.path);
    this.store(question, action.replaced);
    const piece = numeric && !answer.numeric ? { expression: `ToNumber(${answer.expression})`, numeric } : answer;
    return substituted(before, action.replaced, piece);
  }

  private store(question: Question, value: string): void {
    this.stored.set(question.name, (this.stored.get(question.name) ?? new Set()).add(value));
  }

  private answer(question: Question): Exclude<Piece, string> | string {
    if (question.obstacle !== null) return question.obstacle;
    if (/[%"'\r\n]/.test(question.name)) return 'the name of the question cannot be written in an expression';
    this.read.add(question);
    return { expression: `%Question.${question.name}%`, numeric: this.isNumeric(question) };
  }

  private isNumeric(question: Question): boolean {
    const declared = this.declared.get(`Question.${question.name}`);
    return declared === undefined ? question.type === 'NumericUpDown' : declared.dataType === 'double';
  }

  /** The question whose answer arrives at the Action under that name. */
  private wired(tool: string, wire: string): Question | null {
    const into = this.questionWires.get(tool) ?? [];
    const named =
      into.find((one) => one.toGroup === wire) ?? (into.length === 1 && wire === '#1' ? into[0] : undefined);
    return this.questions.get(named?.from ?? '') ?? null;
  }

  /** A formula with parameters for the answers that it names. */
  private formula(tool: string, text: string, before: string): Formula | string {
    let problem: string | null = null;
    const read = new Set<Question>();
    const expression = text
      .replaceAll(references, (part, bracketed: string | undefined, percent: string | undefined) => {
        if (/^['"]/.test(part)) return part;
        const name = bracketed ?? percent ?? '#1';
        if (name === 'Destination' && before !== '') return `(${before})`;
        const question = /^#\d+$/.test(name) ? this.wired(tool, name) : (this.byName.get(name) ?? null);
        const unknown = `its formula reads ${part}, which is no question`;
        const answer = question === null ? unknown : this.answer(question);
        if (question !== null) read.add(question);
        if (typeof answer !== 'string') return answer.expression;
        problem ??= answer;
        return part;
      })
      .trim();
    return problem ?? { expression, numeric: this.givesNumber(expression), read: [...read] };
  }

  private givesNumber(expression: string): boolean {
    const parsed = parseAlteryx(expression);
    if (!parsed.ok) return false;
    const { kind } = toDuckDb(parsed.ast, {
      field: () => null,
      constant: (name) => {
        const question = this.byName.get(name.replace(/^Question\./, ''));
        return { sql: 'NULL', kind: question !== undefined && this.isNumeric(question) ? 'double' : 'string' };
      },
      textComparison: 'case_sensitive',
    });
    return kind === 'integer' || kind === 'double' || kind === 'decimal';
  }

  /** What stands for an answer that nobody gives: the value stored for it where there is one, and only one. */
  private defaultOf(question: Question): string | null {
    const stored = [...(this.stored.get(question.name) ?? [])];
    const declared = this.declared.get(`Question.${question.name}`)?.defaultValue;
    return stored.length === 1 ? (stored[0] ?? null) : (declared ?? question.default ?? stored[0] ?? null);
  }

  private parameters(): readonly EtlParameter[] {
    const missing = [...this.read].filter((one) => !this.declared.has(`Question.${one.name}`));
    const added = missing.map((one) => ({
      name: `Question.${one.name}`,
      dataType: this.isNumeric(one) ? 'double' : 'string',
      defaultValue: null,
      isParameter: true,
    }));
    return [...this.mapping.parameters, ...added].map((one) => {
      const question = this.byName.get(one.name.replace(/^Question\./, ''));
      return question === undefined ? one : { ...one, defaultValue: this.defaultOf(question) };
    });
  }

  private factsOf({ id }: EtlTransformation): EtlProperties {
    return [...(this.settings.get(id) ?? [])].map(([path, bound]) => factOf(path, bound));
  }

  /** Whether more Actions are wired to the tool than say what they change. */
  private silent({ id }: EtlTransformation): boolean {
    return (this.actionWires.get(id)?.length ?? 0) > (this.named.get(id) ?? 0);
  }
}

function factOf(path: string, bound: readonly Piece[] | string): EtlProperties[number] {
  if (typeof bound === 'string') return { name: `${facts.unknown}${path}`, value: bound };
  if (connectionSetting.test(path)) return { name: `${facts.connection}${path}`, value: '' };
  const code = codeSetting.test(path);
  const value = code ? codeWithAnswers(bound) : valueExpression(bound);
  if (value !== null) return { name: `${code ? facts.code : facts.answer}${path}`, value };
  const why = code ? 'it is a part of a name, or no number, in an expression' : 'the text holds both kinds of quotes';
  return { name: `${facts.unknown}${path}`, value: why };
}

/** The terms of a sum, as they are written. */
function termsOf(text: string): readonly string[] {
  const terms: string[] = [''];
  let depth = 0;
  for (const [part] of text.matchAll(/'[^']*'|"[^"]*"|\[[^\]]*\]|[\s\S]/g)) {
    if (part === '(') depth += 1;
    if (part === ')') depth -= 1;
    if (part === '+' && depth === 0) terms.push('');
    else terms.push(`${terms.pop() ?? ''}${part}`);
  }
  return terms.map((term) => term.trim());
}

/** The workflow with what its Actions do written to the tools. */
export function bindAnswers(mapping: EtlMapping): EtlMapping {
  const actions = actionsOf(configOf(mapping.properties));
  const acted = actions.length > 0 || mapping.connectors.some((one) => one.toPort === 'Action');
  return acted ? new Binder(mapping).bind(actions) : mapping;
}

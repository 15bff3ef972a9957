/** One workflow as the parts of a pipeline. */
import type { ConvertedTransformation, JobIssue } from '../../../../shared/model/conversion.ts';
import type { EtlConnector, EtlFile, EtlMapping, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { validatePipeline } from '../../../dataflow/validate-pipeline.ts';
import { thresholds } from '../../release-gate.ts';
import { settled } from '../../settle-node.ts';
import type { MappingConversion, NodeTaker } from '../../tool.ts';
import { configOf, type Config } from '../config.ts';
import { guessedType, typeOfPort, type FieldType } from '../field-type.ts';
import { ruleFor } from '../rules/registry.ts';
import { unsupportedResult, unsupportedRule } from '../rules/unsupported.ts';
import { answersOf, tellAnswers, withAnsweredCode } from './answers.ts';
import { Draft } from './draft.ts';
import { interfaceAccount } from './interface-account.ts';
import { orderTools } from './order-tools.ts';
import { propertyOf } from './properties.ts';
import { roleOf } from './roles.ts';
import type { RuleContext } from './rule-context.ts';
import type { RuleResult, Tool } from './rule.ts';
import { distinctNames, type Field, type Stream } from './stream.ts';

/** Fields asked for, by `TOOL/OUTPUT` and lower-cased name. */
type Asked = Map<string, Map<string, Field>>;

interface Wires {
  readonly from: ReadonlyMap<string, readonly EtlConnector[]>;
  readonly to: ReadonlyMap<string, readonly EtlConnector[]>;
}

function wiresBy(connectors: readonly EtlConnector[], end: (one: EtlConnector) => string): Wires['from'] {
  const found = new Map<string, EtlConnector[]>();
  for (const one of connectors) {
    const list = found.get(end(one));
    if (list === undefined) found.set(end(one), [one]);
    else list.push(one);
  }
  return found;
}

interface Pass {
  readonly asked: Asked;
  readonly wires: Wires;
  readonly taker: NodeTaker;
  /** Whether its result stands, whatever is still asked for. */
  readonly isLast: boolean;
}

const maximumPasses = 12;

function safeId(transformation: EtlTransformation): string {
  const type = transformation.type.replace(/^macro:/, '').replace(/\.yxmc.*$/i, '');
  return `${type}_${transformation.id}`.replaceAll(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, 't');
}

class MappingConverter {
  private readonly mapping: EtlMapping;
  private readonly asked: Asked;
  private readonly wires: Wires;
  /** How many wires of a tool are still to be followed: nobody asks for its streams afterwards. */
  private readonly unread = new Map<string, number>();
  private readonly streams = new Map<string, ReadonlyMap<string, Stream>>();
  private readonly tables = new Map<string, PipelineTable>();
  private readonly constants: ReadonlyMap<string, 'string' | 'double'>;
  /** Settings that read answers, as `TOOL/PATH`. */
  private readonly bound = new Set<string>();
  private readonly taker: NodeTaker;
  private readonly isLast: boolean;
  /** What is said of tools is the same over and over: each text is kept once. */
  private readonly messages = new Map<string, string>();
  private ordered = false;
  /** Whether a field was asked for, or a type said, that this pass did not know from its beginning. */
  hasAsked = false;
  private readonly macros = new Set<string>();
  readonly transformations: ConvertedTransformation[] = [];
  readonly issues: JobIssue[] = [];

  constructor(mapping: EtlMapping, { asked, wires, taker, isLast }: Pass) {
    this.wires = wires;
    this.taker = taker;
    this.isLast = isLast;
    this.mapping = mapping;
    this.asked = asked;
    this.constants = new Map(
      mapping.parameters.map((one) => [one.name, one.dataType === 'double' ? 'double' : 'string']),
    );
  }

  run(): MappingConversion {
    const active = this.mapping.transformations.filter((one) => propertyOf(one, 'tool.disabled') !== 'True');
    const data = active.filter((one) => roleOf(one) === 'data');
    this.ordered = data.some((one) => ruleFor(one.type).readsOrder?.(this.configOf(one)) === true);
    const { ordered, cyclic } = orderTools(data, this.mapping.connectors);
    for (const transformation of ordered) this.convert(transformation, cyclic.has(transformation.id));
    for (const transformation of active) this.account(transformation);
    this.noteLeftOut(active.length);
    return {
      tables: [...this.tables.values()],
      macros: [...this.macros].sort(),
      transformations: this.transformations,
      issues: this.issues,
    };
  }

  private configOf(transformation: EtlTransformation): Config {
    return configOf(withAnsweredCode(transformation.properties));
  }

  private noteLeftOut(active: number): void {
    const disabled = this.mapping.transformations.length - active;
    const comments = this.mapping.transformations.filter((one) => roleOf(one) === 'documentation').length;
    const say = (message: string): void => {
      this.issues.push({ severity: 'info', where: this.mapping.name, message, line: this.mapping.line });
    };
    if (disabled > 0)
      say(
        `${disabled} tools are in containers that are switched off: they do not run in the source tool and are left out`,
      );
    if (comments > 0) say(`${comments} comments, containers and browse tools carry no records and are left out`);
    if (this.mapping.properties.some((one) => one.name === 'RunE2' && one.value === 'T') && this.ordered)
      say('The workflow runs on the AMP engine, which does not keep the order of records; here it is kept');
  }

  private context(transformation: EtlTransformation): RuleContext {
    const incoming = this.wires.to.get(transformation.id) ?? [];
    const outgoing = this.wires.from.get(transformation.id) ?? [];
    return {
      ordered: this.ordered,
      inputs: incoming.flatMap((one) => this.inbound(one)),
      usedOutputs: [...new Set(outgoing.map((one) => one.fromPort))],
      constants: this.constants,
      settings: this.mapping.settings ?? {},
      remembered: (output) => this.remembered(transformation, output),
      open: (output, known) => this.open(transformation.id, output, known),
      addTable: (table) => this.addTable(table),
    };
  }

  private inbound(connector: EtlConnector): RuleContext['inputs'] {
    const outputs = this.streams.get(connector.from);
    const stream = outputs?.get(connector.fromPort) ?? outputs?.get('*');
    const unread = (this.unread.get(connector.from) ?? 0) - 1;
    if (unread <= 0) this.streams.delete(connector.from);
    this.unread.set(connector.from, unread);
    return stream === undefined ? [] : [{ anchor: connector.toPort, order: connector.toGroup, stream }];
  }

  private remembered(transformation: EtlTransformation, output: string): readonly Field[] | null {
    const groups = new Set(transformation.ports.filter((port) => port.dataType !== '').map((port) => port.group));
    const group = groups.has(output)
      ? output
      : groups.size === 1 && output !== 'Left' && output !== 'Right'
        ? [...groups][0]
        : undefined;
    if (group === undefined) return null;
    const ports = transformation.ports.filter(
      (port) => port.group === group && port.dataType !== '' && port.name !== '',
    );
    return distinctNames(ports.map((port) => ({ name: port.name, type: typeOfPort(port) })));
  }

  private open(id: string, output: string, known: readonly Field[]): Pick<Stream, 'fields' | 'ask'> {
    const key = `${id}/${output}`;
    const names = this.asked.get(key) ?? new Map<string, Field>();
    const given = new Set(known.map((field) => field.name.toLowerCase()));
    const more = [...names].filter(([name]) => !given.has(name)).map(([, field]) => field);
    const ask = (name: string, type?: FieldType): void => {
      if (name.length > 300 || /^Row[+-]\d+:/i.test(name)) return;
      const wanted = this.asked.get(key) ?? new Map<string, Field>();
      const before = wanted.get(name.toLowerCase());
      const learn = (field: Field): void => {
        wanted.set(name.toLowerCase(), field);
        this.hasAsked = true;
      };
      if (before === undefined && type === undefined && wanted.size < 2000) learn({ name, type: guessedType });
      if (before?.type === guessedType && type !== undefined && type !== guessedType)
        learn({ name: before.name, type });
      this.asked.set(key, wanted);
    };
    return { fields: distinctNames([...known, ...more]), ask };
  }

  /** A table that is read or written twice is one table with the columns of both. */
  private addTable(table: PipelineTable): PipelineTable {
    const key = `${table.role}/${table.name.toLowerCase()}`;
    const known = this.tables.get(key);
    const columns = [...(known?.columns ?? [])];
    const names = new Set(columns.map((one) => one.name.toLowerCase()));
    for (const column of table.columns) if (!names.has(column.name.toLowerCase())) columns.push(column);
    const merged = { ...table, name: known?.name ?? table.name, columns };
    this.tables.set(key, merged);
    return merged;
  }

  private convert(transformation: EtlTransformation, cyclic: boolean): void {
    const context = this.context(transformation);
    const draft = new Draft(safeId(transformation), context);
    const rule = ruleFor(transformation.type);
    const answers = answersOf(transformation, rule);
    const answer = (path: string): string | null => answers.values.get(path) ?? null;
    const tool: Tool = { transformation, config: this.configOf(transformation), draft, context, answer };
    for (const path of answers.bound) this.bound.add(`${transformation.id}/${path}`);
    if (rule !== unsupportedRule) tellAnswers(answers, draft);
    const result = cyclic ? unsupportedResult(tool, 'It is part of a loop of wires') : rule.convert(tool);
    this.take(tool, this.checked(tool, result));
  }

  /** A node whose SQL would be refused fails closed instead of stopping the whole pipeline. */
  private checked(tool: Tool, result: RuleResult): RuleResult {
    if (result.node === null) return result;
    const problem = validatePipeline({
      apiVersion: 'dataflow/v1',
      kind: 'Pipeline',
      name: 'check',
      nodes: [{ ...result.node, depends_on: [] }],
      metadata: { dialect: 'duckdb', generator: '', overall_confidence: 0, warnings_count: 0 },
    }).find((one) => one.severity === 'error');
    return problem === undefined ? result : unsupportedResult(tool, problem.message);
  }

  private take({ transformation, draft }: Tool, { node: written, outputs }: RuleResult): void {
    const node = written === null ? null : settled(written, transformation);
    const read = this.wires.from.get(transformation.id)?.length ?? 0;
    if (read > 0) this.streams.set(transformation.id, outputs);
    this.unread.set(transformation.id, read);
    // What another pass will give anew need not be written.
    if (node !== null && (this.isLast || !this.hasAsked)) this.taker.take(node);
    for (const macro of draft.macros) this.macros.add(macro);
    const where = `${transformation.type} ${transformation.id}`;
    for (const { severity, message } of draft.issues)
      this.issues.push({ severity, where, message: this.once(message), line: transformation.line });
    const account = node ?? draft.node({ operator: 'sql_expression' });
    this.transformations.push({
      id: transformation.id,
      mapping: this.mapping.name,
      type: transformation.type,
      operator: node === null ? 'none' : node.operator,
      confidence: account.confidence,
      source: account.conversion,
      notes: (account.notes ?? []).map((note) => this.once(note)),
    });
  }

  private once(message: string): string {
    const known = this.messages.get(message);
    if (known === undefined) this.messages.set(message, message);
    return known ?? message;
  }

  private account(transformation: EtlTransformation): void {
    const role = roleOf(transformation);
    if (role !== 'question' && role !== 'action') return;
    const account = interfaceAccount(transformation, role, (setting) => this.bound.has(setting));
    if (account.confidence < thresholds.automatic)
      for (const message of account.notes)
        this.issues.push({
          severity: 'warning',
          where: `${transformation.type} ${transformation.id}`,
          message,
          line: transformation.line,
        });
    this.transformations.push({
      id: transformation.id,
      mapping: this.mapping.name,
      type: transformation.type,
      operator: 'parameter',
      source: 'rule_engine',
      ...account,
    });
  }
}

/** Converts a workflow; it is gone through again as long as fields are found to be needed that the file does not list. */
export function convertMapping(_file: EtlFile, mapping: EtlMapping, start: () => NodeTaker): MappingConversion {
  const asked: Asked = new Map();
  const wires = {
    from: wiresBy(mapping.connectors, (one) => one.from),
    to: wiresBy(mapping.connectors, (one) => one.to),
  };
  for (let pass = 1; ; pass += 1) {
    const isLast = pass === maximumPasses;
    const converter = new MappingConverter(mapping, { asked, wires, taker: start(), isLast });
    const result = converter.run();
    if (isLast || !converter.hasAsked) return result;
  }
}

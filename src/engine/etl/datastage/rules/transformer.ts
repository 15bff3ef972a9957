import { assigned, converted } from '../convert/columns.ts';
import { environmentOf, translated } from '../convert/expression.ts';
import { hasSteps, readsRowOrder, withVariables } from '../convert/stage-variables.ts';
import { item, NotConverted, pipelineColumn, select, seqColumn, type StageDraft } from '../convert/stage-draft.ts';
import { loopCondition } from '../parse-stage.ts';
import type { Operator } from '../../../dataflow/model.ts';
import type { ExpressionEnv, PortInfo } from '../../../expr/environment.ts';
import { sourceSettings, trustOf, valueOf } from '../../../expr/source-settings.ts';
import { joinReferences, matchedWhere } from './lookup.ts';
import type { StageRule } from './rule.ts';

/** The values of an output link: one SELECT item a column. */
function derivations(draft: StageDraft, link: string, env: ExpressionEnv) {
  const ports = new Map(draft.outputPorts(link).map((port) => [port.name, port]));
  const items: string[] = [];
  const computed: string[] = [];
  const columns = draft.outputColumns(link).map((column) => {
    const original = ports.get(column.name)?.expression ?? null;
    const text = original ?? (ports.size === 0 ? column.name : null);
    if (text === null) {
      draft.doubt(`${link}.${column.name} has no derivation; it is empty here`, 0.8);
      items.push(item(`CAST(NULL AS ${column.sqlType})`, column.name));
      return pipelineColumn(column);
    }
    const plain = draft.find(text);
    const known = env.ports.get(text.toLowerCase());
    if (plain !== null && known !== undefined) {
      items.push(item(converted(known.sqlName, plain.column.sqlType, column.sqlType), column.name));
      return pipelineColumn(column, { from: [plain.from], ...(original === null ? {} : { original }) });
    }
    const value = translated(draft, text, `${link}.${column.name}`, { env, use: 'value' });
    const sql = assigned(value.sql, value.type, column.sqlType);
    items.push(item(sql, column.name));
    if (!/\bSetNull\s*\(/i.test(text)) computed.push(value.sql);
    const from = value.references.flatMap((name) => draft.find(name)?.from ?? []);
    return pipelineColumn(column, {
      expression: sql,
      ...(from.length === 0 ? {} : { from }),
      ...(original === null ? {} : { original }),
    });
  });
  return { items, columns, computed };
}

/** Whether rows with a NULL that no function handles are dropped: as the stage says, or as is known of its jobs. */
function dropsNulls(draft: StageDraft): boolean {
  const said = draft.mapping.settings;
  const own = draft.stage.properties.find((one) => /(?:legacy|old)[ _]?null/i.test(one.name))?.value ?? '';
  if (own.trim() !== '') {
    const drops = !/^(?:0|false|no)$/i.test(own.trim());
    if (drops) draft.note('Legacy null processing of the stage: a row whose derivation meets a NULL is dropped');
    return drops;
  }
  const value = valueOf('datastage.null_processing', said);
  draft.note(sourceSettings['datastage.null_processing'].note(value));
  draft.atMost(trustOf('datastage.null_processing', said));
  return value === 'legacy';
}

/** By link, the condition under which none of its derivations meets a NULL, where such rows are dropped. */
function wholeRows(
  draft: StageDraft,
  written: ReadonlyMap<string, ReturnType<typeof derivations>>,
): ReadonlyMap<string, string> {
  const computing = [...written].filter(([, { computed }]) => computed.length > 0);
  if (computing.length === 0) return new Map();
  const legacy = dropsNulls(draft);
  return new Map(
    (legacy ? computing : []).map(([link, { computed }]) => [
      link,
      `(${computed.map((sql) => `(${sql}) IS NOT NULL`).join(' AND ')})`,
    ]),
  );
}

/** The rows of each output: its constraint, or for an otherwise link what no earlier link took. */
function conditions(
  draft: StageDraft,
  env: ExpressionEnv,
  whole: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const earlier: string[] = [];
  for (const group of draft.stage.groups.filter((one) => one.kind !== 'input')) {
    if (draft.isReject(group.name)) {
      draft.note(`${group.name} takes rows that fail in the source tool; such rows do not reach it here`);
      found.set(group.name, 'FALSE');
    } else if (group.condition !== null) {
      const { sql } = translated(draft, group.condition, `constraint of ${group.name}`, { env, use: 'condition' });
      const kept = whole.get(group.name);
      const taken = kept === undefined ? sql : `(${sql}) AND ${kept}`;
      found.set(group.name, taken);
      earlier.push(`(${taken})`);
    } else if (group.kind === 'default') {
      draft.note(
        `${group.name} takes the rows that no earlier link takes; rows rejected for errors do not reach it here`,
      );
      draft.atMost(0.87);
      found.set(
        group.name,
        earlier.includes('TRUE')
          ? 'FALSE'
          : earlier.length === 0
            ? 'FALSE'
            : `NOT coalesce(${earlier.join(' OR ')}, FALSE)`,
      );
    } else {
      const kept = whole.get(group.name);
      if (kept !== undefined) found.set(group.name, kept);
      earlier.push(kept ?? 'TRUE');
    }
  }
  return found;
}

function whereOf(condition: string | undefined, guards: readonly string[]): readonly string[] {
  const all = [...(condition === undefined ? [] : [`(${condition})`]), ...guards];
  return all.length === 0
    ? []
    : [`WHERE ${condition !== undefined && guards.length === 0 ? condition : all.join(' AND ')}`];
}

/** The joined links as a record each, so that columns can be added beside them. */
function asRecords(from: string, references: number): string {
  const names = Array.from({ length: references }, (_none, index) => `r${index + 1}`);
  return `(${select(['p', ...names, `p.${seqColumn} AS ${seqColumn}`], from).trimEnd()})`;
}

function operatorOf(draft: StageDraft): Operator {
  // A loop makes more rows of one.
  if (draft.property(loopCondition) !== null) return 'normalizer';
  return draft.outputLinks.length > 1 ? 'conditional_branch' : 'sql_expression';
}

/** Transformer: stage variables, then a constraint and derivations for each output link, independent of each other. */
export const transformerRule: StageRule = {
  types: ['CTransformerStage', 'PxTransformer', 'CBASICTransformerStage'],
  readsOrder: (stage) =>
    readsRowOrder(stage) || stage.groups.some((group) => group.kind === 'input' && group.order > 0),
  convert(draft) {
    const [primary, ...references] = draft.inputs;
    if (primary === undefined) throw new NotConverted('No link with rows reaches the stage');
    const joined =
      references.length === 0
        ? { from: draft.relation(primary), alias: () => null, joins: [], ports: new Map<string, PortInfo>() }
        : joinReferences(draft, primary, references);
    const { from, ports } = withVariables(
      draft,
      references.length > 0 && hasSteps(draft.stage) ? asRecords(joined.from, references.length) : joined.from,
      joined.alias,
      joined.ports,
    );
    const env = environmentOf(draft, joined.alias, ports);
    const written = new Map(draft.outputLinks.map((link) => [link, derivations(draft, link, env)]));
    const whole = wholeRows(draft, written);
    const where = conditions(draft, env, whole);
    const limits = draft.stage.groups.map((group) => draft.property(`${group.name}.RowLimit`) ?? '0');
    if (limits.some((limit) => limit !== '0'))
      draft.note('The job stops after a number of rows of a link; that limit is left out');
    for (const link of draft.outputLinks) {
      const { items = [], columns = [] } = written.get(link) ?? {};
      const condition = where.get(link);
      draft.output(
        link,
        columns,
        select(
          draft.withOrder(items, references.length === 0 || from.startsWith('(') ? seqColumn : `p.${seqColumn}`),
          `${from}${from.startsWith('(') ? ' AS t' : ''}`,
          ...whereOf(condition, matchedWhere(draft, joined.joins)),
        ),
      );
    }
    return draft.node(operatorOf(draft), draft.outputs.length === 0 ? { sql: select(['*'], from) } : {});
  },
};

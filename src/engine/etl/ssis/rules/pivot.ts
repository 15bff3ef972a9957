import { quoteLiteral } from '../../../core/text.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { toScalarType, toSqlType } from '../../../expr/ssis/data-types.ts';
import { isNumeric } from '../../../expr/environment.ts';
import { printSelect } from '../../powercenter/convert/select.ts';
import { lineageOf, typeOf } from '../flow/component.ts';
import { propertyOf } from '../dts-elements.ts';
import { lineageReference } from '../flow/lineage-reference.ts';
import { NodeDraft } from '../flow/node-draft.ts';
import type { Rule } from '../flow/rule.ts';
import { ColumnSet, columnOf, fromOf, toPipelineColumn } from '../flow/stream.ts';

/** Pivot: one row a set key, and a column for each listed value of the pivot key. */
export const pivotRule: Rule = {
  types: ['Pivot'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.9);
    const stream = context.input(component);
    const from = draft.read(stream);
    const [input] = component.inputs;
    const usage = (wanted: string) =>
      (input?.ports ?? []).filter((port) => propertyOf(port.properties, 'PivotUsage') === wanted);
    const column = (id: string | null) => (stream === null || id === null ? null : columnOf(stream, id));
    const setKeys = usage('1').flatMap((port) => column(lineageOf(port)) ?? []);
    const [pivotKey = null] = usage('2').map((port) => column(lineageOf(port)));
    if (pivotKey === null) draft.doubt('The pivot has no pivot key', 0.3, 'error');
    const groups = setKeys.map((one) => sqlName(one.name));
    const set = new ColumnSet();
    const [output] = component.outputs.filter((one) => !one.isError);
    const parts = (output?.ports ?? []).map((port) => {
      const target = set.add(lineageOf(port), port.name, typeOf(port));
      const reference = lineageReference(propertyOf(port.properties, 'SourceColumn'));
      const inputPort = (input?.ports ?? []).find((one) =>
        [lineageOf(one), propertyOf(one.properties, 'refId'), propertyOf(one.properties, 'id')].includes(reference),
      );
      const source = column(reference) ?? column(inputPort === undefined ? null : lineageOf(inputPort));
      if (source === null) {
        draft.doubt(`The column that ${port.name} comes from is not in the input`, 0.3, 'error');
        return { target, sql: `CAST(NULL AS ${toSqlType(target.type)})`, from: null };
      }
      const origin = stream === null ? null : fromOf(stream, source);
      const value = propertyOf(port.properties, 'PivotKeyValue');
      if (setKeys.includes(source)) return { target, sql: sqlName(source.name), from: origin };
      if (value === null || pivotKey === null)
        return { target, sql: `any_value(${sqlName(source.name)})`, from: origin };
      const literal = isNumeric(toScalarType(pivotKey.type))
        ? `TRY_CAST(${quoteLiteral(value)} AS ${toSqlType(pivotKey.type)})`
        : quoteLiteral(value);
      const tested = isNumeric(toScalarType(pivotKey.type))
        ? sqlName(pivotKey.name)
        : `CAST(${sqlName(pivotKey.name)} AS VARCHAR)`;
      return {
        target,
        sql: `CAST(max(${sqlName(source.name)}) FILTER (WHERE ${tested} = ${literal}) AS ${toSqlType(target.type)})`,
        from: origin,
      };
    });
    draft.note('Two values for one cell are an error in SSIS; here the greater one is kept');
    const node = draft.node({
      operator: 'pivot',
      columns: parts.map(({ target, from: origin }) =>
        toPipelineColumn(target, origin === null ? {} : { from: [origin] }),
      ),
      sql: printSelect({ items: parts.map(({ target, sql }) => ({ sql, name: target.name })), from, groupBy: groups }),
    });
    return draft.result(
      [node],
      output === undefined
        ? []
        : [{ output: output.name, stream: { input: { node: draft.id }, columns: set.columns, ordered: false } }],
    );
  },
};

/** Unpivot: one row for each of the columns that have a pivot key value and are not NULL. */
export const unpivotRule: Rule = {
  types: ['UnPivot'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.92);
    const stream = context.input(component);
    const from = draft.read(stream);
    const [input] = component.inputs;
    const [output] = component.outputs.filter((one) => !one.isError);
    const set = new ColumnSet();
    const targets = (output?.ports ?? []).map((port) => ({
      port,
      column: set.add(lineageOf(port), port.name, typeOf(port)),
    }));
    const ports = (input?.ports ?? []).flatMap((port) => {
      const source = stream === null ? null : columnOf(stream, lineageOf(port));
      return source === null
        ? []
        : [
            {
              port,
              source,
              key: propertyOf(port.properties, 'PivotKeyValue'),
              destination: lineageReference(propertyOf(port.properties, 'DestinationColumn')),
            },
          ];
    });
    const keys = [...new Set(ports.flatMap(({ key }) => (key === null ? [] : [key])))];
    if (keys.length === 0) draft.doubt('No column of the input has a pivot key value', 0.3, 'error');
    const origins = new Map<string, string[]>();
    const branches = keys.map((key) => {
      const tests: string[] = [];
      const items = targets.map(({ port, column }) => {
        if (propertyOf(port.properties, 'PivotKey') === 'true')
          return { sql: `CAST(${quoteLiteral(key)} AS ${toSqlType(column.type)})`, name: column.name };
        const ids = [lineageOf(port), propertyOf(port.properties, 'refId'), propertyOf(port.properties, 'id')];
        const fed = ports.filter(({ destination }) => ids.includes(destination));
        const chosen = fed.find((one) => one.key === key) ?? fed.find((one) => one.key === null);
        if (chosen === undefined) return { sql: `CAST(NULL AS ${toSqlType(column.type)})`, name: column.name };
        if (chosen.key !== null) tests.push(`${sqlName(chosen.source.name)} IS NOT NULL`);
        if (stream !== null)
          origins.set(column.name, [...new Set([...(origins.get(column.name) ?? []), fromOf(stream, chosen.source)])]);
        return { sql: sqlName(chosen.source.name), name: column.name };
      });
      return printSelect({ items, from, where: tests.length === 0 ? [] : [tests.join(' OR ')] });
    });
    const node = draft.node({
      operator: 'normalizer',
      columns: set.columns.map((column) =>
        toPipelineColumn(column, origins.has(column.name) ? { from: origins.get(column.name) ?? [] } : {}),
      ),
      ...(branches.length === 0 || targets.length === 0 ? {} : { sql: branches.join('UNION ALL\n') }),
    });
    return draft.result(
      [node],
      output === undefined
        ? []
        : [{ output: output.name, stream: { input: { node: draft.id }, columns: set.columns, ordered: false } }],
    );
  },
};

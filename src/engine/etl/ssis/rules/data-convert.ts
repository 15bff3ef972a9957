import { castToDuckDb } from '../../../expr/ssis/to-duckdb.ts';
import { boundedLength, toSqlType } from '../../../expr/ssis/data-types.ts';
import { atom } from '../../../expr/typed-sql.ts';
import { lineageOf, typeOf } from '../flow/component.ts';
import { propertyOf } from '../dts-elements.ts';
import { dispositionOf, NodeDraft } from '../flow/node-draft.ts';
import { passThrough, type Computed } from '../flow/pass-through.ts';
import { environmentOf, type Rule } from '../flow/rule.ts';
import { columnOf, portInfo } from '../flow/stream.ts';
import { lineageReference } from '../flow/lineage-reference.ts';

/** Data Conversion: copies of columns at other types; unlike a cast, a text that is too long is an error of the row. */
export const dataConvertRule: Rule = {
  types: ['DataConvert'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.96);
    const stream = context.input(component);
    const env = environmentOf(context, new Map());
    const added = component.outputs
      .filter((output) => !output.isError)
      .flatMap((output) => output.ports)
      .map((port): Computed => {
        const type = typeOf(port);
        const source =
          stream === null
            ? null
            : columnOf(
                stream,
                lineageReference(propertyOf(port.properties, 'SourceInputColumnLineageID')) ?? lineageOf(port),
              );
        if (source === null) {
          draft.doubt(`The column that ${port.name} is converted from is not in the input`, 0.3, 'error');
          return { port, sql: `CAST(NULL AS ${toSqlType(type)})` };
        }
        const info = portInfo(source);
        const disposition = dispositionOf(propertyOf(port.properties, 'errorRowDisposition'));
        const decimal = info.type === 'decimal' ? { precision: info.precision, scale: info.scale } : {};
        const value = atom(info.sqlName, info.type, {
          simple: true,
          ...(info.native === undefined ? {} : { native: info.native }),
          ...decimal,
        });
        const cast = draft.take(castToDuckDb(value, type, env), port.name, disposition);
        const length = boundedLength(type);
        const from = boundedLength(source.type);
        if (length !== null && info.type === 'string' && (from === null || from > length)) {
          const truncation = dispositionOf(propertyOf(port.properties, 'truncationRowDisposition'));
          if (truncation === 'FailComponent') draft.failWhere(`length(${info.sqlName}) > ${length}`);
          if (truncation === 'RedirectRow') draft.redirected.add(`length(${info.sqlName}) > ${length}`);
        }
        return { port, sql: cast.sql, original: source.label };
      });
    return passThrough(draft, stream, { added, replaced: new Map() }, { operator: 'sql_expression' });
  },
};

import { sqlName, tableRelation } from '../../../dataflow/sql-name.ts';
import { selectedNames } from '../../../sql/selected-names.ts';
import type { LinkColumn } from '../convert/columns.ts';
import { connectorOf, linkProperty, statementOf, tableNameOf } from '../convert/tables.ts';
import { item, pipelineColumn, select, type StageDraft } from '../convert/stage-draft.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';

/** The declared columns of a link; those that its query names where there are none. */
function columnsOf(draft: StageDraft, link: string, query: string | null): readonly LinkColumn[] {
  const declared = draft.outputColumns(link);
  const names = declared.length > 0 || query === null ? null : selectedNames(query);
  if (names === null) return declared;
  draft.doubt(`${link} declares no columns: those that its query names are read, as text`, 0.8);
  return names.map((name) => ({ name, sqlType: 'VARCHAR', nullable: true }));
}

/** A file, data set or database read by its links: each link is one raw table. A query runs at the source. */
export function sourceNode(draft: StageDraft): PipelineNode {
  const { stage } = draft;
  const connector = connectorOf(stage.type);
  const config: Record<string, string> = {};
  for (const link of draft.outputLinks.filter((one) => draft.isReject(one))) draft.withoutRows(link);
  const links = draft.outputLinks.filter((link) => !draft.isReject(link));
  for (const link of links) {
    const query = statementOf(stage, link, 'read');
    const columns = columnsOf(draft, link, query);
    const several = links.length > 1;
    const name = query === null ? tableNameOf(stage, link, 'read') : several ? `${stage.name}_${link}` : stage.name;
    const keys = draft
      .outputPorts(link)
      .filter((port) => port.properties.some((one) => one.name === 'KeyPosition' && one.value === '1'));
    const table = draft.tables.add({ role: 'source', name, connector, key: keys.map((port) => port.name) }, columns);
    if (columns.length === 0) draft.doubt(`${link} declares no columns: they are known only when the job runs`, 0.7);
    if (query === null) config['table'] ??= name;
    else {
      config[several ? `query_${link}` : 'query'] = query;
      draft.note(`The query of ${link} runs in the source database; its result is the table ${name}`);
      draft.atMost(0.88);
    }
    const where = linkProperty(stage, link, 'Usage/SQL/WhereClause') ?? linkProperty(stage, link, 'where');
    if (where !== null && where.trim() !== '') {
      config['filter'] = where;
      draft.note(`The condition of ${link} is applied in the source database`);
    }
    const items = columns.map((column) => sqlName(column.name));
    draft.output(
      link,
      columns.map((column) => pipelineColumn(column, { from: [`${table.name}.${column.name}`] })),
      select(
        draft.withOrder(items.length === 0 ? [item('1', '__none')] : items, 'row_number() OVER ()'),
        tableRelation(table),
      ),
    );
  }
  return draft.node('source_connector_sql_pushdown', { type: 'source', connector, config });
}

const words: Readonly<Record<string, string>> = {
  source_connector_sql_pushdown: 'source',
  sql_join_pushdown: 'join at the source',
  sql_group_by: 'aggregate',
  sql_where: 'filter',
  sql_order_by: 'sort',
  conditional_branch: 'branch',
  upsert_strategy: 'update strategy',
  sql_union_all: 'union',
  row_state: 'row order',
};

/** An operator of DataFlow as people say it: `sql_rank` is "rank". */
export function operatorWords(operator: string): string {
  return words[operator] ?? operator.replace(/^sql_/, '').replaceAll('_', ' ');
}

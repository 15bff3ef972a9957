import type { DocumentWriter } from '../document-writer.ts';
import { sqlFileOf } from '../facts/bundle-files.ts';
import { type Block, fence, fenceWithin, heading, list, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutNote } from '../markdown/cut.ts';
import { code, count, joinInline, md, plural } from '../markdown/inline.ts';
import { type RollbackFacts, rollbackFacts } from './facts.ts';

/** The way back: as a whole, table by table, and what has no way back. */
export const rollbackProcedures: DocumentWriter = {
  title: 'Rollback procedures',
  write(view) {
    const facts = rollbackFacts(view);
    return [...wholeSection(facts), ...tableSection(facts), ...irreversibleSection(facts), ...pipelineSection(facts)];
  },
};

function wholeSection({ script, scriptTried }: RollbackFacts): readonly Block[] {
  const title = heading(2, md`Everything`);
  if (script === '') return [title, paragraph(md`No SQL was generated, so there is nothing to roll back.`)];
  return [
    title,
    paragraph(
      md`${code(sqlFileOf.rollback)} takes back all that the scripts created. Sandbox: ${scriptTried === 'not run' ? md`not run` : code(scriptTried)}. The extracts and the legacy system are not touched.`,
    ),
    fence('sh', `duckdb migration.duckdb -bail < ${sqlFileOf.rollback}`),
    ...fenceWithin('sql', script, 8000, code(sqlFileOf.rollback)),
    list([
      md`Export the tables of ${code('rejects')} first: the reasons of rejected rows go with the schemas.`,
      md`Stop whatever writes to the target first: rows that came in after the load are lost as well.`,
    ]),
  ];
}

function tableSection({ tables }: RollbackFacts): readonly Block[] {
  const title = heading(2, md`Table by table`);
  if (tables.length === 0) return [title, paragraph(md`No target table is in the load order.`)];
  const shown = cut(tables);
  const rows = shown.shown.map(({ table: key, loaded, sql, lossy }, i) => [
    count(i + 1),
    code(key),
    loaded ? code(sql) : md`nothing was loaded`,
    !loaded ? md`—` : lossy.length === 0 ? md`yes` : md`the load, but not ${plural(lossy.length, 'converted column')}`,
  ]);
  return [
    title,
    paragraph(
      md`In this order, children before parents. Each statement removes all rows of the table, so it is meant for a target that was empty before the load; restore the backup otherwise.`,
    ),
    table(['Step #', 'Target table', 'Statement', 'Reversible'], rows),
    ...cutNote(shown, md`tables`, md`the load order in ${code(sqlFileOf.load)}, backwards`),
  ];
}

function irreversibleSection({ tables }: RollbackFacts): readonly Block[] {
  const lossy = cut(
    tables.filter(({ lossy: columns }) => columns.length > 0),
    100,
  );
  const items = lossy.shown.map(
    ({ table: key, lossy: columns }) =>
      md`${code(key)}: ${joinInline(columns.slice(0, 12).map((column) => code(column)))}${columns.length > 12 ? md` and ${columns.length - 12} more` : md``}`,
  );
  return [
    heading(2, md`What has no way back`),
    lossy.total === 0
      ? paragraph(md`No conversion of this run is known to lose information.`)
      : paragraph(
          md`These source columns cannot be made again from the target. Keep the legacy data until the migration is accepted:`,
        ),
    ...(lossy.total === 0 ? [] : [list(items)]),
    ...cutNote(lossy, md`tables`, code('mappings/mappings.json')),
    list([
      md`Surrogate keys are numbered anew by each load, as are references to them outside of the target.`,
      md`Decisions of the review are not rolled back: they are in ${code('review/decisions.json')} and in the project file.`,
    ]),
  ];
}

function pipelineSection({ writing, pipelines }: RollbackFacts): readonly Block[] {
  const title = heading(2, md`Pipelines`);
  if (pipelines === 0) return [title, paragraph(md`No pipeline was converted.`)];
  const shown = cut(writing);
  const rows = shown.shown.map(({ file, mapping, id, operator }) => [
    code(file),
    code(mapping),
    code(id),
    code(operator),
  ]);
  return [
    title,
    paragraph(
      md`A pipeline that only inserts is taken back by deleting what it inserted. One that updates or deletes rows keeps no old values: copy its target tables before the first run.`,
    ),
    shown.total === 0
      ? paragraph(
          md`No object of the converted pipelines is known to update or delete rows; sinks with their own mode are described in the pipelines.`,
        )
      : table(['File', 'Mapping', 'Object', 'Operator'], rows),
    ...cutNote(shown, md`objects`, code('pipelines/jobs.json')),
  ];
}

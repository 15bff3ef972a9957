import type { Diagnostic } from '../../../shared/model/schema.ts';

export interface NamedColumns {
  readonly names: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Names for `count` columns from header cells: as written, blanks as `column_N`, repeated ones with a number. */
export function columnNames(header: readonly string[] | null, count: number, file: string): NamedColumns {
  const diagnostics: Diagnostic[] = [];
  const remark = (severity: Diagnostic['severity'], message: string): void => {
    diagnostics.push({
      severity,
      message,
      file,
      line: 1,
      statement: header === null ? null : header.join(' ').slice(0, 120),
    });
  };
  if (header === null) remark('info', `${file} has no header line; its columns are named column_1 to column_${count}`);
  const taken = new Set<string>();
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const written = (header?.[index] ?? '').replaceAll('\0', '').trim();
    if (written === '' && header !== null)
      remark('warning', `Column ${index + 1} of ${file} has no name and is called column_${index + 1}`);
    const wanted = written === '' ? `column_${index + 1}` : written;
    let name = wanted;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wanted}_${number}`;
    if (name !== wanted)
      remark('warning', `The name ${wanted} occurs more than once in ${file}; column ${index + 1} is called ${name}`);
    taken.add(name.toLowerCase());
    names.push(name);
  }
  return { names, diagnostics };
}

/** The table name of a data file: its name without folders and format extensions. */
export function tableNameOf(file: string): string {
  const base = file.split(/[\\/]/).at(-1) ?? file;
  return (
    base.replace(/\.(gz|gzip)$/i, '').replace(/\.(csv|tsv|tab|psv|txt|dat|parquet|json|jsonl|ndjson)$/i, '') || base
  );
}

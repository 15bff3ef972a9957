import { it } from 'vitest';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createDuckDbRunner } from './adapters/duckdb/duckdb-runner.ts';
import { nodeDataFiles } from './adapters/duckdb/node-data-files.ts';
import { readDataSchema } from './readers/csv/read-data-schema.ts';
import { profileTable } from './nodes/discovery/profile-table.ts';
it('all', async () => {
  const files = (d: string): string[] => readdirSync(d).flatMap(n => { const p = join(d,n); return statSync(p).isDirectory() ? files(p) : /\.(csv|tsv)$/i.test(n) && n!=='truth.csv' ? [p] : []; });
  let n = 0; const t = performance.now();
  for (const f of files('/work/shared/benchmarks/gdc_cao')) {
    const p = await nodeDataFiles.prepare(f, f.split('/').slice(4).join('/'));
    const s = await createDuckDbRunner().open({ readable: [p.path] });
    const a = performance.now(); let b = 0;
    try {
    const r = await readDataSchema(s, p, 'csv'); n++; b = performance.now();
    if (r.schema.diagnostics.length && r.load?.rows !== 0) console.log(p.file, r.load?.rows, r.schema.diagnostics.slice(0,3).map(d=>d.severity+' '+d.message+' '+(d.line??'')+' '+(d.statement??'')).join(' || '));
    if (r.load) { await s.run(r.load.createTableSql('t')); await profileTable(s,'"t"', r.schema.tables[0]!, 'f'); }
    const c = performance.now(); if (c-a>500) console.log('SLOW', p.file, p.bytes, r.load?.rows, r.schema.tables[0]?.columns.length, (b-a).toFixed(0), (c-b).toFixed(0));
    } catch (e) { console.log('FAIL', p.file, p.bytes, b ? 'profile' : 'read', String(e).slice(0,200)); }
    await s.close(); await p.dispose();
  }
  console.log(n, 'files', (performance.now()-t)/1000, process.resourceUsage().maxRSS/1e3);
}, 120000);

import { readdirSync, readFileSync } from 'node:fs';
import { it } from 'vitest';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { convertEtl } from '../../src/engine/etl/convert.ts';
import { executeJob } from '../../src/engine/etl/execute-job.ts';
import { readEtl } from '../../src/engine/etl/read-etl.ts';
const d = '/work/shared/corpus/alteryx/';
it('t', async () => {
  const only = process.env['ONLY'] ?? '';
  const r = createDuckDbRunner();
  const c = { t: 0, a: 0, r: 0, m: 0 };
  const hand = new Map<string, number>();
  for (const f of readdirSync(d)) {
    if (!f.includes(only)) continue;
    const t0 = performance.now();
    const e = readEtl(new Uint8Array(readFileSync(d + f)), { file: f, tool: 'alteryx' });
    const t1 = performance.now();
    const j = convertEtl(e, { dialect: 'duckdb', reproducibleTime: null });
    const t2 = performance.now();
    for (const t of j.transformations) {
      c.t++;
      if (t.confidence >= 0.85) c.a++;
      else if (t.confidence >= 0.6) c.r++;
      else {
        c.m++;
        hand.set(t.type, (hand.get(t.type) ?? 0) + 1);
      }
    }
    console.log('run', f.slice(-40), Math.round(t1 - t0), Math.round(t2 - t1));
    if (process.env.NOEXEC) continue;
    const { executions } = await executeJob(j, r, {
      generate: 20,
      clock: { elapsed: () => performance.now() / 1000 } as never,
    });
    const t3 = performance.now();
    if (t3 - t0 > 1500)
      console.log(f, 'parse', Math.round(t1 - t0), 'conv', Math.round(t2 - t1), 'exec', Math.round(t3 - t2));
    for (const x of executions) {
      for (const n of x.run?.nodes ?? []) if (n.seconds > 1) console.log('  slow', n.id, n.seconds, n.rows);
      if (x.error) console.log(f, x.error.slice(0, 200));
      for (const n of x.run?.nodes ?? [])
        if (n.error && !/^not /.test(n.error))
          console.log(f.slice(-30), n.id, n.error.slice(0, 230).replaceAll('\n', ' '));
    }
  }
  console.log(
    c,
    [...hand]
      .sort((a, b) => b[1] - a[1])
      .map((x) => x.join(' '))
      .join(', '),
  );
}, 150000);

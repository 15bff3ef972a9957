import { describe, expect, it } from 'vitest';
import { dsxOf, type DsxJob } from '../../../../test/support/datastage-dsx.ts';
import type { ConversionJob } from '../../../shared/model/conversion.ts';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import { runPipeline } from '../../dataflow/run-pipeline.ts';
import { convertFile, type ConvertedFile } from '../convert.ts';
import { linkEtl } from '../link-etl.ts';
import { readEtl } from '../read-etl.ts';

const id = { name: 'ID', type: 4, precision: 10 };
const file = (name: string) => ({ name, type: 'PxSequentialFile' });
const call = { name: 'Cleaning', type: 'CContainerStage', own: { SharedContainer: 'scClean' } };

/** S → container → T. */
function caller(stage: DsxJob['stages'][number] = call, more: Partial<DsxJob> = {}): DsxJob {
  return {
    name: 'load',
    stages: [file('S'), stage, file('T')],
    links: [
      { name: 'outerIn', from: 'S', to: stage.name, columns: [id] },
      { name: 'outerOut', from: stage.name, to: 'T', columns: [id] },
    ],
    ...more,
  };
}

const doubling = { name: 'X', type: 'CTransformerStage' };

/** In → X, which doubles ID and adds the parameter `plus` → Out. */
function container(expression = 'lnkIn.ID * 2', more: Partial<DsxJob> = {}): DsxJob {
  return {
    name: 'scClean',
    shared: true,
    views: ['Clean'],
    stages: [doubling],
    links: [
      { name: 'lnkIn', from: 'Clean', to: 'X', columns: [id] },
      { name: 'lnkOut', from: 'X', to: 'Clean', columns: [{ ...id, derivation: expression }] },
    ],
    ...more,
  };
}

function converted(...exports: readonly string[]): ConvertedFile {
  const files = exports.map((text, index) => readEtl(text, { file: `${index}.dsx`, tool: 'datastage' }));
  const [first] = files;
  if (first === undefined) throw new Error('no file');
  return convertFile(linkEtl(first, files), { dialect: 'duckdb', reproducibleTime: null });
}

const reasonOf = ({ job }: { readonly job: ConversionJob }): readonly string[] =>
  job.transformations.flatMap((one) => (one.source === 'unsupported' ? [`${one.id}: ${one.notes.join(' ')}`] : []));

async function rowsOf({ pipelines }: ConvertedFile): Promise<readonly unknown[]> {
  const [pipeline] = pipelines;
  if (pipeline === undefined) throw new Error('no pipeline');
  const session = await createDuckDbRunner().open({ readable: [] });
  try {
    const { nodes } = await runPipeline(pipeline, session, { data: new Map([['s', '(VALUES (1), (4)) AS v(ID)']]) });
    expect(nodes.filter((one) => one.error !== null)).toEqual([]);
    return (await session.query('SELECT * FROM tgt.T ORDER BY ALL')).rows.map(([value]) => Number(value));
  } finally {
    await session.close();
  }
}

describe('DataStage containers', () => {
  it('a shared container of another file stands in the place of the stage that calls it and runs', async () => {
    const result = converted(dsxOf(caller()), dsxOf(container()));
    expect(result.job.transformations.map((one) => one.id)).toEqual(['S', 'Cleaning__X', 'T']);
    expect(await rowsOf(result)).toEqual([2, 8]);
  });

  it('a shared container of the same file needs no other file', async () => {
    const parsed = readEtl(dsxOf(caller(), container()), { file: 'x.dsx', tool: 'datastage' });
    expect(await rowsOf(convertFile(parsed, { dialect: 'duckdb', reproducibleTime: null }))).toEqual([2, 8]);
  });

  it('a local container is its own stages, joined at its view', async () => {
    const local = caller({ name: 'Box', type: 'CContainerStage', own: { View: 'V1' } });
    const result = converted(
      dsxOf({
        ...local,
        views: ['Inside'],
        stages: [...local.stages, doubling],
        links: [
          ...local.links,
          { name: 'outerIn', from: 'Inside', to: 'X', columns: [id] },
          { name: 'outerOut', from: 'X', to: 'Inside', columns: [{ ...id, derivation: 'outerIn.ID + 1' }] },
        ],
      }),
    );
    expect(reasonOf(result)).toEqual([]);
    expect(await rowsOf(result)).toEqual([2, 5]);
  });

  it('containers within containers are written out too', async () => {
    const outer = { ...caller(), name: 'scOuter', shared: true, views: ['Outer'] };
    const nested: DsxJob = {
      ...outer,
      stages: [call],
      links: [
        { name: 'in', from: 'Outer', to: 'Cleaning', columns: [id] },
        { name: 'out', from: 'Cleaning', to: 'Outer', columns: [id] },
      ],
    };
    const top = caller({ name: 'Top', type: 'CContainerStage', own: { SharedContainer: 'scOuter' } });
    const result = converted(dsxOf(top), dsxOf(nested), dsxOf(container()));
    expect(result.job.transformations.map((one) => one.id)).toEqual(['S', 'Top__Cleaning__X', 'T']);
    expect(await rowsOf(result)).toEqual([2, 8]);
  });

  it('several links are told apart by their names, and one without a partner is the reason', () => {
    const two = container(undefined, {
      stages: [{ name: 'X', type: 'PxCopy' }],
      links: [
        { name: 'lnkIn', from: 'Clean', to: 'X', columns: [id] },
        { name: 'first', from: 'X', to: 'Clean', columns: [id] },
        { name: 'second', from: 'X', to: 'Clean', columns: [id] },
      ],
    });
    const wrong = converted(dsxOf(caller()), dsxOf(two));
    expect(reasonOf(wrong).join()).toContain('The container has no link for outerOut');
    const base = caller();
    const named = base.links.map((one) => (one.name === 'outerOut' ? { ...one, name: 'second' } : one));
    const right = converted(dsxOf({ ...base, links: named }), dsxOf(two));
    expect(reasonOf(right)).toEqual([]);
    const [pipeline] = right.pipelines;
    expect(pipeline?.nodes.find((one) => one.id === 'T')?.depends_on).toEqual([
      { node: 'Cleaning__X', output: 'second' },
    ]);
  });

  it('a container that is nowhere is named in the reason and nothing is dropped', () => {
    const result = converted(dsxOf(caller()));
    expect(reasonOf(result)[0]).toContain('The container scClean is not among the files; add its export');
    expect(result.job.transformations).toHaveLength(3);
    expect(result.job.status).toBe('completed_with_warnings');
  });

  it('a container that calls itself ends with the reason', () => {
    const endless = container(undefined, { stages: [{ ...call, name: 'X' }] });
    expect(reasonOf(converted(dsxOf(caller()), dsxOf(endless))).join()).toContain('calls itself');
  });

  it('values of parameters come from the call, and one that contradicts the job is the reason', async () => {
    const withParameter = dsxOf(container('lnkIn.ID + plus', { parameters: { plus: '1' } }));
    const seven = { ...call, parameters: { plus: '7' } };
    const result = converted(dsxOf(caller(seven)), withParameter);
    expect(result.pipelines[0]?.parameters).toEqual([expect.objectContaining({ name: 'plus', default: '7' })]);
    const clash = converted(dsxOf(caller(seven, { parameters: { plus: '2' } })), withParameter);
    expect(reasonOf(clash).join()).toContain('parameter plus has another value');
    const handedOn = converted(
      dsxOf(caller({ ...call, parameters: { plus: '#plus#' } }, { parameters: { plus: '2' } })),
      withParameter,
    );
    expect(reasonOf(handedOn)).toEqual([]);
    expect(handedOn.pipelines[0]?.parameters).toEqual([expect.objectContaining({ name: 'plus', default: '2' })]);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ownExports } from '../../../test/property/own-exports.ts';
import type { ExportFile } from '../ports/etl-converter.ts';
import { convertEtl } from './convert.ts';
import { ExportLibrary } from './export-library.ts';
import { linkEtl } from './link-etl.ts';
import { readEtl } from './read-etl.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** A library over texts by path, and how often each was read. */
function libraryOf(texts: Readonly<Record<string, string>>) {
  const reads: string[] = [];
  const library = new ExportLibrary({
    load: async (path) => {
      reads.push(path);
      const text = texts[path];
      if (text === undefined) throw new Error(`no ${path}`);
      return bytes(text);
    },
    parse: async (content, { name, tool }) => readEtl(content, { file: name, tool }),
    sha256,
    tidy: () => {},
  });
  return { library, reads };
}
const exportOf = (path: string, text: string, tool: ExportFile['tool']): ExportFile => ({
  path,
  name: path,
  tool,
  sha256: sha256(text),
});

const call = `<?xml version="1.0"?><AlteryxDocument yxmdVer="2021.4"><Nodes>
<Node ToolID="1"><GuiSettings Plugin="AlteryxBasePluginsGui.TextInput.TextInput"/><Properties><Configuration><NumRows value="1"/><Fields><Field name="A"/></Fields><Data><r><c>1</c></r></Data></Configuration></Properties></Node>
<Node ToolID="2"><GuiSettings/><Properties><Configuration/></Properties><EngineSettings Macro="own.yxmc"/></Node>
</Nodes><Connections><Connection><Origin ToolID="1" Connection="Output"/><Destination ToolID="2" Connection="Input3"/></Connection></Connections></AlteryxDocument>`;
const macro = `<?xml version="1.0"?><AlteryxDocument yxmdVer="2021.4"><Nodes>
<Node ToolID="3"><GuiSettings Plugin="AlteryxBasePluginsGui.MacroInput.MacroInput"/><Properties><Configuration><Name>Input3</Name></Configuration></Properties></Node>
<Node ToolID="4"><GuiSettings Plugin="AlteryxBasePluginsGui.MacroOutput.MacroOutput"/><Properties><Configuration><Name>Output4</Name></Configuration></Properties></Node>
</Nodes><Connections><Connection><Origin ToolID="3" Connection="Output"/><Destination ToolID="4" Connection="Input"/></Connection></Connections></AlteryxDocument>`;

describe('the models of a project in the process that reads them', () => {
  it('give the job that linking and converting the whole models gives, for every tool', async () => {
    for (const [tool, texts] of Object.entries(ownExports) as [ExportFile['tool'], readonly string[]][]) {
      const files = texts.map((text, index) => exportOf(`${tool}${index}`, text, tool));
      const { library } = libraryOf(Object.fromEntries(texts.map((text, index) => [`${tool}${index}`, text])));
      const models = texts.map((text, index) => readEtl(text, { file: `${tool}${index}`, tool }));
      for (const [index, file] of files.entries()) {
        const model = models[index];
        if (model === undefined) continue;
        const { job } = await library.convert({ file, files, settings: {} });
        expect(job).toEqual(convertEtl(linkEtl(model, models), { dialect: 'duckdb', reproducibleTime: null }));
      }
    }
  });

  it('find what other files define, whichever was read first, and read each once', async () => {
    const { library, reads } = libraryOf({ 'call.yxmd': call, 'own.yxmc': macro });
    const files = [exportOf('call.yxmd', call, 'alteryx'), exportOf('own.yxmc', macro, 'alteryx')];
    const [file, other] = files;
    if (file === undefined || other === undefined) throw new Error('two files');
    const alone = await library.convert({ file, files: [file], settings: {} });
    const together = await library.convert({ file, files, settings: {} });
    const ids = (job: typeof alone.job) => job.transformations.map((one) => one.id);
    expect(ids(alone.job)).not.toContain('2.3');
    expect(ids(together.job)).toContain('2.3');
    expect(reads.toSorted()).toEqual(['call.yxmd', 'own.yxmc']);
  });

  it('are found again by mapping and transformation', async () => {
    const { library } = libraryOf({ 'own.yxmc': macro });
    const file = exportOf('own.yxmc', macro, 'alteryx');
    const [mapping = { name: '' }] = (await library.outline(file)).mappings;
    expect(await library.transformation(file, { mapping: mapping.name, id: '3' })).toMatchObject({
      id: '3',
      type: 'MacroInput',
    });
    expect(await library.transformation(file, { mapping: mapping.name, id: '99' })).toBeNull();
  });

  it('are refused where the file is no longer the one that was added', async () => {
    const { library } = libraryOf({ 'own.yxmc': `${macro}\n` });
    await expect(library.outline(exportOf('own.yxmc', macro, 'alteryx'))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('that cannot be read do not keep others from being converted', async () => {
    const { library } = libraryOf({ 'call.yxmd': call });
    const files = [exportOf('call.yxmd', call, 'alteryx'), exportOf('gone.yxmc', macro, 'alteryx')];
    const [file] = files;
    if (file === undefined) throw new Error('a file');
    expect((await library.convert({ file, files, settings: {} })).job.pipelines).toHaveLength(1);
  });
});

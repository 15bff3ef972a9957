import { describe, expect, it } from 'vitest';
import { powerCenterXml } from '../../../../test/support/powercenter-xml.ts';
import type { EtlFile } from '../../../shared/model/etl.ts';
import { convertFile } from '../convert.ts';
import { linkEtl } from '../link-etl.ts';
import { parsePowerCenter } from './parse.ts';

const fields = [{ name: 'ID', type: 'number', precision: 10 }];
const port = (name: string, kind: string, expression?: string) => ({
  name,
  type: 'decimal',
  port: kind,
  ...(expression === undefined ? {} : { expression }),
});

const whole = powerCenterXml({
  sources: { SRC: fields },
  targets: { TGT: fields },
  transformations: [
    {
      name: 'EXP',
      type: 'Expression',
      ports: [port('ID', 'INPUT'), port('OUT', 'OUTPUT', 'ID * 2')],
      more: 'DESCRIPTION="doubles"',
    },
  ],
  connectors: ['SQ_SRC.ID>EXP.ID', 'EXP.OUT>TGT.ID'],
});

/** The text without what the pattern finds, and what it finds. */
function cut(text: string, pattern: RegExp): readonly [string, string] {
  const found = pattern.exec(text)?.[0];
  if (found === undefined) throw new Error(`nothing matches ${String(pattern)}`);
  return [text.replace(found, ''), found];
}

const expression = /<TRANSFORMATION NAME ="EXP"[\s\S]*?<\/TRANSFORMATION>/;
const source = /<SOURCE [\s\S]*?<\/SOURCE>/;
const target = /<TARGET [\s\S]*?<\/TARGET>/;

const folder = (name: string, inner: string): string =>
  `<POWERMART><REPOSITORY NAME="TEST"><FOLDER NAME="${name}">${inner}</FOLDER></REPOSITORY></POWERMART>`;

const parsed = (text: string, index = 0): EtlFile => parsePowerCenter(text, { file: `${index}.xml` });
const convert = (file: EtlFile) => convertFile(file, { dialect: 'duckdb', reproducibleTime: null });

function linked(...texts: readonly string[]): EtlFile {
  const files = texts.map(parsed);
  const [first] = files;
  if (first === undefined) throw new Error('no file');
  return linkEtl(first, files);
}

const nodesOf = (file: EtlFile) => convert(file).pipelines.map((one) => one.nodes);

describe('PowerCenter definitions in other files', () => {
  it('sources, targets and reusable transformations of the same folder give the pipeline that one file gives', () => {
    const [a, exp] = cut(whole, expression);
    const [b, src] = cut(a, source);
    const [c, tgt] = cut(b, target);
    const alone = parsed(c);
    expect(alone.diagnostics).toHaveLength(3);
    expect(convert(alone).job.transformations.filter((one) => one.source === 'unsupported')).not.toEqual([]);
    const file = linked(c, folder('F', exp), folder('F', `${src}${tgt}`));
    expect(file.diagnostics).toEqual([]);
    expect(nodesOf(file)).toEqual(nodesOf(parsed(whole)));
    expect(file.mappings[0]?.transformations.map((one) => one.properties)).toEqual(
      parsed(whole).mappings[0]?.transformations.map((one) => one.properties),
    );
  });

  it('a definition of the same name in another folder is not taken', () => {
    const [rest, exp] = cut(whole, expression);
    const file = linked(rest, folder('OTHER', exp));
    expect(file.diagnostics).toHaveLength(1);
    const notes = convert(file).job.transformations.flatMap((one) => (one.id === 'EXP' ? one.notes : []));
    expect(notes.join(' ')).toContain('Expression EXP is not defined in the files given');
  });

  it('a shortcut leads to the folder and the name of another file', () => {
    const [rest, exp] = cut(whole, expression);
    const shortcut =
      '<SHORTCUT NAME="EXP" FOLDERNAME="SHARED" REFOBJECTNAME="EXP_DOUBLE" OBJECTTYPE="TRANSFORMATION"/>';
    const file = linked(
      rest.replace('<MAPPING', `${shortcut}<MAPPING`),
      folder('SHARED', exp.replace('NAME ="EXP"', 'NAME ="EXP_DOUBLE"')),
    );
    expect(file.diagnostics).toEqual([]);
    expect(nodesOf(file)).toEqual(nodesOf(parsed(whole)));
  });

  it('a mapplet of another file is written out, with what it uses of a third', () => {
    const [rest, exp] = cut(whole, expression);
    const edge = (name: string, type: string, portType: string): string =>
      `<TRANSFORMATION NAME="${name}" TYPE="${type}"><TRANSFORMFIELD NAME="ID" DATATYPE="decimal" PRECISION="10" SCALE="0" PORTTYPE="${portType}"/></TRANSFORMATION>`;
    const instance = (name: string, type: string): string =>
      `<INSTANCE NAME="${name}" TRANSFORMATION_NAME="${name}" TRANSFORMATION_TYPE="${type}"/>`;
    const wire = (from: string, to: string): string => {
      const [fromName, fromField] = from.split('.');
      const [toName, toField] = to.split('.');
      return `<CONNECTOR FROMINSTANCE="${fromName}" FROMFIELD="${fromField}" TOINSTANCE="${toName}" TOFIELD="${toField}"/>`;
    };
    const mapplet = `<MAPPLET NAME="EXP">${edge('IN', 'Input Transformation', 'OUTPUT')}${edge('RES', 'Output Transformation', 'INPUT')}
${instance('IN', 'Input Transformation')}${instance('RES', 'Output Transformation')}${instance('INNER', 'Expression')}
${wire('IN.ID', 'INNER.ID')}${wire('INNER.OUT', 'RES.ID')}</MAPPLET>`;
    const calling = rest
      .replace('TRANSFORMATION_TYPE ="Expression"', 'TRANSFORMATION_TYPE ="Mapplet"')
      .replaceAll('INSTANCETYPE ="Expression"', 'INSTANCETYPE ="Mapplet"')
      .replace('FROMFIELD ="OUT"', 'FROMFIELD ="ID"');
    const file = linked(
      calling,
      folder('OTHER', mapplet.replace('INNER.OUT', 'INNER.NONE')),
      folder('F', mapplet),
      folder('F', exp.replace('NAME ="EXP"', 'NAME ="INNER"')),
    );
    expect(file.diagnostics).toEqual([]);
    const { job, pipelines } = convert(file);
    expect(job.transformations.filter((one) => one.source !== 'rule_engine')).toEqual([]);
    expect(pipelines[0]?.nodes.map((one) => one.id)).toContain('EXP__INNER');
    expect(pipelines[0]?.nodes.find((one) => one.id === 'EXP__INNER')?.sql).toContain('* 2');
  });

  it('a reusable lookup that an expression calls by name is found in another file', () => {
    const [rest, exp] = cut(whole, expression);
    const calling = rest.replace('<INSTANCE', `${exp.replace('ID * 2', ':LKP.LKP_CODE(ID)')}<INSTANCE`);
    const lookup = '<TRANSFORMATION NAME="LKP_CODE" TYPE="Lookup Procedure" REUSABLE="YES"></TRANSFORMATION>';
    expect(linked(calling, folder('F', lookup)).reusable.map((one) => one.name)).toEqual(['LKP_CODE']);
    expect(linked(calling, folder('OTHER', lookup)).reusable).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { etlToolRegistry } from '../registry.ts';
import { convertEtl } from '../convert.ts';
import { parsePowerCenter } from './parse.ts';

const folder = (inner: string): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE POWERMART SYSTEM "powrmart.dtd">\n<POWERMART CREATION_DATE="02/01/2026 08:00:00"><REPOSITORY NAME="R"><FOLDER NAME="F">\n${inner}\n</FOLDER></REPOSITORY></POWERMART>`;
const mapping = (inner: string): string => `<MAPPING NAME ="m">${inner}</MAPPING>`;

describe('parsePowerCenter', () => {
  it('leaves secrets out and keeps every other property', () => {
    const file = parsePowerCenter(
      folder(
        '<SESSION NAME ="s" MAPPINGNAME ="m"><ATTRIBUTE NAME ="Password" VALUE ="hunter2"/><ATTRIBUTE NAME ="Connect String" VALUE ="h;pwd=hunter2"/><ATTRIBUTE NAME ="Commit" VALUE ="Target"/></SESSION>',
      ),
      { file: 'a.xml' },
    );
    expect(JSON.stringify(file)).not.toContain('hunter2');
    expect(file.tasks[0]?.properties).toEqual([
      { name: 'Password', value: null },
      { name: 'Connect String', value: null },
      { name: 'Commit', value: 'Target' },
    ]);
  });

  it('keeps an instance whose definition is elsewhere, with the ports that connectors name, and says so', () => {
    const file = parsePowerCenter(
      folder(
        mapping(
          '<INSTANCE NAME ="LKP" TRANSFORMATION_NAME ="SC_LKP" TRANSFORMATION_TYPE ="Lookup Procedure"/><INSTANCE NAME ="T" TRANSFORMATION_NAME ="T" TRANSFORMATION_TYPE ="Target Definition"/><CONNECTOR FROMINSTANCE ="LKP" FROMFIELD ="V" TOINSTANCE ="T" TOFIELD ="V"/>',
        ),
      ),
      { file: 'a.xml' },
    );
    expect(
      file.mappings[0]?.transformations.map((one) => [one.id, one.ports.map((port) => [port.name, port.direction])]),
    ).toEqual([
      ['LKP', [['V', 'output']]],
      ['T', [['V', 'input']]],
    ]);
    expect(file.diagnostics.map((one) => [one.severity, one.line, one.statement])).toEqual([
      ['warning', 4, 'LKP'],
      ['warning', 4, 'T'],
    ]);
  });

  it('tells a source and a target of the same name apart', () => {
    const definition =
      '<SOURCE NAME ="T" DBDNAME ="D" DATABASETYPE ="Oracle"><SOURCEFIELD NAME ="A" DATATYPE ="number" PRECISION ="5" SCALE ="0"/></SOURCE><TARGET NAME ="T" DATABASETYPE ="Oracle"><TARGETFIELD NAME ="A" DATATYPE ="number" PRECISION ="5" SCALE ="0"/></TARGET>';
    const instances =
      '<INSTANCE NAME ="T" TRANSFORMATION_NAME ="T" TRANSFORMATION_TYPE ="Source Definition" DBDNAME ="D"/><INSTANCE NAME ="T" TRANSFORMATION_NAME ="T" TRANSFORMATION_TYPE ="Target Definition"/><CONNECTOR FROMINSTANCE ="T" FROMINSTANCETYPE ="Source Definition" FROMFIELD ="A" TOINSTANCE ="T" TOINSTANCETYPE ="Target Definition" TOFIELD ="A"/>';
    const file = parsePowerCenter(folder(definition + mapping(instances)), { file: 'a.xml' });
    expect(file.mappings[0]?.connectors.map((one) => [one.from, one.to])).toEqual([['T', 'T__target']]);
  });

  it('follows a shortcut to another folder of the file', () => {
    const xml = `<POWERMART><REPOSITORY><FOLDER NAME="SHARED"><TARGET NAME ="T" DATABASETYPE ="Oracle"><TARGETFIELD NAME ="A" DATATYPE ="number" PRECISION ="5" SCALE ="0"/></TARGET></FOLDER><FOLDER NAME="F"><SHORTCUT NAME ="SC_T" REFOBJECTNAME ="T" FOLDERNAME ="SHARED"/>${mapping('<INSTANCE NAME ="SC_T" TRANSFORMATION_NAME ="SC_T" TRANSFORMATION_TYPE ="Target Definition"/>')}</FOLDER></REPOSITORY></POWERMART>`;
    const file = parsePowerCenter(xml, { file: 'a.xml' });
    expect(file.mappings[0]?.transformations[0]?.ports.map((port) => port.name)).toEqual(['A']);
  });

  it('keeps what a truncated file holds, and its conversion says what is wrong', () => {
    const whole = folder(
      mapping('<INSTANCE NAME ="T" TRANSFORMATION_NAME ="T" TRANSFORMATION_TYPE ="Target Definition"/>'),
    );
    const job = convertEtl(parsePowerCenter(whole.slice(0, whole.indexOf('</MAPPING>')), { file: 'a.xml' }), {
      dialect: 'duckdb',
      reproducibleTime: null,
    });
    expect(job.transformations.map((one) => one.id)).toEqual(['T']);
    expect(job.gate.join(' ')).toContain('truncated');
  });

  it('a file that is no export gives an error and a failed job', () => {
    const job = convertEtl(parsePowerCenter('<html/>', { file: 'a.xml' }), {
      dialect: 'duckdb',
      reproducibleTime: null,
    });
    expect(job.status).toBe('failed');
    expect(job.issues.map((issue) => issue.severity)).toEqual(['error']);
  });

  it('text that is no export of its tool is refused with a message', () => {
    for (const tool of ['ssis', 'alteryx', 'datastage'] as const) {
      const job = convertEtl(etlToolRegistry[tool].parse('x', { file: 'a' }), {
        dialect: 'duckdb',
        reproducibleTime: null,
      });
      expect([job.status, job.issues.some((issue) => issue.severity === 'error')]).toEqual(['failed', true]);
    }
  });
});

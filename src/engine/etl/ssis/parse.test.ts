import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ssisPackage, ssisSource, ssisTarget } from '../../../../test/support/ssis-xml.ts';
import { convertFile } from '../convert.ts';
import { parseSsis } from './parse.ts';

const oldPackage = `<?xml version="1.0"?><DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:ExecutableType="MSDTS.Package.1">
<DTS:Property DTS:Name="PackageFormatVersion">2</DTS:Property><DTS:Property DTS:Name="ObjectName">Nightly</DTS:Property>
<DTS:ConnectionManager><DTS:Property DTS:Name="ObjectName">Dwh</DTS:Property><DTS:Property DTS:Name="DTSID">{C1}</DTS:Property><DTS:Property DTS:Name="CreationName">OLEDB</DTS:Property>
<DTS:ObjectData><DTS:ConnectionManager><DTS:Property DTS:Name="ConnectionString">Data Source=db1;User ID=etl;Password=hunter2;Initial Catalog=Dwh;</DTS:Property><DTS:Password DTS:Name="Password" Sensitive="1">AQAAANC</DTS:Password></DTS:ConnectionManager></DTS:ObjectData></DTS:ConnectionManager>
<DTS:Variable><DTS:Property DTS:Name="Namespace">User</DTS:Property><DTS:Property DTS:Name="ObjectName">Full</DTS:Property><DTS:VariableValue DTS:DataType="11">-1</DTS:VariableValue></DTS:Variable>
<DTS:Executable DTS:ExecutableType="Microsoft.SqlServer.Dts.Tasks.ExecuteSQLTask.ExecuteSQLTask, Microsoft.SqlServer.SQLTask"><DTS:Property DTS:Name="ObjectName">Truncate</DTS:Property><DTS:Property DTS:Name="DTSID">{T1}</DTS:Property>
<DTS:ObjectData><SQLTask:SqlTaskData xmlns:SQLTask="x" SQLTask:SqlStatementSource="TRUNCATE TABLE dbo.Stage"/></DTS:ObjectData></DTS:Executable>
<DTS:Executable DTS:ExecutableType="STOCK:SEQUENCE"><DTS:Property DTS:Name="ObjectName">Loads</DTS:Property><DTS:Property DTS:Name="DTSID">{T2}</DTS:Property>
<DTS:Executable DTS:ExecutableType="DTS.Pipeline.1"><DTS:Property DTS:Name="ObjectName">Load</DTS:Property><DTS:Property DTS:Name="DTSID">{T3}</DTS:Property><DTS:ObjectData><pipeline id="0"><components>
<component id="1" name="Src" componentClassID="{2C0A8BE5-1EDC-4353-A0EF-B778599C65A0}" contactInfo="OLE DB Source;Microsoft Corporation"><properties><property id="2" name="OpenRowset">[dbo].[Orders]</property></properties><outputs><output id="3" name="out" isErrorOut="false" synchronousInputId="0"><outputColumns><outputColumn id="4" name="Amount" lineageId="4" dataType="numeric" precision="12" scale="2"/></outputColumns></output></outputs></component>
<component id="5" name="Twice" componentClassID="{9CF90BF0-5BCC-4C63-B91D-1F322DC12C26}" contactInfo="Derived Column;Microsoft Corporation"><inputs><input id="6" name="in"><inputColumns><inputColumn id="7" name="" lineageId="4" usageType="readOnly"/></inputColumns></input></inputs><outputs><output id="8" name="out" synchronousInputId="6"><outputColumns><outputColumn id="9" name="Double" lineageId="9" dataType="numeric" precision="14" scale="2"><properties><property id="10" name="Expression">#4 * 2</property><property id="11" name="FriendlyExpression">Amount * 2</property></properties></outputColumn></outputColumns></output></outputs></component>
</components><paths><path id="12" name="out" startId="3" endId="6"/></paths></pipeline></DTS:ObjectData></DTS:Executable>
</DTS:Executable>
<DTS:PrecedenceConstraint><DTS:Property DTS:Name="Value">2</DTS:Property><DTS:Property DTS:Name="EvalOp">3</DTS:Property><DTS:Property DTS:Name="LogicalAnd">0</DTS:Property><DTS:Property DTS:Name="Expression">@Full == TRUE</DTS:Property><DTS:Executable IDREF="{T1}" DTS:IsFrom="-1"/><DTS:Executable IDREF="{T2}" DTS:IsFrom="0"/></DTS:PrecedenceConstraint>
<DTS:EventHandler><DTS:Property DTS:Name="EventName">OnError</DTS:Property><DTS:Executable DTS:ExecutableType="Microsoft.SqlServer.Dts.Tasks.SendMailTask.SendMailTask"><DTS:Property DTS:Name="ObjectName">Mail</DTS:Property><DTS:Property DTS:Name="DTSID">{T4}</DTS:Property></DTS:Executable></DTS:EventHandler>
</DTS:Executable>`;

describe('parseSsis', () => {
  const old = parseSsis(oldPackage, { file: 'nightly.dtsx' });

  it('reads packages of old formats: control flow with its links, containers and event handlers', () => {
    expect(old.diagnostics).toEqual([]);
    expect(
      old.workflows.map((one) => ({
        name: one.name,
        kind: one.kind,
        tasks: one.tasks.map((task) => `${task.name}: ${task.type}`),
        links: one.links,
      })),
    ).toEqual([
      {
        name: 'Nightly',
        kind: 'workflow',
        tasks: ['Truncate: ExecuteSQLTask', 'Loads: STOCK:SEQUENCE'],
        links: [{ from: 'Truncate', to: 'Loads', condition: 'Completion AND (@Full == TRUE)' }],
      },
      { name: 'Nightly\\Loads', kind: 'worklet', tasks: ['Load: Pipeline'], links: [] },
      { name: 'Nightly [OnError]', kind: 'worklet', tasks: ['Mail: SendMailTask'], links: [] },
    ]);
    expect(old.workflows[0]?.properties).toContainEqual({ name: 'join.Loads', value: 'OR' });
    expect(old.tasks.find((one) => one.name === 'Truncate')?.properties).toContainEqual({
      name: 'SqlTaskData.SqlStatementSource',
      value: 'TRUNCATE TABLE dbo.Stage',
    });
  });

  it('names components by their class, gives nameless input columns the name of their origin, and keeps lines', () => {
    const [mapping] = old.mappings;
    expect(mapping?.transformations.map((one) => [one.id, one.type, one.kind, one.line])).toEqual([
      ['Src', 'OLEDBSource', 'source', 10],
      ['Twice', 'DerivedColumn', 'transform', 11],
    ]);
    expect(
      mapping?.transformations[1]?.ports.map((port) => [
        port.name,
        port.direction,
        port.dataType,
        port.precision,
        port.scale,
        port.expression,
      ]),
    ).toEqual([
      ['Amount', 'input', 'numeric', 12, 2, null],
      ['Double', 'output', 'numeric', 14, 2, 'Amount * 2'],
    ]);
    expect(mapping?.connectors).toEqual([
      { from: 'Src', fromPort: '', fromGroup: 'out', to: 'Twice', toPort: '', toGroup: 'in' },
    ]);
    expect(mapping?.parameters).toEqual([
      { name: 'User::Full', dataType: 'Boolean', defaultValue: 'true', isParameter: false },
    ]);
  });

  it('keeps no secret of a connection', () => {
    expect(JSON.stringify(old)).not.toMatch(/hunter2|AQAAANC/);
    expect(JSON.stringify(old.configurations)).toContain('Data Source=db1;User ID=etl');
  });

  it('says what an encrypted package, a project file and a truncated package need', () => {
    const messages = (text: string): readonly string[] =>
      parseSsis(text, { file: 'x.dtsx' })
        .diagnostics.filter((one) => one.severity === 'error')
        .map((one) => one.message);
    expect(
      messages(
        '<DTS:Executable xmlns:DTS="d" DTS:ObjectName="P"><EncryptedData><CipherValue>AAAA</CipherValue></EncryptedData></DTS:Executable>',
      ),
    ).toEqual([expect.stringContaining('DontSaveSensitive')]);
    expect(messages('<Project/>')).toEqual([expect.stringContaining('not a package')]);
    expect(messages(oldPackage.slice(0, 2000))).toEqual([expect.stringContaining('truncated')]);
    expect(messages('')).toHaveLength(1);
  });

  it('reads dates of the package, whatever half of the day', () => {
    expect(parseSsis(ssisPackage({ components: [], paths: [] }), { file: 'x.dtsx' }).exportedAt).toBe(
      '2024-03-07T13:05:09',
    );
  });

  it('never throws on damaged packages, nor does their conversion', () => {
    const whole = ssisPackage({
      components: [ssisSource('Src', 'Orders', ['id i4', 'name wstr']), ssisTarget('Tgt', 'Result', ['Src.out.id i4'])],
      paths: ['Src.out>Tgt.in'],
    });
    const texts = [whole, oldPackage];
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.nat(200),
        fc.constantFrom('', '<', '"', '&#0;', '</component>', '<component name="x"/>', 'refId="', ' lineageId="4"'),
        (text, at, length, insert) => {
          const start = at % text.length;
          const file = parseSsis(text.slice(0, start) + insert + text.slice(start + length), { file: 'x.dtsx' });
          convertFile(file, { dialect: 'duckdb', reproducibleTime: null });
        },
      ),
      { seed: 11, numRuns: 300 },
    );
  });
});

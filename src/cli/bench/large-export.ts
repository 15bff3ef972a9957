/** Made-up exports of any size, as the four tools write them: the same job over and over, under names of its own. */
import type { EtlTool } from '../../shared/model/etl.ts';

interface Shape {
  readonly head: string;
  readonly unit: (n: number) => string;
  readonly tail: string;
}

const columns = Array.from({ length: 30 }, (_, i) => `COL_${i}`);
const each = (make: (column: string, index: number) => string): string => columns.map(make).join('\n');

const powercenter: Shape = {
  head: '<?xml version="1.0" encoding="UTF-8"?>\n<POWERMART CREATION_DATE="01/31/2026 10:00:00" REPOSITORY_VERSION="187.96">\n<REPOSITORY NAME="R" VERSION="187" CODEPAGE="UTF-8" DATABASETYPE="Oracle">\n<FOLDER NAME="F">\n',
  unit: (n) => `<SOURCE NAME="S${n}" DATABASETYPE="Oracle" DBDNAME="D" OWNERNAME="O">
${each((c, i) => `<SOURCEFIELD NAME="${c}" DATATYPE="varchar2" PRECISION="40" SCALE="0" FIELDNUMBER="${i + 1}" KEYTYPE="NOT A KEY" NULLABLE="NULL"/>`)}
</SOURCE>
<TARGET NAME="T${n}" DATABASETYPE="Oracle">
${each((c, i) => `<TARGETFIELD NAME="${c}" DATATYPE="varchar2" PRECISION="40" SCALE="0" FIELDNUMBER="${i + 1}" KEYTYPE="NOT A KEY" NULLABLE="NULL"/>`)}
</TARGET>
<MAPPING NAME="m_${n}" ISVALID="YES">
<TRANSFORMATION NAME="SQ" TYPE="Source Qualifier">
${each((c) => `<TRANSFORMFIELD NAME="${c}" DATATYPE="string" PRECISION="40" SCALE="0" PORTTYPE="INPUT/OUTPUT"/>`)}
</TRANSFORMATION>
<TRANSFORMATION NAME="EXP" TYPE="Expression">
${each((c) => `<TRANSFORMFIELD NAME="${c}" DATATYPE="string" PRECISION="40" SCALE="0" PORTTYPE="INPUT/OUTPUT" EXPRESSION="IIF(ISNULL(${c}), &apos;none&apos;, LTRIM(RTRIM(${c})))"/>`)}
</TRANSFORMATION>
<INSTANCE NAME="S${n}" TRANSFORMATION_NAME="S${n}" TRANSFORMATION_TYPE="Source Definition" TYPE="SOURCE" DBDNAME="D"/>
<INSTANCE NAME="SQ" TRANSFORMATION_NAME="SQ" TRANSFORMATION_TYPE="Source Qualifier" TYPE="TRANSFORMATION"><ASSOCIATED_SOURCE_INSTANCE NAME="S${n}"/></INSTANCE>
<INSTANCE NAME="EXP" TRANSFORMATION_NAME="EXP" TRANSFORMATION_TYPE="Expression" TYPE="TRANSFORMATION"/>
<INSTANCE NAME="T${n}" TRANSFORMATION_NAME="T${n}" TRANSFORMATION_TYPE="Target Definition" TYPE="TARGET"/>
${[
  ['S' + n, 'Source Definition', 'SQ', 'Source Qualifier'],
  ['SQ', 'Source Qualifier', 'EXP', 'Expression'],
  ['EXP', 'Expression', 'T' + n, 'Target Definition'],
]
  .flatMap(([from, fromType, to, toType]) =>
    columns.map(
      (c) =>
        `<CONNECTOR FROMFIELD="${c}" FROMINSTANCE="${from}" FROMINSTANCETYPE="${fromType}" TOFIELD="${c}" TOINSTANCE="${to}" TOINSTANCETYPE="${toType}"/>`,
    ),
  )
  .join('\n')}
</MAPPING>
`,
  tail: '</FOLDER></REPOSITORY></POWERMART>\n',
};

const alteryx: Shape = {
  head: '<?xml version="1.0"?>\n<AlteryxDocument yxmdVer="2021.4"><Nodes>\n',
  unit: (
    n,
  ) => `<Node ToolID="${2 * n + 1}"><GuiSettings Plugin="AlteryxBasePluginsGui.TextInput.TextInput"><Position x="1" y="1"/></GuiSettings><Properties><Configuration><NumRows value="2"/><Fields>${each((c) => `<Field name="${c}"/>`)}</Fields><Data>${`<r>${each((c) => `<c>${c} value</c>`)}</r>`.repeat(2)}</Data></Configuration></Properties><EngineSettings EngineDll="AlteryxBasePluginsEngine.dll" EngineDllEntryPoint="AlteryxTextInput"/></Node>
<Node ToolID="${2 * n + 2}"><GuiSettings Plugin="AlteryxBasePluginsGui.Formula.Formula"><Position x="1" y="1"/></GuiSettings><Properties><Configuration><FormulaFields>${each((c) => `<FormulaField expression="IIF(IsNull([${c}]), &quot;none&quot;, Trim([${c}]))" field="${c}" size="40" type="V_WString"/>`)}</FormulaFields></Configuration></Properties><EngineSettings EngineDll="AlteryxBasePluginsEngine.dll" EngineDllEntryPoint="AlteryxFormula"/></Node>
`,
  tail: '</Nodes><Connections/></AlteryxDocument>\n',
};

const ssis: Shape = {
  head: '<?xml version="1.0"?>\n<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="P"><DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property><DTS:Executables>\n',
  unit: (
    n,
  ) => `<DTS:Executable DTS:refId="Package\\D${n}" DTS:ExecutableType="Microsoft.Pipeline" DTS:ObjectName="D${n}"><DTS:ObjectData><pipeline version="1"><components>
<component refId="Package\\D${n}\\Src" componentClassID="Microsoft.OLEDBSource" name="Src"><properties><property name="OpenRowset">[dbo].[T${n}]</property></properties><outputs><output refId="Package\\D${n}\\Src.Outputs[O]" name="O"><outputColumns>${each((c) => `<outputColumn refId="Package\\D${n}\\Src.Outputs[O].Columns[${c}]" dataType="wstr" length="40" lineageId="Package\\D${n}\\Src.Outputs[O].Columns[${c}]" name="${c}"/>`)}</outputColumns></output></outputs></component>
<component refId="Package\\D${n}\\Dst" componentClassID="Microsoft.OLEDBDestination" name="Dst"><properties><property name="OpenRowset">[dbo].[U${n}]</property></properties><inputs><input refId="Package\\D${n}\\Dst.Inputs[I]" name="I"><inputColumns>${each((c) => `<inputColumn refId="Package\\D${n}\\Dst.Inputs[I].Columns[${c}]" cachedDataType="wstr" cachedLength="40" cachedName="${c}" externalMetadataColumnId="Package\\D${n}\\Dst.Inputs[I].ExternalColumns[${c}]" lineageId="Package\\D${n}\\Src.Outputs[O].Columns[${c}]"/>`)}</inputColumns><externalMetadataColumns isUsed="True">${each((c) => `<externalMetadataColumn refId="Package\\D${n}\\Dst.Inputs[I].ExternalColumns[${c}]" dataType="wstr" length="40" name="${c}"/>`)}</externalMetadataColumns></input></inputs></component>
</components><paths><path refId="Package\\D${n}.Paths[P]" endId="Package\\D${n}\\Dst.Inputs[I]" name="P" startId="Package\\D${n}\\Src.Outputs[O]"/></paths></pipeline></DTS:ObjectData></DTS:Executable>
`,
  tail: '</DTS:Executables></DTS:Executable>\n',
};

const record = (id: string, properties: Readonly<Record<string, string>>, inner = ''): string => `   BEGIN DSRECORD
      Identifier "${id}"
${Object.entries(properties)
  .map(([name, value]) => `      ${name} "${value}"`)
  .join('\n')}
${inner}   END DSRECORD
`;
const datastageColumns = `      Columns "COutputColumn"
${each(
  (c) => `      BEGIN DSSUBRECORD
         Name "${c}"
         SqlType "12"
         Precision "40"
         Scale "0"
         Nullable "1"
         Derivation "in.${c}"
      END DSSUBRECORD`,
)}
`;
const datastage: Shape = {
  head: 'BEGIN HEADER\n   CharacterSet "CP1252"\n   ServerVersion "11.7"\n   Date "2026-01-31"\n   Time "10.00.00"\nEND HEADER\n',
  unit: (n) => `BEGIN DSJOB
   Identifier "J${n}"
${record('ROOT', { Name: `J${n}`, OLEType: 'CJobDefn', JobType: '3' })}${record('V0S0', { Name: 'in', OLEType: 'CCustomStage', StageType: 'PxSequentialFile', OutputPins: 'V0S0P1' })}${record('V0S0P1', { Name: 'in', OLEType: 'CCustomOutput', Partner: 'V0S1|V0S1P1' }, datastageColumns)}${record('V0S1', { Name: 'out', OLEType: 'CCustomStage', StageType: 'PxPeek', InputPins: 'V0S1P1' })}${record('V0S1P1', { Name: 'in', OLEType: 'CCustomInput', Partner: 'V0S0|V0S0P1' })}END DSJOB
`,
  tail: '',
};

const shapes: Readonly<Record<EtlTool, Shape>> = { powercenter, ssis, alteryx, datastage };

/** An export of `tool` of at least `bytes`, piece by piece. */
export function* largeExport(tool: EtlTool, bytes: number): Generator<string> {
  const { head, unit, tail } = shapes[tool];
  yield head;
  let size = head.length;
  for (let n = 0; size < bytes; n += 1) {
    const text = unit(n);
    size += text.length;
    yield text;
  }
  yield tail;
}

/** What kind of component a class id means. Class ids are names, versioned names or GUIDs, by the version of the product. */

const byName: ReadonlyMap<string, string> = new Map(
  [
    'OLEDBSource',
    'OLEDBDestination',
    'DerivedColumn',
    'Lookup',
    'ConditionalSplit',
    'Multicast',
    'UnionAll',
    'RowCount',
    'Sort',
    'MergeJoin',
    'Merge',
    'Aggregate',
    'OLEDBCommand',
    'FlatFileSource',
    'FlatFileDestination',
    'ExcelSource',
    'ExcelDestination',
    'Pivot',
    'UnPivot',
    'CharacterMap',
    'RowSampling',
    'RecordsetDestination',
    'FuzzyLookup',
    'FuzzyGrouping',
    'TermExtraction',
    'TermLookup',
    'XMLSource',
    'ODBCSource',
    'ODBCDestination',
    'ADONETSource',
    'ADONETDestination',
    'SQLServerDestination',
    'ScriptComponent',
    'DataReaderDestination',
    'RawFileSource',
    'RawFileDestination',
    'TrashDestination',
    'CDCSource',
    'CDCSplitter',
    'BalancedDataDistributor',
    'SCD',
    'DataConvert',
    'CopyColumn',
    'Audit',
    'PercentageSampling',
    'Cache',
    'ExportColumn',
    'ImportColumn',
    'DataMiningQuery',
    'MultipleHash',
    'SSASDimensionProcessing',
    'SSASPartitionProcessing',
    'DataStreamingDestination',
    'DataMiningModelTraining',
    'DQSCleansing',
    'SQLServerCompactDestination',
    'SAPBWSource',
    'SAPBWDestination',
    'ODataSource',
    'OracleSource',
    'OracleDestination',
    'TeradataSource',
    'TeradataDestination',
    'AzureBlobSource',
    'AzureBlobDestination',
    'HDFSFileSource',
    'HDFSFileDestination',
    'FlexibleFileSource',
    'FlexibleFileDestination',
    'SharePointListSource',
    'SharePointListDestination',
  ].map((name) => [name.toLowerCase(), name]),
);

/** Other names of the same component: the product's own words and class names. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['dataconversion', 'DataConvert'],
  ['slowlychangingdimension', 'SCD'],
  ['copymap', 'CopyColumn'],
  ['lineage', 'Audit'],
  ['pctsampling', 'PercentageSampling'],
  ['cachetransform', 'Cache'],
  ['extractor', 'ExportColumn'],
  ['inserter', 'ImportColumn'],
  ['pxpipelinedmquery', 'DataMiningQuery'],
  ['bestmatch', 'FuzzyLookup'],
  ['groupdups', 'FuzzyGrouping'],
  ['rawsource', 'RawFileSource'],
  ['rawdestination', 'RawFileDestination'],
  ['datareadersourceadapter', 'ADONETSource'],
  ['datareadersource', 'ADONETSource'],
  ['adonetsourceadapter', 'ADONETSource'],
  ['datareaderdestinationadapter', 'DataReaderDestination'],
  ['scriptcomponenthost', 'ScriptComponent'],
  ['xmlsourceadapter', 'XMLSource'],
  ['includesandrunscustomscriptcode', 'ScriptComponent'],
  ['executesacustomscript', 'ScriptComponent'],
  ['extractsdatafromanxmldatafile', 'XMLSource'],
  ['sqldestination', 'SQLServerDestination'],
  ['trash', 'TrashDestination'],
  ['pxpipelineprocessdm', 'DataMiningModelTraining'],
  ['processdimension', 'SSASDimensionProcessing'],
  ['processpartition', 'SSASPartitionProcessing'],
  ['dimensionprocessing', 'SSASDimensionProcessing'],
  ['partitionprocessing', 'SSASPartitionProcessing'],
  ['datacorrection', 'DQSCleansing'],
  ['sqlcedestinationadapter', 'SQLServerCompactDestination'],
]);

const managedHosts =
  /^(?:ManagedComponentHost|ManagedComponentWrapper)$|^\{(?:2E42D45B-F83C-400F-8D77-61DDE6A7DF29|874F7595-FB5F-40FF-96AF-FBFF8250E3EF|BF01D463-7089-41EE-8F05-0A6DC17CE633|33D831DE-5DCF-48F0-B431-4D327B9E785D)\}$/i;

function known(text: string): string | null {
  const key = text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return byName.get(key) ?? aliases.get(key) ?? null;
}

function fromManaged(userType: string): string {
  const type = (userType.split(',')[0] ?? userType).trim();
  const last = type.split('.').at(-1) ?? type;
  return known(last) ?? (last === '' ? 'ManagedComponent' : last);
}

/**
 * The component's type by the name that the product uses for it, e.g. `DerivedColumn`; for components of others the
 * name of their class.
 */
export function componentType(parts: {
  readonly classId: string;
  readonly contact: string;
  readonly description: string;
  readonly userType: string | null;
}): string {
  const plain = parts.classId.replace(/^(?:Microsoft|DTSTransform|DTSAdapter|DTS)\./i, '').replace(/\.\d+$/, '');
  const contact = (parts.contact.split(/[;,]|\. /)[0] ?? '').replace(/\.$/, '');
  if (managedHosts.test(plain) || (parts.userType !== null && known(plain) === null)) {
    if (parts.userType !== null) return fromManaged(parts.userType);
    return known(contact) ?? 'ScriptComponent';
  }
  return known(plain) ?? known(contact) ?? (plain.startsWith('{') ? (contact === '' ? plain : contact) : plain);
}

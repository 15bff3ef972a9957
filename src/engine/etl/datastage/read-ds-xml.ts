/** The XML form of a DataStage export as the same tree of blocks that the record text gives. */
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';
import type { DsxBlock, DsxProperty } from './read-dsx.ts';

const kinds: ReadonlyMap<string, string> = new Map([
  ['Header', 'HEADER'],
  ['Job', 'DSJOB'],
  ['SharedContainer', 'DSSHAREDCONTAINER'],
  ['TableDefinitions', 'DSTABLEDEFS'],
  ['ParameterSets', 'DSPARAMETERSETS'],
  ['Routines', 'DSROUTINES'],
  ['StageTypes', 'DSSTAGETYPES'],
  ['DataConnections', 'DSDATACONNECTIONS'],
  ['Record', 'DSRECORD'],
  ['SubRecord', 'DSSUBRECORD'],
]);

function propertyOf(element: XmlElement): DsxProperty {
  return { name: element.attributes.get('Name') ?? '', value: element.text, line: element.line };
}

function attributeProperties(element: XmlElement): readonly DsxProperty[] {
  return [...element.attributes].map(([name, value]) => ({
    // The type of a record lacks the C that the record text has.
    name: name === 'Type' && element.name === 'Record' ? 'OLEType' : name,
    value: name === 'Type' && element.name === 'Record' ? `C${value}` : value,
    line: element.line,
  }));
}

function subRecords(list: XmlElement): readonly DsxBlock[] {
  return list.children
    .filter((child) => child.name === 'SubRecord')
    .map((child) => ({
      kind: 'DSSUBRECORD',
      line: child.line,
      properties: child.children.filter((one) => one.name === 'Property').map(propertyOf),
      blocks: [],
      collection: list.attributes.get('Name') ?? null,
    }));
}

function recordBlock(element: XmlElement): DsxBlock {
  return {
    kind: 'DSRECORD',
    line: element.line,
    properties: [
      ...attributeProperties(element),
      ...element.children.filter((one) => one.name === 'Property').map(propertyOf),
    ],
    blocks: element.children.filter((one) => one.name === 'Collection').flatMap(subRecords),
    collection: null,
  };
}

/** The blocks of an XML export. Never throws: defects are diagnostics. */
export function readDataStageXml(
  text: string,
  options: { readonly file: string },
): { readonly root: DsxBlock; readonly diagnostics: readonly Diagnostic[] } {
  const { root, diagnostics } = readXml(text, options);
  const blocks = (root?.children ?? []).map((element): DsxBlock => ({
    kind: kinds.get(element.name) ?? element.name,
    line: element.line,
    properties: attributeProperties(element),
    blocks: element.children.filter((child) => child.name === 'Record').map(recordBlock),
    collection: null,
  }));
  return { root: { kind: '', line: 1, properties: [], blocks, collection: null }, diagnostics };
}

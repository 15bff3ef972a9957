/** TRANSFORMATION elements: ports, groups and attributes. */
import type { EtlGroup, EtlPort, EtlProperties, EtlTransformation } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { attribute, attributeOrNull, childrenNamed, integerAttribute } from './attributes.ts';
import { attributeProperties, childProperties, normaliseLineEnds } from './properties.ts';

const modelledPort = new Set(['NAME', 'DATATYPE', 'PRECISION', 'SCALE', 'EXPRESSION', 'DEFAULTVALUE', 'GROUP']);
const modelled = new Set(['NAME', 'TYPE', 'DESCRIPTION', 'REUSABLE']);
const propertyTags = new Set(['TABLEATTRIBUTE', 'INITPROP', 'METADATAEXTENSION']);

function toDirection(portType: string): EtlPort['direction'] {
  const upper = portType.toUpperCase();
  if (upper.includes('VARIABLE')) return 'variable';
  if (upper.includes('RETURN')) return 'return';
  if (upper.includes('LOOKUP')) return 'lookup';
  const input = upper.includes('INPUT');
  if (input && upper.includes('OUTPUT')) return 'input_output';
  return input ? 'input' : 'output';
}

function textOrNull(element: XmlElement, name: string): string | null {
  const value = attributeOrNull(element, name);
  return value === null ? null : normaliseLineEnds(value);
}

function toPort(field: XmlElement): EtlPort {
  const attributes = childrenNamed(field, 'TRANSFORMFIELDATTR');
  return {
    name: attribute(field, 'NAME'),
    dataType: attribute(field, 'DATATYPE'),
    precision: integerAttribute(field, 'PRECISION'),
    scale: integerAttribute(field, 'SCALE'),
    direction: toDirection(attribute(field, 'PORTTYPE')),
    expression: textOrNull(field, 'EXPRESSION'),
    defaultValue: textOrNull(field, 'DEFAULTVALUE'),
    group: attributeOrNull(field, 'GROUP'),
    nullable: true,
    properties: [
      ...attributeProperties(field, modelledPort),
      ...attributes.flatMap((child) => attributeProperties(child, new Set())),
    ],
  };
}

function toGroup(element: XmlElement): EtlGroup {
  const type = attribute(element, 'TYPE').toUpperCase();
  return {
    name: attribute(element, 'NAME'),
    kind: type.includes('DEFAULT') ? 'default' : type.includes('INPUT') ? 'input' : 'output',
    condition: textOrNull(element, 'EXPRESSION'),
    order: integerAttribute(element, 'ORDER') ?? 0,
  };
}

/** Fields of a Normalizer's own record, and dependencies between input and output ports, kept as properties. */
function structureProperties(element: XmlElement): EtlProperties {
  const fields = childrenNamed(element, 'SOURCEFIELD').map((field) => ({
    name: `record.${attribute(field, 'NAME')}`,
    value: `occurs=${attribute(field, 'OCCURS')} level=${attribute(field, 'LEVEL')}`,
  }));
  const dependencies = childrenNamed(element, 'FIELDDEPENDENCY').map((child) => ({
    name: `dependency.${attribute(child, 'INPUTFIELD')}`,
    value: attribute(child, 'OUTPUTFIELD'),
  }));
  return [...fields, ...dependencies];
}

/** A TRANSFORMATION element as an instance named `id`. */
export function parseTransformation(element: XmlElement, id: string): EtlTransformation {
  const groups = childrenNamed(element, 'GROUP').map(toGroup);
  groups.sort((a, b) => a.order - b.order);
  return {
    id,
    name: attribute(element, 'NAME'),
    type: attribute(element, 'TYPE'),
    kind: 'transform',
    reusable: attribute(element, 'REUSABLE').toUpperCase() === 'YES',
    description: attributeOrNull(element, 'DESCRIPTION'),
    ports: childrenNamed(element, 'TRANSFORMFIELD').map(toPort),
    groups,
    properties: [
      ...attributeProperties(element, modelled),
      ...childProperties(element, propertyTags),
      ...structureProperties(element),
    ],
    definition: null,
    line: element.line,
  };
}

/** A component as the rules see it: inputs and outputs with their columns, told apart by lineage ids. */
import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { SsisType } from '../../../expr/ssis/data-types.ts';
import { propertyOf } from '../dts-elements.ts';
import { externalColumns, type ExternalColumn } from '../definitions.ts';

export interface Side {
  readonly name: string;
  readonly ports: readonly EtlPort[];
  readonly external: readonly ExternalColumn[];
  readonly property: (name: string) => string | null;
}

export interface Output extends Side {
  readonly isError: boolean;
  readonly isDefault: boolean;
  /** Whether rows of an input leave by it; false where the component makes rows of its own. */
  readonly synchronous: boolean;
  readonly order: number;
}

export interface Component {
  readonly source: EtlTransformation;
  readonly inputs: readonly Side[];
  readonly outputs: readonly Output[];
  readonly property: (name: string) => string | null;
}

export function lineageOf(port: EtlPort): string {
  return (
    propertyOf(port.properties, 'lineageId') ??
    propertyOf(port.properties, 'refId') ??
    propertyOf(port.properties, 'id') ??
    port.name
  );
}

export function typeOf(port: EtlPort): SsisType {
  return { name: port.dataType, length: port.precision, precision: port.precision, scale: port.scale };
}

/** The column of the table or file that a column is read from or written to. */
export function externalOf(port: EtlPort, side: Side): ExternalColumn | null {
  const id = propertyOf(port.properties, 'externalMetadataColumnId');
  if (id !== null) return side.external.find((column) => column.id === id) ?? null;
  return null;
}

function sideOf(transformation: EtlTransformation, kind: 'input' | 'output', name: string): Side {
  return {
    name,
    ports: transformation.ports.filter((port) => port.group === name && port.direction === kind),
    external: externalColumns(transformation, kind, name),
    property: (property) => propertyOf(transformation.properties, `${kind}.${name}.${property}`),
  };
}

export function toComponent(transformation: EtlTransformation): Component {
  const outputs = transformation.groups
    .filter((group) => group.kind !== 'input')
    .map((group): Output => {
      const side = sideOf(transformation, 'output', group.name);
      const synchronous = side.property('synchronousInputId');
      return {
        ...side,
        isError: side.property('isErrorOut') === 'true',
        isDefault: group.kind === 'default',
        synchronous: synchronous !== null && synchronous !== '0',
        order: group.order,
      };
    });
  return {
    source: transformation,
    inputs: transformation.groups
      .filter((group) => group.kind === 'input')
      .map((group) => sideOf(transformation, 'input', group.name)),
    outputs,
    property: (name) => propertyOf(transformation.properties, name),
  };
}

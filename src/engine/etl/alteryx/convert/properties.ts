import type { EtlTransformation } from '../../../../shared/model/etl.ts';

export function propertyOf(transformation: EtlTransformation, name: string): string | null {
  return transformation.properties.find((one) => one.name === name)?.value ?? null;
}

/** Parameters of jobs and parameter sets. */
import type { EtlParameter } from '../../../shared/model/etl.ts';
import { collection, textOf, valueOf, type DsxBlock } from './read-dsx.ts';
import { isSecret } from './secrets.ts';

const types: readonly string[] = ['string', 'encrypted', 'integer', 'double', 'string', 'string', 'date', 'time'];
const parameterSet = '13';

function parameterOf(record: DsxBlock, prefix: string): EtlParameter {
  const name = valueOf(record, 'Name') ?? '';
  const value = textOf(record, 'Default');
  const type = types[Number(valueOf(record, 'ParamType') ?? '0')] ?? 'string';
  const secret = type === 'encrypted' || isSecret(name, value ?? '');
  return { name: `${prefix}${name}`, dataType: type, defaultValue: secret ? null : value, isParameter: true };
}

/** The parameters of a job; of a parameter set all members, as `SET.NAME`. */
export function jobParameters(root: DsxBlock, sets: readonly DsxBlock[]): readonly EtlParameter[] {
  return collection(root, 'Parameters').flatMap((record) => {
    const name = valueOf(record, 'Name') ?? '';
    if (valueOf(record, 'ParamType') !== parameterSet) return [parameterOf(record, '')];
    const set = sets.find((one) => (valueOf(one, 'Identifier') ?? valueOf(one, 'Name')) === name);
    const members = set === undefined ? [] : collection(set, 'Parameters');
    return members.length === 0 ? [parameterOf(record, '')] : members.map((one) => parameterOf(one, `${name}.`));
  });
}

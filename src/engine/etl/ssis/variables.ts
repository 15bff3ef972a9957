/** Variables and parameters of packages, containers and tasks. */
import type { EtlParameter } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { attributeOf, childrenOf, dtsProperty, safeProperty, wrapped } from './dts-elements.ts';
import { variantType } from '../../expr/ssis/data-types.ts';

function isSensitive(element: XmlElement): boolean {
  return /^(?:true|-1|1)$/i.test(dtsProperty(element, 'Sensitive') ?? '');
}

/** The id by which the mapping of a query's parameters means the variable. */
function idOf(element: XmlElement): Pick<EtlParameter, 'id'> {
  const id = dtsProperty(element, 'DTSID');
  return id === null ? {} : { id };
}

/** Booleans as words: packages write 0 and -1. */
function valueText(text: string, type: string): string {
  if (type !== 'Boolean') return text;
  return /^\s*(?:0|false|)\s*$/i.test(text) ? 'false' : 'true';
}

function toVariable(element: XmlElement): EtlParameter {
  const name = dtsProperty(element, 'ObjectName') ?? '';
  const namespace = dtsProperty(element, 'Namespace') ?? 'User';
  const [value] = childrenOf(element, 'VariableValue');
  const dataType = variantType(value === undefined ? null : attributeOf(value, 'DataType'));
  return {
    name: `${namespace}::${name}`,
    dataType,
    defaultValue:
      value === undefined ? null : safeProperty(name, valueText(value.text, dataType), isSensitive(element)).value,
    isParameter: false,
    ...idOf(element),
  };
}

function toParameter(element: XmlElement): EtlParameter {
  const name = dtsProperty(element, 'ObjectName') ?? '';
  const value = childrenOf(element, 'Property').find((one) => attributeOf(one, 'Name') === 'ParameterValue');
  const secret = isSensitive(element) || (value !== undefined && isSensitive(value));
  const dataType = variantType(dtsProperty(element, 'DataType'));
  return {
    name: `$Package::${name}`,
    dataType,
    defaultValue: value === undefined ? null : safeProperty(name, valueText(value.text, dataType), secret).value,
    isParameter: true,
    ...idOf(element),
  };
}

/** The variables of `element` that an expression computes each time they are read, with the expression. */
export function computedVariables(element: XmlElement): readonly { readonly name: string; readonly text: string }[] {
  return wrapped(element, 'Variables', 'Variable').flatMap((one) => {
    const text = dtsProperty(one, 'Expression') ?? '';
    const computed = /^(?:true|-1|1)$/i.test(dtsProperty(one, 'EvaluateAsExpression') ?? '') && text.trim() !== '';
    return computed ? [{ name: toVariable(one).name, text }] : [];
  });
}

/** The variables and parameters that `element` itself declares. */
export function variablesOf(element: XmlElement): readonly EtlParameter[] {
  return [
    ...wrapped(element, 'Variables', 'Variable').map(toVariable),
    ...wrapped(element, 'PackageParameters', 'PackageParameter').map(toParameter),
  ];
}

/** What the session that runs a mapping changes about it. */
import type {
  EtlFile,
  EtlMapping,
  EtlProperties,
  EtlSettings,
  EtlTask,
  EtlTransformation,
} from '../../../../shared/model/etl.ts';
import { valueOf } from '../../../expr/source-settings.ts';
import { defaultSettings, type ExpressionSettings } from '../../../expr/environment.ts';
import { configurationName } from '../parse-workflow.ts';
import { isYes, propertyOf } from '../properties.ts';

export interface SessionSettings {
  /** Null where the file has no session for the mapping. */
  readonly name: string | null;
  readonly treatRowsAs: 'insert' | 'update' | 'delete' | 'data_driven';
  readonly expressions: ExpressionSettings;
  readonly highPrecision: boolean;
  readonly properties: EtlProperties;
  /** More sessions that run the same mapping, whose overrides are not applied. */
  readonly others: readonly string[];
}

function treatRowsAs(text: string | null, mapping: EtlMapping): SessionSettings['treatRowsAs'] {
  const lower = text?.trim().toLowerCase() ?? '';
  if (lower === 'insert' || lower === 'update' || lower === 'delete') return lower;
  if (lower !== '') return 'data_driven';
  return mapping.transformations.some((one) => one.type === 'Update Strategy') ? 'data_driven' : 'insert';
}

function sessionsOf(file: EtlFile, mapping: EtlMapping): readonly EtlTask[] {
  const instances = file.workflows.flatMap((workflow) => workflow.tasks);
  return [...instances, ...file.tasks].filter((task) => task.mapping === mapping.name);
}

/** What a session or one instance of it sets, apart from its place in the workflow, whose attributes are in capitals. */
function settingsOf(session: EtlTask | undefined): string {
  return JSON.stringify((session?.properties ?? []).filter((one) => one.name !== one.name.toUpperCase()));
}

/** The session's date format goes before what a person said of sessions as a whole. */
function expressionSettings(dateFormat: string | null, said: EtlSettings): ExpressionSettings {
  const nullComparison = valueOf('powercenter.null_comparison', said);
  return {
    ...defaultSettings,
    nullComparison: nullComparison === 'HIGH' || nullComparison === 'LOW' ? nullComparison : 'NULL',
    dateFormat: dateFormat ?? valueOf('powercenter.date_format', said),
    said,
    ...(dateFormat === null ? {} : { inFile: new Set(['powercenter.date_format'] as const) }),
  };
}

/** The settings under which `mapping` runs: those of its first session, defaults where the file has none. */
export function sessionOf(file: EtlFile, mapping: EtlMapping): SessionSettings {
  const sessions = sessionsOf(file, mapping);
  const own = sessions[0]?.properties ?? [];
  const configuration = propertyOf(own, configurationName);
  const shared = file.configurations.find((one) => configuration !== null && one.name === configuration);
  const properties = [...own, ...(shared?.properties ?? [])];
  const names = [...new Set(sessions.map((session) => propertyOf(session.properties, 'TASKNAME') ?? session.name))];
  const differing = sessions.filter((one) => settingsOf(one) !== settingsOf(sessions[0]) && one.name !== names[0]);
  return {
    name: names[0] ?? null,
    treatRowsAs: treatRowsAs(propertyOf(properties, 'Treat source rows as'), mapping),
    expressions: expressionSettings(propertyOf(properties, 'DateTime Format String'), mapping.settings ?? {}),
    highPrecision: isYes(properties, 'Enable high precision'),
    properties,
    others: [...new Set([...names.slice(1), ...differing.map((one) => one.name)])],
  };
}

/** `transformation` with what the session sets on it taking the place of its own attributes. */
export function withOverrides(transformation: EtlTransformation, session: SessionSettings): EtlTransformation {
  const prefix = `${transformation.id}.`;
  const overrides = session.properties
    .filter((property) => property.name.startsWith(prefix) && property.value !== null && property.value.trim() !== '')
    .map((property) => ({ name: property.name.slice(prefix.length), value: property.value }));
  return overrides.length === 0
    ? transformation
    : { ...transformation, properties: [...overrides, ...transformation.properties] };
}

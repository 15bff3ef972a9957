import type { JobAssumption } from '../../shared/model/conversion.ts';
import type { EtlSettings, EtlTool } from '../../shared/model/etl.ts';
import { PortolanError } from '../../shared/errors.ts';
import type { ProjectSettings } from '../../shared/model/project.ts';
import {
  refusedValue,
  saidValue,
  settingOf,
  sourceSettingIds,
  sourceSettings,
  valueOf,
} from '../expr/source-settings.ts';

/** The settings of the source system that a conversion depends on: what each is taken to be, and whether a person said so. */
export function assumptionsOf(
  tool: EtlTool,
  objects: readonly { readonly notes?: readonly string[] | undefined }[],
  said: EtlSettings = {},
): readonly JobAssumption[] {
  return sourceSettingIds.flatMap((id) => {
    if (sourceSettings[id].tool !== tool) return [];
    const value = valueOf(id, said);
    const note = sourceSettings[id].note(value);
    const uses = objects.filter(({ notes }) => notes?.some((one) => one.endsWith(note)) === true).length;
    return uses === 0 ? [] : [{ id, value, said: saidValue(id, said) !== undefined, uses }];
  });
}

type SettingsByTool = NonNullable<ProjectSettings['etlSettings']>;

/** `settings` with one more said, or with one taken back (null). Throws where there is no such setting or value. */
export function withSourceSetting(settings: SettingsByTool, id: string, value: string | null): SettingsByTool {
  const setting = settingOf(id);
  const refusal = setting === null || value !== null ? refusedValue(id, value ?? '') : null;
  if (setting === null || refusal !== null)
    throw new PortolanError('INPUT_INVALID', refusal ?? `There is no setting ${id}`, {
      hint: `Settings are ${sourceSettingIds.join(', ')}.`,
    });
  const { [id]: _before, ...others } = settings[setting.tool] ?? {};
  return { ...settings, [setting.tool]: value === null ? others : { ...others, [id]: value } };
}

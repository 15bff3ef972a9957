import type { ReactElement, ReactNode } from 'react';
import { useProject } from '../data/project-store.ts';
import { Chip } from '../ui/Chip.tsx';
import { Popover } from '../ui/Popover.tsx';
import { themeNames } from '../ui/ThemeProvider.tsx';
import { formatScore } from '../ui/format.ts';
import { text } from '../ui/text.ts';
import { chooseTheme, maskPersonal, showSettings, useSettings } from './settings-store.ts';
import styles from './app.module.css';

const themeTitles = { system: 'System', light: 'Light', dark: 'Dark' } as const;

/** The theme, and the thresholds that this project works with. */
export function SettingsPopover({ target }: { readonly target: ReactElement }): ReactNode {
  const { shown, theme } = useSettings();
  const settings = useProject((state) => state.project?.settings);
  return (
    <Popover label={text.app.settings} opened={shown} onChange={showSettings} target={target}>
      <div className={styles.settings}>
        <div>
          <h2>{text.app.theme}</h2>
          {themeNames.map((name) => (
            <Chip key={name} pressed={theme === name} onClick={() => chooseTheme(name)}>
              {themeTitles[name]}
            </Chip>
          ))}
        </div>
        {settings === undefined ? null : (
          <div>
            <h2>{text.app.personal}</h2>
            <Chip
              pressed={settings.maskPersonalData === true}
              onClick={() => maskPersonal(settings.maskPersonalData !== true)}
            >
              {text.app.mask}
            </Chip>
          </div>
        )}
        {settings === undefined ? null : (
          <div>
            <h2>{text.app.thresholds}</h2>
            <dl>
              <dt>Approved by score from</dt>
              <dd>{formatScore(settings.autoApprove)}</dd>
              <dt>Likely wrong below</dt>
              <dd>{formatScore(settings.flagBelow)}</dd>
              <dt>Review when the average is below</dt>
              <dd>{formatScore(settings.minAverageConfidence)}</dd>
              <dt>Review when completeness is below</dt>
              <dd>{formatScore(settings.minCompleteness)}</dd>
              <dt>Candidates a column</dt>
              <dd>{settings.topCandidates}</dd>
              <dt>SQL repairs at most</dt>
              <dd>{settings.maxSqlRepairs}</dd>
            </dl>
          </div>
        )}
      </div>
    </Popover>
  );
}

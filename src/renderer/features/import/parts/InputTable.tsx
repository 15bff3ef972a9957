import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { InputView } from '../../../../shared/ipc/contract.ts';
import { inputRoles } from '../../../../shared/model/project.ts';
import { dialects } from '../../../../shared/model/schema.ts';
import type { Dialect } from '../../../../shared/model/schema.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import table from '../../../ui/ui.module.css';
import { changeDialect, changeRole, removeInput } from '../inputs.ts';
import styles from '../import.module.css';
import { ProblemList } from './ProblemList.tsx';

const roleOptions = inputRoles.map((role) => ({ value: role, label: text.import.roles[role] }));

/** The inputs, a line each: role and dialect can be changed where they stand. */
export function InputTable({ inputs }: { readonly inputs: readonly InputView[] }): ReactNode {
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <table className={table.table} aria-label={text.import.inputs}>
      <thead>
        <tr>
          <th>{text.import.file}</th>
          <th>{text.import.role}</th>
          <th>{text.import.format}</th>
          <th>{text.import.dialect}</th>
          <th className={table.number}>{text.import.size}</th>
          <th>{text.import.understood}</th>
          <th>{text.import.problems}</th>
          <th>
            <span className="visually-hidden">{text.import.remove('')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {inputs.map((input) => (
          <InputRow
            key={input.id}
            input={input}
            opened={opened === input.id}
            onToggle={() => setOpened(opened === input.id ? null : input.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface InputRowProps {
  readonly input: InputView;
  readonly opened: boolean;
  readonly onToggle: () => void;
}

function InputRow({ input, opened, onToggle }: InputRowProps): ReactNode {
  const count = input.diagnostics.length;
  const worst = input.diagnostics.some((one) => one.severity === 'error') ? 'bad' : 'warn';
  return (
    <>
      <tr data-status={input.status}>
        <td className={styles.name}>{input.name}</td>
        <td>
          <Select
            label={text.import.roleOf(input.name)}
            value={input.role}
            options={roleOptions}
            onChange={(role) => changeRole(input.id, role)}
          />
        </td>
        <td>{input.format}</td>
        <td>{input.format === 'ddl' ? <DialectSelect input={input} /> : '—'}</td>
        <td className={table.number}>{formatBytes(input.bytes)}</td>
        <td>
          <Understood input={input} />
        </td>
        <td>
          {count === 0 ? (
            text.import.none
          ) : (
            <button
              type="button"
              className={`${styles.linkButton} ${table[worst]}`}
              aria-expanded={opened}
              onClick={onToggle}
            >
              {text.import.showProblems(count)}
            </button>
          )}
        </td>
        <td>
          <IconButton
            label={text.import.remove(input.name)}
            icon={<IconTrash size={16} stroke={1.6} />}
            onClick={() => removeInput(input.id)}
          />
        </td>
      </tr>
      {opened && count > 0 ? (
        <tr className={styles.problems}>
          <td colSpan={8}>
            <ProblemList name={input.name} diagnostics={input.diagnostics} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Understood({ input }: { readonly input: InputView }): ReactNode {
  if (input.status === 'reading') return text.import.reading;
  if (input.status === 'failed')
    return <Tone tone="bad">{input.summary === '' ? text.import.failed : input.summary}</Tone>;
  return input.summary;
}

function DialectSelect({ input }: { readonly input: InputView }): ReactNode {
  const detected = text.import.detected(input.dialectFixed ? null : input.dialect);
  const options: readonly { value: Dialect | 'detect'; label: string }[] = [
    { value: 'detect', label: input.dialectFixed ? 'detect' : detected },
    ...dialects.map((dialect) => ({ value: dialect, label: dialect })),
  ];
  return (
    <Select
      label={text.import.dialectOf(input.name)}
      value={input.dialectFixed && input.dialect !== null ? input.dialect : 'detect'}
      options={options}
      onChange={(dialect) => changeDialect(input.id, dialect === 'detect' ? null : dialect)}
    />
  );
}

import type { ReactNode } from 'react';
import { TextInput } from './TextInput.tsx';

interface SearchFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** Id of the list that Enter and arrow down go on to. */
  readonly listId: string;
  readonly onText: (text: string) => void;
}

/**
 * The search of a part: Escape empties it. Where nothing fits there is no list: the field is left all the same, so that keys
 * mean commands again.
 */
export function SearchField({ id, label, value, listId, onText }: SearchFieldProps): ReactNode {
  return (
    <TextInput
      id={id}
      label={label}
      placeholder={`${label}  /`}
      value={value}
      onText={onText}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onText('');
        if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        const list = document.getElementById(listId);
        if (list === null) event.currentTarget.blur();
        else list.focus();
      }}
    />
  );
}

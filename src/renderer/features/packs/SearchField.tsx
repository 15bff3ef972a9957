import type { ReactNode } from 'react';
import { TextInput } from '../../ui/TextInput.tsx';
import { searchId } from './store.ts';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  /** Id of the list that Enter and arrow down go on to. */
  readonly listId: string;
  readonly onText: (text: string) => void;
}

/** The search of a part: Escape empties it; without a list the field is left all the same. */
export function SearchField({ label, value, listId, onText }: SearchFieldProps): ReactNode {
  return (
    <TextInput
      id={searchId}
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

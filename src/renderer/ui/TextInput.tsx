import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './ui.module.css';

interface TextInputProps extends Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'className'> {
  readonly label: string;
  readonly onText: (text: string) => void;
}

/** One line of text; the label is for readers of the screen, the placeholder for the eye. */
export function TextInput({ label, onText, ...rest }: TextInputProps): ReactNode {
  return (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      {...rest}
      className={styles.input}
      aria-label={label}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}

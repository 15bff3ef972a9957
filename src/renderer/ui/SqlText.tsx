import type { ComponentPropsWithRef, ReactNode } from 'react';
import { sqlTokens } from './sql-tokens.ts';
import type { SqlTokenKind } from './sql-tokens.ts';
import styles from './ui.module.css';

const classes: Readonly<Record<SqlTokenKind, string | undefined>> = {
  keyword: styles.tokenKeyword,
  function: styles.tokenFunction,
  string: styles.tokenString,
  number: styles.tokenNumber,
  comment: styles.tokenComment,
  text: undefined,
};

/** SQL in colours, to read. */
export function SqlText({ sql }: { readonly sql: string }): ReactNode {
  return sqlTokens(sql).map((token, index) => (
    <span key={`${index}:${token.kind}`} className={classes[token.kind]}>
      {token.text}
    </span>
  ));
}

interface SqlInputProps extends Omit<ComponentPropsWithRef<'textarea'>, 'onChange' | 'value' | 'className'> {
  readonly label: string;
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** A SQL expression to edit: a plain text area over its own coloured copy, so that it opens at once and grows. */
export function SqlInput({ label, value, onText, ...rest }: SqlInputProps): ReactNode {
  return (
    <div className={styles.editor}>
      <pre aria-hidden="true">
        <SqlText sql={value} />
        {'\n'}
      </pre>
      <textarea
        spellCheck={false}
        rows={1}
        {...rest}
        aria-label={label}
        value={value}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    </div>
  );
}

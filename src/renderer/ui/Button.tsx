import type { ComponentPropsWithRef, ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import { Tooltip } from './Tooltip.tsx';
import styles from './ui.module.css';

interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  readonly kind?: 'default' | 'primary' | 'quiet';
  readonly shortcut?: string | undefined;
  /** Why it cannot be used now; said on hover and focus. Undefined: it can. */
  readonly blocked?: string | undefined;
}

/** A push button. A blocked one stays focusable, so that its reason can be read. */
export function Button({
  kind = 'default',
  shortcut,
  blocked,
  onClick,
  className,
  children,
  ...rest
}: ButtonProps): ReactNode {
  const kindClass = kind === 'default' ? '' : (styles[kind] ?? '');
  const button = (
    <button
      type="button"
      {...rest}
      className={`${styles.button} ${kindClass} ${className ?? ''}`}
      aria-disabled={blocked !== undefined}
      onClick={blocked === undefined ? onClick : undefined}
    >
      {children}
      {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
    </button>
  );
  return blocked === undefined ? button : <Tooltip label={blocked}>{button}</Tooltip>;
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'kind' | 'shortcut'> {
  readonly label: string;
  readonly icon: ReactNode;
}

/** A button that shows only an icon; its name is the tooltip and what readers of the screen hear. */
export function IconButton({ label, icon, blocked, onClick, ...rest }: IconButtonProps): ReactNode {
  return (
    <Tooltip label={blocked === undefined ? label : `${label}: ${blocked}`}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-disabled={blocked !== undefined}
        className={`${styles.button} ${styles.quiet} ${styles.icon}`}
        onClick={blocked === undefined ? onClick : undefined}
      >
        {icon}
      </button>
    </Tooltip>
  );
}

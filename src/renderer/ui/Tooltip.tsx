import { Tooltip as MantineTooltip } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

interface TooltipProps {
  readonly label: ReactNode;
  readonly position?: 'right' | 'bottom' | 'top';
  readonly children: ReactElement;
}

/** A short explanation on hover and on keyboard focus. */
export function Tooltip({ label, position = 'bottom', children }: TooltipProps): ReactNode {
  return (
    <MantineTooltip
      label={label}
      position={position}
      openDelay={350}
      multiline
      maw={320}
      events={{ hover: true, focus: true, touch: false }}
      styles={{ tooltip: { background: 'var(--tx0)', color: 'var(--bg1)', font: 'var(--small)' } }}
    >
      {children}
    </MantineTooltip>
  );
}

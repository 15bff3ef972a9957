import { Popover as MantinePopover } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

interface PopoverProps {
  readonly label: string;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  readonly target: ReactElement;
  readonly children: ReactNode;
}

/** A panel beside its button. */
export function Popover({ label, opened, onChange, target, children }: PopoverProps): ReactNode {
  return (
    <MantinePopover
      opened={opened}
      onChange={onChange}
      position="right-end"
      width={300}
      trapFocus
      returnFocus
      shadow="md"
      transitionProps={{ duration: 100 }}
    >
      <MantinePopover.Target>{target}</MantinePopover.Target>
      <MantinePopover.Dropdown aria-label={label} bg="var(--bg1)">
        {children}
      </MantinePopover.Dropdown>
    </MantinePopover>
  );
}

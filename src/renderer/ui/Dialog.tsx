import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './ui.module.css';

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly size?: number;
  readonly children: ReactNode;
}

/** A modal dialog: keeps the focus inside, closes with Escape and gives the focus back. */
export function Dialog({ opened, onClose, title, size = 560, children }: DialogProps): ReactNode {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} padding={16} transitionProps={{ duration: 100 }}>
      <Modal.Overlay color="var(--scrim)" backgroundOpacity={1} />
      <Modal.Content bg="var(--bg1)">
        <div className={styles.dialogHead}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body pt={8}>
          <div className={styles.dialogBody}>{children}</div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The buttons at the end of a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={styles.dialogActions}>{children}</div>;
}

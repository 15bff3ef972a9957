import type { ReactNode } from 'react';

interface ScrollRegionProps {
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** Content that scrolls and holds nothing to focus: the keyboard can still reach and scroll it. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard
    <div className={className} tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}

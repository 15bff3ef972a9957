import type { ReactNode } from 'react';
export function DiagramTab(): ReactNode {
  return null;
}

import type { PortolanBridge } from '../shared/ipc/contract.ts';

declare global {
  interface Window {
    readonly portolan: PortolanBridge;
  }
}

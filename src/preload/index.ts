/** The one bridge between the page and the main process: no logic, nothing of Electron, no path reaches the page. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

contextBridge.exposeInMainWorld('portolan', {
  request: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('portolan:request', name, input),
  on(name: string, listener: (payload: unknown) => void): () => void {
    const relay = (_event: unknown, got: string, payload: unknown): void => {
      if (got === name) listener(payload);
    };
    ipcRenderer.on('portolan:event', relay);
    return () => {
      ipcRenderer.off('portolan:event', relay);
    };
  },
  // Paths of dropped files go straight to main, which validates them and hands out ids.
  grant: (files: readonly File[]): Promise<unknown> =>
    ipcRenderer.invoke(
      'portolan:grant',
      files.map((file) => webUtils.getPathForFile(file)),
    ),
});

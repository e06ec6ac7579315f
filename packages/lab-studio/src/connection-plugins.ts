import type { ServiceManagerPlugin } from '@jupyterlab/services';
import { IConnectionStatus, IServerSettings, ServerConnection } from '@jupyterlab/services';
import { Token } from '@lumino/coreutils';
import { ConnectionMonitor } from './connection-monitor.ts';

export const IConnectionMonitor = new Token<ConnectionMonitor>(
  '@strongroom/lab-studio:IConnectionMonitor',
  'Knows whether the studio answers, and why not.',
);

/** Starts before Lab does; its first question to the control plane is whose studio this is. */
export const connectionMonitorPlugin: ServiceManagerPlugin<ConnectionMonitor> = {
  id: '@strongroom/lab-studio:connection-monitor',
  description: 'Watches the connection to the studio.',
  autoStart: true,
  provides: IConnectionMonitor,
  optional: [IConnectionStatus],
  activate: (_: null, status: IConnectionStatus | null) => {
    const monitor = new ConnectionMonitor({
      fetch: (input, init) => window.fetch(input, init),
      onChange: ({ state }) => {
        // Lab's periodic questions rest while nobody could answer them.
        if (status !== null) status.isConnected = state === 'Connected';
      },
    });
    void monitor.probe();
    return monitor;
  },
};

/** Takes the place of `@jupyterlab/services-extension:server-settings`. */
export const serverSettingsPlugin: ServiceManagerPlugin<ServerConnection.ISettings> = {
  id: '@strongroom/lab-studio:server-settings',
  description: 'Server settings whose requests the connection monitor sees.',
  autoStart: true,
  provides: IServerSettings,
  requires: [IConnectionMonitor],
  activate: (_: null, monitor: ConnectionMonitor) =>
    ServerConnection.makeSettings({
      fetch: monitor.observedFetch,
      WebSocket: observedWebSocket(monitor),
    }),
};

/** When a session or a studio ends its WebSockets close: the first sign that it did. */
function observedWebSocket(monitor: ConnectionMonitor): typeof WebSocket {
  return class extends WebSocket {
    #isClosedByLab = false;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('close', () => {
        if (!this.#isClosedByLab) void monitor.askStudio();
      });
    }

    override close(code?: number, reason?: string): void {
      this.#isClosedByLab = true;
      super.close(code, reason);
    }
  };
}

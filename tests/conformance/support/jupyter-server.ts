import { PageConfig } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { WebSocket } from 'ws';
import { type LoopbackForwarder, startLoopbackForwarder } from './loopback-forwarder.ts';
import { StandInControlPlane, type StandInOptions } from './stand-in-control-plane.ts';

/** A built agent as JupyterLab's own client library sees it: a Jupyter server at a URL. */
export interface JupyterServer {
  readonly controlPlane: StandInControlPlane;
  readonly forwarder: LoopbackForwarder;
  readonly settings: ServerConnection.ISettings;
  readonly url: string;
  close(): Promise<void>;
}

export async function startJupyterServer(options: StandInOptions = {}): Promise<JupyterServer> {
  const controlPlane = await StandInControlPlane.start(options);
  const forwarder = await startLoopbackForwarder(controlPlane.socketPath);
  // What Lab's page says of the server it was served by.
  PageConfig.setOption('terminalsAvailable', 'true');
  const url = `http://127.0.0.1:${forwarder.port}/`;
  const settings = ServerConnection.makeSettings({
    baseUrl: url,
    wsUrl: url.replace('http', 'ws'),
    appUrl: '/lab',
    appendToken: false,
    WebSocket: WebSocket as never,
  });
  return {
    controlPlane,
    forwarder,
    settings,
    url,
    async close() {
      await controlPlane.close();
      await forwarder.close();
    },
  };
}

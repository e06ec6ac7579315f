import { once } from 'node:events';
import {
  createMessage,
  decodeJsonMessage,
  decodeV1Message,
  encodeJsonMessage,
  encodeV1Message,
  parseContent,
  parseHeader,
  v1WebSocketProtocol,
} from '@strongroom/jupyter-protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type JupyterServer, startJupyterServer } from './support/jupyter-server.ts';

let server: JupyterServer;
let kernelId: string;

beforeAll(async () => {
  server = await startJupyterServer();
  const response = await fetch(`${server.url}api/kernels`, { method: 'POST', body: '{}' });
  kernelId = ((await response.json()) as { id: string }).id;
});

afterAll(() => server.close());

async function connect(protocols: string[], path = `api/kernels/${kernelId}/channels`) {
  const webSocket = new WebSocket(`${server.settings.wsUrl}${path}`, protocols);
  await once(webSocket, 'open');
  return webSocket;
}

const execute = (code: string) =>
  createMessage({
    type: 'execute_request',
    session: 'test',
    content: {
      code,
      silent: false,
      store_history: false,
      user_expressions: {},
      allow_stdin: false,
    },
  });

/** Resolves with the first message of that type, as the client received it. */
function received(webSocket: WebSocket, type: string, isV1: boolean) {
  return new Promise<{ content: unknown; isBinary: boolean; buffers: readonly Buffer[] }>(
    (resolve) => {
      webSocket.on('message', (data: Buffer, isBinary: boolean) => {
        const { frames } = isV1 ? decodeV1Message(data) : decodeJsonMessage({ data, isBinary });
        if (parseHeader(frames.header).messageType !== type) return;
        resolve({ content: parseContent(frames), isBinary, buffers: frames.buffers });
      });
    },
  );
}

test('a client that offers the v1 protocol is served in it', async () => {
  const webSocket = await connect([v1WebSocketProtocol]);
  expect(webSocket.protocol).toBe(v1WebSocketProtocol);
  const stream = received(webSocket, 'stream', true);
  webSocket.send(encodeV1Message({ channel: 'shell', frames: execute("print('v1')") }));
  expect((await stream).content).toEqual({ name: 'stdout', text: 'v1\n' });
  webSocket.close();
});

test('a client that offers none is served JSON, binary where there are buffers', async () => {
  const webSocket = await connect([]);
  expect(webSocket.protocol).toBe('');
  const comm = received(webSocket, 'comm_open', false);
  const code =
    "from ipykernel.comm import Comm\nComm(target_name='t', data={'a': 1}, buffers=[b'\\x01\\x02'])";
  const { data, isBinary } = encodeJsonMessage({ channel: 'shell', frames: execute(code) });
  webSocket.send(data, { binary: isBinary });
  const { content, isBinary: isBinaryAnswer, buffers } = await comm;
  expect(content).toMatchObject({ target_name: 't', data: { a: 1 } });
  expect(isBinaryAnswer).toBe(true);
  expect([...(buffers[0] ?? [])]).toEqual([1, 2]);
  webSocket.close();
});

test('bytes that are no message close that WebSocket and nothing else', async () => {
  for (const [protocols, garbage] of [
    [[v1WebSocketProtocol], Buffer.from('nonsense')],
    [[v1WebSocketProtocol], Buffer.alloc(64, 0xff)],
    [[], '{"header": 1}'],
    [[], Buffer.from([0, 0, 0, 9])],
  ] as const) {
    const webSocket = await connect([...protocols]);
    webSocket.send(garbage);
    const [code] = await once(webSocket, 'close');
    expect(code).toBe(1007);
  }
  const response = await fetch(`${server.url}api/kernels/${kernelId}`);
  expect(response.status).toBe(200);
});

test('the WebSocket of an unknown kernel is refused', async () => {
  const webSocket = new WebSocket(`${server.settings.wsUrl}api/kernels/nobody/channels`);
  const [error] = await once(webSocket, 'error');
  expect(String(error)).toContain('404');
});

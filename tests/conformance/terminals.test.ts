import { type Terminal, TerminalManager } from '@jupyterlab/services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type JupyterServer, startJupyterServer } from './support/jupyter-server.ts';
import { nextSignal } from './support/run-code.ts';

let server: JupyterServer;
let manager: TerminalManager;

beforeAll(async () => {
  server = await startJupyterServer();
  manager = new TerminalManager({ serverSettings: server.settings });
  await manager.ready;
});

afterAll(async () => {
  manager.dispose();
  await server.close();
});

/** Resolves once what the terminal shows contains `text`. */
function shown(terminal: Terminal.ITerminalConnection, text: string): Promise<string> {
  let output = '';
  return new Promise((resolve) => {
    terminal.messageReceived.connect((_sender, { type, content }) => {
      if (type !== 'stdout') return;
      output += String(content?.[0] ?? '');
      if (output.includes(text)) resolve(output);
    });
  });
}

function type(terminal: Terminal.ITerminalConnection, text: string): void {
  terminal.send({ type: 'stdin', content: [text] });
}

test('a terminal is a login shell in the home, without the settings of the agent', async () => {
  const terminal = await manager.startNew();
  const output = shown(terminal, 'end.');
  type(terminal, 'shopt -q login_shell && pwd; env | grep -c STRONGROOM; echo "e"nd.\n');
  expect(await output).toContain(`${server.controlPlane.home}\r\n0\r\nend.`);
  await terminal.shutdown();
});

test('a terminal takes the size of the page', async () => {
  const terminal = await manager.startNew();
  const output = shown(terminal, '51 133');
  terminal.send({ type: 'set_size', content: [51, 133, 800, 1200] });
  type(terminal, 'stty size\n');
  expect(await output).toContain('51 133');
  await terminal.shutdown();
});

test('a page that comes back finds what the terminal showed, and goes on', async () => {
  const terminal = await manager.startNew();
  const first = shown(terminal, '가나다-7');
  type(terminal, 'echo 가나다-$((3+4))\n');
  await first;
  terminal.dispose();
  const again = manager.connectTo({ model: { name: terminal.name } });
  await shown(again, '가나다-7');
  const second = shown(again, 'more-9');
  type(again, 'echo more-$((4+5))\n');
  await second;
  await again.shutdown();
});

test('characters are never cut, however the output is chunked', async () => {
  const terminal = await manager.startNew();
  const output = shown(terminal, 'done');
  type(terminal, 'python3 -c "print(chr(0xd55c) * 200_000)"; echo do\'\'ne\n');
  const text = await output;
  expect(text).not.toContain('\ufffd');
  expect(text.split('한').length - 1).toBe(200_000);
  await terminal.shutdown();
});

test('when the shell ends, its page is told and it leaves the list', async () => {
  const terminal = await manager.startNew();
  const ended = nextSignal(terminal.disposed, () => true);
  type(terminal, 'exit\n');
  await ended;
  await manager.refreshRunning();
  expect([...manager.running()].map(({ name }) => name)).not.toContain(terminal.name);
});

test('a shutdown ends also a shell that ignores the hang-up', async () => {
  const terminal = await manager.startNew();
  const output = shown(terminal, 'deaf.');
  type(terminal, 'trap "" HUP; echo deaf"".\n');
  await output;
  await manager.shutdown(terminal.name);
  const response = await fetch(`${server.url}api/terminals/${terminal.name}`);
  expect(response.status).toBe(404);
  expect(server.controlPlane.activity.terminalCount).toBe(0);
});

test('a page that does not read stops the flood instead of filling the memory', async () => {
  const terminal = await manager.startNew();
  const stalled = new WebSocket(`${server.settings.wsUrl}terminals/websocket/${terminal.name}`);
  const begun = new Promise<void>((resolve) => {
    stalled.on('message', (data: Buffer) => {
      if (!data.toString().includes('flood flood')) return;
      stalled.pause();
      resolve();
    });
  });
  type(terminal, "yes 'flood flood'\n");
  await begun;
  const before = server.controlPlane.agentMemoryBytes();
  // The flood writes a hundred times this in the time it takes to be stopped by nobody.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(server.controlPlane.agentMemoryBytes() - before).toBeLessThan(24 * 1024 * 1024);
  stalled.terminate();
  await terminal.shutdown();
});

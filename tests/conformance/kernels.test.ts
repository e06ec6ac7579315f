import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kernel, KernelManager, type KernelMessage } from '@jupyterlab/services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type JupyterServer, startJupyterServer } from './support/jupyter-server.ts';
import { nextSignal, runCode } from './support/run-code.ts';

let server: JupyterServer;
let manager: KernelManager;
let kernel: Kernel.IKernelConnection;

beforeAll(async () => {
  server = await startJupyterServer();
  manager = new KernelManager({ serverSettings: server.settings });
  await manager.ready;
  kernel = await manager.startNew({ name: 'python3' });
});

afterAll(async () => {
  manager.dispose();
  await server.close();
});

/** Runs a cell that ends only after `meanwhile` has: what needs the cell to end would wait for ever. */
async function runUntilReleased(meanwhile: () => Promise<void>): Promise<void> {
  const release = join(server.controlPlane.home, 'release');
  let released: Promise<void> | undefined;
  const code = `
import os, time
print('begun', flush=True)
while not os.path.exists('${release}'): time.sleep(0.01)
os.remove('${release}')`;
  await runCode(kernel, code, ({ header }) => {
    if (header.msg_type !== 'stream') return;
    released ??= meanwhile().then(() => writeFileSync(release, ''));
  });
  await released;
}

test('prints, results, displays and errors arrive in order and end with idle', async () => {
  const { published, reply } = await runCode(
    kernel,
    "from IPython.display import display, HTML\nprint('가나다')\ndisplay(HTML('<b>x</b>'))\n6 * 7",
  );
  expect(published.map(({ header }) => header.msg_type)).toEqual([
    'status',
    'execute_input',
    'stream',
    'display_data',
    'execute_result',
    'status',
  ]);
  expect(reply.content.status).toBe('ok');
  const failed = await runCode(kernel, '1 / 0');
  expect(failed.reply.content).toMatchObject({ status: 'error', ename: 'ZeroDivisionError' });
});

test('input() asks the client that runs the cell, and nobody else', async () => {
  const other = manager.connectTo({ model: kernel.model });
  const asked: unknown[] = [];
  other.anyMessage.connect((_sender, { msg }) => {
    if (msg.channel === 'stdin') asked.push(msg);
  });
  await other.info;
  const published: KernelMessage.IIOPubMessage[] = [];
  const future = kernel.requestExecute({ code: "name = input('Name? ')\nprint('Hello ' + name)" });
  future.onIOPub = (message) => {
    published.push(message);
  };
  future.onStdin = (message) => {
    kernel.sendInputReply({ status: 'ok', value: 'Bob' }, message.header as never);
  };
  await future.done;
  expect(published.map(({ content }) => content)).toContainEqual({
    name: 'stdout',
    text: 'Hello Bob\n',
  });
  expect(asked).toEqual([]);
  other.dispose();
});

test('an interrupt ends a sleeping cell with KeyboardInterrupt', async () => {
  const running = runCode(kernel, "import time\nprint('begun', flush=True)\ntime.sleep(60)", () =>
    interruptOnce(),
  );
  let interrupted = false;
  function interruptOnce(): void {
    if (interrupted || kernel.status !== 'busy') return;
    interrupted = true;
    void kernel.interrupt();
  }
  const { reply } = await running;
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
});

test('a restart forgets variables and serves the same kernel id', async () => {
  await runCode(kernel, 'kept = 1');
  const { id } = kernel;
  await kernel.restart();
  const { reply } = await runCode(kernel, 'kept');
  expect(kernel.id).toBe(id);
  expect(reply.content).toMatchObject({ status: 'error', ename: 'NameError' });
  expect(server.controlPlane.kernelIds()).toContain(id);
});

test('what one client runs, another client of the kernel sees', async () => {
  const other = manager.connectTo({ model: kernel.model });
  await other.info;
  const seen = nextSignal(other.iopubMessage, ({ header }) => header.msg_type === 'stream');
  await runCode(kernel, "print('shared')");
  expect((await seen).content).toEqual({ name: 'stdout', text: 'shared\n' });
  const { stdout } = await runCode(other, "print('second')");
  expect(stdout).toBe('second\n');
  other.dispose();
});

test('output of a running cell survives a lost connection, whole and in order', async () => {
  let isCut = false;
  const { stdout, reply } = await runCode(
    kernel,
    'import time\nfor number in range(20):\n    print(number, flush=True)\n    time.sleep(0.05)',
    ({ header }) => {
      if (isCut || header.msg_type !== 'stream') return;
      isCut = true;
      server.forwarder.cutConnections();
    },
  );
  expect(isCut).toBe(true);
  expect(reply.content.status).toBe('ok');
  expect(stdout.trim().split('\n')).toEqual(Array.from({ length: 20 }, (_, index) => `${index}`));
});

test('a comm carries messages and binary buffers both ways', async () => {
  const code = `
def target(comm, message):
    @comm.on_msg
    def answer(message):
        comm.send({'length': len(message['buffers'][0])}, buffers=[bytes(message['buffers'][0])[::-1]])
get_ipython().kernel.comm_manager.register_target('echo', target)`;
  await runCode(kernel, code);
  const comm = kernel.createComm('echo');
  const answered = new Promise<KernelMessage.ICommMsgMsg>((resolve) => {
    comm.onMsg = resolve;
  });
  await comm.open().done;
  comm.send({ question: 1 }, {}, [Uint8Array.from([1, 2, 3]).buffer]);
  const { content, buffers } = await answered;
  expect(content.data).toEqual({ length: 3 });
  const [buffer] = (buffers ?? []) as DataView[];
  expect([buffer?.getUint8(0), buffer?.getUint8(1), buffer?.getUint8(2)]).toEqual([3, 2, 1]);
});

test('the debugger answers on the control channel while a cell runs', async () => {
  let answered: Promise<KernelMessage.IDebugReplyMsg> | undefined;
  await runUntilReleased(async () => {
    answered = kernel.requestDebug({ seq: 1, type: 'request', command: 'debugInfo' })
      .done as Promise<KernelMessage.IDebugReplyMsg>;
    await answered;
  });
  expect((await answered)?.content).toMatchObject({ success: true, command: 'debugInfo' });
});

test('a page that opens while a cell runs knows the kernel and that it is busy at once', async () => {
  let status = '';
  await runUntilReleased(async () => {
    const other = manager.connectTo({ model: kernel.model });
    await other.info;
    if (other.status !== 'busy') await nextSignal(other.statusChanged, (it) => it === 'busy');
    status = other.status;
    other.dispose();
  });
  expect(status).toBe('busy');
});

test('a kernel that is killed starts again by itself, tells so in its cell and works', async () => {
  const restarting = nextSignal(kernel.statusChanged, (status) => status === 'autorestarting');
  const told = nextSignal(
    kernel.iopubMessage,
    ({ content }) => (content as { name?: string }).name === 'stderr',
  );
  const interrupted = runCode(
    kernel,
    "import time\nprint('begun', flush=True)\ntime.sleep(60)",
    ({ header }) => {
      if (header.msg_type === 'stream') server.controlPlane.killKernel(kernel.id);
    },
  ).catch((error: unknown) => error);
  expect((await told).content).toMatchObject({ text: expect.stringContaining('SIGKILL') });
  await restarting;
  expect(await interrupted).toBeInstanceOf(Error);
  const { stdout } = await runCode(kernel, "print('back')");
  expect(stdout).toBe('back\n');
});

test('a kernel that used all its memory says so, with the limit, in the running cell', async () => {
  const oneKernel = await manager.startNew({ name: 'python3' });
  const told = nextSignal(
    oneKernel.iopubMessage,
    ({ content }) => (content as { name?: string }).name === 'stderr',
  );
  const future = oneKernel.requestExecute({ code: "print('begun', flush=True)\nwhile True: pass" });
  future.onIOPub = ({ header }) => {
    if (header.msg_type === 'stream') server.controlPlane.endOutOfMemory(oneKernel.id);
  };
  const { content, parent_header: parent } = await told;
  expect(content).toMatchObject({ text: expect.stringContaining('2 GiB of memory') });
  expect(parent).toMatchObject({ msg_id: future.msg.header.msg_id });
  await future.done.catch(() => {});
  const { stdout } = await runCode(oneKernel, "print('back')");
  expect(stdout).toBe('back\n');
  await oneKernel.shutdown();
});

test('a kernel that closes its sockets is stopped and started again', async () => {
  const oneKernel = await manager.startNew({ name: 'python3' });
  const restarting = nextSignal(oneKernel.statusChanged, (status) => status === 'autorestarting');
  const code = `
import ctypes, os
for number in range(3, 256):
    try:
        if os.readlink(f'/proc/self/fd/{number}').startswith('socket:'): os.close(number)
    except OSError: pass
while True: pass`;
  oneKernel.requestExecute({ code }).done.catch(() => {});
  await restarting;
  const { stdout } = await runCode(oneKernel, "print('back')");
  expect(stdout).toBe('back\n');
  await oneKernel.shutdown();
});

test('a shutdown ends the process and leaves no file behind', async () => {
  const oneKernel = await manager.startNew({ name: 'python3' });
  await oneKernel.info;
  expect(server.controlPlane.runtimeFiles(oneKernel.id)).not.toEqual([]);
  await oneKernel.shutdown();
  expect(server.controlPlane.kernelIds()).not.toContain(oneKernel.id);
  expect(server.controlPlane.runtimeFiles(oneKernel.id)).toEqual([]);
  await manager.refreshRunning();
  expect([...manager.running()].map(({ id }) => id)).not.toContain(oneKernel.id);
});

test('the default kernel prepared ahead of need is the one the next notebook gets', async () => {
  const before = server.controlPlane.kernelIds();
  const started = server.controlPlane.nextKernelStart();
  server.controlPlane.send({
    ...{ event: 'prepareKernel', kernelSpecName: 'python3', count: 1, isKept: false },
  });
  const preparedId = await started;
  expect(before).not.toContain(preparedId);
  await manager.refreshRunning();
  expect([...manager.running()].map(({ id }) => id)).not.toContain(preparedId);
  const taken = await manager.startNew({ name: 'python3' });
  expect(taken.id).toBe(preparedId);
  const next = await manager.startNew({ name: 'python3' });
  expect(next.id).not.toBe(preparedId);
  await Promise.all([taken.shutdown(), next.shutdown()]);
});

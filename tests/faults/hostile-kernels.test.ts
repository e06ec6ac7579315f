import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient, type KernelMessage } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

let domain: RunningDomain;
let alice: ApiClient;

beforeAll(async () => {
  domain = await startDomain();
  alice = new ApiClient(domain);
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await alice.openStudio('alice');
});

afterAll(() => domain.remove());

const textOf = (message: KernelMessage) => String(message.content?.text ?? '');

describe('a kernel that misbehaves', () => {
  it('stops at its process limit when it forks without end, and the studio still answers', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    const forked = await kernel.execute(
      [
        'import os, time, signal',
        'children = []',
        'try:',
        '    while True:',
        '        child = os.fork()',
        '        if child == 0:',
        '            time.sleep(600); os._exit(0)',
        '        children.append(child)',
        'except OSError as error:',
        '    refused = type(error).__name__',
        'for child in children: os.kill(child, signal.SIGKILL); os.waitpid(child, 0)',
        'print(refused, len(children) < 5000)',
      ].join('\n'),
    );
    expect(forked.printed.trim()).toBe('BlockingIOError True');
    expect((await alice.studio('alice', '/api/status')).status).toBe(200);
    await alice.studio('alice', `/api/kernels/${kernel.kernelId}`, { method: 'DELETE' });
  });

  it('ends with a plain message when it eats all its memory, and starts again', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    await kernel.execute('1');
    const explained = kernel.next((message) => /memory/i.test(textOf(message)));
    const restarted = kernel.next(
      (message) =>
        message.header.msg_type === 'status' && message.content.execution_state === 'restarting',
    );
    kernel.send('x = []\nwhile True: x.append(bytearray(64 * 1024 * 1024))');
    expect(textOf(await explained)).toMatch(/GiB/);
    await restarted;
    expect((await kernel.execute('print(6 * 7)')).printed).toBe('42\n');
    await alice.studio('alice', `/api/kernels/${kernel.kernelId}`, { method: 'DELETE' });
  });

  it('gets no more than its private temporary folder when it fills the disk', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    const filled = await kernel.execute(
      [
        'import errno',
        'try:',
        "    with open('/tmp/fill', 'wb') as file:",
        '        while True: file.write(bytes(16 * 1024 * 1024))',
        'except OSError as error:',
        '    print(errno.errorcode[error.errno])',
        "import os; os.remove('/tmp/fill')",
      ].join('\n'),
    );
    expect(filled.printed.trim()).toBe('ENOSPC');
    await alice.studio('alice', `/api/kernels/${kernel.kernelId}`, { method: 'DELETE' });
  });

  it('is told that output was left out when it prints without end, and can be interrupted', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    await kernel.execute('1');
    const notice = kernel.next(
      (message) => message.header.msg_type === 'stream' && message.content.name === 'stderr',
    );
    const running = kernel.execute("while True: print('x' * 100_000, flush=True)");
    await notice;
    const interrupted = await alice.studio('alice', `/api/kernels/${kernel.kernelId}/interrupt`, {
      method: 'POST',
      body: {},
    });
    expect(interrupted.status).toBe(204);
    expect((await running).status).toBe('error');
    expect((await kernel.execute('print(1)')).printed).toBe('1\n');
    await alice.studio('alice', `/api/kernels/${kernel.kernelId}`, { method: 'DELETE' });
  });

  it('is shut down though it closed its own sockets', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    await kernel.execute('1');
    kernel.send(
      [
        'import os, socket, time',
        "for name in os.listdir('/proc/self/fd'):",
        '    try:',
        "        if os.readlink(f'/proc/self/fd/{name}').startswith('socket:'): os.close(int(name))",
        '    except OSError: pass',
        'time.sleep(600)',
      ].join('\n'),
    );
    const deleted = await alice.studio('alice', `/api/kernels/${kernel.kernelId}`, {
      method: 'DELETE',
    });
    expect(deleted.status).toBe(204);
    const left = await alice.studio('alice', '/api/kernels');
    expect(left.json.map((each: { id: string }) => each.id)).not.toContain(kernel.kernelId);
  });

  it('answers with a clear error when it never starts', async () => {
    const spec = JSON.stringify({
      argv: ['/bin/false'],
      display_name: 'Never starts',
      language: 'none',
    });
    for (const path of [
      '.local',
      '.local/share',
      '.local/share/jupyter',
      '.local/share/jupyter/kernels',
      '.local/share/jupyter/kernels/never',
    ])
      await alice.studio('alice', `/api/contents/${path}`, {
        method: 'PUT',
        body: { type: 'directory' },
      });
    const saved = await alice.studio(
      'alice',
      '/api/contents/.local/share/jupyter/kernels/never/kernel.json',
      {
        method: 'PUT',
        body: { type: 'file', format: 'text', content: spec },
      },
    );
    expect(saved.status).toBe(201);
    const started = await alice.studio('alice', '/api/kernels', {
      method: 'POST',
      body: { name: 'never' },
    });
    if (started.status === 201) {
      const path = `/api/kernels/${started.json.id}`;
      const state = async () => (await alice.studio('alice', path)).json;
      await expect
        .poll(async () => (await state()).execution_state, { timeout: 60_000 })
        .toBe('dead');
      expect((await state()).reason).toMatch(/start/i);
      return;
    }
    expect(started.status).toBe(500);
    expect(started.json.message).toMatch(/never|start/i);
  });
});

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

let domain: RunningDomain;
let alice: ApiClient;

beforeEach(async () => {
  domain = await startDomain();
  alice = new ApiClient(domain);
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await alice.openStudio('alice');
});

afterEach(() => domain.remove());

/**
 * Process ids on this machine that something of this domain's folder is mounted for, other than the
 * control plane. What is bound comes fourth (proc(5), mountinfo); that homes are mounted in the folder
 * is seen by every sandbox on the machine.
 */
function processesOf(running: RunningDomain): number[] {
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === running.process.pid || Number(name) === process.pid)
      continue;
    try {
      const mounts = readFileSync(`/proc/${name}/mountinfo`, 'utf8').split('\n');
      if (mounts.some((line) => line.split(' ')[3]?.includes(running.folder.slice(1)))) {
        found.push(Number(name));
      }
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return found;
}

async function appsOf(client: ApiClient) {
  const apps = await client.console('/api/apps');
  return apps.json.apps as {
    appId: string;
    appType: string;
    status: string;
    endedWithPlatform?: string;
  }[];
}

describe('what is killed', () => {
  it('is started again when it is a kernel', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    const restarting = kernel.next(
      (message) =>
        message.header.msg_type === 'status' && message.content.execution_state === 'restarting',
    );
    kernel.send('import os, signal; os.kill(os.getpid(), signal.SIGKILL)');
    await restarting;
    expect((await kernel.execute('print(2 + 2)')).printed).toBe('4\n');
  });

  it('is started again on the next request when it is the agent, with every saved file', async () => {
    const saved = await alice.studio('alice', '/api/contents/kept.txt', {
      method: 'PUT',
      body: { type: 'file', format: 'text', content: 'kept' },
    });
    expect(saved.status).toBe(201);
    const kernel = await KernelClient.start(alice, 'alice');
    const closed = kernel.closed();
    for (const pid of agentProcesses()) process.kill(pid, 'SIGKILL');
    await closed;
    const read = await alice.studio('alice', '/api/contents/kept.txt?content=1');
    expect(read.json.content).toBe('kept');
  });

  it('leaves no process, no lost file and a working launch when it is the control plane', async () => {
    await alice.studio('alice', '/api/contents/kept.txt', {
      method: 'PUT',
      body: { type: 'file', format: 'text', content: 'kept' },
    });
    await KernelClient.start(alice, 'alice');
    expect(processesOf(domain).length).toBeGreaterThan(0);
    const ran = (await appsOf(alice)).map((app) => app.appId);
    expect(ran.length).toBeGreaterThan(1);
    await domain.kill();
    await expect.poll(() => processesOf(domain), { timeout: 10_000 }).toEqual([]);

    domain = await domain.restart();
    const again = new ApiClient(domain);
    await again.firstSignIn('alice', await oneTimePassword(domain));
    // Signing in may have started the studio anew already; what ran before the kill has ended.
    const ended = (await appsOf(again)).filter((app) => ran.includes(app.appId));
    expect(ended.map((app) => app.status)).toEqual(ran.map(() => 'Failed'));
    expect(ended.map((app) => app.endedWithPlatform)).toEqual(ran.map(() => 'crash'));
    await again.openStudio('alice');
    const read = await again.studio('alice', '/api/contents/kept.txt?content=1');
    expect(read.json.content).toBe('kept');
  });

  it('ends every process when it is stopped by Ctrl-C', async () => {
    await KernelClient.start(alice, 'alice');
    expect(await domain.stop()).toBe(0);
    expect(processesOf(domain)).toEqual([]);
  });

  it('fails no app when it is stopped in order, also where all its processes hear the signal', async () => {
    await KernelClient.start(alice, 'alice');
    const ran = (await appsOf(alice)).map((app) => app.appId);
    const exited = once(domain.process, 'exit');
    domain.process.kill('SIGTERM');
    for (const processId of processesOf(domain)) signal(processId, 'SIGTERM');
    expect(await exited).toEqual([0, null]);

    domain = await domain.restart();
    const again = new ApiClient(domain);
    await again.firstSignIn('alice', await oneTimePassword(domain));
    const ended = (await appsOf(again)).filter((app) => ran.includes(app.appId));
    expect(ended.map((app) => app.status)).toEqual(ran.map(() => 'Deleted'));
    expect(ended.map((app) => app.endedWithPlatform)).toEqual(ran.map(() => 'restart'));
  });
});

/** Does nothing to one that has ended meanwhile. */
function signal(processId: number, name: NodeJS.Signals): void {
  try {
    process.kill(processId, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function agentProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').startsWith(
          '/opt/strongroom/bin/node\0',
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The operator's way back in: a new one-time password through the command line tool. */
async function oneTimePassword(running: RunningDomain): Promise<string> {
  const printed = execFileSync(
    process.execPath,
    [
      'apps/cli/dist/main.js',
      'users',
      'reset-password',
      'alice',
      '--data-folder',
      `${running.folder}/data`,
    ],
    { encoding: 'utf8' },
  );
  const match = /^ {2}alice {2,}(\S+)$/m.exec(printed);
  if (!match?.[1]) throw new Error(`No one-time password in: ${printed}`);
  return match[1];
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { startClusterDomain } from '../support/cluster-domain.ts';
import { KernelClient } from '../support/kernel-client.ts';
import type { RunningDomain } from '../support/running-domain.ts';
import { nodeNames, type SlurmCluster, startSlurmCluster } from '../support/slurm-cluster.ts';

const patience = { timeout: 60_000, interval: 200 };

let cluster: SlurmCluster;
let domain: RunningDomain;
let alice: ApiClient;

beforeAll(async () => {
  cluster = await startSlurmCluster();
  domain = await startClusterDomain(cluster.configurationFile);
  alice = new ApiClient(domain);
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await alice.openStudio('alice');
});

afterAll(async () => {
  await domain?.remove();
  await cluster?.remove();
});

/** What Slurm says of its jobs, one line each. */
const jobs = (format: string) =>
  cluster.run('squeue', '--noheader', '-o', format).trim().split('\n').filter(Boolean);

const stop = async (kernel: KernelClient) => {
  kernel.close();
  await alice.studio('alice', `/api/kernels/${kernel.kernelId}`, { method: 'DELETE' });
  await expect.poll(() => jobs('%i'), patience).toEqual([]);
};

test('a kernel is a job of its size, in a sandbox on the node, with the home and without a network', async () => {
  const kernel = await KernelClient.start(alice, 'alice');
  const [line = ''] = jobs('%j %C %m %T');
  expect(line).toMatch(/^strongroom-[0-9a-f]{32} 1 768M RUNNING$/);
  const seen = await kernel.execute(
    [
      'import os, socket, pathlib',
      "pathlib.Path('from-a-node.txt').write_text('kept')",
      'print(os.environ["HOME"], sorted(os.listdir("/sys/class/net") if os.path.exists("/sys/class/net") else []), [n for n in os.environ if "SLURM" in n])',
      'try:',
      '    socket.create_connection(("169.254.170.2", 80), 2)',
      'except OSError as error:',
      '    print("refused", error.errno)',
    ].join('\n'),
  );
  expect(seen.status).toBe('ok');
  expect(seen.printed).toContain('/home/alice');
  expect(seen.printed).toMatch(/\[\]\nrefused \d+/);
  const file = await alice.studio('alice', '/api/contents/from-a-node.txt');
  expect(file.json.content).toBe('kept');
  await stop(kernel);
});

test('nothing that others can look at tells the token, and its file is gone', async () => {
  const kernel = await KernelClient.start(alice, 'alice');
  const [jobId = ''] = jobs('%i');
  const programs = processesOf('cluster-node.js');
  expect(programs).not.toEqual([]);
  const told = [cluster.run('scontrol', 'show', 'job', jobId), ...programs];
  expect(told.join('\n')).not.toMatch(/[0-9a-f]{64}/);
  expect(readdirSync(join(domain.folder, 'data', 'run', 'jobs'))).toEqual([]);
  await stop(kernel);
});

test('an interrupt and a large output cross the connection', async () => {
  const kernel = await KernelClient.start(alice, 'alice');
  const large = await kernel.execute('print("x" * 3_000_000)');
  expect(large.printed).toHaveLength(3_000_001);
  const started = kernel.next(({ header }) => header.msg_type === 'execute_input');
  const endless = kernel.execute('import time\nwhile True: time.sleep(0.1)');
  await started;
  const path = `/api/kernels/${kernel.kernelId}/interrupt`;
  await alice.studio('alice', path, { method: 'POST' });
  expect((await endless).status).toBe('error');
  await stop(kernel);
});

test('a kernel that Slurm ends says why', async () => {
  const kernel = await KernelClient.start(alice, 'alice');
  const [jobId = ''] = jobs('%i');
  cluster.run('scancel', jobId);
  await expect.poll(() => reasonOf(kernel), patience).toMatch(/cancelled/);
  kernel.close();
});

test('a kernel of a node that is lost says so, and runs again on the other', async () => {
  const kernel = await KernelClient.start(alice, 'alice');
  await kernel.execute('precious = 1');
  const [lostNode = ''] = jobs('%N');
  expect(nodeNames).toContain(lostNode);
  await cluster.killNode(lostNode);
  await expect.poll(() => reasonOf(kernel), patience).toContain(`"${lostNode}"`);
  kernel.close();
  const path = `/api/kernels/${kernel.kernelId}/restart`;
  expect((await alice.studio('alice', path, { method: 'POST' })).status).toBe(200);
  const again = await KernelClient.connect(alice, 'alice', kernel.kernelId);
  expect(await again.execute('print("precious" in dir())')).toMatchObject({ printed: 'False\n' });
  expect(jobs('%N %T').filter((line) => line.endsWith('RUNNING'))).not.toContain(
    `${lostNode} RUNNING`,
  );
  again.close();
});

test('a control plane does not start where the controller does not answer', async () => {
  await domain.stop();
  await cluster.stopController();
  await expect(domain.restart()).rejects.toThrow(/Cannot use the Slurm cluster/);
});

/** The words and the environment of each process that has this word. */
function processesOf(word: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return words.includes(word) ? [words + readFileSync(`/proc/${pid}/environ`, 'utf8')] : [];
      } catch {
        return [];
      }
    });
}

async function reasonOf({ kernelId }: KernelClient): Promise<string> {
  const answer = await alice.studio('alice', `/api/kernels/${kernelId}`);
  return answer.json.reason ?? '';
}

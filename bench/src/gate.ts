import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ApiClient } from '@strongroom/tests/support/api-client.ts';
import { startDomainWithOutside } from '@strongroom/tests/support/domain-with-outside.ts';
import { KernelClient } from '@strongroom/tests/support/kernel-client.ts';
import { startOutsideServer } from '@strongroom/tests/support/outside-server.ts';
import type { RunningDomain } from '@strongroom/tests/support/running-domain.ts';
import { type Measure, meetsBound } from './report/measure.ts';
import { median } from './report/percentile.ts';
import { formatTable } from './report/print.ts';

const totalBytes = 1024 ** 3;
const chunk = Buffer.alloc(256 * 1024);
const repeats = 5;
/** At least 0.7 of the throughput of a direct connection. */
const mostTimes = 1.42;

/** `npm run bench:gate`: 1 GiB by TLS from a notebook through the gate, and straight from the host. */
async function main(): Promise<void> {
  const outside = await startOutsideServer((_request, response) => {
    let sent = 0;
    const pour = () => {
      while (sent < totalBytes) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', pour);
      }
      response.end();
    };
    pour();
  });
  const domain = await startDomainWithOutside(outside, { maximumHours: 1 });
  try {
    const kernel = await notebookThatMayReachOutside(domain);
    const direct: number[] = [];
    const gated: number[] = [];
    const proxied: number[] = [];
    for (let count = 0; count < repeats; count += 1) {
      direct.push(await directSeconds(outside.address, outside.port));
      gated.push(await gatedSeconds(kernel, '--noproxy "*"', outside.port));
      proxied.push(await gatedSeconds(kernel, '', outside.port));
    }
    const peer = median(direct);
    const row = (measure: string, ours: number[]): Measure => ({
      ...{ measure, unit: 's', ours: median(ours), peer },
      peerName: 'curl on the host, straight to the server',
      bound: { kind: 'ratio', most: mostTimes },
    });
    const measures = [
      row('1 GiB by TLS through the gate', gated),
      row('the same by way of HTTPS_PROXY', proxied),
    ];
    console.log(formatTable(measures));
    process.exitCode = measures.every(meetsBound) ? 0 : 1;
  } finally {
    await domain.remove();
    await outside.close();
  }
}

async function notebookThatMayReachOutside(domain: RunningDomain): Promise<KernelClient> {
  const enter = async (name: string) => {
    const client = new ApiClient(domain);
    await client.firstSignIn(name, domain.oneTimePasswords.get(name) ?? '');
    return client;
  };
  const [alice, second] = [await enter('alice'), await enter('second')];
  const asked = await alice.console('/api/egress/requests', {
    method: 'POST',
    body: {
      ...{ subject: { kind: 'person', profileName: 'alice' }, mode: 'allow-list' },
      ...{ names: ['allowed.example'], ports: [8443], reason: 'A benchmark of the gate' },
      endsAt: new Date(Date.now() + 50 * 60_000).toISOString(),
    },
  });
  const path = `/api/egress/requests/${asked.json.requestId}/approve`;
  const approved = await second.console(path, { method: 'POST', body: {} });
  if (approved.status !== 200) throw new Error(`Cannot approve: ${approved.text}`);
  await alice.openStudio('alice');
  return KernelClient.start(alice, 'alice');
}

async function directSeconds(address: string, port: number): Promise<number> {
  const { stdout } = await promisify(execFile)('curl', [
    ...['--insecure', '--silent', '--output', '/dev/null', '--write-out', '%{time_total}'],
    `https://${address}:${port}/`,
  ]);
  return Number(stdout);
}

async function gatedSeconds(kernel: KernelClient, options: string, port: number): Promise<number> {
  const command = `curl ${options} -k -sS -o /dev/null -w '%{time_total}' https://allowed.example:${port}/`;
  const { printed } = await kernel.execute(
    `import subprocess; print(subprocess.run(${JSON.stringify(command)}, shell=True, capture_output=True, text=True))`,
  );
  const seconds = Number(/stdout='([\d.]+)'/.exec(printed)?.[1]);
  if (!(seconds > 0)) throw new Error(`Cannot fetch through the gate: ${printed}`);
  return seconds;
}

await main();

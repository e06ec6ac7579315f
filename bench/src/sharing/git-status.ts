import { type GitStatus, gitStatusSchema } from '@strongroom/contracts';
import { KernelClient } from '@strongroom/tests/support/kernel-client.ts';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import type { SharingSetting } from './sharing-setting.ts';

const roundCount = 7;
const fileCount = 20_000;
const repository = 'twenty-thousand';

/** In 200 folders, half of them committed as they are, some changed, some new. */
const preparation = `
import os, subprocess
root = os.path.expanduser('~/${repository}')
for folder in range(200):
    os.makedirs(f'{root}/folder-{folder}')
    for file in range(${fileCount / 200}):
        with open(f'{root}/folder-{folder}/file-{file}.txt', 'w') as out:
            out.write(f'line {folder} {file}\\n')
git = lambda *words: subprocess.run(['git', '-C', root, *words], check=True, capture_output=True)
git('init', '--quiet', '--initial-branch=main')
git('config', 'user.name', 'Alice'); git('config', 'user.email', 'alice@example.com')
git('add', '.'); git('commit', '--quiet', '--message', 'All')
for file in range(20):
    open(f'{root}/folder-{file}/file-0.txt', 'a').write('changed\\n')
    open(f'{root}/folder-{file}/new.txt', 'w').write('new\\n')
print('prepared')
`;
const measurement = `
import os, subprocess, time
start = time.perf_counter()
subprocess.run(['git', '-C', os.path.expanduser('~/${repository}'), 'status', '--porcelain=v2', '--branch', '-z', '--untracked-files=all'], check=True, capture_output=True)
print((time.perf_counter() - start) * 1000)
`;

/**
 * What Git's panel asks for, beside the same command run by a program in the same studio. Both read the
 * same files of the same encrypted home; ours comes through the gateway, and is parsed.
 */
export async function measureGitStatus(setting: SharingSetting): Promise<Measure[]> {
  const { alice } = setting;
  setting.say(`a repository of ${fileCount} files`);
  const kernel = await KernelClient.start(alice, 'alice');
  const prepared = await kernel.execute(preparation);
  if (prepared.printed.trim() !== 'prepared') throw new Error(prepared.printed);
  const ours: number[] = [];
  const peer: number[] = [];
  // The first of each fills caches.
  for (let round = 0; round <= roundCount; round += 1) {
    setting.say(`status, round ${round} of ${roundCount}`);
    const start = performance.now();
    const status = await askStatus(setting);
    const milliseconds = performance.now() - start;
    if (status.changed.length !== 20 || status.untracked.length !== 20)
      throw new Error(`The status has ${status.changed.length} changed files, not 20`);
    const { printed } = await kernel.execute(measurement);
    if (round === 0) continue;
    ours.push(milliseconds);
    peer.push(Number(printed));
  }
  return [
    {
      measure: `status of ${fileCount} files`,
      unit: 'ms',
      ours: median(ours),
      peer: median(peer),
      peerName: 'git status in the same studio',
      bound: { kind: 'ratio', most: 1.2 },
    },
  ];
}

async function askStatus({ alice }: SharingSetting): Promise<GitStatus> {
  const answer = await alice.studio('alice', '/api/strongroom/git/status', {
    method: 'POST',
    body: { repository },
  });
  if (answer.status !== 200) throw new Error(`Cannot ask for the status: ${answer.text}`);
  return gitStatusSchema.parse(answer.json);
}

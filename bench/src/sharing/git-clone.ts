import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newPersonalTokenSchema, repositoryDetailsSchema } from '@strongroom/contracts';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { NginxGit } from './nginx-git.ts';
import type { SharingSetting } from './sharing-setting.ts';

const roundCount = 3;
const fileCount = 100;
const fileBytes = 2_000_000;
const megabytes = (fileCount * fileBytes) / 1e6;

/** 200 MB that do not get smaller, cloned by the same Git from both servers in turn. */
export async function measureGitClone(setting: SharingSetting): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-bench-git-'));
  const nginx = await NginxGit.start();
  try {
    const source = join(folder, 'source');
    setting.say(`a repository of ${megabytes} MB`);
    await makeRepository(source);
    // As one pack, like what is pushed to ours: loose objects would be compressed at every clone.
    await git('clone', '--quiet', '--bare', '--no-local', source, join(nginx.folder, 'large.git'));
    const url = await pushToOurs(setting, source);
    const ours: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round <= roundCount; round += 1) {
      setting.say(`clones, round ${round} of ${roundCount}`);
      const rates = [
        await cloneRate(url, join(folder, 'ours')),
        await cloneRate(`${nginx.url}/large.git`, join(folder, 'peer')),
      ] as const;
      // The first of each fills caches.
      if (round === 0) continue;
      ours.push(rates[0]);
      peer.push(rates[1]);
    }
    return [
      {
        measure: `clone of ${megabytes} MB`,
        unit: 'MB/s',
        ours: median(ours),
        peer: median(peer),
        peerName: 'git http-backend behind nginx',
        bound: { kind: 'share', least: 0.8 },
      },
    ];
  } finally {
    await nginx.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeRepository(folder: string): Promise<void> {
  await git('init', '--quiet', '--initial-branch=main', folder);
  for (let index = 0; index < fileCount; index += 1)
    await writeFile(join(folder, `data-${index}.bin`), randomBytes(fileBytes));
  const person = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'];
  await git('-C', folder, 'add', '.');
  await git('-C', folder, ...person, 'commit', '--quiet', '--message', 'Data');
}

/** Answers the URL to clone from, with a token of Alice's in it. */
async function pushToOurs({ alice }: SharingSetting, source: string): Promise<string> {
  const post = async (path: string, body: object) => {
    const answer = await alice.console(path, { method: 'POST', body });
    if (answer.status >= 300) throw new Error(`Cannot post to "${path}": ${answer.text}`);
    return answer.json;
  };
  const repository = repositoryDetailsSchema.parse(
    await post('/api/repositories', { name: 'large', description: '', access: [] }),
  );
  const { secret } = newPersonalTokenSchema.parse(
    await post('/api/personal-tokens', {
      name: 'bench',
      permission: 'read-write',
      lifetimeDays: 1,
    }),
  );
  const url = new URL(repository.outsideCloneUrl);
  url.username = 'alice';
  url.password = secret;
  await git('-C', source, 'push', '--quiet', url.href, 'main');
  return url.href;
}

/** Megabytes a second. */
async function cloneRate(url: string, target: string): Promise<number> {
  const start = performance.now();
  await git('clone', '--quiet', '--no-checkout', url, target);
  const seconds = (performance.now() - start) / 1000;
  await rm(target, { recursive: true });
  return megabytes / seconds;
}

async function git(...words: string[]): Promise<void> {
  const environment = { PATH: process.env.PATH ?? '', HOME: tmpdir(), GIT_TERMINAL_PROMPT: '0' };
  await promisify(execFile)('git', words, { env: environment, maxBuffer: 64 * 1024 * 1024 });
}

import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { RepositoryRequest } from '@strongroom/contracts';
import type { RunningConsole } from '../../http/testing/running-console.ts';

const run = promisify(execFile);
const environment = {
  ...{ PATH: process.env.PATH, HOME: '/nonexistent', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
  ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
  ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' },
  ...{ GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' },
};

export interface GitResult {
  readonly code: number;
  readonly output: string;
}

export type GitClient = Awaited<ReturnType<typeof openGitClient>>;

/** An ordinary Git outside the studios, with what it needs of the console to be let in. */
export async function openGitClient(running: RunningConsole) {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-git-'));
  const host = new URL(running.origins.console).host;
  const base = `127.0.0.1:${running.listener.port}`;
  const withHost = ['-c', `http.extraHeader=Host: ${host}`, '-c', 'protocol.file.allow=always'];
  const path = (name: string) => join(folder, name);

  async function git(words: readonly string[], input = ''): Promise<GitResult> {
    const child = spawn('git', [...withHost, ...words], { env: environment, cwd: folder });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.stdin.on('error', () => undefined).end(input);
    const code = await new Promise<number>((resolve) => child.once('close', resolve));
    return { code, output };
  }

  const client = {
    ...{ folder, path, git, host, base },
    url: (name: string, profileName: string, token: string) =>
      `http://${profileName}:${token}@${base}/v1/repos/${name}`,
    async token(profileName: string, permission = 'read-write'): Promise<string> {
      const browser = await running.browserOf(profileName);
      const body = JSON.stringify({ name: 'laptop', permission, lifetimeDays: 30 });
      const { json } = await browser.send('/api/personal-tokens', { method: 'POST', body });
      return json.secret;
    },
    async create(owner: string, request: Partial<RepositoryRequest> & { name: string }) {
      const browser = await running.browserOf(owner);
      const body = JSON.stringify({ description: '', access: [], ...request });
      const { status } = await browser.send('/api/repositories', { method: 'POST', body });
      if (status !== 201) throw new Error(`Cannot create ${request.name}: ${status}`);
    },
    /** Files, and one commit of them; `undefined`: the files as they are. */
    async commit(name: string, files: Record<string, string | Buffer> = {}, message = 'change') {
      const has = await git(['-C', path(name), 'rev-parse', '--git-dir']).catch(() => undefined);
      if (has?.code !== 0) await git(['init', '-q', '-b', 'main', name]);
      for (const [file, content] of Object.entries(files)) {
        await mkdir(dirname(join(path(name), file)), { recursive: true });
        await writeFile(join(path(name), file), content);
      }
      await git(['-C', name, 'add', '-A']);
      await git(['-C', name, 'commit', '-q', '--allow-empty', '-m', message]);
      return (await git(['-C', name, 'rev-parse', 'HEAD'])).output.trim();
    },
    push: (name: string, url: string, ...words: string[]) =>
      git(['-C', name, 'push', url, ...words]),
    async request(
      target: string,
      options: { method?: string; headers?: string[]; body?: string } = {},
    ) {
      const { method = 'GET', headers = [], body } = options;
      const all = [`Host: ${host}`, ...headers].flatMap((each) => ['-H', each]);
      const words = ['-s', '-i', '--path-as-is', '-X', method, ...all];
      const sent = body === undefined ? [] : ['--data-binary', body];
      const { stdout } = await run('curl', [...words, ...sent, `http://${base}${target}`]);
      return { status: Number(stdout.split(' ')[1]), text: stdout };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
  return client;
}

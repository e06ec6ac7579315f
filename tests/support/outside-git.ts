import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface GitAnswer {
  readonly code: number | null;
  readonly output: string;
}

/** Signs in as Git's own credential helpers do; nothing of it is in an address. */
const helper =
  '!f() { test "$1" = get && echo "username=$GIT_TEST_USER" && echo "password=$GIT_TEST_TOKEN"; }; f';

/** An ordinary Git on a computer outside the studios, of one person with a personal token. */
export class OutsideGit {
  readonly #folder: string;
  readonly #person: { readonly profileName: string; readonly token: string };

  private constructor(folder: string, person: { profileName: string; token: string }) {
    this.#folder = folder;
    this.#person = person;
  }

  static async open(person: { profileName: string; token: string }): Promise<OutsideGit> {
    return new OutsideGit(await mkdtemp(join(tmpdir(), 'strongroom-git-')), person);
  }

  run(...words: readonly string[]): Promise<GitAnswer> {
    const { profileName, token } = this.#person;
    const child = spawn('git', ['-c', `credential.helper=${helper}`, ...words], {
      cwd: this.#folder,
      env: {
        ...{ PATH: process.env.PATH, HOME: this.#folder, LC_ALL: 'C.UTF-8' },
        ...{ GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1' },
        ...{ GIT_AUTHOR_NAME: profileName, GIT_AUTHOR_EMAIL: `${profileName}@example.com` },
        ...{ GIT_COMMITTER_NAME: profileName, GIT_COMMITTER_EMAIL: `${profileName}@example.com` },
        ...{ GIT_TEST_USER: profileName, GIT_TEST_TOKEN: token },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, output }));
    });
  }

  /** @throws {Error} with what Git said, where it did not do it */
  async must(...words: readonly string[]): Promise<string> {
    const { code, output } = await this.run(...words);
    if (code !== 0) throw new Error(`git ${words.join(' ')}: ${output}`);
    return output.trim();
  }

  async commit(clone: string, message: string, files: Record<string, string | Buffer>) {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.#folder, clone, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    await this.must('-C', clone, 'add', '--all');
    await this.must('-C', clone, 'commit', '--quiet', '--message', message);
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

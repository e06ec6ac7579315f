import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';

async function run(...words: string[]): Promise<{ status: number; lines: string[] }> {
  const lines: string[] = [];
  const program = createProgram({ print: (line) => lines.push(line), hasColors: false });
  const status = await program.run(['node', 'strongroom', ...words]);
  return { status, lines };
}

describe('strongroom doctor', () => {
  it('exits with 1 exactly where a control does not fully hold', async () => {
    const { status, lines } = await run('doctor', '--json');
    const { controls } = JSON.parse(lines.join('\n')) as {
      controls: { control: string; state: string; remedy: string | null }[];
    };
    const missing = controls.filter(({ state }) => state !== 'enforced');
    expect(controls.length).toBeGreaterThan(10);
    expect(status).toBe(missing.length === 0 ? 0 : 1);
    for (const { remedy } of missing) expect(remedy).not.toBeNull();

    const names = missing.map(({ control }) => control);
    if (names.length > 0) expect((await run('doctor', '--accept', ...names)).status).toBe(0);
  });

  it('prints a line a control', async () => {
    const { lines } = await run('doctor');
    expect(lines.filter((line) => /^ {2}[✓!✗] /u.test(line)).length).toBeGreaterThan(10);
  });

  it('refuses to accept a control that there is not', async () => {
    await expect(run('doctor', '--accept', 'firewall')).rejects.toThrow(/"firewall"/);
  });
});

describe('the commands for a running control plane', () => {
  let folder: string;
  let dataFolder: string;
  let server: Server;
  let asked: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-cli-'));
    // Deeper than a socket's address may be long.
    dataFolder = join(folder, 'a'.repeat(80), 'b'.repeat(80));
    await mkdir(dataFolder, { recursive: true });
    asked = [];
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.url === '/people/alice/one-time-password') {
        response.end(JSON.stringify({ profileName: 'alice', oneTimePassword: 'some-words' }));
        return;
      }
      if (request.url === '/authority/rotate') {
        const rotation = { fingerprint: 'AB:CD', expiresAt: 'later', previousTrustedUntil: null };
        response.end(JSON.stringify(rotation));
        return;
      }
      if (request.url?.startsWith('/homes/alice/snapshots')) {
        const snapshot = { snapshotId: 's-1', createdAt: 'then' };
        const answers = { POST: { ...snapshot, target: 'before' }, GET: { snapshots: [snapshot] } };
        response.end(JSON.stringify(answers[request.method as 'GET' | 'POST'] ?? {}));
        return;
      }
      const error = { code: 'ProfileNotFound', message: 'Cannot find "zelda"', reference: 'r' };
      response.writeHead(404).end(JSON.stringify({ error }));
    });
  });
  afterEach(async () => {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  /** Through the open folder, because the path itself is too long to listen on. */
  async function listen(): Promise<void> {
    const opened = await open(dataFolder, 'r');
    const path = `/proc/self/fd/${opened.fd}/operator.sock`;
    await new Promise<void>((resolve) => server.listen(path, resolve));
    await opened.close();
  }

  it('prints a new one-time password', async () => {
    await listen();
    const { lines } = await run('users', 'reset-password', 'alice', '--data-folder', dataFolder);
    expect(asked).toEqual(['POST /people/alice/one-time-password']);
    expect(lines.at(-1)).toBe('  alice  some-words');
  });

  it('rotates the certificate authority and prints its fingerprint', async () => {
    await listen();
    const { lines } = await run('rotate-ca', '--now', '--data-folder', dataFolder);
    expect(asked).toEqual(['POST /authority/rotate']);
    expect(lines).toContain('  SHA-256 AB:CD');
  });

  it('makes, lists, restores and deletes snapshots of a home', async () => {
    await listen();
    const homes = (...words: string[]) => run('homes', ...words, '--data-folder', dataFolder);
    expect((await homes('snapshot', 'alice')).lines).toEqual(['Made the snapshot s-1']);
    expect((await homes('snapshots', 'alice')).lines).toEqual(['s-1  then']);
    const restored = await homes('restore', 'alice', '--snapshot', 's-1', '--to', 'before');
    expect(restored.lines).toEqual(['Restored to before in the home of alice']);
    await homes('delete-snapshot', 'alice', '--snapshot', 's-1');
    const path = '/homes/alice/snapshots';
    expect(asked).toEqual([
      ...[`POST ${path}`, `GET ${path}`, `POST ${path}/s-1/restore`, `DELETE ${path}/s-1`],
    ]);
    await expect(homes('snapshots', '../x')).rejects.toThrow(/"\.\.\/x"/);
  });

  it('says what the control plane refused', async () => {
    await listen();
    const words = ['users', 'reset-password', 'zelda', '--data-folder', dataFolder];
    await expect(run(...words)).rejects.toThrow('Cannot find "zelda"');
  });

  it('asks nothing for a name that cannot be one', async () => {
    await listen();
    const words = ['users', 'reset-password', '../x', '--data-folder', dataFolder];
    await expect(run(...words)).rejects.toThrow(/"\.\.\/x"/);
    expect(asked).toEqual([]);
  });

  it('says that the control plane does not run', async () => {
    await expect(run('status', '--data-folder', dataFolder)).rejects.toThrow(/not running/);
    await expect(run('status', '--data-folder', join(folder, 'none'))).rejects.toThrow(/ENOENT/);
  });
});

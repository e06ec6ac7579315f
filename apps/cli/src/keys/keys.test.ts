import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyService, LocalKeyring } from '@strongroom/sealing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProgram } from '../program.ts';
import { openOperatorDouble } from '../testing/operator-double.ts';
import { backUpKeys } from './back-up-keys.ts';
import { changeKey } from './change-key.ts';
import { keyringFiles } from './keyring-files.ts';

const alias = 'alias/strongroom-data';
const summary = {
  ...{ keyId: 'k-1', arn: 'arn:aws:kms:x', aliases: [alias], description: '', state: 'Enabled' },
  ...{ provider: 'local', versionCount: 2, createdAt: '2026-01-01T00:00:00.000Z' },
  ...{ rotatedAt: null, deletionDate: null },
};

describe('strongroom keys on a running control plane', () => {
  const pending = {
    ...summary,
    state: 'PendingDeletion',
    deletionDate: '2026-01-08T00:00:00.000Z',
  };
  let double: Awaited<ReturnType<typeof openOperatorDouble>>;
  beforeEach(async () => {
    double = await openOperatorDouble({
      'GET /keys': { keys: [summary, pending] },
      'POST /keys': pending,
    });
  });
  afterEach(() => double.close());

  it('lists every key with its state', async () => {
    const { lines } = await double.run('keys', 'list');
    expect(lines).toEqual([
      expect.stringMatching(/^Alias +Key ID +State/),
      expect.stringMatching(/^alias\/strongroom-data +k-1 +Enabled +local +2 +2026-01-01$/),
      expect.stringContaining('Deleted at 2026-01-08'),
    ]);
    const asked = await double.run('keys', 'list', '--json');
    expect(JSON.parse(asked.lines.join('\n'))).toHaveLength(2);
  });

  it('sends each command with the key as it was written', async () => {
    await double.run('keys', 'rotate', alias);
    await double.run('keys', 'enable', 'k-1');
    await double.run('keys', 'disable', alias, '--yes');
    await double.run('keys', 'cancel-deletion', alias);
    const { lines } = await double.run(
      ...['keys', 'schedule-deletion', alias, '--yes', '--days', '7'],
    );
    expect(double.bodies).toEqual([
      { key: alias, command: 'rotate' },
      { key: 'k-1', command: 'enable' },
      { key: alias, command: 'disable' },
      { key: alias, command: 'cancel-deletion' },
      { key: alias, command: 'schedule-deletion', waitingDays: 7 },
    ]);
    expect(lines).toEqual([`${alias}: Deleted at 2026-01-08T00:00:00.000Z, 2 versions`]);
  });

  it('takes nothing away that was not confirmed, and waits no other time than is allowed', async () => {
    await expect(double.run('keys', 'disable', alias)).rejects.toThrow('--yes');
    await expect(
      double.run('keys', 'schedule-deletion', alias, '--yes', '--days', '6'),
    ).rejects.toThrow('"6"');
    const terminal = { print: () => undefined, hasColors: false };
    const answering = (answer: string) =>
      changeKey(
        { terminal, surroundings: { ask: async () => answer } },
        { dataFolder: '/nowhere', key: alias, command: 'disable' },
      );
    await expect(answering('yes')).rejects.toThrow('Nothing was changed');
    await expect(answering(alias)).rejects.toThrow('/nowhere');
    expect(double.bodies).toEqual([]);
  });
});

describe('a back-up of the keys', () => {
  const context = { purpose: 'test' };
  const caller = { principal: 'operator' };
  let folder: string;
  let dataFolder: string;
  let backup: string;
  let passphraseFile: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-keys-'));
    dataFolder = join(folder, 'data');
    backup = join(folder, 'keys.backup');
    passphraseFile = join(folder, 'passphrase');
    await mkdir(join(dataFolder, 'keys'), { recursive: true });
    await writeFile(passphraseFile, 'a passphrase of some length\n');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function openKeys(): Promise<KeyService> {
    const { keyring, store } = keyringFiles(dataFolder);
    return KeyService.open({
      ...{ provider: await LocalKeyring.open(keyring), store, clock: () => new Date() },
      ...{ accountId: '000000000000', region: 'ap-northeast-2' },
      ...{ authorize: async () => undefined, onUse: async () => undefined },
    });
  }

  async function makeKey(): Promise<void> {
    const keys = await openKeys();
    await keys.create({ alias, policy: {}, caller });
    await keys.close();
  }

  async function run(...words: string[]): Promise<string[]> {
    const lines: string[] = [];
    const program = createProgram({ print: (line) => lines.push(line), hasColors: false });
    const options = ['--passphrase-file', passphraseFile, '--data-folder', dataFolder];
    await program.run(['node', 'strongroom', 'keys', ...words, ...options]);
    return lines;
  }

  it('brings lost keys back, and names those that were made after it', async () => {
    const keys = await openKeys();
    await keys.create({ alias, policy: {}, caller });
    const { wrapped, dataKey } = await keys.generateDataKey({ key: alias, context, caller });
    expect((await run('back-up', '--to', backup))[0]).toContain('Backed up 1 keys');
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    const { keyId } = await keys.create({ alias: 'alias/later', policy: {}, caller });
    await keys.close();
    await rm(join(dataFolder, 'keys', 'keyring.json'));
    await rm(join(dataFolder, 'keys', 'keyring-root.key'));

    const lines = await run('restore', '--from', backup);
    expect(lines[0]).toContain('Restored 1 keys');
    expect(lines.at(-1)).toBe(`  ${keyId}`);
    const restored = await openKeys();
    expect(await restored.decrypt({ wrapped, context, caller })).toEqual(dataKey);
    await restored.close();
  });

  it('is restored neither beside a running control plane nor over keys that are there', async () => {
    await makeKey();
    await run('back-up', '--to', backup);
    await expect(run('restore', '--from', backup)).rejects.toMatchObject({
      code: 'AlreadyExistsException',
    });
    const running = createServer();
    await new Promise<void>((resolve) =>
      running.listen(join(dataFolder, 'operator.sock'), resolve),
    );
    await expect(run('restore', '--from', backup)).rejects.toThrow('stop the control plane');
    await new Promise((resolve) => running.close(resolve));
  });

  it('is opened by its passphrase alone', async () => {
    await makeKey();
    await run('back-up', '--to', backup);
    await writeFile(passphraseFile, 'another passphrase of some length');
    dataFolder = join(folder, 'new');
    await expect(run('restore', '--from', backup)).rejects.toMatchObject({
      code: 'InvalidCiphertextException',
    });
  });

  it('replaces no file, and makes no keyring where there is none', async () => {
    await expect(run('back-up', '--to', backup)).rejects.toThrow('no local keyring');
    await expect(stat(join(dataFolder, 'keys', 'keyring.json'))).rejects.toThrow('ENOENT');
    await makeKey();
    await writeFile(backup, 'older');
    await expect(run('back-up', '--to', backup)).rejects.toThrow('there already');
    expect(await readFile(backup, 'utf8')).toBe('older');
  });

  it('asks for a new passphrase twice, and without a terminal for a file', async () => {
    await makeKey();
    const asked: string[] = [];
    const terminal = { print: () => undefined, hasColors: false };
    const answering = (answers: string[]) => ({
      terminal,
      surroundings: {
        askHidden: async (question: string) => {
          asked.push(question);
          return answers[asked.length - 1] ?? '';
        },
      },
    });
    const options = { dataFolder, to: backup };
    await expect(backUpKeys(answering(['one of length', 'other']), options)).rejects.toThrow(
      'differ',
    );
    expect(asked).toHaveLength(2);
    const nobody = { terminal, surroundings: { askHidden: undefined } };
    await expect(backUpKeys(nobody, options)).rejects.toThrow('--passphrase-file');
  });
});

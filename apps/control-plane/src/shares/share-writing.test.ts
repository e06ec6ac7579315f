import { randomBytes } from 'node:crypto';
import type { ShareCheck } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { denying } from '../policies/testing/authorize-for.ts';
import type { SourceWish } from './share-writer.ts';
import { codeCell, notebookBytes } from './testing/open-test-sharing.ts';
import {
  audienceOf,
  openSharingBench,
  type SharingBench,
  shareRequest,
  sourceOf,
} from './testing/sharing-bench.ts';

let bench: SharingBench;
beforeEach(async () => {
  bench = await openSharingBench();
});
afterEach(() => bench.close());

const dayMilliseconds = 24 * 60 * 60 * 1000;
const code = (expected: string) => expect.objectContaining({ code: expected });
/** Made up; its last digit is the right check digit. */
const residentNumber = '900101-1234568';
const never = async (): Promise<never> => expect.fail('the studio was asked');

describe('sharing a notebook', () => {
  it('keeps what was shared as it was, whatever becomes of the file', async () => {
    const cells = [codeCell('print("one")', 'one\n')];
    const shareId = await bench.share({}, notebookBytes(cells));
    expect(await bench.read('bob', shareId)).toBe(notebookBytes(cells).toString());
  });

  it('leaves out everything that came of running it where that is asked for', async () => {
    const cells = [codeCell('print("one")', 'secret output')];
    const widgets = { widgets: { state: { a: 'secret state' } }, kernelspec: { name: 'python3' } };
    const shareId = await bench.share({ includesOutputs: false }, notebookBytes(cells, widgets));
    const read = JSON.parse(await bench.read('bob', shareId));
    expect(JSON.stringify(read)).not.toContain('secret');
    expect(read.cells).toMatchObject([{ source: 'print("one")', outputs: [] }]);
    expect(read.metadata).toEqual({ kernelspec: { name: 'python3' } });
  });

  it('asks the studio for no more than the domain allows, with the domain’s rules', async () => {
    const { made } = bench.domain;
    bench.domain.made = { ...made, sharing: { ...made.sharing, scan: { token: 'off' } } };
    const wishes: SourceWish[] = [];
    const asked = shareRequest(bench.clock());
    await bench.writer.create(bench.as('alice'), asked, sourceOf(notebookBytes(), wishes));
    expect(wishes).toMatchObject([
      { path: 'work/rates.ipynb', maximumBytes: 50 * 1024 ** 2, rules: { token: 'off' } },
    ]);
  });

  it.each([
    ['text', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['bytes', randomBytes(100)],
    ['cut JSON', notebookBytes().subarray(0, 40)],
    ['JSON of another kind', Buffer.from('[1,2]')],
    ['an older format', Buffer.from('{"nbformat":3,"metadata":{},"worksheets":[]}')],
    ['cells of no kind', notebookBytes([{ cell_type: 'html', source: '', metadata: {} }])],
    ['an output of no kind', notebookBytes([{ ...codeCell('1'), outputs: [{}] }])],
    ['a source that is no text', notebookBytes([{ ...codeCell('1'), source: { a: 1 } }])],
  ])('refuses %s', async (_name, bytes) => {
    await expect(bench.share({}, bytes)).rejects.toThrow(code('NotANotebook'));
    expect(await bench.shares.list(bench.as('alice').person, 'mine')).toEqual([]);
  });

  it('refuses one that is larger than the domain allows', async () => {
    const { made } = bench.domain;
    const sharing = { ...made.sharing, maximumNotebookBytes: 1_000 };
    bench.domain.made = { ...made, sharing };
    const large = notebookBytes([codeCell('x'.repeat(1_000))]);
    await expect(bench.share({}, large)).rejects.toThrow(code('NotebookTooLarge'));
  });

  it('is stopped by what blocks, whatever the studio found, and names the cell', async () => {
    const cells = [codeCell('1'), codeCell('show()', `number\n${residentNumber}\n`)];
    await expect(
      bench.share({ acceptsWarnings: true }, notebookBytes(cells)),
    ).rejects.toMatchObject({
      code: 'ShareBlocked',
      values: { rule: 'resident-registration-number', cell: 2, part: 'output', line: 2 },
    });
    expect(bench.audit.of('share-blocked')).toMatchObject([
      { where: 'platform', rules: ['resident-registration-number'], profileName: 'alice' },
    ]);
    expect(JSON.stringify(bench.audit.events)).not.toContain(residentNumber);
    // Without the outputs there is nothing in it.
    await bench.share({ includesOutputs: false }, notebookBytes(cells));
  });

  it('needs the sharer’s word where something only warns', async () => {
    const bytes = notebookBytes([codeCell('mail("kim@acme-bank.co.kr")')]);
    await expect(bench.share({}, bytes)).rejects.toMatchObject({
      ...{ code: 'ShareNeedsConfirmation', values: { rule: 'email-address', cell: 1 } },
    });
    await bench.share({ acceptsWarnings: true }, bytes);
  });

  it('is stopped in the studio already, where nothing left it', async () => {
    const check: ShareCheck = {
      findings: [
        {
          ...{ rule: 'private-key', action: 'block', cellIndex: 0, cellId: null },
          ...{ part: 'source', line: 1, masked: '-----***' },
        },
      ],
      ...{ findingCount: 1, isBlocked: true, sizeBytes: 10, cellCount: 1 },
    };
    const source = async () => ({ kind: 'stopped', check }) as const;
    const work = bench.writer.create(bench.as('alice'), shareRequest(bench.clock()), source);
    await expect(work).rejects.toThrow(code('ShareBlocked'));
    expect(bench.audit.of('share-blocked')).toMatchObject([{ where: 'studio' }]);
    const wish = { path: 'a.ipynb', includesOutputs: true };
    expect(await bench.writer.check(bench.as('alice'), wish, source)).toEqual(check);
  });

  it.each([
    ['nobody of the domain', { audience: audienceOf({ people: ['zoe' as never] }) }],
    ['no team of the domain', { audience: audienceOf({ teams: ['traders'] }) }],
    ['an end that has passed', { expiresAt: '2020-01-01T00:00:00.000Z' }],
    ['an end beyond the domain’s', { expiresAt: '2199-01-01T00:00:00.000Z' }],
  ])('is refused for %s, before the studio is asked', async (_name, change) => {
    const asked = { ...shareRequest(bench.clock()), ...change };
    const work = bench.writer.create(bench.as('alice'), asked, never);
    await expect(work).rejects.toThrow(code('InvalidRequest'));
  });

  it.each([
    ['strongroom:CreateShare', 'alice'],
    ['s3:PutObject', 'alice'],
    ['kms:GenerateDataKey', 'alice'],
  ])('is refused where a document denies %s, by its name', async (action, name) => {
    bench.own.policies = [denying({ Action: action })];
    const asked = shareRequest(bench.clock());
    const work = bench.writer.create(bench.as(name), asked, sourceOf(notebookBytes()));
    await expect(work).rejects.toMatchObject({
      ...{ code: 'AccessDenied', values: { rule: 'own/Denied', action } },
    });
    bench.own.policies = [];
    expect(await bench.shares.list(bench.as(name).person, 'mine')).toEqual([]);
  });

  it('is not for an auditor', async () => {
    const work = bench.writer.create(bench.as('otto'), shareRequest(bench.clock()), never);
    await expect(work).rejects.toThrow(code('AccessDenied'));
  });

  it('gives its text to no key but its own', async () => {
    const first = await bench.share({ note: 'the first note' });
    const second = await bench.share({ note: 'the second note' });
    const rows = await bench.state.selectFrom('share_versions').selectAll().execute();
    const sealed = rows.map(({ sealed_note }) => Buffer.from(sealed_note ?? []).toString());
    expect(sealed.join()).not.toContain('note');
    const noteOf = (id: string) => rows.find(({ share_id }) => share_id === id)?.sealed_note;
    await bench.state
      .updateTable('share_versions')
      .set({ sealed_note: Buffer.from(noteOf(second) ?? []) })
      .where('share_id', '=', first)
      .execute();
    await expect(bench.shares.details(bench.as('alice'), first)).rejects.toThrow();
  });
});

describe('a further version', () => {
  const versionOf = (note: string) => ({
    ...{ path: 'work/rates.ipynb', includesOutputs: true, note, acceptsWarnings: false },
  });

  it('is read under the same link, and the earlier one stays', async () => {
    const shareId = await bench.share();
    const second = notebookBytes([codeCell('2 + 2')]);
    const asked = { ...versionOf('now right'), shareId };
    await bench.writer.addVersion(bench.as('alice'), asked, sourceOf(second));
    expect(await bench.read('bob', shareId, 2)).toBe(second.toString());
    expect(await bench.read('bob', shareId, 1)).toBe(notebookBytes().toString());
    const { versions, latestVersion } = await bench.shares.details(bench.as('bob'), shareId);
    expect(versions.map(({ version, note }) => [version, note])).toEqual([
      [2, 'now right'],
      [1, 'Look at cell 3'],
    ]);
    expect(latestVersion.version).toBe(2);
  });

  it.each(['bob', 'admin', 'paula'])('is not made by %s', async (name) => {
    const shareId = await bench.share();
    const work = bench.writer.addVersion(bench.as(name), { ...versionOf(''), shareId }, never);
    await expect(work).rejects.toThrow(code('AccessDenied'));
  });

  it('is not made once it has ended', async () => {
    const shareId = await bench.share();
    bench.advance(8 * dayMilliseconds);
    const asked = { ...versionOf(''), shareId };
    const late = bench.writer.addVersion(bench.as('alice'), asked, never);
    await expect(late).rejects.toThrow(code('ShareExpired'));
    await bench.shares.revoke(bench.as('alice'), shareId);
    const afterwards = bench.writer.addVersion(bench.as('alice'), asked, never);
    await expect(afterwards).rejects.toThrow(code('ShareRevoked'));
  });

  it('never replaces what an attempt before left', async () => {
    const shareId = await bench.share();
    const add = (source: string) =>
      bench.writer.addVersion(
        bench.as('alice'),
        { ...versionOf(''), shareId },
        sourceOf(notebookBytes([codeCell(source)])),
      );
    bench.audit.canWrite = false;
    await expect(add('lost')).rejects.toThrow(code('AuditUnavailable'));
    bench.audit.canWrite = true;
    await add('kept');
    const { latestVersion } = await bench.shares.details(bench.as('bob'), shareId);
    expect(await bench.read('bob', shareId, latestVersion.version)).toContain('kept');
  });
});

describe('the bucket of shared notebooks', () => {
  const bucket = 'strongroom-000000000000-sharing';
  const asAlice = () => ({ acting: { kind: 'person', person: bench.as('alice').person } }) as const;
  const asNotebook = { kind: 'execution-role', profileName: 'alice' as never } as const;

  it('is among nobody’s own buckets', async () => {
    const names = await bench.storage.access.listBuckets({ ...asAlice(), from: 'console' });
    expect(names.map(({ bucket: name }) => name)).not.toContain(bucket);
  });

  it.each(['read', 'remove', 'write', 'exists'] as const)(
    'is closed to a direct %s, also of one’s own',
    async (act) => {
      const shareId = await bench.share();
      const place = { bucket, key: `alice/${shareId}/1.ipynb` };
      const body = (async function* () {})();
      const request = { ...place, body, sizeBytes: 0, contentType: 'text/plain' };
      const { access } = bench.storage;
      for (const asker of [
        { ...asAlice(), from: 'console' },
        { acting: asNotebook, from: 'studio' },
        { acting: asNotebook, from: 'studio', via: 'sharing.strongroom' },
      ] as const) {
        await expect(access[act](asker, request)).rejects.toThrow(code('AccessDenied'));
      }
      expect(await bench.read('bob', shareId)).toContain('cells');
    },
  );

  it('takes nothing under another person’s name, also through sharing', async () => {
    const body = (async function* () {})();
    const write = bench.storage.access.write(
      { ...asAlice(), from: 'console', via: 'sharing.strongroom' },
      { bucket, key: 'bob/x/1.ipynb', body, sizeBytes: 0, contentType: 'text/plain' },
    );
    await expect(write).rejects.toMatchObject({
      ...{ code: 'AccessDenied', values: { rule: 'sharing-bucket/OnlyBelowOwnName' } },
    });
  });

  it('stays closed where an administrator sets a policy on it that opens it', async () => {
    const shareId = await bench.share();
    const setting = 'policy';
    const value = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        ...{ Effect: 'Allow', Principal: '*', Action: 's3:*' },
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    });
    const caller = { principal: 'platform' };
    await bench.storage.store.putBucketSetting({ bucket, setting, value, caller });
    const asker = { acting: asNotebook, from: 'studio' } as const;
    const read = bench.storage.access.read(asker, { bucket, key: `alice/${shareId}/1.ipynb` });
    await expect(read).rejects.toMatchObject({
      values: { rule: 'sharing-bucket/OnlyThroughSharing' },
    });
  });
});

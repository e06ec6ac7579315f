import type { ShareCheck, ShareSummary } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { ShareError } from '../api/share-error.ts';
import { check, choices, cleanCheck, share } from '../testing/answers.ts';
import { ShareDialogModel, type ShareDialogModelOptions } from './share-dialog-model.ts';

const now = new Date(2026, 10, 28, 16, 30);
const bob = { everyone: false, teams: [], people: share.audience.people };

/** A gateway that answers, and writes down what it was asked. */
class Gateway {
  readonly asked: [string, unknown][] = [];
  found: ShareCheck = cleanCheck;
  mine: readonly ShareSummary[] = [];
  refusal: ShareError | undefined;

  readonly api: ShareDialogModelOptions['api'] = {
    choices: async () => choices,
    list: async () => this.mine,
    check: async (request) => {
      this.asked.push(['check', request]);
      return this.found;
    },
    create: async (request) => this.#make('create', request),
    addVersion: async (shareId, request) => this.#make(shareId, request),
  };

  async #make(name: string, request: unknown): Promise<ShareSummary> {
    this.asked.push([name, request]);
    if (this.refusal !== undefined) throw this.refusal;
    return share;
  }
}

async function opened(gateway: Gateway, options: { shareId?: string } = {}) {
  const made: ShareSummary[] = [];
  const model = new ShareDialogModel({
    ...{ api: gateway.api, path: 'work/loans.ipynb', now: () => now },
    ...{ onShared: (each) => made.push(each), ...options },
  });
  await model.open();
  await settled(model);
  return { model, made };
}

/** Until nothing is being looked through. */
async function settled(model: ShareDialogModel): Promise<void> {
  while (model.check.kind === 'checking') await Promise.resolve();
}

describe('sharing a notebook', () => {
  it('looks through it at once, and needs an audience', async () => {
    const gateway = new Gateway();
    const { model } = await opened(gateway);
    expect(gateway.asked).toEqual([['check', { path: 'work/loans.ipynb', includesOutputs: true }]]);
    expect(model.canShare).toBe(false);
    model.change({ audience: bob });
    expect(model.canShare).toBe(true);
    model.change({ lastDay: '2027-01-15' });
    expect(model.canShare).toBe(false);
  });

  it('makes a link for whom and as long as was chosen', async () => {
    const gateway = new Gateway();
    const { model, made } = await opened(gateway);
    model.change({ audience: bob, lastDay: '2026-11-30', note: ' look at cell 3 ' });
    await model.share();
    expect(gateway.asked.at(-1)).toEqual([
      'create',
      {
        ...{ path: 'work/loans.ipynb', includesOutputs: true, acceptsWarnings: false },
        ...{ audience: bob, note: 'look at cell 3' },
        expiresAt: new Date(2026, 10, 30, 23, 59, 59, 999).toISOString(),
      },
    ]);
    expect(model.shared).toEqual(share);
    expect(made).toEqual([share]);
  });

  it('is stopped where something blocks', async () => {
    const gateway = new Gateway();
    gateway.found = { ...check, isBlocked: true };
    const { model } = await opened(gateway);
    model.change({ audience: bob, acceptsWarnings: true });
    expect(model.canShare).toBe(false);
    await model.share();
    expect(gateway.asked.map(([name]) => name)).toEqual(['check']);
  });

  it('asks whether a warning is meant, and again where something else is looked through', async () => {
    const gateway = new Gateway();
    gateway.found = check;
    const { model } = await opened(gateway);
    model.change({ audience: bob });
    expect(model.canShare).toBe(false);
    model.change({ acceptsWarnings: true });
    expect(model.canShare).toBe(true);
    model.change({ includesOutputs: false });
    expect(model.check.kind).toBe('checking');
    await settled(model);
    expect(gateway.asked.at(-1)).toEqual([
      'check',
      { path: 'work/loans.ipynb', includesOutputs: false },
    ]);
    expect(model.canShare).toBe(false);
  });

  it('looks through it again where the platform found something else', async () => {
    const gateway = new Gateway();
    const { model, made } = await opened(gateway);
    model.change({ audience: bob });
    gateway.refusal = new ShareError('ShareBlocked');
    gateway.found = { ...check, isBlocked: true };
    await model.share();
    expect(model.error).toBe(gateway.refusal);
    expect(model.check).toEqual({ kind: 'checked', check: gateway.found });
    expect(model.canShare).toBe(false);
    expect(made).toEqual([]);
  });

  it('keeps what was filled in where it fails, to be tried again', async () => {
    const gateway = new Gateway();
    const { model } = await opened(gateway);
    model.change({ audience: bob, note: 'n' });
    gateway.refusal = new ShareError('KeyUnavailable');
    await model.share();
    expect(model.error).toBe(gateway.refusal);
    expect(model.form?.note).toBe('n');
    gateway.refusal = undefined;
    await model.share();
    expect(model.shared).toEqual(share);
  });

  it('offers another version of a share of the same notebook only', async () => {
    const gateway = new Gateway();
    const elsewhere = { ...share, sourcePath: 'other/loans.ipynb' };
    gateway.mine = [
      share,
      elsewhere,
      { ...share, state: 'revoked' },
      { ...share, state: 'expired' },
    ];
    const { model } = await opened(gateway);
    expect(model.existing).toEqual([share]);
    expect(model.form?.shareId).toBeNull();
    model.change({ shareId: share.shareId });
    await model.share();
    expect(gateway.asked.at(-1)?.[0]).toBe(share.shareId);
  });

  it('begins with the share that shall get a version, unless that has ended', async () => {
    const gateway = new Gateway();
    gateway.mine = [share];
    const { shareId } = share;
    expect((await opened(gateway, { shareId })).model.form?.shareId).toBe(shareId);
    gateway.mine = [{ ...share, state: 'revoked' }];
    expect((await opened(gateway, { shareId })).model.form?.shareId).toBeNull();
  });

  it('says why it cannot begin', async () => {
    const gateway = new Gateway();
    const refusal = new ShareError('AccessDenied');
    gateway.api.choices = () => Promise.reject(refusal);
    const { model } = await opened(gateway);
    expect(model.form).toBeNull();
    expect(model.error).toBe(refusal);
  });

  it('gives up looking when it is closed', async () => {
    const gateway = new Gateway();
    let signal: AbortSignal | undefined;
    gateway.api.check = (_request, given) => {
      signal = given;
      return new Promise(() => undefined);
    };
    const model = new ShareDialogModel({
      ...{ api: gateway.api, path: 'a.ipynb', now: () => now, onShared: () => undefined },
    });
    await model.open();
    model.close();
    expect(signal?.aborted).toBe(true);
  });
});

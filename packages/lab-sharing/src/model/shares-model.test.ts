import type { ShareSummary } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { share } from '../testing/answers.ts';
import { SharesModel } from './shares-model.ts';

const other = { ...share, shareId: 'BBBBBBBBBBBBBBBBBBBBBB' } as unknown as ShareSummary;

describe('the lists of shares', () => {
  it('are asked for one by one', async () => {
    const asked: string[] = [];
    const model = new SharesModel({
      list: async (name) => {
        asked.push(name);
        return name === 'mine' ? [share] : [];
      },
    });
    await model.refresh();
    await model.show('with-me');
    expect(asked).toEqual(['mine', 'with-me']);
    expect(model.list('mine').shares).toEqual([share]);
    expect(model.list('with-me')).toEqual({ shares: [], isLoading: false, error: undefined });
  });

  it('keep what they had where the next question fails', async () => {
    let error: Error | undefined;
    const model = new SharesModel({
      list: async () => {
        if (error !== undefined) throw error;
        return [share];
      },
    });
    await model.refresh();
    error = new Error('gone');
    await model.refresh();
    expect(model.list('mine')).toEqual({ shares: [share], isLoading: false, error });
  });

  it('pass over a late answer to an older question', async () => {
    const answers: ((shares: ShareSummary[]) => void)[] = [];
    const model = new SharesModel({ list: () => new Promise((resolve) => answers.push(resolve)) });
    const first = model.refresh();
    const second = model.refresh();
    answers[1]?.([other]);
    answers[0]?.([share]);
    await Promise.all([first, second]);
    expect(model.list('mine').shares).toEqual([other]);
  });

  it('take what an answer tells of a share, in its place or as the newest', async () => {
    const model = new SharesModel({ list: async () => [share] });
    await model.refresh();
    const revoked = { ...share, state: 'revoked' } as const;
    model.take(revoked);
    model.take(other);
    expect(model.list('mine').shares).toEqual([other, revoked]);
  });
});

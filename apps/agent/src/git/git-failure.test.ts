import { describe, expect, it } from 'vitest';
import { gitFailure } from './git-failure.ts';

const failureOf = (...lines: readonly string[]) =>
  gitFailure(
    { errorText: `${lines.join('\n')}\n`, output: Buffer.alloc(0), exitCode: 128 },
    'push',
  );

describe('what a git that failed means', () => {
  it.each([
    'CONNECT tunnel failed, response 403',
    'Received HTTP code 403 from proxy after CONNECT',
  ])('is a remote that cannot be reached where the way out is closed: %s', (reason) => {
    const { code } = failureOf(`fatal: unable to access 'https://example.com/x/': ${reason}`);
    expect(code).toBe('RemoteUnreachable');
  });

  it('is told in the words of the remote that refused', () => {
    const { code, message } = failureOf(
      ...['Delta compression using up to 2 threads', 'Total 5 (delta 0), reused 0 (delta 0)'],
      ...['remote: Resolving deltas: 100% (2/2), done.        ', 'remote: load.py, line 3        '],
      ...[
        'To https://host/v1/repos/x',
        ' ! [remote rejected] main -> main (pre-receive hook declined)',
      ],
      "error: failed to push some refs to 'https://host/v1/repos/x'",
    );
    expect([code, message]).toEqual(['RemoteRefused', 'load.py, line 3']);
  });

  it('is told in the words of git where the remote said nothing', () => {
    const { code, message } = failureOf(' ! [remote rejected] main -> main (branch is protected)');
    expect([code, message]).toEqual([
      ...['RemoteRefused', ' ! [remote rejected] main -> main (branch is protected)'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { judgeControls } from './judge-controls.ts';

const enforced = {
  control: 'seccomp',
  state: 'enforced',
  detail: 'It refused mount.',
  remedy: null,
} as const;
const missing = {
  control: 'memory-limit',
  state: 'unenforced',
  detail: 'No memory controller.',
  remedy: 'Mount cgroup v2.',
} as const;
const partial = { ...missing, control: 'cpu-limit', state: 'partial' } as const;
const controls = [enforced, missing, partial];
const judge = (acceptUnenforced: string[]) =>
  judgeControls(controls, { acceptUnenforced, fileName: '/srv/strongroom.yaml' });

describe('the controls of a host', () => {
  it('keep it from starting where one does not hold, with everything needed to decide', () => {
    expect(() => judge(['cpu-limit', 'no-such-control'])).toThrowErrorMatchingInlineSnapshot(`
      [StartError: Strongroom does not start, because this machine does not hold every control:

        memory-limit does not hold: No memory controller.
          Mend: Mount cgroup v2.

      Mend them, or start without them at your own risk with this line in
      /srv/strongroom.yaml (instead of the one that begins with acceptUnenforced):

      acceptUnenforced: [cpu-limit, memory-limit]]
    `);
  });

  it('let it start where each lack is accepted by name', () => {
    const judged = judge(['cpu-limit', 'memory-limit', 'seccomp']);
    expect(judged.controls.map(({ control, accepted }) => [control, accepted])).toEqual([
      ['seccomp', false],
      ['memory-limit', true],
      ['cpu-limit', true],
    ]);
  });

  it('let it start without what its domain does not ask for', () => {
    const accepted = { acceptUnenforced: ['cpu-limit'], fileName: '/srv/strongroom.yaml' };
    const judged = judgeControls(controls, { ...accepted, ignored: ['memory-limit'] });
    expect(judged.controls.map(({ accepted: isAccepted }) => isAccepted)).toEqual([
      ...[false, false, true],
    ]);
  });

  it('tell of accepted names that are no control', () => {
    expect(judge(['cpu-limit', 'memory-limit', 'memory']).unknownNames).toEqual(['memory']);
  });
});

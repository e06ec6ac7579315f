import { expect, it } from 'vitest';
import { app } from '../testing/answers.ts';
import { pickerState } from './picker-state.ts';

const idle = { status: 'idle', hasKernel: true, isChanging: false, app: undefined };

it.each([
  ['ready', {}],
  ['busy', { status: 'busy' }],
  ['ended', { status: 'dead' }],
  ['ending', { status: 'terminating' }],
  ['restarting', { status: 'autorestarting' }],
  ['none', { status: 'unknown', hasKernel: false }],
  ['starting-kernel', { isChanging: true }],
  ['starting-kernel', { status: 'initializing', hasKernel: false, app }],
  ['starting-sandbox', { isChanging: true, app: { ...app, stage: 'starting-sandbox' as const } }],
  [
    'starting-sandbox',
    { status: 'restarting', app: { ...app, stage: 'starting-sandbox' as const } },
  ],
])('a kernel is %s', (kind, part) => {
  expect(pickerState({ ...idle, ...part }).kind).toBe(kind);
});

it('a kernel that waits has a place in the line and can be called off', () => {
  const queued = { ...app, stage: 'queued' as const, queuePosition: 3 };
  expect(pickerState({ ...idle, isChanging: true, app: queued })).toEqual({
    kind: 'queued',
    position: 3,
    appId: app.appId,
  });
});

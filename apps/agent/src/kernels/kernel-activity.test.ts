import { createMessage, parseHeader } from '@strongroom/jupyter-protocol';
import { expect, test } from 'vitest';
import { KernelActivity } from './kernel-activity.ts';

const request = (type: string) => createMessage({ type, session: 's', content: {} }).header;

function status(state: unknown, parentHeader: Buffer) {
  return createMessage({
    type: 'status',
    session: 'k',
    content: { execution_state: state },
    parentHeader,
  });
}

test('busy names the request that runs, idle ends it', () => {
  const activity = new KernelActivity();
  const cell = request('execute_request');
  activity.observe(status('busy', cell));
  expect(activity.state).toBe('busy');
  expect(activity.runningParent && parseHeader(activity.runningParent)).toEqual(parseHeader(cell));
  activity.observe(status('idle', cell));
  expect(activity.state).toBe('idle');
  expect(activity.runningParent).toBeUndefined();
});

test('what the control channel does beside a running cell leaves it running', () => {
  const activity = new KernelActivity();
  activity.observe(status('busy', request('execute_request')));
  for (const type of ['debug_request', 'interrupt_request']) {
    activity.observe(status('busy', request(type)));
    activity.observe(status('idle', request(type)));
  }
  expect(activity.state).toBe('busy');
});

test('a status that is none changes nothing', () => {
  const activity = new KernelActivity();
  activity.observe(status(7, request('execute_request')));
  activity.observe({ ...status('idle', request('x')), content: Buffer.from('nonsense') });
  expect(activity.state).toBe('starting');
});

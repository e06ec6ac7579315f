import { describe, expect, it } from 'vitest';
import { connectionMessage } from './connection-message.ts';

const english = { __: (text: string) => text };
const failure = { code: 'DiskFull', message: '', remedy: '', reference: 'r-1' };

describe('connectionMessage', () => {
  it('sends a person who was signed out to the console', () => {
    const message = connectionMessage({ state: 'SignedOut' }, english);
    expect(message.offersConsole).toBe(true);
    expect(message.reference).toBe('');
  });

  it('names the reason why a studio stopped, and the reference', () => {
    const message = connectionMessage({ state: 'StudioStopped', failure }, english);
    expect(message.paragraphs[0]).toBe('The disk is full.');
    expect(message.reference).toBe('r-1');
  });

  it('has something to say about a reason it does not know', () => {
    const unknown = { ...failure, code: 'Surprise' };
    const [reason] = connectionMessage(
      { state: 'StudioStopped', failure: unknown },
      english,
    ).paragraphs;
    expect(reason).toBe('It was stopped, or its server ended.');
  });

  it('does not offer a console that cannot be reached', () => {
    expect(connectionMessage({ state: 'Unreachable' }, english).offersConsole).toBe(false);
  });

  it.each([
    { state: 'SignedOut' },
    { state: 'Refused', failure },
    { state: 'StudioStopped', failure: null },
    { state: 'Unreachable' },
  ] as const)('tells what becomes of unsaved work: $state', (connection) => {
    const { paragraphs } = connectionMessage(connection, english);
    expect(paragraphs.at(-1)).toBe('What is on this page stays as it is until you close it.');
  });
});

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { limitToSize } from './limit-to-size.ts';

const chunks = () => Readable.from([Buffer.from('abc'), Buffer.from('def')]);

describe('a stream of an announced size', () => {
  it('is passed as it is where the size is right', async () => {
    expect((await buffer(limitToSize(chunks(), 6))).toString()).toBe('abcdef');
  });

  it('ends at the announced size', async () => {
    expect((await buffer(limitToSize(chunks(), 4))).toString()).toBe('abcd');
  });

  it('fails where it is shorter', async () => {
    await expect(buffer(limitToSize(chunks(), 7))).rejects.toThrow(/shorter/);
  });

  it('fails where its source does, and ends its source', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('disk'));
      },
    });
    await expect(buffer(limitToSize(broken, 7))).rejects.toThrow('disk');
    const source = new Readable({ read: () => undefined });
    const limited = limitToSize(source, 7);
    limited.destroy();
    await new Promise((resolve) => source.once('close', resolve));
  });
});

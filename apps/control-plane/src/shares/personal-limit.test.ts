import { describe, expect, it } from 'vitest';
import { PersonalLimit } from './personal-limit.ts';

const alice = 'alice' as never;
const bob = 'bob' as never;

describe('what one person has on the way at once', () => {
  it('is limited for each, and free again when it ends, well or not', async () => {
    const limit = new PersonalLimit(2);
    const ends: (() => void)[] = [];
    const waiting = () => new Promise<void>((resolve) => ends.push(resolve));
    const running = [limit.run(alice, waiting), limit.run(alice, waiting)];
    const refused = expect.objectContaining({ code: 'TooManyRequests' });
    await expect(limit.run(alice, async () => 1)).rejects.toThrow(refused);
    expect(await limit.run(bob, async () => 1)).toBe(1);
    for (const end of ends) end();
    await Promise.all(running);
    const failing = async () => Promise.reject(new Error('broken'));
    for (let count = 0; count < 3; count += 1) {
      await expect(limit.run(alice, failing)).rejects.toThrow('broken');
    }
    expect(await limit.run(alice, async () => 1)).toBe(1);
  });
});

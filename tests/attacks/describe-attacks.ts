import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attack } from './attack.ts';
import { type AttackGround, openAttackGround } from './attack-ground.ts';

/** One test an attack, and one more for each whose proof is given: it fails without the control. */
export function describeAttacks(title: string, attacks: readonly Attack[]): void {
  const possible = attacks.filter(isPossibleHere);
  const proven = possible.filter(({ proof }) => proof !== undefined);

  describe(title, () => {
    let ground: AttackGround;
    beforeAll(async () => {
      ground = await openAttackGround();
    });
    afterAll(() => ground.close());

    for (const { name, code, refusal } of possible) {
      it(`refuses: ${name}`, async ({ task }) => {
        const { output } = await ground.runPython(code);
        const expected = typeof refusal === 'string' ? [refusal] : refusal;
        Object.assign(task.meta, { attack: { expected: expected.join(' or '), seen: output } });
        expect(expected).toContain(output);
      });
    }

    it.each(proven)('with its control off, does not refuse: $name', async ({ code, proof }) => {
      const weakened = await openAttackGround(proof?.without);
      try {
        expect((await weakened.runPython(code)).output).toBe(proof?.outcome);
      } finally {
        await weakened.close();
      }
    });
  });
}

function isPossibleHere({ only }: Attack): boolean {
  return only === undefined || process.arch === only;
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attack } from './attack.ts';
import { type AttackGround, openAttackGround } from './attack-ground.ts';

/** One test an attack, and one more for each whose proof is given: it fails without the control. */
export function describeAttacks(title: string, attacks: readonly Attack[]): void {
  describe(title, () => {
    let ground: AttackGround;
    beforeAll(async () => {
      ground = await openAttackGround();
    });
    afterAll(() => ground.close());

    it.each(attacks.filter(isPossibleHere))('refuses: $name', async ({ code, refusal }) => {
      const { output } = await ground.runPython(code);
      expect(typeof refusal === 'string' ? [refusal] : refusal).toContain(output);
    });
  });

  describe(`${title}, each with its control switched off`, () => {
    it.each(attacks.filter(isPossibleHere).filter(({ proof }) => proof !== undefined))(
      'notices that nothing refuses: $name',
      async ({ code, proof }) => {
        const ground = await openAttackGround(proof?.without);
        try {
          const { output } = await ground.runPython(code);
          expect(output).toBe(proof?.outcome);
        } finally {
          await ground.close();
        }
      },
    );
  });
}

function isPossibleHere({ only }: Attack): boolean {
  if (only === 'root') return process.geteuid?.() === 0;
  if (only === 'x64') return process.arch === 'x64';
  return true;
}

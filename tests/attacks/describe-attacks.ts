import { afterAll, beforeAll, describe, expect, it, type TaskMeta } from 'vitest';
import type { Attack } from './attack.ts';
import { type AttackGround, openAttackGround } from './attack-ground.ts';

/** One test an attack, and one more for each whose proof is given: it fails without the control. */
export function describeAttacks(title: string, attacks: readonly Attack[]): void {
  const possible = attacks.filter(isPossibleHere);

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
        noteAttack(task, { expected: expected.join(' or '), seen: output });
        expect(expected).toContain(output);
      });
    }

    for (const { name, code, proof } of possible) {
      if (proof === undefined) continue;
      it(`with its control off, does not refuse: ${name}`, async ({ task }) => {
        const weakened = await openAttackGround(proof.without);
        try {
          const { output } = await weakened.runPython(code);
          noteAttack(task, { expected: proof.outcome, seen: output });
          expect(output).toBe(proof.outcome);
        } finally {
          await weakened.close();
        }
      });
    }
  });
}

/** What `npm run test:attacks` prints of a test: what ought to come of the attack, and what did. */
export function noteAttack(
  task: { readonly meta: TaskMeta },
  attack: { readonly expected: string; readonly seen: string },
): void {
  Object.assign(task.meta, { attack });
}

function isPossibleHere({ only }: Attack): boolean {
  return only === undefined || process.arch === only;
}

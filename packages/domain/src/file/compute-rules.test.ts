import { expect, it } from 'vitest';
import { defaultDomainFile } from './default-domain-file.ts';
import { readDomain } from './read-domain.ts';

const rulesOf = (changed: string) => {
  const text = `${changed}\ncompute: { idleMinutes: 60, maximumHours: 8 }\n`;
  const { domain } = readDomain(text, '/srv/strongroom.yaml', 'strongroom.yaml');
  return new Map(
    domain.instanceTypes.map(({ instanceType, idleMinutes, maximumHours }) => [
      instanceType,
      [idleMinutes, maximumHours],
    ]),
  );
};

it('rules for all instance types are for kernels, and not for the studio’s own server', () => {
  const rules = rulesOf(defaultDomainFile);
  expect(rules.get('ml.t3.medium')).toEqual([60, 8]);
  expect(rules.get('system')).toEqual([undefined, undefined]);
});

import { describe, expect, it } from 'vitest';
import { overlaps, planSubnets } from './subnet-plan.ts';

describe('the plan of subnets', () => {
  it('gives each zone a quarter and keeps the last for the way out', () => {
    expect(planSubnets('10.40.0.0/16', 3)).toEqual({
      isolated: ['10.40.0.0/18', '10.40.64.0/18', '10.40.128.0/18'],
      firewall: ['10.40.192.0/28', '10.40.192.16/28', '10.40.192.32/28'],
      translation: ['10.40.192.128/28', '10.40.192.144/28', '10.40.192.160/28'],
    });
  });

  it.each(['10.40.0.0/16', '192.168.240.0/22', '172.20.8.0/21'])(
    'overlaps nowhere within %s and never leaves it',
    (cidr) => {
      const { isolated, firewall, translation } = planSubnets(cidr, 3);
      const all = [...isolated, ...firewall, ...translation];
      for (const [index, subnet] of all.entries()) {
        expect(overlaps(subnet, cidr)).toBe(true);
        for (const other of all.slice(index + 1)) expect(overlaps(subnet, other)).toBe(false);
      }
    },
  );

  it('tells networks apart that touch, and finds one within another', () => {
    expect(overlaps('10.0.0.0/16', '10.1.0.0/16')).toBe(false);
    expect(overlaps('10.0.0.0/8', '10.255.255.0/24')).toBe(true);
  });
});

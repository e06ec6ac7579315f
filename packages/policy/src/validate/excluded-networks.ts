import { type IpNetwork, readNetwork } from '../conditions/ip-address.ts';
import type { ConditionReading } from './read-conditions.ts';

/** Does `NotIpAddress` cover every network that `IpAddress` names? */
export function excludesAllNetworks(conditions: readonly ConditionReading[]): boolean {
  const excluded = conditions.filter(({ base }) => base === 'notipaddress').flatMap(networksOf);
  return conditions.some((condition) => {
    if (condition.base !== 'ipaddress') return false;
    const named = networksOf(condition);
    return named.length > 0 && named.every((one) => excluded.some((other) => covers(other, one)));
  });
}

function networksOf({ values }: ConditionReading): IpNetwork[] {
  return values.flatMap(({ value }) => readNetwork(String(value)) ?? []);
}

function covers(wide: IpNetwork, narrow: IpNetwork): boolean {
  if (wide.groups.length !== narrow.groups.length) return false;
  if (wide.prefixBits > narrow.prefixBits) return false;
  return bitsOf(narrow).startsWith(bitsOf(wide).slice(0, wide.prefixBits));
}

function bitsOf({ groups }: IpNetwork): string {
  return groups.map((group) => group.toString(2).padStart(16, '0')).join('');
}

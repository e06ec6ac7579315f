import type { IpNetwork } from '../conditions/ip-address.ts';

const groupBits = 16;

/** Does the address have bits after its prefix, as 10.1.2.3/8 has? */
export function hasHostBits({ groups, prefixBits }: IpNetwork): boolean {
  return groups.some((group, index) => {
    const fixedBits = Math.min(groupBits, Math.max(0, prefixBits - index * groupBits));
    return (group & (0xffff >> fixedBits)) !== 0;
  });
}

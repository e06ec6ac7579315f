import { readAddress, readNetwork } from './ip-address.ts';
import { fixedOperand, type OperandCompiler } from './operand.ts';

const groupBits = 16;

export const ipAddress: OperandCompiler = (source) => {
  const network = readNetwork(source);
  if (network === undefined) return undefined;
  return fixedOperand(source, (value) => {
    const address = typeof value === 'string' ? readAddress(value) : undefined;
    if (address === undefined) return undefined;
    return (
      address.length === network.groups.length &&
      samePrefix(address, network.groups, network.prefixBits)
    );
  });
};

function samePrefix(one: readonly number[], other: readonly number[], prefixBits: number): boolean {
  for (let index = 0, left = prefixBits; left > 0; index += 1, left -= groupBits) {
    const ignoredBits = Math.max(0, groupBits - left);
    const difference = (one[index] ?? 0) ^ (other[index] ?? 0);
    if (difference >> ignoredBits !== 0) return false;
  }
  return true;
}

import { cannotUse, type Domain, type DomainFileIssue } from '@strongroom/domain';
import { narrowestPrefix, overlaps, parseNetwork, widestPrefix } from '../network/subnet-plan.ts';

/** Addresses that are nobody else's (RFC 1918; RFC 6598). */
const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];
/** Inside every studio (SageMaker Developer Guide, "Connect Studio in a VPC to external resources"). */
const studioNetwork = '172.17.0.0/16';

export function networkIssues({ aws, egress }: Domain): DomainFileIssue[] {
  const { network } = aws;
  return [
    ...cidrIssues(network.cidr),
    ...network.connectedNetworks.flatMap((other, index) =>
      overlapIssues(network.cidr, other, ['aws', 'network', 'connectedNetworks', index]),
    ),
    ...(network.egress === 'allow-list' ? egressIssues(egress) : []),
  ];
}

function cidrIssues(cidr: string): DomainFileIssue[] {
  const path = ['aws', 'network', 'cidr'];
  const mend = `use a private network from /${widestPrefix} to /${narrowestPrefix}, for example 10.40.0.0/16`;
  const refuse = (why: string) => [cannotUse({ path, value: cidr, mend, why })];
  const { prefix, start } = parseNetwork(cidr);
  if (prefix < widestPrefix) return refuse(`AWS has no network larger than /${widestPrefix}`);
  if (prefix > narrowestPrefix) return refuse('its subnets would be too small');
  if (parseNetwork(`${cidr.split('/')[0]}/32`).start !== start) {
    return refuse('the address is not the first of that network');
  }
  if (!privateNetworks.some((network) => isWithin(cidr, network))) {
    return refuse("its addresses are other people's on the internet");
  }
  if (overlaps(cidr, studioNetwork)) return refuse(`studios use ${studioNetwork} inside`);
  return [];
}

function isWithin(inner: string, outer: string): boolean {
  const [small, large] = [parseNetwork(inner), parseNetwork(outer)];
  return small.start >= large.start && small.end <= large.end;
}

function overlapIssues(cidr: string, other: string, path: (string | number)[]): DomainFileIssue[] {
  if (!overlaps(cidr, other)) return [];
  const why = `it overlaps aws.network.cidr, ${cidr}`;
  const mend = 'give this domain a network that is nowhere else';
  return [cannotUse({ path, value: other, mend, why })];
}

function egressIssues({ allowLists, fixedAddresses }: Domain['egress']): DomainFileIssue[] {
  const path = ['aws', 'network', 'egress'];
  if (allowLists.length === 0) {
    const why = 'egress.allowLists has no name that could be allowed';
    return [cannotUse({ path, value: 'allow-list', mend: 'write names there, or use off', why })];
  }
  if (fixedAddresses.length > 0) {
    const why = 'the firewall knows names and no addresses of your own';
    return [
      cannotUse({
        ...{ path: ['egress', 'fixedAddresses'], value: fixedAddresses, why },
        mend: 'answer these names with a private hosted zone, and leave it out',
      }),
    ];
  }
  return [];
}

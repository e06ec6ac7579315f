import type { FlowObservation } from './flow-log.ts';

export interface FlowRecordPlace {
  readonly accountId: string;
  readonly region: string;
}

/** One line of the flow log: VPC flow log fields of version 5 under AWS's names, then ours. */
export type FlowRecord = Readonly<Record<string, string | number>>;

/** IANA's protocol numbers. */
const protocolNumbers = { tcp: 6, udp: 17 } as const;
/** Of what Strongroom does not count or does not have; as AWS writes it. */
const none = '-';

/** VPC User Guide, "Flow log record": every field of versions 2 to 5 that has a meaning here. */
export function toFlowRecord(flow: FlowObservation, place: FlowRecordPlace): FlowRecord {
  const { studio } = flow;
  return {
    version: 5,
    'account-id': place.accountId,
    'interface-id': studio.interfaceId,
    srcaddr: studio.address,
    dstaddr: flow.destinationAddress,
    srcport: flow.sourcePort,
    dstport: flow.destinationPort,
    protocol: protocolNumbers[flow.protocol],
    packets: none,
    bytes: flow.sentBytes + flow.receivedBytes,
    start: seconds(flow.startedAt),
    end: seconds(flow.endedAt),
    action: flow.action,
    'log-status': 'OK',
    'vpc-id': none,
    'subnet-id': none,
    'instance-id': none,
    'tcp-flags': none,
    type: flow.destinationAddress.includes(':') ? 'IPv6' : 'IPv4',
    'pkt-srcaddr': studio.address,
    'pkt-dstaddr': flow.reachedAddress ?? flow.destinationAddress,
    region: place.region,
    'az-id': none,
    'sublocation-type': none,
    'sublocation-id': none,
    'pkt-src-aws-service': none,
    'pkt-dst-aws-service': none,
    'flow-direction': 'egress',
    'traffic-path': none,
    time: flow.endedAt.toISOString(),
    profile: studio.profileName,
    app: studio.appId,
    endpoint: flow.endpoint ?? none,
    name: flow.name ?? none,
    rule: flow.rule,
    part: flow.part,
    attempts: flow.attemptCount,
    'bytes-sent': flow.sentBytes,
    'bytes-received': flow.receivedBytes,
  };
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

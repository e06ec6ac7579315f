import { type Domain, shippedPrices } from '@strongroom/domain';
import { hoursOfAMonth, servicePrices } from './service-prices.ts';

/** What nobody can know from a domain file; said with the estimate. */
export interface CostAssumptions {
  /** Of one notebook on the default type. */
  readonly hoursPerPerson: number;
  readonly homeGibibytesPerPerson: number;
  readonly objectGibibytes: number;
  readonly logGibibytes: number;
  readonly egressGibibytes: number;
  readonly dataEvents: number;
}

export const usualAssumptions: CostAssumptions = {
  hoursPerPerson: 120,
  homeGibibytesPerPerson: 5,
  objectGibibytes: 500,
  logGibibytes: 20,
  egressGibibytes: 100,
  dataEvents: 10_000_000,
};

interface CostLine {
  readonly name: string;
  /** Whether it is owed when nobody works. */
  readonly isFixed: boolean;
  readonly monthlyAmount: number;
  readonly how: string;
}

export interface CostEstimate {
  readonly currency: string;
  readonly asOf: string;
  readonly lines: readonly CostLine[];
  readonly fixedAmount: number;
  readonly totalAmount: number;
  /** Types whose price nobody told. */
  readonly unknownTypes: readonly string[];
}

/** Services that every domain has an interface endpoint for. */
const usualEndpointCount = 13;
const keyCount = 3;
const alarmCount = 5;

/** A month of the domain, before it is there. */
export function estimateCost(
  domain: Domain,
  assumptions: CostAssumptions = usualAssumptions,
): CostEstimate {
  const lines = [...fixedLines(domain), ...usedLines(domain, assumptions)];
  const sum = (some: readonly CostLine[]) =>
    some.reduce((total, { monthlyAmount }) => total + monthlyAmount, 0);
  const isKnown = pricePerHour(domain) !== undefined;
  return {
    ...{ currency: servicePrices.currency, asOf: servicePrices.asOf, lines },
    fixedAmount: sum(lines.filter(({ isFixed }) => isFixed)),
    totalAmount: sum(lines),
    unknownTypes: isKnown ? [] : [domain.defaults.instanceType],
  };
}

function fixedLines({ aws, people }: Domain): CostLine[] {
  const { availabilityZones: zones, egress } = aws.network;
  const endpoints = usualEndpointCount + aws.services.length;
  const spaces = people.filter(({ role }) => role !== 'auditor').length;
  const fixed = (name: string, monthlyAmount: number, how: string): CostLine => ({
    ...{ name, isFixed: true, monthlyAmount, how },
  });
  const { endpointHour, keyMonth, alarmMonth, volumeGibibyteMonth } = servicePrices;
  return [
    fixed(
      'Interface endpoints',
      endpoints * zones * hoursOfAMonth * endpointHour,
      `${endpoints} services in ${zones} zones`,
    ),
    fixed('Keys', keyCount * keyMonth, `${keyCount} keys`),
    fixed('Alarms', alarmCount * alarmMonth, `${alarmCount} alarms`),
    fixed(
      'Volumes of spaces',
      spaces * aws.spaceGibibytes * volumeGibibyteMonth,
      `${spaces} people with ${aws.spaceGibibytes} GiB`,
    ),
    ...(egress === 'off' ? [] : egressLines(zones, fixed)),
  ];
}

function egressLines(
  zones: number,
  fixed: (name: string, monthlyAmount: number, how: string) => CostLine,
): CostLine[] {
  const { natHour, firewallHour } = servicePrices;
  return [
    fixed('NAT gateways', zones * hoursOfAMonth * natHour, `${zones} zones`),
    fixed('Network Firewall', zones * hoursOfAMonth * firewallHour, `${zones} zones`),
  ];
}

function usedLines(domain: Domain, assumed: CostAssumptions): CostLine[] {
  const prices = servicePrices;
  const people = domain.people.filter(({ role }) => role !== 'auditor').length;
  const used = (name: string, monthlyAmount: number, how: string): CostLine => ({
    ...{ name, isFixed: false, monthlyAmount, how },
  });
  const homes = people * assumed.homeGibibytesPerPerson;
  const perHour = pricePerHour(domain) ?? 0;
  return [
    used(
      'Notebooks',
      people * assumed.hoursPerPerson * perHour,
      `${people} people, ${assumed.hoursPerPerson} hours on ${domain.defaults.instanceType}`,
    ),
    used('Homes (EFS)', homes * prices.homeGibibyteMonth, `${homes} GiB`),
    used(
      'Objects',
      assumed.objectGibibytes * prices.objectGibibyteMonth,
      `${assumed.objectGibibytes} GiB`,
    ),
    used('Logs', assumed.logGibibytes * prices.logGibibyte, `${assumed.logGibibytes} GiB`),
    used(
      'Audit trail',
      assumed.dataEvents * prices.trailDataEvent,
      `${assumed.dataEvents} reads and writes of objects`,
    ),
    ...(domain.aws.network.egress === 'off'
      ? []
      : [
          used(
            'Traffic to the internet',
            assumed.egressGibibytes * (prices.natGibibyte + prices.firewallGibibyte),
            `${assumed.egressGibibytes} GiB`,
          ),
        ]),
  ];
}

function pricePerHour({ defaults, instanceTypes }: Domain): number | undefined {
  const type = instanceTypes.find(({ instanceType }) => instanceType === defaults.instanceType);
  return type?.pricePerHour ?? shippedPrices.instanceTypes[defaults.instanceType]?.pricePerHour;
}

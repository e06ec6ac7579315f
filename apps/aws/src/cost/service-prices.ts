/**
 * Examples after AWS's public prices of Seoul (ap-northeast-2), in US dollars, that were compared with no
 * bill: what they are good for is the size of a sum and which part of it is large.
 */
export const servicePrices = {
  asOf: '2026-11-28',
  currency: 'USD',
  endpointHour: 0.013,
  endpointGibibyte: 0.01,
  natHour: 0.059,
  natGibibyte: 0.059,
  firewallHour: 0.395,
  firewallGibibyte: 0.065,
  keyMonth: 1,
  homeGibibyteMonth: 0.33,
  volumeGibibyteMonth: 0.1232,
  objectGibibyteMonth: 0.025,
  logGibibyte: 0.76,
  trailDataEvent: 0.000001,
  alarmMonth: 0.1,
} as const;

export const hoursOfAMonth = 730;

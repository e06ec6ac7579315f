import { describe, expect, it } from 'vitest';
import { domainWith, resourcesOf, templatesOf } from '../testing/synthesized.ts';
import { estimateCost, usualAssumptions } from './estimate-cost.ts';

const egressOn = domainWith([], 'aws: { network: { egress: allow-list, availabilityZones: 3 } }');
const amountOf = (estimate: ReturnType<typeof estimateCost>, name: string) =>
  estimate.lines.find((line) => line.name === name)?.monthlyAmount;

describe('the estimate of a month', () => {
  it('counts endpoints by zone, and a way out only where there is one', () => {
    const off = estimateCost(domainWith());
    expect(amountOf(off, 'Interface endpoints')).toBeCloseTo(13 * 2 * 730 * 0.013, 6);
    expect(amountOf(off, 'NAT gateways')).toBeUndefined();
    const on = estimateCost(egressOn);
    expect(amountOf(on, 'Interface endpoints')).toBeCloseTo(13 * 3 * 730 * 0.013, 6);
    expect(amountOf(on, 'NAT gateways')).toBeCloseTo(3 * 730 * 0.059, 6);
  });

  it('counts the endpoints that there are', () => {
    const services = resourcesOf(templatesOf(egressOn), 'AWS::EC2::VPCEndpoint').filter(
      ({ resource }) => resource.Properties.VpcEndpointType === 'Interface',
    );
    const how = estimateCost(egressOn).lines.find(
      ({ name }) => name === 'Interface endpoints',
    )?.how;
    expect(how).toBe(`${services.length} services in 3 zones`);
  });

  it('grows with hours of notebooks, and with nothing that is fixed', () => {
    const usual = estimateCost(domainWith());
    const twice = estimateCost(domainWith(), {
      ...usualAssumptions,
      hoursPerPerson: 2 * usualAssumptions.hoursPerPerson,
    });
    expect(amountOf(twice, 'Notebooks')).toBeCloseTo(2 * (amountOf(usual, 'Notebooks') ?? 0), 6);
    expect(twice.fixedAmount).toBe(usual.fixedAmount);
  });

  it('says whose price nobody told', () => {
    const domain = domainWith([
      ['instanceType: ml.t3.medium\n\nstudios', 'instanceType: ml.m5.large\n\nstudios'],
    ]);
    expect(estimateCost(domain).unknownTypes).toEqual([]);
    const instanceTypes = domain.instanceTypes.map((type) => ({
      ...type,
      instanceType: type.instanceType.replace('ml.m5.large', 'ml.m7i.large'),
    }));
    const defaults = { ...domain.defaults, instanceType: 'ml.m7i.large' };
    const unknown = estimateCost({ ...domain, instanceTypes, defaults });
    expect(unknown.unknownTypes).toEqual(['ml.m7i.large']);
  });
});

import { serviceOf } from './network.ts';
import { at, type Resource } from './resource.ts';
import type { Resources } from './resources.ts';

type Context = Readonly<Record<string, string>>;

/** The request keys of whoever comes through an endpoint of the templates, S3's unless told otherwise. */
export function throughEndpoint(resources: Resources, service = 's3'): Context {
  const endpoint = resources
    .ofType('AWS::EC2::VPCEndpoint')
    .find((candidate) => serviceOf(candidate) === service);
  return endpoint === undefined ? {} : contextOf(endpoint);
}

function contextOf(endpoint: Resource): Context {
  const vpc = at(endpoint, 'VpcId');
  return {
    'aws:SourceVpce': endpoint.reference,
    ...(typeof vpc === 'string' ? { 'aws:SourceVpc': vpc } : {}),
    'aws:VpcSourceIp': '10.0.0.10',
  };
}

/** An endpoint of somebody else's network. */
export const foreignEndpoint: Context = {
  'aws:SourceVpce': 'vpce-0123456789abcdef0',
  'aws:SourceVpc': 'vpc-0123456789abcdef0',
};

/** Straight from the internet, without any endpoint. */
export const fromInternet: Context = { 'aws:SourceIp': '198.51.100.7' };

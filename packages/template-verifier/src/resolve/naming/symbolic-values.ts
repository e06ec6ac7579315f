import type { Scope } from '../scope.ts';
import { isUnknown, type Resolved } from '../unknown.ts';
import { attributeOf } from '../unknown-reasons.ts';
import { ec2Naming } from './ec2-naming.ts';
import { arnOf, byName, type NamedResource, type Naming } from './naming.ts';
import { serviceNaming } from './service-naming.ts';

const namings: Readonly<Record<string, Naming>> = { ...ec2Naming, ...serviceNaming };

/** What `Ref` gives: the same text wherever the same resource is meant. */
export function referenceValue(scope: Scope, logicalId: string): Resolved {
  const naming = namingOf(scope, logicalId);
  return scope.once(`name:${logicalId}`, () =>
    naming.reference(namedResource(scope, logicalId, naming)),
  );
}

/** What `Fn::GetAtt` gives; unknown where only a deployment can tell. */
export function attributeValue(scope: Scope, logicalId: string, attribute: string): Resolved {
  const naming = namingOf(scope, logicalId);
  return scope.once(`name:${logicalId}`, () => {
    const resource = namedResource(scope, logicalId, naming);
    if (naming.referenceAttributes?.includes(attribute)) return naming.reference(resource);
    const isArn = attribute === 'Arn' || naming.arnAttributes?.includes(attribute);
    if (isArn && naming.arn !== undefined) return naming.arn(resource);
    const known = naming.attributes?.[attribute];
    if (known !== undefined) return known(resource);
    return isArn && !isCustom(typeOf(scope, logicalId))
      ? genericArn(resource, typeOf(scope, logicalId))
      : attributeOf(logicalId, attribute);
  });
}

/** A resource's ARN, where its type has one. */
export function arnValue(scope: Scope, logicalId: string): string | undefined {
  const value = attributeValue(scope, logicalId, 'Arn');
  return typeof value === 'string' ? value : undefined;
}

const generic: Naming = { reference: byName };

function namingOf(scope: Scope, logicalId: string): Naming {
  return namings[typeOf(scope, logicalId)] ?? generic;
}

function typeOf(scope: Scope, logicalId: string): string {
  return scope.template.resources[logicalId]?.type ?? '';
}

/** Code of the template's own decides what a custom resource answers. */
function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

function namedResource(scope: Scope, logicalId: string, naming: Naming): NamedResource {
  const property = (name: string): string | undefined => {
    const value = scope.resolve(scope.template.resources[logicalId]?.properties[name]);
    return typeof value === 'string' && !isUnknown(value) ? value : undefined;
  };
  const own = naming.nameProperty === undefined ? undefined : property(naming.nameProperty);
  const { stack, surroundings } = scope;
  const symbol = `${stack}-${logicalId}`.replace(/[^A-Za-z0-9-]/g, '-');
  return {
    ...surroundings,
    name: own ?? (typeOf(scope, logicalId) === 'AWS::S3::Bucket' ? symbol.toLowerCase() : symbol),
    ...{ stack, logicalId, property },
  };
}

/** `AWS::Athena::WorkGroup` becomes `arn:aws:athena:…:workgroup/…`. */
function genericArn(resource: NamedResource, type: string): string {
  const [, service = 'unknown', kind = 'resource'] = type.toLowerCase().split('::');
  return arnOf(resource, { service }, `${kind}/${resource.name}`);
}

import { isObject } from '../template/template.ts';
import { attributeValue, referenceValue } from './naming/symbolic-values.ts';
import type { Intrinsic, Scope } from './scope.ts';
import { isUnknown, type Resolved } from './unknown.ts';
import { functionNotResolved, nothingCalled } from './unknown-reasons.ts';

export const ref: Intrinsic = (argument, scope) => {
  if (typeof argument !== 'string') return functionNotResolved('Ref');
  if (argument.startsWith('AWS::')) return pseudoParameter(argument, scope);
  if (Object.hasOwn(scope.template.parameters, argument)) return scope.parameter(argument);
  const resource = scope.template.resources[argument];
  return resource === undefined ? nothingCalled(argument) : referenceValue(scope, argument);
};

export const getAtt: Intrinsic = (argument, scope) => {
  const [logicalId, attribute] = attributePath(argument, scope);
  if (logicalId === undefined || attribute === undefined) return functionNotResolved('Fn::GetAtt');
  const resource = scope.template.resources[logicalId];
  if (resource === undefined) return nothingCalled(logicalId);
  if (resource.type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.')) {
    return scope.output(logicalId, attribute.slice('Outputs.'.length));
  }
  return attributeValue(scope, logicalId, attribute);
};

function attributePath(argument: unknown, scope: Scope): readonly (string | undefined)[] {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return dot < 0 ? [] : [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  if (!Array.isArray(argument)) return [];
  const [logicalId, ...attributes] = argument;
  const path = attributes.map((part): Resolved => scope.resolve(part));
  if (typeof logicalId !== 'string' || path.some((part) => typeof part !== 'string')) return [];
  return [logicalId, path.join('.')];
}

export const importValue: Intrinsic = (argument, scope) => {
  const name = scope.resolve(argument);
  if (isUnknown(name)) return name;
  return typeof name === 'string' ? scope.exported(name) : functionNotResolved('Fn::ImportValue');
};

export const findInMap: Intrinsic = (argument, scope) => {
  if (!Array.isArray(argument)) return functionNotResolved('Fn::FindInMap');
  const keys = argument.slice(0, 3).map((key): Resolved => scope.resolve(key));
  const unknown = keys.find(isUnknown);
  if (unknown !== undefined) return unknown;
  let value: unknown = scope.template.mappings;
  for (const key of keys) {
    const inside: unknown = isObject(value) ? value[String(key)] : undefined;
    if (inside === undefined) return functionNotResolved('Fn::FindInMap');
    value = inside;
  }
  return scope.resolve(value);
};

/** Zones are told apart by a letter; how many an account has only a deployment tells. */
export const getZones: Intrinsic = (argument, scope) => {
  const region = scope.resolve(argument);
  if (isUnknown(region)) return region;
  const name = region === '' || region === undefined ? scope.surroundings.region : String(region);
  return ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${name}${letter}`);
};

function pseudoParameter(name: string, { stack, surroundings }: Scope): Resolved {
  const { accountId, region, partition } = surroundings;
  switch (name) {
    case 'AWS::AccountId':
      return accountId;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return partition;
    case 'AWS::URLSuffix':
      return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    case 'AWS::StackName':
      return stack.replaceAll('/', '-');
    case 'AWS::StackId':
      return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stack}`;
    case 'AWS::NoValue':
      return undefined;
    default:
      return functionNotResolved(name);
  }
}

import { ifFunction } from './condition-functions.ts';
import { findInMap, getAtt, getZones, importValue, ref } from './reference-functions.ts';
import type { Intrinsic } from './scope.ts';
import { base64, join, length, select, split, sub, toJsonString } from './text-functions.ts';

/** CloudFormation Template Reference, "Intrinsic functions". What is not here is unknown. */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map([
  ['Ref', ref],
  ['Fn::Base64', base64],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAtt', getAtt],
  ['Fn::GetAZs', getZones],
  ['Fn::If', ifFunction],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', toJsonString],
]);

import { describe, expect, it } from 'vitest';
import { isUnknown } from '../resolve/unknown.ts';
import { TemplateError } from '../template/template-error.ts';
import { buildModel } from './model.ts';
import { at } from './resource.ts';

const key = { Key: { Type: 'AWS::KMS::Key' } };
const topic = (keyId: unknown) => ({
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: keyId } },
});

function keyOfTopic(templates: Record<string, unknown>) {
  const { resources } = buildModel({ templates });
  const [found] = resources.ofType('AWS::SNS::Topic');
  const [keyResource] = resources.ofType('AWS::KMS::Key');
  return {
    value: found === undefined ? undefined : at(found, 'KmsMasterKeyId'),
    key: keyResource,
    resources,
  };
}

describe('several stacks', () => {
  it('import what another exports', () => {
    const { value, key: exported } = keyOfTopic({
      keys: {
        Resources: key,
        Outputs: { Out: { Value: { Ref: 'Key' }, Export: { Name: 'the-key' } } },
      },
      alarms: { Resources: topic({ 'Fn::ImportValue': 'the-key' }) },
    });
    expect(value).toBe(exported?.reference);
  });

  it('know nothing of what no given template exports', () => {
    const { value } = keyOfTopic({
      alarms: { Resources: topic({ 'Fn::ImportValue': 'the-key' }) },
    });
    expect(isUnknown(value)).toBe(true);
  });
});

describe('nested stacks', () => {
  const parent = {
    Resources: {
      ...key,
      Nested: {
        Type: 'AWS::CloudFormation::Stack',
        Metadata: { 'aws:asset:path': 'AlarmsA1B2.nested.template.json' },
        Properties: { TemplateURL: 'https://s3/x', Parameters: { KeyId: { Ref: 'Key' } } },
      },
    },
  };
  const child = { Parameters: { KeyId: { Type: 'String' } }, Resources: topic({ Ref: 'KeyId' }) };

  it('get their parameters from their parent', () => {
    const {
      value,
      key: own,
      resources,
    } = keyOfTopic({
      'Parent.template.json': parent,
      'AlarmsA1B2.nested.template.json': child,
    });
    expect(value).toBe(own?.reference);
    expect(resources.ofType('AWS::SNS::Topic')[0]?.stack).toBe('Parent/Nested');
  });

  it('give their outputs to their parent', () => {
    const { value, key: inner } = keyOfTopic({
      Parent: {
        Resources: {
          Keys: { Type: 'AWS::CloudFormation::Stack', Properties: {} },
          ...topic({ 'Fn::GetAtt': ['Keys', 'Outputs.Id'] }),
        },
      },
      Keys: { Resources: key, Outputs: { Id: { Value: { Ref: 'Key' } } } },
    });
    expect(value).toBe(inner?.reference);
  });

  it('are missed where their template is not given', () => {
    const { resources } = buildModel({ templates: { Parent: parent } });
    expect(resources.missingStacks).toEqual([{ stack: 'Parent', logicalId: 'Nested' }]);
  });

  it('that nest themselves come to an end', () => {
    const endless = {
      Resources: { endless: { Type: 'AWS::CloudFormation::Stack', Properties: {} } },
    };
    const start = {
      Resources: { endless: { Type: 'AWS::CloudFormation::Stack', Properties: {} } },
    };
    const { resources } = buildModel({ templates: { endless, start } });
    expect(resources.missingStacks).toHaveLength(1);
  });
});

describe('what is no template', () => {
  it.each([
    ['a text', 'text'],
    ['a list', []],
    ['an object without resources', {}],
    ['a resource without a type', { Resources: { A: {} } }],
    ['properties that are no object', { Resources: { A: { Type: 'T', Properties: 1 } } }],
  ])('%s is refused', (_, template) => {
    expect(() => buildModel({ templates: { given: template } })).toThrow(
      expect.objectContaining({ code: 'not-a-template' }),
    );
  });

  it('nothing at all is refused', () => {
    expect(() => buildModel({ templates: {} })).toThrow(TemplateError);
  });

  it('a logical id may be any word', () => {
    const { resources } = buildModel({
      templates: { s: { Resources: { constructor: { Type: 'AWS::SNS::Topic' } } } },
    });
    expect(resources.all).toHaveLength(1);
  });
});

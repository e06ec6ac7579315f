import { describe, expect, it } from 'vitest';
import { buildModel } from '../graph/model.ts';
import { at } from '../graph/resource.ts';
import { isUnknown, type Resolved } from './unknown.ts';

interface Setting {
  readonly Parameters?: object;
  readonly Mappings?: object;
  readonly Conditions?: object;
  readonly Resources?: object;
  readonly parameters?: Record<string, string>;
}

/** The value that an expression comes to, as a property of a resource. */
function resolved(expression: unknown, setting: Setting = {}): Resolved {
  const { parameters = {}, Resources = {}, ...sections } = setting;
  const { resources } = buildModel({
    parameters,
    templates: {
      stack: {
        ...sections,
        Resources: { ...Resources, Asked: { Type: 'X::Y::Z', Properties: { value: expression } } },
      },
    },
  });
  const [asked] = resources.ofType('X::Y::Z');
  if (asked === undefined) throw new Error('The resource is not there');
  return at(asked, 'value');
}

const parameter = (rest: object = {}) => ({ Parameters: { P: { Type: 'String', ...rest } } });
const bucket = { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } };

describe('parameters', () => {
  it('have the given value, else their default', () => {
    expect(resolved({ Ref: 'P' }, parameter({ Default: 'one' }))).toBe('one');
    expect(
      resolved({ Ref: 'P' }, { ...parameter({ Default: 'one' }), parameters: { P: 'two' } }),
    ).toBe('two');
  });

  it('are unknown without either', () => {
    expect(isUnknown(resolved({ Ref: 'P' }, parameter()))).toBe(true);
  });

  it('are unknown where the default is only the name of what is read later', () => {
    const stored = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' };
    expect(isUnknown(resolved({ Ref: 'P' }, { Parameters: { P: stored } }))).toBe(true);
  });

  it('of a list type are lists', () => {
    const list = { Type: 'CommaDelimitedList', Default: 'a, b' };
    expect(resolved({ Ref: 'P' }, { Parameters: { P: list } })).toEqual(['a', 'b']);
  });
});

describe('references', () => {
  it('to one resource are the same text wherever they stand', () => {
    const arn = resolved({ 'Fn::GetAtt': ['Bucket', 'Arn'] }, bucket);
    expect(arn).toMatch(/^arn:aws:s3:::[a-z0-9-]+$/);
    expect(resolved({ 'Fn::GetAtt': 'Bucket.Arn' }, bucket)).toBe(arn);
    expect(resolved({ 'Fn::Sub': `\${Bucket.Arn}/*` }, bucket)).toBe(`${arn}/*`);
    expect(resolved({ 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'Bucket' }]] }, bucket)).toBe(arn);
  });

  it('use the name that the template gives', () => {
    const named = {
      Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } } },
    };
    expect(resolved({ 'Fn::GetAtt': ['Bucket', 'Arn'] }, named)).toBe('arn:aws:s3:::data');
  });

  it('to what is not there are unknown, and so is what a custom resource answers', () => {
    const custom = { Resources: { Custom: { Type: 'Custom::Thing' } } };
    expect(isUnknown(resolved({ Ref: 'Nothing' }))).toBe(true);
    expect(isUnknown(resolved({ 'Fn::GetAtt': ['Custom', 'Arn'] }, custom))).toBe(true);
  });

  it('that refer to themselves are unknown', () => {
    const circle = {
      Resources: {
        Bucket: {
          Type: 'AWS::S3::Bucket',
          Properties: { BucketName: { 'Fn::Sub': `\${Bucket}-again` } },
        },
      },
    };
    expect(() => resolved({ Ref: 'Bucket' }, circle)).not.toThrow();
  });
});

describe('text functions', () => {
  it('join, split, select and fill in', () => {
    expect(resolved({ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] })).toBe('a-us-east-1');
    expect(resolved({ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] })).toBe('b');
    expect(resolved({ 'Fn::Sub': [`\${x}/\${!aws:username}`, { x: 'home' }] })).toBe(
      `home/\${aws:username}`,
    );
    expect(resolved({ 'Fn::Base64': 'text' })).toBe('dGV4dA==');
    expect(resolved({ 'Fn::Length': ['a', 'b'] })).toBe(2);
    expect(resolved({ 'Fn::ToJsonString': { a: 1 } })).toBe('{"a":1}');
  });

  it('are unknown as soon as a part is', () => {
    for (const expression of [
      { 'Fn::Join': ['', ['a', { Ref: 'P' }]] },
      { 'Fn::Sub': `a-\${P}` },
      { 'Fn::Split': [':', { Ref: 'P' }] },
      { 'Fn::Select': [0, { Ref: 'P' }] },
    ]) {
      expect(isUnknown(resolved(expression, parameter()))).toBe(true);
    }
  });

  it('that nobody here knows are unknown, and so is what is read at deployment', () => {
    expect(isUnknown(resolved({ 'Fn::Transform': { Name: 'Macro' } }))).toBe(true);
    expect(isUnknown(resolved('{{resolve:secretsmanager:name}}'))).toBe(true);
  });
});

describe('maps and zones', () => {
  it('are looked up', () => {
    const Mappings = { Regions: { 'us-east-1': { size: 'large' } } };
    const find = { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'size'] };
    expect(resolved(find, { Mappings })).toBe('large');
    expect(
      isUnknown(resolved({ 'Fn::FindInMap': ['Regions', 'nowhere', 'size'] }, { Mappings })),
    ).toBe(true);
    expect(resolved({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] })).toBe('us-east-1a');
  });
});

describe('conditions', () => {
  const Conditions = {
    Yes: { 'Fn::Equals': ['a', 'a'] },
    Open: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] },
    Not: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Both: { 'Fn::And': [{ Condition: 'Open' }, { Condition: 'Not' }] },
    Either: { 'Fn::Or': [{ Condition: 'Open' }, { Condition: 'Yes' }] },
    Circle: { 'Fn::Not': [{ Condition: 'Circle' }] },
  };
  const choose = (name: string) =>
    resolved({ 'Fn::If': [name, 'then', 'else'] }, { ...parameter(), Conditions });

  it('choose, and one side can decide for an unknown other', () => {
    expect(choose('Yes')).toBe('then');
    expect(choose('Not')).toBe('else');
    expect(choose('Both')).toBe('else');
    expect(choose('Either')).toBe('then');
  });

  it('are unknown with what they rest on', () => {
    expect(isUnknown(choose('Open'))).toBe(true);
    expect(isUnknown(choose('Circle'))).toBe(true);
  });

  it('do not matter where both ways are the same', () => {
    const same = { 'Fn::If': ['Open', 'same', 'same'] };
    expect(resolved(same, { ...parameter(), Conditions })).toBe('same');
  });

  it('take a value out with AWS::NoValue', () => {
    const list = ['a', { 'Fn::If': ['Yes', { Ref: 'AWS::NoValue' }, 'b'] }];
    expect(resolved(list, { Conditions })).toEqual(['a']);
  });

  it('leave a resource out, or leave open whether it is there', () => {
    const model = (name: string) =>
      buildModel({
        templates: {
          stack: {
            ...parameter(),
            Conditions,
            Resources: { Topic: { Type: 'AWS::SNS::Topic', Condition: name } },
          },
        },
      }).resources.ofType('AWS::SNS::Topic');
    expect(model('Not')).toHaveLength(0);
    expect(model('Yes')[0]?.uncertain).toBeUndefined();
    expect(isUnknown(model('Open')[0]?.uncertain)).toBe(true);
  });
});

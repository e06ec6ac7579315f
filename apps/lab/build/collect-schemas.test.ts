import { describe, expect, it } from 'vitest';
import { collectSchemas, withDefaults } from './collect-schemas.mjs';

describe('withDefaults', () => {
  const schema = { title: 'T', properties: { a: { type: 'boolean', default: false }, b: {} } };

  it('changes the defaults it is told to and nothing else', () => {
    expect(withDefaults('x:y', schema, { a: true })).toEqual({
      title: 'T',
      properties: { a: { type: 'boolean', default: true }, b: {} },
    });
  });

  it('fails on a setting that the schema does not have', () => {
    expect(() => withDefaults('x:y', schema, { c: 1 })).toThrow(/"x:y": no "c"/);
  });
});

describe('collectSchemas', () => {
  it('fails on defaults of a schema that no package has', async () => {
    const settingDefaults = { 'gone:plugin': { a: 1 } };
    await expect(
      collectSchemas({ packages: [], outputFolder: '/nowhere', settingDefaults }),
    ).rejects.toThrow(/gone:plugin/);
  });
});

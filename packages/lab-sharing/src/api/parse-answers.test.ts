import {
  shareCheckSchema,
  shareChoicesSchema,
  shareListSchema,
  shareSummarySchema,
} from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { check, choices, finding, share } from '../testing/answers.ts';
import { parseCheck, parseChoices, parseShare, parseShareList } from './parse-answers.ts';

describe('answers of the gateway', () => {
  it('are read as the contract says', () => {
    expect(parseChoices(shareChoicesSchema.parse(choices))).toEqual(choices);
    expect(parseCheck(shareCheckSchema.parse(check))).toEqual(check);
    expect(parseShare(shareSummarySchema.parse(share))).toEqual(share);
    expect(parseShareList(shareListSchema.parse({ shares: [share] }))).toEqual({ shares: [share] });
  });

  it.each([
    [parseChoices, shareChoicesSchema, { ...choices, teams: [1] }],
    [parseChoices, shareChoicesSchema, { ...choices, people: [{ profileName: 'bob' }] }],
    [parseChoices, shareChoicesSchema, { ...choices, maximumDays: '30' }],
    [parseCheck, shareCheckSchema, { ...check, isBlocked: 'no' }],
    [parseCheck, shareCheckSchema, { ...check, findings: [{ ...finding, rule: 'toString' }] }],
    [parseCheck, shareCheckSchema, { ...check, findings: [{ ...finding, action: 'off' }] }],
    [parseCheck, shareCheckSchema, { ...check, findings: [{ ...finding, cellIndex: -1 }] }],
    [parseShare, shareSummarySchema, { ...share, state: 'open' }],
    [parseShare, shareSummarySchema, { ...share, may: { read: true } }],
    [parseShare, shareSummarySchema, { ...share, audience: {} }],
    [parseShareList, shareListSchema, { shares: [null] }],
    [parseShareList, shareListSchema, {}],
    [parseShareList, shareListSchema, null],
  ] as const)('are nothing else (%#)', (parse, schema, value) => {
    expect(parse(value)).toBeNull();
    expect(schema.safeParse(value).success).toBe(false);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/shares/1', ''])(
    'are none whose link is %j',
    (url) => {
      expect(parseShare({ ...share, url })).toBeNull();
    },
  );
});

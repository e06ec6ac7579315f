import type { FindingCode } from '@strongroom/policy';

export type IsAsked = (code: FindingCode) => boolean;

export const actionCodes: IsAsked = (code) => code === 'UnknownAction' || code === 'UnknownService';

export const keyCodes: IsAsked = (code) => code === 'UnknownConditionKey';

export const otherCodes: IsAsked = (code) => !actionCodes(code) && !keyCodes(code);

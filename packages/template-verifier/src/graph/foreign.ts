import type { Principal } from '@strongroom/policy';
import { Unknown } from '../resolve/unknown.ts';

/** An account that nobody of ours belongs to. */
export const foreignAccount = '999999999999';

/** Somebody of another account, allowed everything there. */
export const stranger: Principal = {
  ...{ kind: 'assumed-role', account: foreignAccount, sessionName: 'stranger' },
  roleArn: `arn:aws:iam::${foreignAccount}:role/stranger`,
  arn: `arn:aws:sts::${foreignAccount}:assumed-role/stranger/stranger`,
};

/** Somebody of our own account whom the templates do not name, allowed everything. */
export function powerfulColleague(accountId: string): Principal {
  return {
    ...{ kind: 'assumed-role', account: accountId, sessionName: 'colleague' },
    roleArn: `arn:aws:iam::${accountId}:role/somebody-with-full-access`,
    arn: `arn:aws:sts::${accountId}:assumed-role/somebody-with-full-access/colleague`,
  };
}

export function notInTemplates(value: string): Unknown {
  return new Unknown({
    english: `"${value}" is in none of the templates`,
    korean: `"${value}"이(가) 주어진 템플릿에 없습니다`,
  });
}

/** Nobody: a request without credentials. */
export const anonymous: Principal = { kind: 'anonymous' };

import type { IncomingMessage, ServerResponse } from 'node:http';
import { StrongroomError } from '@strongroom/contracts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { allowLongBody } from '../../http/body-deadline.ts';
import type { People } from '../../identity/people.ts';
import type { SignInThrottle } from '../../identity/sign-in-throttle.ts';
import { newReference } from '../../studios/reference.ts';
import type { PersonalTokens, TokenProblem } from '../personal-tokens.ts';
import { basicCredentials } from './basic-credentials.ts';
import type { GitCaller } from './git-caller.ts';
import { sendGitError, sendGitRefusal } from './git-refusal.ts';
import type { GitService } from './git-service.ts';

export interface OutsideGitOptions {
  readonly service: Pick<GitService, 'handle'>;
  readonly tokens: Pick<PersonalTokens, 'find'>;
  readonly people: Pick<People, 'find'>;
  /** Its own: who guesses tokens does not lock people out of the console. */
  readonly throttle: SignInThrottle;
  readonly audit: Pick<AuditLog, 'repositoryRefused'>;
}

const challenge = { 'www-authenticate': 'Basic realm="Strongroom Git", charset="UTF-8"' };
const askText =
  'Sign in with your profile name and a personal token. 프로필 이름과 개인 토큰으로 로그인하세요.';
const problemTexts: Readonly<Record<TokenProblem, string>> = {
  unknown: 'This is no token of yours. 유효한 토큰이 아닙니다.',
  expired: 'This token has expired: make another. 만료된 토큰입니다. 새 토큰을 만드세요.',
};

/**
 * Git from outside the studios, on the console's host. No cookie is looked at, so no page of a browser
 * can act as somebody here.
 */
export class OutsideGit {
  readonly #options: OutsideGitOptions;

  constructor(options: OutsideGitOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reference = newReference();
    try {
      const caller = await this.#authenticate(request, response, reference);
      if (caller === undefined) return;
      allowLongBody(request);
      await this.#options.service.handle(request, response, caller);
    } catch (error) {
      const known =
        error instanceof StrongroomError
          ? error
          : new StrongroomError('Internal', 'Something unexpected went wrong', { cause: error });
      sendGitError(request, response, known, { language: 'en', reference });
    }
  }

  async #authenticate(
    request: IncomingMessage,
    response: ServerResponse,
    reference: string,
  ): Promise<GitCaller | undefined> {
    const { tokens, people, throttle, audit } = this.#options;
    const given = basicCredentials(request.headers.authorization);
    if (given === undefined) {
      sendGitRefusal(request, response, { status: 401, text: askText, headers: challenge });
      return undefined;
    }
    const { remoteAddress } = request.socket;
    const { userName, password } = given;
    const found = await tokens.find(userName, password);
    const person = typeof found === 'string' ? undefined : await people.find(found.profileName);
    if (typeof found !== 'string' && person !== undefined && !person.disabled) {
      const { profileName, permission } = found;
      const actor = { profileName, remoteAddress, reference };
      return { profileName, permission, language: person.language, from: 'outside', actor };
    }
    const problem = found === 'expired' ? 'expired' : 'unknown';
    throttle.admit({ profileName: userName.slice(0, 64), remoteAddress });
    await audit.repositoryRefused(
      { profileName: undefined, remoteAddress, reference },
      { target: '*', action: 'sign-in', rule: `personal-token-${problem}`, from: 'outside' },
    );
    const text = problemTexts[problem];
    sendGitRefusal(request, response, { status: 401, text, headers: challenge });
    return undefined;
  }
}

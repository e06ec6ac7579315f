import { StrongroomError } from '@strongroom/contracts';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../audit/audit-log.ts';
import type { Person } from '../../identity/person.ts';
import type { ConsoleSession } from '../../identity/sessions.ts';
import type { Question } from './require-allowed.ts';

/** Who a request was found to come from, by its cookie. */
export interface Caller {
  readonly person: Person;
  readonly session: ConsoleSession;
}

/**
 * Who may call a route at all; every route names one, and the application does not start with one
 * that does not.
 *
 * - `anybody`: signed in or not
 * - `signed-in`: also while the one-time password is not changed yet
 * - `ready`: signed in with a password of their own
 */
export type RouteAccess = 'anybody' | 'signed-in' | 'ready';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
    /** What was asked and allowed for it: asked again for as long as its answer goes out. */
    questions: Question[];
    /** The same where a question is not the console's own, but about an object in a bucket. */
    furtherQuestions: (() => Promise<boolean>)[];
  }
  interface FastifyContextConfig {
    access?: RouteAccess;
    /** What a person opens in the address bar; all else is for the console's own code. */
    isPage?: boolean;
    /** Asked for by an open page every few seconds: no sign that its person is there. */
    isPolled?: boolean;
    /** Its body takes as long as it moves, and is cut where the right to send it ends. */
    isUpload?: boolean;
  }
}

/** @throws {StrongroomError} `NotSignedIn` */
export function requireCaller(request: FastifyRequest): Caller {
  if (request.caller !== undefined) return request.caller;
  throw new StrongroomError('NotSignedIn', 'Cannot do this: you are not signed in', {
    remedy: 'Sign in first.',
  });
}

export function actorOf(request: FastifyRequest): Actor {
  return {
    profileName: request.caller?.person.profileName,
    remoteAddress: request.socket.remoteAddress,
    reference: request.id,
  };
}

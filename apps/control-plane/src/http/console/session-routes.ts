import {
  changePasswordRequestSchema,
  preferencesSchema,
  type Session,
  StrongroomError,
  signInRequestSchema,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { StartedSession } from '../../identity/accounts.ts';
import { actorOf, type Caller, requireCaller } from './caller.ts';
import type { CommonServices } from './console-services.ts';
import { summarizeDomain } from './describe-domain.ts';
import { parseBody } from './parse-request.ts';
import { clearedSessionCookie, readSessionToken, sessionCookie } from './session-cookie.ts';

type Services = Pick<CommonServices, 'accounts' | 'audit' | 'domain' | 'people'>;

export function addSessionRoutes(app: FastifyInstance, services: Services): void {
  const { accounts, audit, domain, people } = services;

  app.get('/api/session', { config: { access: 'anybody', isPolled: true } }, async ({ caller }) =>
    describeSession(caller),
  );

  app.post('/api/session', { config: { access: 'anybody' } }, async (request, reply) => {
    const { profileName, password } = parseBody(request.body, signInRequestSchema);
    const named = await people.find(profileName);
    const actor = { ...actorOf(request), profileName: named?.profileName };
    try {
      const started = await accounts.signIn({
        profileName,
        password,
        remoteAddress: request.socket.remoteAddress,
        previousToken: readSessionToken(request.headers.cookie),
        record: ({ sessionId }) => audit.signInSucceeded(actor, sessionId),
      });
      return answerStarted(reply, started);
    } catch (error) {
      if (isOf(error, 'SignInThrottled')) {
        await audit.signInThrottled(actor, Number(error.values.retryAfterSeconds));
      } else if (error instanceof StrongroomError && error.code !== 'AuditUnavailable') {
        await audit.signInFailed(actor, error.code);
      }
      throw error;
    }
  });

  app.delete('/api/session', { config: { access: 'anybody' } }, async (request, reply) => {
    const { caller } = request;
    if (caller) {
      await audit.signedOut(actorOf(request), caller.session.sessionId);
      await accounts.signOut(caller.session);
    }
    return reply.header('set-cookie', clearedSessionCookie()).code(204).send();
  });

  app.post('/api/password', { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = requireCaller(request);
    const passwords = parseBody(request.body, changePasswordRequestSchema);
    await audit.passwordChangeRequested(actorOf(request));
    try {
      const { remoteAddress } = request.socket;
      const started = await accounts.changePassword(person, {
        ...{ ...passwords, remoteAddress },
        record: ({ sessionId }) => audit.passwordChanged(actorOf(request), sessionId),
      });
      return answerStarted(reply, started);
    } catch (error) {
      if (error instanceof StrongroomError && error.code !== 'AuditUnavailable') {
        await audit.passwordChangeFailed(actorOf(request), error.code);
      }
      throw error;
    }
  });

  app.put('/api/preferences', { config: { access: 'signed-in' } }, async (request) => {
    const { person } = requireCaller(request);
    const preferences = parseBody(request.body, preferencesSchema);
    await accounts.setPreferences(person, preferences);
    return preferences;
  });

  function answerStarted(reply: FastifyReply, { person, session, token }: StartedSession): Session {
    void reply.header('set-cookie', sessionCookie(token));
    return describeSession({ person, session });
  }

  function describeSession(caller: Caller | undefined): Session {
    if (caller === undefined) return { signedIn: false, domain: summarizeDomain(domain()) };
    const { profileName, displayName, role, team, language, theme } = caller.person;
    return {
      signedIn: true,
      domain: summarizeDomain(domain()),
      person: { profileName, displayName, role, team },
      preferences: { language, theme },
      mustChangePassword: caller.session.mustChangePassword,
      csrfToken: caller.session.csrfToken,
    };
  }
}

function isOf(error: unknown, code: StrongroomError['code']): error is StrongroomError {
  return error instanceof StrongroomError && error.code === code;
}

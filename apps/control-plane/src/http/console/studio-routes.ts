import { Readable } from 'node:stream';
import {
  appIdSchema,
  type Launch,
  launchRequestSchema,
  StrongroomError,
} from '@strongroom/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { actorOf, requireCaller } from './caller.ts';
import type { CommonServices } from './console-services.ts';
import { mayDescribeApp } from './describe-domain.ts';
import { noBodySchema, parse, parseBody, parseProfileName } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<CommonServices, 'audit' | 'authorize' | 'studios'>;

const ready = { config: { access: 'ready' } } as const;
const polled = { config: { access: 'ready', isPolled: true } } as const;
const launchParamsSchema = z.object({ launchId: z.string().min(1).max(64) });

/** Launches, and what runs. */
export function addStudioRoutes(app: FastifyInstance, services: Services): void {
  const { audit, authorize, studios } = services;
  app.post('/api/profiles/:profileName/launches', ready, async (request, reply) => {
    const resource = parseProfileName(request.params);
    const action = 'sagemaker:CreatePresignedDomainUrl';
    const { person, session } = await requireAllowed(request, services, { action, resource });
    const { spaceName } = parseBody(request.body ?? {}, launchRequestSchema);
    const { sessionId } = session;
    const launch = studios.launch({ visitor: person, profileName: resource, sessionId, spaceName });
    await audit.studioLaunched(actorOf(request), resource, launch.launchId);
    return reply.code(201).send(launch);
  });

  app.get('/api/launches/:launchId/events', ready, async (request, reply) => {
    const { person } = requireCaller(request);
    const { launchId } = parse(request.params, launchParamsSchema);
    const launches = studios.followLaunch(launchId, person.profileName)[Symbol.asyncIterator]();
    // An unknown launch is a plain refusal, not a stream that breaks.
    const first = await launches.next();
    if (first.done !== true) {
      const resource = first.value.profileName;
      request.questions.push({ action: 'sagemaker:CreatePresignedDomainUrl', resource });
    }
    void reply.header('content-type', 'text/event-stream; charset=utf-8');
    return reply.send(Readable.from(toServerSentEvents(first, launches)));
  });

  app.get('/api/apps', polled, async (request) => {
    const { person } = await requireAllowed(request, services, {
      ...{ action: 'sagemaker:ListApps', resource: '*' },
    });
    const apps = await studios.apps();
    return { apps: apps.filter((app) => mayDescribeApp(authorize, person, app)) };
  });

  app.delete('/api/profiles/:profileName/apps/:appId', ready, async (request, reply) => {
    const resource = parseProfileName(request.params);
    const appId = appIdSchema.safeParse((request.params as { appId: string }).appId);
    const found = (await studios.apps()).find(
      (app) => app.profileName === resource && app.appId === appId.data,
    );
    // Policies may speak of its type and name. Who may not act is not told which apps there are.
    await requireAllowed(request, services, {
      ...{ action: 'sagemaker:DeleteApp', resource },
      ...(found === undefined ? {} : { app: found }),
    });
    parseBody(request.body ?? {}, noBodySchema);
    if (!appId.success) throw new StrongroomError('AppNotFound', 'Cannot find this app');
    await studios.stopApp(resource, appId.data);
    await audit.appStopped(actorOf(request), resource, appId.data);
    return reply.code(204).send();
  });
}

/** WHATWG HTML, section 9.2 (Server-sent events). */
async function* toServerSentEvents(
  first: IteratorResult<Launch>,
  rest: AsyncIterator<Launch>,
): AsyncGenerator<string> {
  try {
    for (let next = first; !next.done; next = await rest.next()) {
      yield `data: ${JSON.stringify(next.value)}\n\n`;
    }
  } finally {
    await rest.return?.();
  }
}

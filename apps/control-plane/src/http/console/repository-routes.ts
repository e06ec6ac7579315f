import {
  type RepositoryChange,
  repositoryChangeSchema,
  repositoryRequestSchema,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Decision } from '../../policies/access-request.ts';
import type { RecordActs } from '../../repositories/repositories.ts';
import { actorOf, requireCaller } from './caller.ts';
import type { ConsoleServices } from './console-services.ts';
import { parse } from './parse-request.ts';

type Services = Pick<ConsoleServices, 'audit' | 'repositories'>;

const ready = { config: { access: 'ready' } } as const;

/** Hosted Git repositories as such; what is in them has routes of its own. */
export function addRepositoryRoutes(app: FastifyInstance, services: Services): void {
  const { repositories } = services.repositories;

  app.get('/api/repositories', ready, (request) =>
    repositories.list(requireCaller(request).person),
  );

  app.post('/api/repositories', ready, async (request, reply) => {
    const { person } = requireCaller(request);
    const asked = parse(request.body, repositoryRequestSchema);
    const made = await repositories.create(person, asked, recordOf(request, services));
    return reply.code(201).send(made);
  });

  app.get('/api/repositories/:repository', ready, (request) => {
    const { person } = requireCaller(request);
    return repositories.describe(person, repositoryOf(request), recordOf(request, services));
  });

  app.patch('/api/repositories/:repository', ready, (request) => {
    const { person } = requireCaller(request);
    const change: RepositoryChange = parse(request.body, repositoryChangeSchema);
    const name = repositoryOf(request);
    return repositories.change(person, name, change, recordOf(request, services));
  });

  app.delete('/api/repositories/:repository', ready, async (request, reply) => {
    const { person } = requireCaller(request);
    await repositories.delete(person, repositoryOf(request), recordOf(request, services));
    return reply.code(204).send();
  });
}

export function repositoryOf({ params }: FastifyRequest): string {
  return parse(params, z.object({ repository: z.string().max(128) })).repository;
}

/** Each is written down before it is done. */
export function recordOf(request: FastifyRequest, { audit }: Pick<Services, 'audit'>): RecordActs {
  const actor = actorOf(request);
  return {
    created: ({ name, access }) => audit.repositoryCreated(actor, { target: name, access }),
    changed: ({ name }, change) => audit.repositoryChanged(actor, { target: name, change }),
    deleted: ({ name, owner }) => audit.repositoryDeleted(actor, { target: name, owner }),
    denied: ({ rule }: Decision, action, repository) =>
      audit.repositoryRefused(actor, { target: repository, action, rule, from: 'console' }),
  };
}

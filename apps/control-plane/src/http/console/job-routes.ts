import {
  type Job,
  type JobList,
  type JobLog,
  type JobSchedule,
  type JobSchedules,
  jobDefinitionSchema,
  jobScheduleRequestSchema,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JobAsker } from '../../jobs/job-access.ts';
import { jobPageSchema } from '../../jobs/job-page.ts';
import { actorOf, requireCaller } from './caller.ts';
import type { ConsoleServices } from './console-services.ts';
import { noBodySchema, parse, parseBody } from './parse-request.ts';

const ready = { config: { access: 'ready' } } as const;
const polled = { config: { access: 'ready', isPolled: true } } as const;

/** Notebooks that run without a page, and their schedules. */
export function addJobRoutes(app: FastifyInstance, { jobs }: Pick<ConsoleServices, 'jobs'>): void {
  app.get(
    '/api/jobs',
    polled,
    (request): Promise<JobList> => jobs.list(askerOf(request), parse(request.query, jobPageSchema)),
  );

  app.post('/api/jobs', ready, async (request, reply) => {
    const definition = parse(request.body, jobDefinitionSchema);
    return reply.code(201).send(await jobs.create(askerOf(request), definition));
  });

  app.get(
    '/api/jobs/:jobId',
    polled,
    (request): Promise<Job> => jobs.find(askerOf(request), idOf(request)),
  );

  app.get(
    '/api/jobs/:jobId/log',
    polled,
    (request): Promise<JobLog> => jobs.log(askerOf(request), idOf(request)),
  );

  app.post('/api/jobs/:jobId/cancel', ready, async (request, reply) => {
    parseBody(request.body ?? {}, noBodySchema);
    await jobs.cancel(askerOf(request), idOf(request));
    return reply.code(204).send();
  });

  app.get(
    '/api/job-schedules',
    polled,
    async (request): Promise<JobSchedules> => ({
      schedules: await jobs.schedules(askerOf(request)),
    }),
  );

  app.post('/api/job-schedules', ready, async (request, reply) => {
    const asked = parse(request.body, jobScheduleRequestSchema);
    return reply.code(201).send(await jobs.createSchedule(askerOf(request), asked));
  });

  app.put('/api/job-schedules/:scheduleId', ready, (request): Promise<JobSchedule> => {
    const asked = parse(request.body, jobScheduleRequestSchema);
    return jobs.changeSchedule(askerOf(request), idOf(request), asked);
  });

  app.delete('/api/job-schedules/:scheduleId', ready, async (request, reply) => {
    await jobs.removeSchedule(askerOf(request), idOf(request));
    return reply.code(204).send();
  });
}

function idOf(request: FastifyRequest): string {
  return Object.values(request.params as Readonly<Record<string, string>>)[0] ?? '';
}

function askerOf(request: FastifyRequest): JobAsker {
  return { person: requireCaller(request).person, actor: actorOf(request) };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type JobSchedules,
  jobDefinitionSchema,
  jobScheduleRequestSchema,
} from '@strongroom/contracts';
import type { AuditLog } from '../audit/audit-log.ts';
import { parse } from '../http/console/parse-request.ts';
import type { JobAccess, JobAsker } from '../jobs/job-access.ts';
import { jobPageSchema } from '../jobs/job-page.ts';
import { accessDenied } from '../policies/access-denied.ts';
import { newReference } from '../studios/reference.ts';
import { type AnswerContext, answerJson, answerNothing } from './answer.ts';
import type { Entry } from './entrance.ts';
import { readJsonBody } from './json-body.ts';
import type { RequestTarget } from './request-target.ts';
import type { StudioRoute } from './routes.ts';

export interface StudioJobsOptions {
  readonly jobs: Pick<
    JobAccess,
    | ('listOf' | 'create' | 'find' | 'log' | 'cancel')
    | ('schedulesOf' | 'createSchedule' | 'changeSchedule' | 'removeSchedule')
  >;
  readonly audit: Pick<AuditLog, 'accessDenied'>;
  readonly context: AnswerContext;
}

export type JobRoute = Extract<
  StudioRoute,
  { kind: 'jobs' | 'job' | 'job-log' | 'job-cancel' | 'job-schedules' | 'job-schedule' }
>;

interface JobExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: Entry;
  readonly target: RequestTarget;
}

const notTheOwner = {
  ...{ allowed: false, rule: 'studio-of-another' },
  sentence: 'Jobs of a studio are its owner’s alone.',
  koreanSentence: '스튜디오의 작업은 소유자만 다룰 수 있습니다.',
};

/**
 * Jobs from Lab: the studio's owner's alone. What a visitor of the owner's team runs would run as the
 * owner, and an administrator's own studio does not show what is everybody's.
 */
export class StudioJobs {
  readonly #options: StudioJobsOptions;

  constructor(options: StudioJobsOptions) {
    this.#options = options;
  }

  async answer(route: JobRoute, exchange: JobExchange): Promise<void> {
    const asker = await this.#requireOwner(exchange);
    const answer = await this.#answerFor(route, asker, exchange);
    const { response } = exchange;
    if (answer === undefined) return answerNothing(response, this.#options.context);
    answerJson(response, answer, this.#options.context);
  }

  async #answerFor(
    route: JobRoute,
    asker: JobAsker,
    { request, target }: JobExchange,
  ): Promise<object | undefined> {
    const { jobs } = this.#options;
    const { profileName } = asker.person;
    switch (route.kind) {
      case 'jobs': {
        if (request.method === 'POST') {
          return jobs.create(asker, await readJsonBody(request, jobDefinitionSchema));
        }
        const page = parse(Object.fromEntries(target.query), jobPageSchema);
        return jobs.listOf(asker, profileName, page);
      }
      case 'job':
        return jobs.find(asker, route.jobId);
      case 'job-log':
        return jobs.log(asker, route.jobId);
      case 'job-cancel':
        request.resume();
        return void (await jobs.cancel(asker, route.jobId));
      case 'job-schedules': {
        if (request.method === 'POST') {
          return jobs.createSchedule(asker, await readJsonBody(request, jobScheduleRequestSchema));
        }
        const schedules = await jobs.schedulesOf(asker, profileName);
        return { schedules } satisfies JobSchedules;
      }
      case 'job-schedule': {
        if (request.method !== 'DELETE') {
          const asked = await readJsonBody(request, jobScheduleRequestSchema);
          return jobs.changeSchedule(asker, route.jobId, asked);
        }
        request.resume();
        return void (await jobs.removeSchedule(asker, route.jobId));
      }
    }
  }

  /** @throws {StrongroomError} `AccessDenied` */
  async #requireOwner({ request, entry }: JobExchange): Promise<JobAsker> {
    const { person, visitor } = entry;
    const { remoteAddress } = request.socket;
    const actor = { profileName: visitor.profileName, remoteAddress, reference: newReference() };
    if (visitor.profileName === person.profileName) return { person: visitor, actor };
    const question = { action: 'strongroom:DescribeJob', resource: person.profileName } as const;
    await this.#options.audit.accessDenied(actor, question, notTheOwner);
    throw accessDenied(notTheOwner, { action: question.action, profileName: question.resource });
  }
}

import { Readable } from 'node:stream';
import type { AuditRecord, PlacedRecord, TrailQuestion } from '@strongroom/audit-trail';
import {
  type Accesses,
  type AuditCounts,
  type AuditEventRecord,
  type AuditPage,
  auditEventNameSchema,
  type LogSizes,
  profileNameSchema,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accessesByOthers } from '../../audit/accesses.ts';
import { actorOf } from './caller.ts';
import type { CommonServices } from './console-services.ts';
import { csvLine } from './csv-line.ts';
import { parse, parseProfileName } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<CommonServices, 'audit' | 'authorize' | 'people' | 'trail' | 'logSizes'>;

const ready = { config: { access: 'ready' } } as const;
const cursorSchema = z.string().max(64).optional();
const questionSchema = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  event: auditEventNameSchema.optional(),
  profileName: profileNameSchema.optional(),
  cursor: cursorSchema,
});
const accessesQuerySchema = z.object({ cursor: cursorSchema });
const pageSize = 100;
const maximumCsvLines = 1_000_000;

export function addAuditRoutes(app: FastifyInstance, services: Services): void {
  const { audit, people, trail, logSizes } = services;

  app.get('/api/audit', ready, async (request): Promise<AuditPage> => {
    return pageOf(await allowedQuestion(request));
  });

  app.get('/api/audit/counts', ready, async (request): Promise<AuditCounts> => {
    const { unit, buckets, isComplete } = await trail.counts(await allowedQuestion(request));
    const describeBucket = ({ start, count, markedCount }: (typeof buckets)[number]) => ({
      ...{ start, count, refusedCount: markedCount },
    });
    return { unit, buckets: buckets.map(describeBucket), isComplete };
  });

  app.get('/api/audit.csv', ready, async (request, reply) => {
    await requireReader(request);
    const question = questionOf(request.query);
    await audit.logExported(actorOf(request), 'audit-trail', shownQuestion(question));
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="audit-trail.csv"')
      .send(Readable.from(toCsv(trail.read(question))));
  });

  app.get('/api/logs', ready, async (request): Promise<LogSizes> => {
    await requireReader(request);
    return logSizes();
  });

  app.get('/api/profiles/:profileName/accesses', ready, async (request): Promise<Accesses> => {
    const resource = parseProfileName(request.params);
    await requireAllowed(request, services, { action: 'strongroom:ListAccesses', resource });
    const { cursor } = parse(request.query, accessesQuerySchema);
    const team = (await people.find(resource))?.team ?? '';
    return pageOf({ ...accessesByOthers({ profileName: resource, team }), cursor });
  });

  function requireReader(request: FastifyRequest) {
    const action = 'strongroom:ReadAuditTrail';
    return requireAllowed(request, services, { action, resource: '*' });
  }

  /** Who reads what others did is recorded too, before they see any of it. */
  async function allowedQuestion(request: FastifyRequest): Promise<TrailQuestion> {
    await requireReader(request);
    const question = questionOf(request.query);
    await audit.logRead(actorOf(request), 'audit-trail', shownQuestion(question));
    return question;
  }

  async function pageOf(question: TrailQuestion): Promise<AuditPage> {
    const { records, cursor } = await trail.page(question, pageSize);
    return { events: records.map(describe), cursor: cursor ?? null };
  }
}

function questionOf(query: unknown): TrailQuestion {
  const { from, to, ...rest } = parse(query, questionSchema);
  return { fromDay: from, toDay: to, ...rest };
}

/** Which page of it is the same question. */
function shownQuestion({ cursor: _, ...question }: TrailQuestion): object {
  return question;
}

function describe({ sequence, time, event, fields }: AuditRecord): AuditEventRecord {
  return { sequence, time, event, fields };
}

const columns = ['profileName', 'target', 'action', 'rule', 'remoteAddress', 'reference'] as const;

async function* toCsv(records: AsyncIterable<PlacedRecord>): AsyncGenerator<string> {
  yield csvLine(['sequence', 'time', 'event', ...columns, 'fields']);
  let count = 0;
  for await (const { record } of records) {
    const { sequence, time, event, fields } = record;
    const values = columns.map((name) => String(fields[name] ?? ''));
    yield csvLine([sequence, time, event, ...values, JSON.stringify(fields)]);
    count += 1;
    if (count === maximumCsvLines) return;
  }
}

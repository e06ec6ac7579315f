import { Readable } from 'node:stream';
import type { PlacedRecord, TrailQuestion } from '@strongroom/audit-trail';
import {
  type Accesses,
  type AuditEventRecord,
  type AuditPage,
  profileNameSchema,
} from '@strongroom/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ConsoleServices } from './console-services.ts';
import { csvLine } from './csv-line.ts';
import { parse, parseProfileName } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<ConsoleServices, 'audit' | 'authorize' | 'trail'>;

const ready = { config: { access: 'ready' } } as const;
const questionSchema = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  event: z
    .string()
    .regex(/^[a-z-]{1,64}$/)
    .optional(),
  profileName: profileNameSchema.optional(),
  cursor: z.string().max(64).optional(),
});
const pageSize = 100;
const maximumCsvLines = 1_000_000;
/** What a person is shown of who touched their studio. */
const accessCount = 200;

export function addAuditRoutes(app: FastifyInstance, services: Services): void {
  const { trail } = services;

  app.get('/api/audit', ready, async (request): Promise<AuditPage> => {
    await requireAllowed(request, services, { action: 'strongroom:ReadAuditTrail', resource: '*' });
    const page: PlacedRecord[] = [];
    for await (const placed of trail.read(questionOf(request.query))) {
      page.push(placed);
      if (page.length === pageSize) break;
    }
    const last = page.length < pageSize ? undefined : page.at(-1);
    return { events: page.map(({ record }) => describe(record)), cursor: last?.cursor ?? null };
  });

  app.get('/api/audit.csv', ready, async (request, reply) => {
    await requireAllowed(request, services, { action: 'strongroom:ReadAuditTrail', resource: '*' });
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="audit-trail.csv"')
      .send(Readable.from(toCsv(trail.read(questionOf(request.query)))));
  });

  app.get('/api/profiles/:profileName/accesses', ready, async (request): Promise<Accesses> => {
    const resource = parseProfileName(request.params);
    await requireAllowed(request, services, { action: 'strongroom:ListAccesses', resource });
    const events: AuditEventRecord[] = [];
    for await (const { record } of trail.read({ profileName: resource })) {
      const { target, profileName } = record.fields;
      if (target !== resource || profileName === resource || isOwnEnd(record.event)) continue;
      events.push(describe(record));
      if (events.length === accessCount) break;
    }
    return { events };
  });
}

/** A session that ends is nobody's access. */
function isOwnEnd(event: string): boolean {
  return event === 'session-ended';
}

function questionOf(query: unknown): TrailQuestion {
  const { from, to, ...rest } = parse(query, questionSchema);
  return { fromDay: from, toDay: to, ...rest };
}

function describe({ sequence, time, event, fields }: PlacedRecord['record']): AuditEventRecord {
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

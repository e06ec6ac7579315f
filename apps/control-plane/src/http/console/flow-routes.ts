import { Readable } from 'node:stream';
import { type FlowSummary, type Flows, profileNameSchema } from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FlowRecord } from '../../network/flows/flow-record.ts';
import type { FlowQuestion, PlacedFlow } from '../../network/flows/read-flows.ts';

import { summariseFlows, takePage } from '../../network/flows/summarise-flows.ts';
import { actorOf } from './caller.ts';

import type { ConsoleServices } from './console-services.ts';
import { csvLine } from './csv-line.ts';
import { parse } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<ConsoleServices, 'audit' | 'authorize' | 'flows'>;

const ready = { config: { access: 'ready' } } as const;
const day = z.iso.date();
const questionSchema = z.object({
  from: day.optional(),
  to: day.optional(),
  profileName: profileNameSchema.optional(),
  action: z.enum(['ACCEPT', 'REJECT']).optional(),
  name: z.string().toLowerCase().max(253).optional(),
  protocol: z.enum(['tcp', 'udp']).optional(),
  endpoint: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/)
    .optional(),
  cursor: z.string().max(64).optional(),
});
const pageSize = 100;
/** Looked at for one page, and for a summary: a second or so each. */
const [pageLineCount, summaryLineCount] = [100_000, 300_000];
/** A spreadsheet's own limit of lines, about. */
const maximumCsvLines = 1_000_000;

export function addFlowRoutes(app: FastifyInstance, services: Services): void {
  const { audit, flows } = services;

  app.get('/api/flows', ready, async (request): Promise<Flows> => {
    const question = { ...(await allowedQuestion(request)), maximumLineCount: pageLineCount };
    const { page, cursor } = await takePage(flows.read(question), pageSize);
    return { flows: page.map(({ record }) => ({ ...record })), cursor };
  });

  app.get('/api/flows/summary', ready, async (request): Promise<FlowSummary> => {
    const question = { ...(await allowedQuestion(request)), maximumLineCount: summaryLineCount };
    return summariseFlows(flows.read(question));
  });

  app.get('/api/flows.csv', ready, async (request, reply) => {
    await requireReader(request);
    const question = questionOf(request.query);
    await audit.logExported(actorOf(request), 'flow-log', shownQuestion(question));
    const lines = toCsv(flows.read(question));
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="flow-log.csv"')
      .send(Readable.from(lines));
  });

  function requireReader(request: FastifyRequest) {
    const action = 'strongroom:ReadFlowLogs';
    return requireAllowed(request, services, { action, resource: '*' });
  }

  /** Who reads what others did is recorded too, before they see any of it. */
  async function allowedQuestion(request: FastifyRequest): Promise<FlowQuestion> {
    await requireReader(request);
    const question = questionOf(request.query);
    await audit.logRead(actorOf(request), 'flow-log', shownQuestion(question));
    return question;
  }
}

function questionOf(query: unknown): FlowQuestion {
  const { from, to, ...rest } = parse(query, questionSchema);
  return { fromDay: from, toDay: to, ...rest };
}

/** Which page of it is the same question. */
function shownQuestion({ cursor: _, ...question }: FlowQuestion): object {
  return question;
}

async function* toCsv(flows: AsyncIterable<PlacedFlow>): AsyncGenerator<string> {
  let names: string[] | undefined;
  let count = 0;
  for await (const { record } of flows) {
    if (names === undefined) {
      names = Object.keys(record);
      yield csvLine(names);
    }
    yield csvLine(valuesOf(record, names));
    count += 1;
    if (count === maximumCsvLines) return;
  }
}

function valuesOf(record: FlowRecord, names: readonly string[]): (string | number)[] {
  return names.map((name) => record[name] ?? '');
}

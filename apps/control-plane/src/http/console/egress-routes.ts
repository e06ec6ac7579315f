import {
  type Egress,
  type EgressRequest,
  egressRequestInputSchema,
  type ProfileName,
  StrongroomError,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Person } from '../../identity/person.ts';
import { concerns } from '../../network/egress/egress-view.ts';
import { actorOf, requireCaller } from './caller.ts';
import type { ConsoleServices } from './console-services.ts';
import { noBodySchema, parse, parseBody } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<ConsoleServices, 'audit' | 'authorize' | 'domain' | 'egress'>;

const ready = { config: { access: 'ready' } } as const;
const polled = { config: { access: 'ready', isPolled: true } } as const;
const paramsSchema = z.object({ requestId: z.string().regex(/^[0-9a-f]{16}$/) });

/** What studios may reach outside: asked for, approved by a second administrator, ended. */
export function addEgressRoutes(app: FastifyInstance, services: Services): void {
  const { audit, egress } = services;

  app.get('/api/egress', polled, async (request): Promise<Egress> => {
    const resource = requireCaller(request).person.profileName;
    const action = 'strongroom:DescribeEgress';
    const { person } = await requireAllowed(request, services, { action, resource });
    return describeEgress(services, person);
  });

  app.post('/api/egress/requests', ready, async (request, reply) => {
    const { person } = requireCaller(request);
    const input = parseBody(request.body, egressRequestInputSchema);
    await requireAllowed(request, services, allowanceFor(input.subject));
    const made = await egress.request(person, input, (asked) =>
      audit.egressRequestBegun(actorOf(request), asked),
    );
    audit.egressChanged(actorOf(request), made);
    return reply.code(201).send(made);
  });

  app.post('/api/egress/requests/:requestId/approve', ready, async (request) => {
    return decide(request, 'Approved');
  });

  app.post('/api/egress/requests/:requestId/refuse', ready, async (request) => {
    return decide(request, 'Refused');
  });

  app.post('/api/egress/requests/:requestId/withdraw', ready, async (request) => {
    const { person, found } = await requireEnding(request);
    await audit.egressChangeBegun(actorOf(request), found, 'Withdrawn');
    const changed = await egress.withdraw(person, found.requestId);
    audit.egressChanged(actorOf(request), changed);
    return changed;
  });

  app.post('/api/egress/requests/:requestId/end', ready, async (request) => {
    const { person, found } = await requireEnding(request);
    await audit.egressChangeBegun(actorOf(request), found, 'Ended');
    const changed = await egress.end(person, found.requestId);
    audit.egressChanged(actorOf(request), changed);
    return changed;
  });

  async function decide(request: FastifyRequest, to: 'Approved' | 'Refused') {
    const question = { action: 'strongroom:DecideEgress', resource: '*' } as const;
    const { person } = await requireAllowed(request, services, question);
    parseBody(request.body ?? {}, noBodySchema);
    const { requestId } = parse(request.params, paramsSchema);
    const actor = actorOf(request);
    const decided = await egress
      .decide(person, requestId, to, (found) => audit.egressChangeBegun(actor, found, to))
      .catch(async (error: unknown) => {
        if (isOfOneHand(error)) await audit.accessDenied(actor, question, { rule: error.code });
        throw error;
      });
    audit.egressChanged(actor, decided);
    return decided;
  }

  /** A way out of one studio is that profile's; any other is the domain's. */
  async function requireEnding(request: FastifyRequest) {
    parseBody(request.body ?? {}, noBodySchema);
    const { requestId } = parse(request.params, paramsSchema);
    const found = egress.list().find((each) => each.requestId === requestId);
    const { person } = await requireAllowed(
      request,
      services,
      found?.subject.kind === 'person'
        ? { action: 'strongroom:EndEgress', resource: found.subject.profileName }
        : { action: 'strongroom:DecideEgress', resource: '*' },
    );
    if (found !== undefined) return { person, found };
    throw new StrongroomError('EgressRequestNotFound', 'Cannot find this request');
  }
}

function allowanceFor(subject: EgressRequest['subject']) {
  if (subject.kind !== 'person') {
    return { action: 'strongroom:DecideEgress', resource: '*' } as const;
  }
  return { action: 'strongroom:RequestEgress', resource: subject.profileName } as const;
}

/** Four eyes are refused to a person whom the policies allow to decide: evidence as well. */
function isOfOneHand(error: unknown): error is StrongroomError {
  if (!(error instanceof StrongroomError)) return false;
  return error.code === 'EgressOwnRequest' || error.code === 'EgressNotIndependent';
}

function isOwn({ subject, requestedBy }: EgressRequest, profileName: ProfileName): boolean {
  const isAboutThem = subject.kind === 'person' && subject.profileName === profileName;
  return requestedBy === profileName || isAboutThem;
}

function describeEgress({ authorize, domain, egress }: Services, person: Person): Egress {
  const may = (action: 'strongroom:DecideEgress' | 'strongroom:ListEgress') =>
    authorize({ principal: person, action, resource: '*' }).allowed;
  const { allowLists, maximumHours } = domain().egress;
  const seesAll = may('strongroom:ListEgress');
  return {
    now: egress.rules.now(person),
    allowLists: allowLists.map(({ name, description, names, ports }) => ({
      ...{ name, description: description ?? null, names: [...names], ports: [...ports] },
    })),
    maximumHours,
    requests: egress
      .list()
      .filter((each) => seesAll || isOwn(each, person.profileName) || isForThem(each, person)),
    mayRequest: authorize({
      ...{ principal: person, action: 'strongroom:RequestEgress', resource: person.profileName },
    }).allowed,
    mayDecide: may('strongroom:DecideEgress'),
  };
}

/** What is in force for one's studio is one's own business, whoever asked for it. */
function isForThem(request: EgressRequest, person: Person): boolean {
  return request.state === 'Approved' && concerns(request, person);
}

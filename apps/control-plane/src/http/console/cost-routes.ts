import { Readable } from 'node:stream';
import {
  type BudgetGrants,
  budgetGrantRequestSchema,
  type Cost,
  type ProfileName,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { monthNameSchema } from '../../metering/month.ts';
import { accessDenied } from '../../policies/access-denied.ts';
import { actorOf, requireCaller } from './caller.ts';
import type { CommonServices } from './console-services.ts';
import { parse } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<CommonServices, 'audit' | 'authorize' | 'metering'>;

const ready = { config: { access: 'ready' } } as const;
const polled = { config: { access: 'ready', isPolled: true } } as const;
const querySchema = z.object({ month: monthNameSchema.optional() });
const grantsQuerySchema = z.object({ month: monthNameSchema });

const ownBudget = {
  ...{ allowed: false, rule: 'own-budget' },
  sentence: 'Nobody raises their own budget: ask another administrator.',
  koreanSentence: '자신의 예산은 직접 늘릴 수 없습니다. 다른 관리자에게 요청하세요.',
};

/** What apps cost: everybody's for those who look after the domain, one's own for all others. */
export function addCostRoutes(app: FastifyInstance, services: Services): void {
  const { audit, metering } = services;

  app.get('/api/cost', polled, async (request): Promise<Cost> => {
    const profileName = await requireScope(request);
    return metering.costs.month(parse(request.query, querySchema).month, profileName);
  });

  app.get('/api/cost.csv', ready, async (request, reply) => {
    const profileName = await requireScope(request);
    const asked = parse(request.query, querySchema).month;
    const { month, lines } = await metering.costs.csv(asked, profileName);
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="cost-${month}.csv"`)
      .send(Readable.from(lines));
  });

  app.get('/api/metrics', polled, async (request, reply) => {
    await requireAllowed(request, services, {
      ...{ action: 'strongroom:DescribeMetrics', resource: '*' },
    });
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metering.metrics());
  });

  app.get('/api/budgets/grants', ready, async (request): Promise<BudgetGrants> => {
    await requireAllowed(request, services, { action: 'strongroom:ListCosts', resource: '*' });
    const { month } = parse(request.query, grantsQuerySchema);
    return { grants: await metering.budgets.grants(month) };
  });

  app.post('/api/budgets/grants', ready, async (request, reply) => {
    const question = { action: 'strongroom:GrantBudget', resource: '*' } as const;
    const { person } = await requireAllowed(request, services, question);
    const asked = parse(request.body, budgetGrantRequestSchema);
    const actor = actorOf(request);
    const { profileName } = person;
    // A team's budget is shared with others, who see in the trail who raised it; one's own is not.
    if (asked.kind === 'person' && asked.name === profileName) {
      await audit.accessDenied(actor, question, ownBudget);
      throw accessDenied(ownBudget, question);
    }
    await metering.budgets.grant({ ...asked, grantedBy: profileName }, (month) =>
      audit.metering.budgetGranted(actor, { ...asked, month }),
    );
    return reply.code(204).send();
  });

  /** Answers whose cost may be told: `undefined` is everybody's. */
  async function requireScope(request: FastifyRequest): Promise<ProfileName | undefined> {
    const { person } = requireCaller(request);
    const all = { action: 'strongroom:ListCosts', resource: '*' } as const;
    if (services.authorize({ principal: person, ...all }).allowed) {
      await requireAllowed(request, services, all);
      return undefined;
    }
    const { profileName: resource } = person;
    await requireAllowed(request, services, { action: 'strongroom:DescribeCost', resource });
    return resource;
  }
}

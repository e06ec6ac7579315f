import { profileNameSchema, simulationRequestSchema } from '@strongroom/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { describePolicies } from '../../policies/describe-policies.ts';
import type { CommonServices } from './console-services.ts';
import { parse, parseBody } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<CommonServices, 'audit' | 'authorize' | 'policies' | 'simulator'>;

const ready = { config: { access: 'ready' } } as const;
const matrixQuerySchema = z.object({ resource: profileNameSchema });

/** What the policies are and what they would answer; nothing here changes anything. */
export function addPolicyRoutes(app: FastifyInstance, services: Services): void {
  const { policies, simulator } = services;

  app.get('/api/policies', ready, async (request) => {
    await requireAllowed(request, services, { action: 'strongroom:ListPolicies', resource: '*' });
    return describePolicies(policies);
  });

  app.post('/api/policies/simulate', ready, async (request) => {
    await requireAllowed(request, services, { action: 'strongroom:SimulatePolicy', resource: '*' });
    return simulator.simulate(parseBody(request.body, simulationRequestSchema));
  });

  app.get('/api/policies/matrix', ready, async (request) => {
    await requireAllowed(request, services, { action: 'strongroom:SimulatePolicy', resource: '*' });
    return simulator.matrix(parse(request.query, matrixQuerySchema).resource);
  });
}

import { personalTokenRequestSchema } from '@strongroom/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { actorOf, requireCaller } from './caller.ts';
import type { ConsoleServices } from './console-services.ts';
import { parse } from './parse-request.ts';

type Services = Pick<ConsoleServices, 'audit' | 'repositories'>;

const ready = { config: { access: 'ready' } } as const;
const tokenSchema = z.object({ tokenId: z.string().max(64) });

/** The caller's own personal tokens, and nobody else's. */
export function addPersonalTokenRoutes(app: FastifyInstance, services: Services): void {
  const { audit } = services;
  const { tokens } = services.repositories;

  app.get('/api/personal-tokens', ready, async (request) => ({
    tokens: await tokens.list(requireCaller(request).person.profileName),
  }));

  app.post('/api/personal-tokens', ready, async (request, reply) => {
    const { profileName } = requireCaller(request).person;
    const asked = parse(request.body, personalTokenRequestSchema);
    const made = await tokens.create(profileName, asked, (token) => {
      const { tokenId, permission, expiresAt } = token;
      return audit.personalTokenCreated(actorOf(request), { tokenId, permission, expiresAt });
    });
    return reply.code(201).header('cache-control', 'no-store').send(made);
  });

  app.delete('/api/personal-tokens/:tokenId', ready, async (request, reply) => {
    const { profileName } = requireCaller(request).person;
    const { tokenId } = parse(request.params, tokenSchema);
    const record = () => audit.personalTokenEnded(actorOf(request), tokenId);
    await tokens.end(profileName, tokenId, record);
    return reply.code(204).send();
  });
}

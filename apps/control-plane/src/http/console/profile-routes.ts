import {
  createProfileRequestSchema,
  removeProfileRequestSchema,
  StrongroomError,
  updateProfileRequestSchema,
} from '@strongroom/contracts';
import type { Action } from '@strongroom/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { actorOf } from './caller.ts';
import type { CommonServices } from './console-services.ts';
import { describeDomain } from './describe-domain.ts';
import { noBodySchema, parseBody, parseProfileName } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<
  CommonServices,
  'administration' | 'audit' | 'authorize' | 'domain' | 'people' | 'studios' | 'controls'
>;

const ready = { config: { access: 'ready' } } as const;
const polled = { config: { access: 'ready', isPolled: true } } as const;

export function addProfileRoutes(app: FastifyInstance, services: Services): void {
  const { administration, audit, authorize, domain, people, studios, controls } = services;

  app.get('/api/domain', polled, async (request) => {
    const { person: viewer } = await requireAllowed(request, services, {
      ...{ action: 'sagemaker:DescribeDomain', resource: '*' },
    });
    const [everybody, apps, deployedId] = await Promise.all([
      ...([people.list(), studios.apps()] as const),
      studios.deployedDomainId?.(),
    ]);
    const seen = { viewer, people: everybody, apps, authorize };
    return describeDomain({ domain: domain(), ...seen, deployedId });
  });

  app.get('/api/controls', ready, async (request) => {
    await requireAllowed(request, services, { action: 'strongroom:ListControls', resource: '*' });
    return { controls };
  });

  app.post('/api/profiles', ready, async (request, reply) => {
    // Read first, because policies may speak of the name.
    const person = parseBody(request.body, createProfileRequestSchema);
    const resource = person.profileName;
    const action = 'sagemaker:CreateUserProfile';
    const { person: by } = await requireAllowed(request, services, { action, resource });
    const added = await administration.addPerson(person, by.profileName);
    const { hostUid, ...oneTimePassword } = added;
    await audit.profileCreated(actorOf(request), person.profileName, hostUid);
    return reply.code(201).send(oneTimePassword);
  });

  app.patch('/api/profiles/:profileName', ready, async (request, reply) => {
    const { profileName } = await administered(request, 'sagemaker:UpdateUserProfile');
    const { disabled } = parseBody(request.body, updateProfileRequestSchema);
    await administration.setDisabled(profileName, disabled);
    if (disabled) await audit.profileDisabled(actorOf(request), profileName);
    else await audit.profileEnabled(actorOf(request), profileName);
    return reply.code(204).send();
  });

  app.delete('/api/profiles/:profileName', ready, async (request, reply) => {
    const { profileName } = await administered(request, 'sagemaker:DeleteUserProfile');
    const { deleteHome } = parseBody(request.body, removeProfileRequestSchema);
    await administration.removePerson(profileName, { deleteHome });
    await audit.profileRemoved(actorOf(request), profileName, deleteHome);
    return reply.code(204).send();
  });

  app.post('/api/profiles/:profileName/one-time-password', ready, async (request, reply) => {
    const { profileName, by } = await administered(request, 'strongroom:CreateOneTimePassword');
    parseBody(request.body ?? {}, noBodySchema);
    const oneTimePassword = await administration.createOneTimePassword(profileName, by);
    await audit.oneTimePasswordCreated(actorOf(request), profileName);
    return reply.code(201).send(oneTimePassword);
  });

  /** Allowed first, then found: who may not act is not told who exists. */
  async function administered(request: FastifyRequest, action: Action) {
    const profileName = parseProfileName(request.params);
    const { person } = await requireAllowed(request, services, { action, resource: profileName });
    const by = person.profileName;
    if ((await people.find(profileName)) !== undefined) return { profileName, by };
    throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${profileName}"`, {
      values: { profileName },
    });
  }
}

import {
  createSpaceRequestSchema,
  type Space,
  type Spaces,
  StrongroomError,
  spaceNameSchema,
  updateSpaceRequestSchema,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { spaceNameOf } from '../../runtimes/sagemaker/sage-maker-portal.ts';
import { actorOf } from './caller.ts';
import type { PortalServices } from './console-services.ts';
import { noBodySchema, parseBody, parseProfileName } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<PortalServices, 'audit' | 'authorize' | 'studios'>;

const ready = { config: { access: 'ready' } } as const;
const polled = { config: { access: 'ready', isPolled: true } } as const;

/** Private spaces of a SageMaker domain: each a JupyterLab with a disk of its own. */
export function addSpaceRoutes(app: FastifyInstance, services: Services): void {
  const { audit, studios } = services;

  app.get('/api/profiles/:profileName/spaces', polled, async (request): Promise<Spaces> => {
    const resource = parseProfileName(request.params);
    const action = 'sagemaker:DescribeSpace';
    await requireAllowed(request, services, { action, resource });
    return { spaces: await studios.spaces(resource) };
  });

  app.post('/api/profiles/:profileName/spaces', ready, async (request, reply): Promise<Space> => {
    const target = parseProfileName(request.params);
    // Read first, because policies may speak of the name and the size.
    const asked = parseBody(request.body, createSpaceRequestSchema);
    const spaceName = spaceNameOf(target);
    const { instanceType } = asked;
    const action = 'sagemaker:CreateSpace';
    await requireAllowed(request, services, { action, resource: target, spaceName, instanceType });
    await audit.spaces.created(actorOf(request), { target, spaceName, instanceType });
    reply.code(201);
    return studios.createSpace(target, asked);
  });

  app.patch('/api/profiles/:profileName/spaces/:spaceName', ready, async (request, reply) => {
    const target = parseProfileName(request.params);
    const spaceName = spaceNameIn(request);
    const { instanceType } = parseBody(request.body, updateSpaceRequestSchema);
    const action = 'sagemaker:UpdateSpace';
    await requireAllowed(request, services, { action, resource: target, spaceName, instanceType });
    await audit.spaces.changed(actorOf(request), { target, spaceName, instanceType });
    await studios.setInstanceType(target, spaceName, instanceType);
    return reply.code(204).send();
  });

  app.delete('/api/profiles/:profileName/spaces/:spaceName', ready, async (request, reply) => {
    const target = parseProfileName(request.params);
    const spaceName = spaceNameIn(request);
    const action = 'sagemaker:DeleteSpace';
    await requireAllowed(request, services, { action, resource: target, spaceName });
    parseBody(request.body ?? {}, noBodySchema);
    await audit.spaces.deleted(actorOf(request), { target, spaceName });
    await studios.deleteSpace(target, spaceName);
    // It goes in its own time.
    return reply.code(202).send();
  });
}

/** A name that no space can have is a space that does not exist. @throws {StrongroomError} `SpaceNotFound` */
function spaceNameIn({ params }: FastifyRequest): string {
  const parsed = spaceNameSchema.safeParse((params as { spaceName: string }).spaceName);
  if (parsed.success) return parsed.data;
  throw new StrongroomError('SpaceNotFound', 'Cannot find this space');
}

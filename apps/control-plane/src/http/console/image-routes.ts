import { type DomainImages, imageNameSchema, StrongroomError } from '@strongroom/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ConsoleServices } from './console-services.ts';
import { parse } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<ConsoleServices, 'audit' | 'authorize' | 'images'>;

const ready = { config: { access: 'ready' } } as const;
const polled = { config: { access: 'ready', isPolled: true } } as const;
const pathSchema = z.object({ imageName: imageNameSchema });
const listing = { action: 'sagemaker:ListImages', resource: '*' } as const;

/** What kernels may run on: for those who run the domain all of it, for others what they may use. */
export function addImageRoutes(app: FastifyInstance, services: Services): void {
  const { authorize, images } = services;

  app.get('/api/images', polled, async (request): Promise<DomainImages> => {
    const { person: principal } = await requireAllowed(request, services, listing);
    const question = { principal, action: 'sagemaker:DescribeImage', resource: '*' } as const;
    const seesAll = authorize(question).allowed;
    return { images: seesAll ? await images.all() : await images.usableBy(principal) };
  });

  app.get('/api/images/:imageName/icon', ready, async (request, reply) => {
    const { person: principal } = await requireAllowed(request, services, listing);
    const { imageName } = parse(request.params, pathSchema);
    const question = { principal, action: 'sagemaker:DescribeImage', resource: '*' } as const;
    const isSeen = authorize(question).allowed || images.mayUse(principal, imageName);
    if (!isSeen) {
      throw new StrongroomError('ImageNotFound', `Cannot find the image "${imageName}"`);
    }
    const { bytes, headers } = await images.iconOf(imageName);
    return reply.headers(headers).send(bytes);
  });
}

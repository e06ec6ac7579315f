import type { DomainAppUsages, DomainInstanceTypes } from '@strongroom/contracts';
import type { FastifyInstance } from 'fastify';
import type { Person } from '../../identity/person.ts';
import type { RunningApp } from '../../studios/running-app.ts';
import type { ConsoleServices } from './console-services.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<ConsoleServices, 'audit' | 'authorize' | 'compute' | 'studios'>;

const polled = { config: { access: 'ready', isPolled: true } } as const;

/** What runs with what it uses, and the sizes there are. */
export function addComputeRoutes(app: FastifyInstance, services: Services): void {
  const { authorize, compute, studios } = services;

  const seenBy = (principal: Person) => (running: RunningApp) => {
    const { profileName: resource, appType, appName } = running;
    const action = 'sagemaker:DescribeApp';
    return authorize({ principal, action, resource, app: { appType, appName } }).allowed;
  };

  app.get('/api/compute/apps', polled, async (request): Promise<DomainAppUsages> => {
    const { person } = await requireAllowed(request, services, {
      ...{ action: 'sagemaker:ListApps', resource: '*' },
    });
    return { apps: await compute.allApps(seenBy(person)) };
  });

  app.get('/api/instance-types', polled, async (request): Promise<DomainInstanceTypes> => {
    const { person } = await requireAllowed(request, services, {
      ...{ action: 'sagemaker:DescribeDomain', resource: '*' },
    });
    // Whoever reads the whole domain's policies sees every size; others those they may start.
    const seesAll = authorize({
      ...{ principal: person, action: 'strongroom:ListPolicies', resource: '*' },
    }).allowed;
    const allowed = seesAll ? [] : await studios.allowedTypes(person.profileName);
    const names = new Set(allowed.map(({ instanceType }) => instanceType));
    return compute.instanceTypes({
      mayChoose: (instanceType) => seesAll || names.has(instanceType),
      isSeen: seenBy(person),
    });
  });
}

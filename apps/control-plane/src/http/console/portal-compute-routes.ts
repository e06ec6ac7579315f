import type { DomainAppUsages, DomainInstanceTypes, InstanceType } from '@strongroom/contracts';
import { systemInstanceType } from '@strongroom/domain';
import type { FastifyInstance } from 'fastify';
import type { PortalServices } from './console-services.ts';
import { mayDescribeApp } from './describe-domain.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<PortalServices, 'audit' | 'authorize' | 'studios' | 'domain' | 'prices'>;

const polled = { config: { access: 'ready', isPolled: true } } as const;
const mebibyte = 1024 ** 2;

/** The sizes there are, and what an hour of each running app costs; what it uses CloudWatch knows. */
export function addPortalComputeRoutes(app: FastifyInstance, services: Services): void {
  const { authorize, studios, domain, prices } = services;
  const sizeOf = (instanceType: string) =>
    domain().instanceTypes.find((size) => size.instanceType === instanceType);

  app.get('/api/compute/apps', polled, async (request): Promise<DomainAppUsages> => {
    const { person } = await requireAllowed(request, services, {
      ...{ action: 'sagemaker:ListApps', resource: '*' },
    });
    const running = (await studios.apps()).filter(
      (each) => each.endedAt === null && mayDescribeApp(authorize, person, each),
    );
    const usages = running.map((each) => {
      const { appId, appType, profileName, imageName, instanceType, startedAt } = each;
      const size = sizeOf(instanceType);
      return {
        ...{ appId, appType, profileName, imageName, instanceType, startedAt },
        ...{ kernelId: null, hasNewerImage: false, stage: 'running' as const },
        ...{ queuePosition: null, memoryBytes: null, cpuCount: null, gpus: [] },
        ...{ idleEndsAt: null, lifetimeEndsAt: null },
        pricePerHour: appType === 'JupyterServer' ? null : prices.priceOf(instanceType),
        memoryLimitBytes: (size?.memoryMebibytes ?? 1) * mebibyte,
        cpuLimit: size?.vcpuCount ?? 1,
      };
    });
    return { apps: usages };
  });

  app.get('/api/instance-types', polled, async (request): Promise<DomainInstanceTypes> => {
    const { person } = await requireAllowed(request, services, {
      ...{ action: 'sagemaker:DescribeDomain', resource: '*' },
    });
    // Whoever reads the whole domain's policies sees every size; others those they may start.
    const seesAll = authorize({
      ...{ principal: person, action: 'strongroom:ListPolicies', resource: '*' },
    }).allowed;
    const allowed = await studios.allowedTypes(person.profileName);
    const names = new Set(allowed.map(({ instanceType }) => instanceType));
    const { instanceTypes, defaults } = domain();
    const shown = instanceTypes.filter(
      ({ instanceType }) =>
        instanceType !== systemInstanceType && (seesAll || names.has(instanceType)),
    );
    return {
      instanceTypes: shown.map((size): InstanceType => {
        const { instanceType, vcpuCount, memoryMebibytes, gpuCount } = size;
        return {
          ...{ instanceType, vcpuCount, memoryMebibytes, gpuCount },
          pricePerHour: prices.priceOf(instanceType),
          isDefault: instanceType === defaults.instanceType,
          ...{ availability: 'available', reason: null },
        };
      }),
      prices: prices.prices,
      gpus: [],
    };
  });
}

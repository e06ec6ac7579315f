import {
  type KeyCommandName,
  type KeyOverviewList,
  type KeySummary,
  keyCommandNameSchema,
  keyCommandSchema,
} from '@strongroom/contracts';
import type { Action } from '@strongroom/domain';
import { domainArns } from '@strongroom/domain';
import type { FastifyInstance } from 'fastify';
import { homesKeyAlias } from '../../homes/home-secrets-keyring.ts';
import { changeKey, summarizeKey } from '../../keys/change-key.ts';
import { lastKeyUses, lookBackDays } from '../../keys/last-key-uses.ts';
import { repositoriesKeyAlias } from '../../repositories/volume-secret.ts';
import type { CommonServices, ConsoleServices } from './console-services.ts';
import { parse } from './parse-request.ts';
import { requireAllowed } from './require-allowed.ts';

type Services = Pick<
  CommonServices,
  'audit' | 'authorize' | 'clock' | 'domain' | 'keys' | 'people' | 'storage' | 'trail'
> & {
  /** Only where they are hosted on this machine. */
  readonly repositories?: ConsoleServices['repositories'];
};

const ready = { config: { access: 'ready' } } as const;
const actionOf: Readonly<Record<KeyCommandName, Action>> = {
  rotate: 'kms:RotateKeyOnDemand',
  disable: 'kms:DisableKey',
  enable: 'kms:EnableKey',
  'schedule-deletion': 'kms:ScheduleKeyDeletion',
  'cancel-deletion': 'kms:CancelKeyDeletion',
};

/** The domain's keys with what each seals; whoever administers them uses none. */
export function addKeyRoutes(app: FastifyInstance, services: Services): void {
  const { authorize, clock, domain, keys, people, storage, trail } = services;

  app.get('/api/keys', ready, async (request): Promise<KeyOverviewList> => {
    const { person: principal } = await requireAllowed(request, services, {
      ...{ action: 'kms:ListKeys', resource: '*' },
    });
    const described = keys.list();
    const arns = described.map(({ arn }) => arn);
    const [uses, usage, everybody, repositoryNames] = await Promise.all([
      lastKeyUses(arns, { trail, domain: domain(), clock }),
      storage.keyUsage(),
      people.list(),
      services.repositories?.repositories.names() ?? [],
    ]);
    const homes = everybody
      .filter(({ role }) => role !== 'auditor')
      .map(({ profileName }) => profileName);
    return {
      keys: described.map((key) => ({
        ...summarizeKey(key),
        lastUse: uses.get(key.arn) ?? null,
        seals: {
          buckets: usage
            .filter(({ keyArn }) => keyArn === key.arn)
            .map(({ keyArn: _, ...sealed }) => sealed),
          homes: key.aliases.includes(homesKeyAlias) ? homes : [],
          repositories: key.aliases.includes(repositoriesKeyAlias) ? [...repositoryNames] : [],
        },
      })),
      mayCommand: keyCommandNameSchema.options.filter(
        (command) => authorize({ principal, action: actionOf[command], resource: '*' }).allowed,
      ),
      lookBackDays,
    };
  });

  /** Decided twice: by the person's own policies, and by the key's, which names their role. */
  app.post('/api/keys', ready, async (request): Promise<KeySummary> => {
    const command = parse(request.body, keyCommandSchema);
    const { person } = await requireAllowed(request, services, {
      ...{ action: actionOf[command.command], resource: '*' },
    });
    const principal = domainArns(domain()).roleSession(person.role, person.profileName);
    return summarizeKey(await changeKey(keys, command, { principal }));
  });
}

import {
  type Job,
  type JobList,
  type JobLog,
  jobDefinitionSchema,
  type ProfileName,
  profileNameSchema,
  StrongroomError,
} from '@strongroom/contracts';
import type { Actor } from '../../audit/audit-log.ts';
import type { People } from '../../identity/people.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { parse } from '../console/parse-request.ts';
import type { OperatorRoute } from './operator-socket.ts';

export interface JobRouteServices {
  readonly people: Pick<People, 'find'>;
  readonly jobs: Pick<Jobs, 'create' | 'list' | 'find' | 'log' | 'cancel'>;
}

const listedCount = 200;

/** `strongroom job …`: jobs of one person, who must be named. */
export function jobRoutes(
  { people, jobs }: JobRouteServices,
  operator: (reference: string) => Actor,
): OperatorRoute[] {
  async function ownerOf(name: string | undefined): Promise<ProfileName> {
    const parsed = profileNameSchema.safeParse(name);
    const person = parsed.success ? await people.find(parsed.data) : undefined;
    if (person !== undefined) return person.profileName;
    throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${name}"`);
  }

  async function jobOf([, name, jobId = '']: RegExpExecArray): Promise<Job> {
    const profileName = await ownerOf(name);
    const job = await jobs.find(jobId);
    if (job.profileName === profileName) return job;
    throw new StrongroomError('JobNotFound', 'Cannot find this job');
  }

  return [
    {
      pattern: /^GET \/people\/([^/?]+)\/jobs$/,
      answer: async ({ match: [, name] }): Promise<JobList> =>
        jobs.list({ profileName: await ownerOf(name), limit: listedCount }),
    },
    {
      pattern: /^POST \/people\/([^/?]+)\/jobs$/,
      async answer({ match: [, name], body, reference }): Promise<Job> {
        const definition = parse(body, jobDefinitionSchema);
        const profileName = await ownerOf(name);
        return jobs.create(operator(reference), { profileName, definition, scheduleId: null });
      },
    },
    {
      pattern: /^GET \/people\/([^/?]+)\/jobs\/([0-9a-f]{32})$/,
      answer: ({ match }): Promise<Job> => jobOf(match),
    },
    {
      pattern: /^GET \/people\/([^/?]+)\/jobs\/([0-9a-f]{32})\/log$/,
      answer: async ({ match }): Promise<JobLog> => jobs.log((await jobOf(match)).jobId),
    },
    {
      pattern: /^POST \/people\/([^/?]+)\/jobs\/([0-9a-f]{32})\/cancel$/,
      async answer({ match, reference }): Promise<Job> {
        const { jobId } = await jobOf(match);
        await jobs.cancel(operator(reference), jobId);
        return jobs.find(jobId);
      },
    },
  ];
}

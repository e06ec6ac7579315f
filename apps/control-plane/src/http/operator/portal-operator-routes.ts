import { profileNameSchema, StrongroomError } from '@strongroom/contracts';
import type { SageMakerPortal } from '../../runtimes/sagemaker/sage-maker-portal.ts';
import { keyRoutes } from './key-routes.ts';
import { type CommonOperatorServices, commonRoutes } from './operator-routes.ts';
import type { OperatorRoute } from './operator-socket.ts';

export interface PortalOperatorServices extends CommonOperatorServices {
  readonly portal: Pick<SageMakerPortal, 'apps' | 'spaces' | 'stopAll'>;
}

/** What the command line tool may ask of a control plane before a SageMaker domain. */
export function portalOperatorRoutes(services: PortalOperatorServices): OperatorRoute[] {
  const { portal, audit } = services;
  return [
    ...commonRoutes(services),
    ...keyRoutes(services.keys),
    { pattern: /^GET \/apps$/, answer: async () => ({ apps: await portal.apps() }) },
    {
      pattern: /^GET \/people\/([^/?]+)\/spaces$/,
      answer: async ({ match }) => ({ spaces: await portal.spaces(profileIn(match)) }),
    },
    {
      pattern: /^POST \/people\/([^/?]+)\/stop-apps$/,
      async answer({ match }) {
        const profileName = profileIn(match);
        await audit.spaces.stopped(profileName);
        await portal.stopAll(profileName);
        return {};
      },
    },
  ];
}

/** @throws {StrongroomError} `ProfileNotFound` */
function profileIn([, name]: RegExpExecArray) {
  const parsed = profileNameSchema.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${name}"`);
}

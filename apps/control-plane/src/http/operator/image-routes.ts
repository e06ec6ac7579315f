import { addImageRequestSchema, type DomainImages, type ImageCheck } from '@strongroom/contracts';
import type { Actor } from '../../audit/audit-log.ts';
import type { ImageAdministration } from '../../images/image-administration.ts';
import { parse } from '../console/parse-request.ts';
import type { OperatorRoute } from './operator-socket.ts';

export type ImageRouteServices = Pick<ImageAdministration, 'list' | 'add' | 'remove' | 'check'>;

/** `strongroom images …` */
export function imageRoutes(
  images: ImageRouteServices,
  operator: (reference: string) => Actor,
): OperatorRoute[] {
  return [
    {
      pattern: /^GET \/images$/,
      answer: async (): Promise<DomainImages> => ({ images: await images.list() }),
    },
    {
      pattern: /^POST \/images$/,
      answer: ({ body, reference }) =>
        images.add(parse(body, addImageRequestSchema), operator(reference)),
    },
    {
      pattern: /^POST \/images\/([^/?]+)\/check$/,
      answer: ({ match: [, imageName = ''] }): Promise<ImageCheck> => images.check(imageName),
    },
    {
      pattern: /^DELETE \/images\/([^/?]+)$/,
      async answer({ match: [, imageName = ''], reference }) {
        await images.remove(imageName, operator(reference));
        return { imageName };
      },
    },
  ];
}

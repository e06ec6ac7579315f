import {
  domainAppUsagesSchema,
  domainImagesSchema,
  domainInstanceTypesSchema,
} from '@strongroom/contracts';
import { useQuery } from '@tanstack/react-query';
import { request } from './request.ts';

const refreshMilliseconds = 4000;

export const useImages = () =>
  useQuery({
    queryKey: ['images'],
    queryFn: () => request(domainImagesSchema, '/api/images'),
    refetchInterval: refreshMilliseconds,
  });

export const useInstanceTypes = () =>
  useQuery({
    queryKey: ['instance-types'],
    queryFn: () => request(domainInstanceTypesSchema, '/api/instance-types'),
    refetchInterval: refreshMilliseconds,
  });

/** What runs with what it uses: of everybody for whoever oversees them, one's own for all others. */
export const useAppUsages = () =>
  useQuery({
    // Asked for anew together with the apps.
    queryKey: ['apps', 'usage'],
    queryFn: () => request(domainAppUsagesSchema, '/api/compute/apps'),
    refetchInterval: refreshMilliseconds,
  });

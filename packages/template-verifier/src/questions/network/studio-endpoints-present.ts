import type { Model } from '../../graph/model.ts';
import { endpointsOf, serviceOf } from '../../graph/network.ts';
import { at, type Resource } from '../../graph/resource.ts';
import { studioVpcs } from '../../graph/studio.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { broken, checkEach, holds, undecided } from '../judge.ts';
import type { Finding, Question } from '../question.ts';

const always = ['sagemaker.api', 'sagemaker.runtime', 'sts', 'logs', 'kms', 's3'] as const;
const forOwnImages = ['ecr.api', 'ecr.dkr'] as const;

export const studioEndpointsPresent: Question = {
  id: 'studio-endpoints-present',
  group: 'network',
  title: {
    english: 'Every service that studios need has an endpoint in their network',
    korean: '스튜디오에 필요한 모든 서비스의 엔드포인트가 네트워크에 있습니다',
  },
  why: {
    english:
      'Without a path to the internet, a missing endpoint (STS and Logs too) means studios that do not start.',
    korean:
      '인터넷 경로가 없으므로 STS와 Logs를 포함하여 엔드포인트가 하나라도 빠지면 스튜디오가 시작되지 않습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Connect Studio in a VPC to external resources"',
  ask: (model) =>
    checkEach(studioVpcs(model.resources), (vpc) => needed(model).map((s) => check(model, vpc, s))),
};

function needed({ resources }: Model): readonly string[] {
  return resources.ofType('AWS::SageMaker::Image').length > 0
    ? [...always, ...forOwnImages]
    : always;
}

function check({ resources }: Model, vpc: Resource, service: string): Finding {
  const endpoints = endpointsOf(resources, vpc);
  const found = endpoints.find((endpoint) => serviceOf(endpoint) === service);
  if (found?.uncertain !== undefined) return undecided(found, '', found.uncertain);
  if (found !== undefined) return holds(found);
  const unknown = resources
    .ofType('AWS::EC2::VPCEndpoint')
    .flatMap((endpoint) => [at(endpoint, 'ServiceName'), at(endpoint, 'VpcId')])
    .find(isUnknown);
  if (unknown !== undefined) return undecided(vpc, '', unknown);
  return broken(vpc, '', {
    english: `This network has no endpoint for "${service}"`,
    korean: `이 네트워크에 "${service}" 엔드포인트가 없습니다`,
  });
}

import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { quote, type Wording } from './finding.ts';
import { nearestWord } from './nearest-word.ts';
import { widenVariables } from './policy-variables.ts';

const components = 6;
const partitions = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-eusc',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
]);
/** Services in ARNs that are no prefix of actions. */
const arnOnlyServices = new Set(['catalog', 'elastic-inference', 'route53-recovery-control']);
const regionPattern = /^[a-z]+(?:-[a-z]+)+-\d+$/;
const accountPattern = /^(?:\d{12}|aws|cloudfront)$/;
const wildcard = /[*?]/;

/** Why a text is no ARN, or no ARN pattern; undefined when it is one. */
export function arnProblem(written: string, { serviceNames }: Vocabulary): Wording | undefined {
  const parts = widenVariables(written).split(':');
  const [start, partition = '', service = '', region = '', account = ''] = parts;
  if (start !== 'arn' || parts.length < components) return formWording(written);
  if (parts.slice(components - 1).join(':') === '') return emptyResourceWording(written);
  if (!wildcard.test(partition) && !partitions.has(partition)) {
    return partWording(written, { english: 'partition', korean: '파티션', part: partition });
  }
  if (!wildcard.test(service) && !serviceNames.has(service) && !arnOnlyServices.has(service)) {
    const meant = nearestWord(service, serviceNames);
    return partWording(written, { english: 'service', korean: '서비스', part: service, meant });
  }
  if (region !== '' && !wildcard.test(region) && !regionPattern.test(region)) {
    return partWording(written, { english: 'Region', korean: '리전', part: region });
  }
  if (account !== '' && !wildcard.test(account) && !accountPattern.test(account)) {
    return partWording(written, {
      english: 'account of 12 digits',
      korean: '12자리 계정',
      part: account,
    });
  }
  return undefined;
}

function formWording(written: string): Wording {
  return {
    message: `Write ${quote(written)} as "arn:partition:service:region:account:resource"`,
    korean: `${quote(written)} 값을 "arn:partition:service:region:account:resource" 꼴로 쓰세요`,
  };
}

function emptyResourceWording(written: string): Wording {
  return {
    message: `Name a resource at the end of ${quote(written)}, or "*" for all`,
    korean: `${quote(written)} 끝에 리소스를 쓰세요. 모두라면 "*"를 쓰세요`,
  };
}

interface WrongPart {
  readonly english: string;
  readonly korean: string;
  readonly part: string;
  readonly meant?: string | undefined;
}

function partWording(written: string, { english, korean, part, meant }: WrongPart): Wording {
  return {
    message: meant
      ? `Replace ${quote(part)} with "${meant}" in ${quote(written)}: it is no ${english}`
      : `Replace ${quote(part)} in ${quote(written)}: it is no ${english}`,
    korean: meant
      ? `${quote(written)}의 ${quote(part)} 값을 "${meant}" 값으로 바꾸세요. 그런 ${korean} 값은 없습니다`
      : `${quote(written)}의 ${quote(part)} 값을 바꾸세요. 그런 ${korean} 값은 없습니다`,
  };
}

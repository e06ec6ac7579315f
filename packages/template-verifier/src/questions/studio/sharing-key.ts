import { at } from '../../graph/resource.ts';
import { domainsIn } from '../../graph/studio.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { checkEach, checkValue, holds, isPresent, undecided } from '../judge.ts';
import type { Question } from '../question.ts';

const settings = 'DefaultUserSettings.SharingSettings';

export const sharingKey: Question = {
  id: 'sharing-key',
  group: 'studio',
  title: {
    english: 'What studios share is encrypted under a key of our own',
    korean: '스튜디오에서 공유하는 내용이 고객 관리형 키로 암호화됩니다',
  },
  why: {
    english: 'Snapshots of notebooks hold data in their outputs.',
    korean: '노트북 스냅샷의 출력에는 데이터가 들어 있습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Share and use a notebook"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) => {
      const output = at(domain, `${settings}.NotebookOutputOption`);
      const path = at(domain, `${settings}.S3OutputPath`);
      if (isUnknown(output)) return undecided(domain, settings, output);
      if (path === undefined && output !== 'Allowed') return holds(domain, settings);
      return checkValue(domain, `${settings}.S3KmsKeyId`, isPresent, {
        english: 'Sharing is on and names no key',
        korean: '공유가 켜져 있지만 키가 지정되지 않았습니다',
      });
    }),
};

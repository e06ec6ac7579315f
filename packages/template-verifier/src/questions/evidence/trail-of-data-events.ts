import { domainsIn } from '../../graph/studio.ts';
import { broken, checkEach, notApplicable } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkDataEvents } from './check-data-events.ts';

export const trailOfDataEvents: Question = {
  id: 'trail-of-data-events',
  group: 'evidence',
  title: {
    english: 'Reads and writes of objects are in the trail',
    korean: '객체 읽기와 쓰기가 감사 추적에 남습니다',
  },
  why: {
    english: 'Management events alone say who changed a bucket, not who read from it.',
    korean:
      '관리 이벤트만으로는 버킷 설정을 바꾼 사람만 알 수 있고 데이터를 읽은 사람은 알 수 없습니다.',
  },
  reference: 'AWS CloudTrail User Guide, "Logging data events"',
  ask: ({ resources }) => {
    if (domainsIn(resources).length === 0) return notApplicable;
    const trails = resources.ofType('AWS::CloudTrail::Trail');
    if (trails.length === 0) {
      return checkEach(domainsIn(resources), (domain) =>
        broken(domain, '', { english: 'There is no trail', korean: '감사 추적이 없습니다' }),
      );
    }
    return checkEach(trails, checkDataEvents);
  },
};

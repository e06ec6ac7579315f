import { domainsIn } from '../../graph/studio.ts';
import { checkEach, checkValue, equals } from '../judge.ts';
import type { Question } from '../question.ts';

export const idleShutdown: Question = {
  id: 'idle-shutdown',
  group: 'studio',
  title: {
    english: 'Idle studios are shut down',
    korean: '유휴 스튜디오는 자동으로 종료됩니다',
  },
  why: {
    english: 'What nobody uses costs money, and is a session that somebody else finds open.',
    korean: '사용하지 않는 앱은 비용이 들고, 다른 사람이 열린 세션을 발견할 수 있습니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Idle shutdown"',
  ask: ({ resources }) =>
    checkEach(domainsIn(resources), (domain) =>
      checkValue(
        domain,
        'DefaultUserSettings.JupyterLabAppSettings.AppLifecycleManagement.IdleSettings.LifecycleManagement',
        equals('ENABLED'),
        { english: 'Idle shutdown is off', korean: '유휴 종료가 꺼져 있습니다' },
      ),
    ),
};

import { checkValue, isPresent, outcome } from '../judge.ts';
import type { Question } from '../question.ts';

export const executionRolesBounded: Question = {
  id: 'execution-roles-bounded',
  group: 'access',
  title: {
    english: 'Execution roles have a permissions boundary',
    korean: '실행 역할에 권한 경계가 있습니다',
  },
  why: {
    english: 'Whatever somebody attaches to the role later, the boundary holds.',
    korean: '나중에 역할에 무엇이 연결되더라도 권한 경계를 넘을 수 없습니다.',
  },
  reference: 'IAM User Guide, "Permissions boundaries for IAM entities"',
  ask: ({ identities }) =>
    outcome(
      identities
        .filter(({ isExecutionRole, kind }) => isExecutionRole && kind === 'role')
        .map(({ resource }) =>
          checkValue(resource, 'PermissionsBoundary', isPresent, {
            english: 'This role has no permissions boundary',
            korean: '이 역할에 권한 경계가 없습니다',
          }),
        ),
    ),
};

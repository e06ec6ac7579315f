import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkOverTlsOnly } from './check-over-tls-only.ts';

export const homesOverTlsOnly: Question = {
  id: 'homes-over-tls-only',
  group: 'storage',
  title: {
    english: 'Homes are mounted over TLS alone',
    korean: '홈은 TLS로만 마운트됩니다',
  },
  why: {
    english: 'NFS without TLS sends files as they are.',
    korean: 'TLS가 없는 NFS는 파일을 그대로 전송합니다.',
  },
  reference: 'Amazon EFS User Guide, "Using IAM to control access to file systems"',
  ask: (model) =>
    checkEach(model.resources.ofType('AWS::EFS::FileSystem'), (fileSystem) =>
      checkOverTlsOnly(model, fileSystem, {
        ...{ action: 'elasticfilesystem:ClientMount', path: 'FileSystemPolicy' },
        says: {
          english: 'It may be mounted without TLS',
          korean: 'TLS 없이 마운트할 수 있습니다',
        },
      }),
    ),
};

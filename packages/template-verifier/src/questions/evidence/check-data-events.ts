import { at, inside, itemsOf, type Resource, textsOf } from '../../graph/resource.ts';
import { findUnknown, type Resolved } from '../../resolve/unknown.ts';
import { broken, holds, undecided } from '../judge.ts';
import type { Finding } from '../question.ts';

const objectType = 'AWS::S3::Object';

export function checkDataEvents(trail: Resource): Finding {
  const simple = itemsOf(at(trail, 'EventSelectors'));
  const advanced = itemsOf(at(trail, 'AdvancedEventSelectors'));
  if (simple.some(namesObjects) || advanced.some(selectsObjects)) return holds(trail);
  const unknown = findUnknown([...simple, ...advanced]);
  if (unknown !== undefined) return undecided(trail, 'EventSelectors', unknown);
  return broken(trail, 'EventSelectors', {
    english: 'The trail does not log data events of S3',
    korean: '감사 추적에 S3 데이터 이벤트가 기록되지 않습니다',
  });
}

function namesObjects(selector: Resolved): boolean {
  if (findUnknown(selector) !== undefined) return false;
  const readsAndWrites = inside(selector, 'ReadWriteType') ?? 'All';
  return (
    readsAndWrites === 'All' &&
    itemsOf(inside(selector, 'DataResources')).some(
      (resource) =>
        inside(resource, 'Type') === objectType && itemsOf(inside(resource, 'Values')).length > 0,
    )
  );
}

function selectsObjects(selector: Resolved): boolean {
  if (findUnknown(selector) !== undefined) return false;
  const fields = itemsOf(inside(selector, 'FieldSelectors'));
  const field = (name: string) => fields.find((item) => inside(item, 'Field') === name);
  return (
    textsOf(inside(field('resources.type'), 'Equals')).includes(objectType) &&
    field('readOnly') === undefined
  );
}

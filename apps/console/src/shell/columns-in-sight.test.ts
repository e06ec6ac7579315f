import { expect, it } from 'vitest';
import { columnsInSight } from './columns-in-sight.ts';

it('the columns that are named come first, and the others stay in their order', () => {
  const columns = ['name', 'whose', 'state', 'created', 'acts'].map((id) => ({
    ...{ id, header: id, cell: () => id },
  }));
  const inSight = columnsInSight(columns, ['name', 'state', 'acts']);
  expect(inSight.map(({ id }) => id)).toEqual(['name', 'state', 'acts', 'whose', 'created']);
});

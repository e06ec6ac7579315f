import type { TableProps } from '@cloudscape-design/components/table';

/**
 * For a narrow window: what a person came for comes first, in the order of `first`, and the rest is a scroll
 * away. A column that sticks at the end would lie over what it belongs to.
 */
export function columnsInSight<Item>(
  columns: readonly TableProps.ColumnDefinition<Item>[],
  first: readonly string[],
): TableProps.ColumnDefinition<Item>[] {
  const place = ({ id = '' }: TableProps.ColumnDefinition<Item>) => {
    const index = first.indexOf(id);
    return index < 0 ? first.length : index;
  };
  return [...columns].sort((one, other) => place(one) - place(other));
}

import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** The files of a page did not come: no connection, or a new version has taken their place. */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded';
}

/** A page whose files are fetched when it is first shown. */
export function lazyPage<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (cause) {
      throw new PageNotLoaded('Cannot load the page: its files did not come', { cause });
    }
  });
}

/**
 * Remembers what was worked out from one thing: models never change, and questions ask the same of each of
 * hundreds of people.
 */
export function onceFor<Source extends object, Result>(
  work: (source: Source) => Result,
): (source: Source) => Result {
  const known = new WeakMap<Source, { readonly result: Result }>();
  return (source) => {
    const found = known.get(source) ?? { result: work(source) };
    known.set(source, found);
    return found.result;
  };
}

import type { EgressNow } from '@strongroom/contracts';

/** Looks a text up and fills `%1`, `%2` … in. */
interface Texts {
  __(text: string, ...values: string[]): string;
}

/** What the status bar says, and what it says of it in the tooltip. */
export function describeEgress(
  now: EgressNow,
  trans: Texts,
): { readonly label: string; readonly title: string } {
  const ask = trans.__('Click to ask for internet access in the console');
  switch (now.mode) {
    case 'off':
      return { label: trans.__('Internet: off'), title: ask };
    case 'open':
      return { label: trans.__('Internet: open'), title: `${untilText(now, trans)}\n${ask}` };
    case 'allow-list': {
      const names = now.destinations.flatMap((destination) => destination.names);
      const title = [...names, untilText(now, trans), ask].join('\n');
      return { label: trans.__('Internet: %1 names', String(names.length)), title };
    }
  }
}

function untilText({ until }: EgressNow, trans: Texts): string {
  return until === null ? '' : trans.__('Until %1', new Date(until).toLocaleString());
}

/**
 * Reads the answer of `GET /strongroom/api/egress`; null where it is not one. By hand, because the
 * contract's schema library would lengthen Lab's first page; the test holds both together.
 */
export function parseEgress(value: unknown): EgressNow | null {
  if (typeof value !== 'object' || value === null) return null;
  const { mode, destinations, until } = value as Partial<Record<keyof EgressNow, unknown>>;
  if (mode !== 'off' && mode !== 'allow-list' && mode !== 'open') return null;
  if (!Array.isArray(destinations)) return null;
  if (until !== null && (typeof until !== 'string' || Number.isNaN(Date.parse(until)))) return null;
  const isNamed = destinations.every(
    (each) =>
      Array.isArray(each?.names) && each.names.every((name: unknown) => typeof name === 'string'),
  );
  return isNamed ? { mode, destinations, until } : null;
}

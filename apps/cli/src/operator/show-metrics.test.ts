import { afterEach, expect, it } from 'vitest';
import { openOperatorDouble } from '../testing/operator-double.ts';

let double: Awaited<ReturnType<typeof openOperatorDouble>>;
afterEach(() => double.close());

it('prints what Prometheus reads, as it is', async () => {
  const text = '# TYPE strongroom_apps gauge\nstrongroom_apps{stage="running"} 2\n';
  double = await openOperatorDouble({ 'GET /metrics': { text } });
  const { lines } = await double.run('metrics');
  expect(lines).toEqual(['# TYPE strongroom_apps gauge', 'strongroom_apps{stage="running"} 2']);
});

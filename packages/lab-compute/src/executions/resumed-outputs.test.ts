import type { IOutput } from '@jupyterlab/nbformat';
import { describe, expect, it } from 'vitest';
import { parseReplays } from './execution-replay.ts';
import { type OutputsModel, ResumedOutputs } from './resumed-outputs.ts';

/** What Lab's own model does, as far as it matters here. */
class Outputs implements OutputsModel {
  list: IOutput[] = [];
  #clearsNext = false;

  get length(): number {
    return this.list.length;
  }

  add(output: IOutput): number {
    if (this.#clearsNext) this.clear();
    return this.list.push(output);
  }

  set(index: number, output: IOutput): void {
    this.list[index] = output;
  }

  clear(wait = false): void {
    this.#clearsNext = wait;
    if (!wait) this.list = [];
  }

  fromJSON(outputs: IOutput[]): void {
    this.list = [...outputs];
  }
}

const bar = (text: string) => ({
  ...{ data: { 'text/plain': text }, metadata: {} },
  transient: { display_id: 'bar' },
});

function resume(...outputs: object[]) {
  const [replay] = parseReplays({
    executions: [{ cell_id: 'a', message_id: 'm', execution_count: 3, is_running: true, outputs }],
  });
  if (replay === undefined) throw new Error('The replay is valid');
  const model = new Outputs();
  return { model, resumed: new ResumedOutputs(model, replay) };
}

const shownBar = { output: { output_type: 'display_data', ...bar('0 %') }, displayId: 'bar' };

describe('outputs that are gone on with', () => {
  it('begin with what the agent has, and take what comes', () => {
    const { model, resumed } = resume({
      output: { output_type: 'stream', name: 'stdout', text: 'a' },
      displayId: null,
    });
    resumed.take('stream', { name: 'stdout', text: 'b' });
    resumed.take('status', { execution_state: 'busy' });
    expect(model.list.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('update displays that were there before, and those that came since', () => {
    const { model, resumed } = resume(shownBar);
    resumed.take('display_data', bar('0 %'));
    resumed.take('update_display_data', bar('9 %'));
    expect(model.list.map(({ data }) => data)).toEqual([
      { 'text/plain': '9 %' },
      { 'text/plain': '9 %' },
    ]);
  });

  it('update nothing that was cleared, at once or with the next output', () => {
    for (const wait of [false, true]) {
      const { model, resumed } = resume(shownBar);
      resumed.take('clear_output', { wait });
      resumed.take('stream', { name: 'stdout', text: 'after' });
      resumed.take('update_display_data', bar('9 %'));
      expect(model.list.map(({ output_type }) => output_type)).toEqual(['stream']);
    }
  });
});

describe("the agent's message", () => {
  it.each([
    ['nothing', undefined],
    ['no list', { executions: {} }],
    ['no object', { executions: ['a', null] }],
    ['no cell', { executions: [{ message_id: 'm', outputs: [] }] }],
    ['no outputs', { executions: [{ cell_id: 'a', message_id: 'm', outputs: 'x' }] }],
  ])('with %s shows nothing', (_what, content) => {
    expect(parseReplays(content)).toEqual([]);
  });

  it('with an output that is none shows the others', () => {
    const outputs = [{ output: 5 }, { output: {} }, shownBar];
    const [replay] = parseReplays({
      executions: [{ cell_id: 'a', message_id: 'm', outputs }],
    });
    expect(replay).toMatchObject({ isRunning: false, executionCount: null });
    expect(replay?.outputs).toHaveLength(1);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { ComputeError } from '../api/compute-error.ts';
import { offered } from '../testing/answers.ts';
import type { Choice } from './choice.ts';
import { ChoiceDialogModel, type ChoiceDialogOptions } from './choice-dialog-model.ts';
import { Offers } from './offers.ts';

const now = { kernelName: 'python3', instanceType: 'ml.t3.medium' };
const [dataScience, r, node] = offered.images;
const [, large, gpu] = offered.instanceTypes;
let accepted: Choice[];

beforeEach(() => {
  accepted = [];
});

async function open(part: Partial<ChoiceDialogOptions> = {}): Promise<ChoiceDialogModel> {
  const model = new ChoiceDialogModel({
    ...{ now, preferred: {}, isNewNotebook: false, hasKernel: true },
    offers: new Offers({ offers: async () => offered }),
    accept: async (choice) => {
      accepted.push(choice);
    },
    ...part,
  });
  await model.open();
  return model;
}

describe('the dialog', () => {
  it('begins with what runs now, and has nothing to change then', async () => {
    const model = await open();
    expect(model.choice).toEqual(now);
    expect(model.canAccept).toBe(false);
  });

  it('chooses ahead what it is asked to', async () => {
    const model = await open({ preferred: { instanceType: 'ml.m5.large' } });
    expect(model.choice?.instanceType).toBe('ml.m5.large');
    expect(await model.accept()).toBe(true);
    expect(accepted).toEqual([{ ...now, instanceType: 'ml.m5.large' }]);
  });

  it('keeps the language in another image', async () => {
    const model = await open();
    if (r !== undefined) model.chooseImage(r);
    expect(model.choice?.kernelName).toBe('r-base__python3');
    model.chooseKernel('r-base__ir');
    if (dataScience !== undefined) model.chooseImage(dataScience);
    expect(model.choice?.kernelName).toBe('python3');
  });

  it('chooses nothing that cannot be used', async () => {
    const model = await open();
    if (node !== undefined) model.chooseImage(node);
    if (gpu !== undefined) model.chooseType(gpu);
    expect(model.choice).toEqual(now);
  });

  it('makes a new notebook of what is chosen already', async () => {
    const model = await open({ now: {}, isNewNotebook: true, hasKernel: false });
    expect(model.canAccept).toBe(true);
  });

  it('stays and says why where it fails, and can be tried again', async () => {
    const error = new ComputeError('DiskFull');
    const model = await open({ accept: () => Promise.reject(error) });
    if (large !== undefined) model.chooseType(large);
    expect(await model.accept()).toBe(false);
    expect(model.error).toBe(error);
    expect(model.canAccept).toBe(true);
  });

  it('says that it does not know what there is', async () => {
    const error = new ComputeError('Unreachable');
    const model = await open({ offers: new Offers({ offers: () => Promise.reject(error) }) });
    expect(model.error).toBe(error);
    expect(model.canAccept).toBe(false);
  });
});

import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sentence } from '@strongroom/contracts';
import type { Gpu } from './gpu.ts';
import { NvidiaSmiError, numberOf, queryGpus } from './nvidia-smi.ts';

export interface FindGpusOptions {
  /** Where `nvidia-smi` is looked for, as `PATH`. */
  readonly searchPath: string;
  /** `/dev` */
  readonly devicesFolder: string;
  /** `/proc/driver/nvidia` */
  readonly driverFolder: string;
}

export interface FoundGpus {
  readonly gpus: readonly Gpu[];
  /** Why there are none, or fewer than the machine has; null where all is well. */
  readonly reason: Sentence | null;
}

const mebibyte = 1024 * 1024;
const fields = ['index', 'uuid', 'name', 'memory.total', 'pci.bus_id', 'mig.mode.current'] as const;

/**
 * The GPUs that can be given to one app each. One whose device file is not known for certain is left out:
 * with another's file, two apps would share a GPU that each was told is its own.
 */
export async function findGpus(options: FindGpusOptions): Promise<FoundGpus> {
  try {
    const rows = await queryGpus(fields, options.searchPath);
    if (rows.length === 0) return { gpus: [], reason: noGpu };
    const found = await Promise.all(rows.map((row) => toGpu(row, options)));
    const gpus = found.filter((gpu) => gpu !== undefined);
    return { gpus, reason: gpus.length === rows.length ? null : notAllUsable };
  } catch (error) {
    if (!(error instanceof NvidiaSmiError)) throw error;
    return { gpus: [], reason: error.code === 'NotFound' ? noGpu : driverFailed };
  }
}

async function toGpu(
  row: Record<(typeof fields)[number], string>,
  options: FindGpusOptions,
): Promise<Gpu | undefined> {
  const index = numberOf(row.index);
  const minor = await minorOf(row['pci.bus_id'], options.driverFolder);
  // One that is divided (MIG) is no longer one device.
  if (index === undefined || minor === undefined || row['mig.mode.current'] === 'Enabled') return;
  const deviceName = `nvidia${minor}`;
  const deviceFile = await realpath(join(options.devicesFolder, deviceName)).catch(() => undefined);
  if (deviceFile === undefined) return undefined;
  const memory = numberOf(row['memory.total']);
  return {
    ...{ index, uuid: row.uuid, name: row.name, deviceFile, deviceName },
    memoryTotalBytes: memory === undefined ? undefined : memory * mebibyte,
  };
}

/** The driver tells it for each PCI address; `nvidia-smi` writes that with a longer domain. */
async function minorOf(busId: string, driverFolder: string): Promise<number | undefined> {
  const address = busId.toLowerCase().replace(/^0000(?=[0-9a-f]{4}:)/, '');
  if (!/^[0-9a-f:.]+$/.test(address)) return undefined;
  const file = join(driverFolder, 'gpus', address, 'information');
  const text = await readFile(file, 'utf8').catch(() => '');
  const [, minor = ''] = /^Device Minor:\s*(\d{1,3})\s*$/m.exec(text) ?? [];
  return numberOf(minor);
}

const noGpu: Sentence = {
  english: 'This machine has no NVIDIA GPU with its driver (nvidia-smi was not found).',
  korean: '이 컴퓨터에는 드라이버가 설치된 NVIDIA GPU가 없습니다(nvidia-smi를 찾을 수 없음).',
};
const driverFailed: Sentence = {
  english: 'The NVIDIA driver of this machine does not answer (run nvidia-smi to see why).',
  korean: '이 컴퓨터의 NVIDIA 드라이버가 응답하지 않습니다(nvidia-smi를 실행해 원인을 확인하세요).',
};
const notAllUsable: Sentence = {
  english:
    'Some GPUs of this machine cannot be given to one app alone (divided, or without a device).',
  korean:
    '이 컴퓨터의 일부 GPU는 앱 하나에 단독으로 배정할 수 없습니다(분할되었거나 장치 파일이 없음).',
};

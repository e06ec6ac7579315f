import type {
  AppUsage,
  Image,
  ImageKernel,
  InstanceType,
  Prices,
  Sentence,
  StudioApps,
  StudioCompute,
} from '@strongroom/contracts';
import { hasFields, isCount, isListOf, isText, isTextOrNull, property } from './read-json.ts';

/**
 * Reads the answers of the gateway; null where it is not one. By hand, because the contract's schema
 * library would lengthen Lab's first page; the test holds both together.
 */
export function parseCompute(value: unknown): StudioCompute | null {
  const isRead = hasFields(value, {
    images: (images) => isListOf(images, isImage),
    instanceTypes: (types) => isListOf(types, isInstanceType),
    prices: isPrices,
  });
  return isRead ? (value as StudioCompute) : null;
}

export function parseApps(value: unknown): StudioApps | null {
  return isListOf(property(value, 'apps'), isAppUsage) ? (value as StudioApps) : null;
}

export function isPrices(value: unknown): value is Prices {
  return hasFields(value, {
    currency: (currency) => isText(currency) && /^[A-Z]{3}$/.test(currency),
    region: isText,
    wonPerUnit: (won) => won === null || (isAmount(won) && won > 0),
  });
}

export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isAmountOrNull(value: unknown): boolean {
  return value === null || isAmount(value);
}

export function isOneOf(...words: readonly string[]): (value: unknown) => boolean {
  return (value) => isText(value) && words.includes(value);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isImage(value: unknown): value is Image {
  return hasFields(value, {
    imageName: isText,
    displayName: isText,
    description: isTextOrNull,
    version: isTextOrNull,
    digest: isTextOrNull,
    iconUrl: isTextOrNull,
    isDefault: isBoolean,
    state: isOneOf('ready', 'preparing', 'failed'),
    reason: isSentenceOrNull,
    kernels: (kernels) => isListOf(kernels, isKernel),
  });
}

function isKernel(value: unknown): value is ImageKernel {
  return hasFields(value, { name: isText, displayName: isText, language: isText });
}

function isInstanceType(value: unknown): value is InstanceType {
  return hasFields(value, {
    instanceType: isText,
    vcpuCount: isAmount,
    memoryMebibytes: isCount,
    gpuCount: isCount,
    pricePerHour: isAmountOrNull,
    isDefault: isBoolean,
    availability: isOneOf('available', 'busy', 'unavailable'),
    reason: isSentenceOrNull,
  });
}

function isAppUsage(value: unknown): value is AppUsage {
  return hasFields(value, {
    appId: isText,
    appType: isText,
    kernelId: isTextOrNull,
    imageName: isText,
    hasNewerImage: isBoolean,
    instanceType: isText,
    pricePerHour: isAmountOrNull,
    stage: isOneOf('queued', 'starting-sandbox', 'running', 'ending'),
    queuePosition: (position) => position === null || isCount(position),
    startedAt: isText,
    memoryBytes: isAmountOrNull,
    memoryLimitBytes: isAmount,
    cpuCount: isAmountOrNull,
    cpuLimit: isAmount,
    gpus: (gpus) => isListOf(gpus, isGpu),
    idleEndsAt: isTextOrNull,
    lifetimeEndsAt: isTextOrNull,
  });
}

function isGpu(value: unknown): value is AppUsage['gpus'][number] {
  return hasFields(value, {
    index: isCount,
    name: isText,
    utilizationPercent: isAmountOrNull,
    memoryBytes: isAmountOrNull,
    memoryTotalBytes: isAmountOrNull,
  });
}

function isSentenceOrNull(value: unknown): value is Sentence | null {
  return value === null || hasFields(value, { english: isText, korean: isText });
}

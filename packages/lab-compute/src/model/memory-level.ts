export type MemoryLevel = 'normal' | 'high' | 'critical';

const highPart = 0.8;
const criticalPart = 0.9;

/** How near the end of a kernel's memory is; at its end the kernel is ended. */
export function memoryLevel(usedBytes: number | null, limitBytes: number): MemoryLevel {
  if (usedBytes === null || limitBytes <= 0) return 'normal';
  const part = usedBytes / limitBytes;
  if (part >= criticalPart) return 'critical';
  return part >= highPart ? 'high' : 'normal';
}

import type { MountedVolume } from '@strongroom/sandbox';
import { type Deferred, deferred } from '../studios/deferred.ts';

/** One time that a home is mounted, shared by all who use it. */
export class HomeReach {
  readonly volume: MountedVolume;
  readonly wrapped: Buffer | undefined;
  readonly #lost: Deferred<string> = deferred<string>();
  #userCount = 0;

  /** `wrapped`: the secret that it was opened with, where it has one. */
  constructor(volume: MountedVolume, wrapped: Buffer | undefined) {
    this.volume = volume;
    this.wrapped = wrapped;
  }

  get lost(): Promise<string> {
    return this.#lost.promise;
  }

  get userCount(): number {
    return this.#userCount;
  }

  enter(): void {
    this.#userCount += 1;
  }

  leave(): void {
    this.#userCount -= 1;
  }

  lose(reason: string): void {
    this.#lost.resolve(reason);
  }
}

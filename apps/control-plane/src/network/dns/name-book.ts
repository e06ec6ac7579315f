import { nameRange } from '../addresses.ts';

/** Enough for a busy day's names; the one unused longest is forgotten first. */
const maximumNameCount = 4096;

/**
 * One studio's names and the addresses that stand for them in its network. An address is given to
 * one name only, so that the address of a connection tells which name was asked for.
 */
export class NameBook {
  readonly #addressOfName = new Map<string, string>();
  readonly #nameOfAddress = new Map<string, string>();
  #given = 0;

  /** The same address for the same name while it is remembered. */
  addressOf(name: string): string {
    const known = this.#addressOfName.get(name);
    if (known !== undefined) {
      this.#remember(name, known);
      return known;
    }
    const address = addressAt(this.#given);
    // After the last the first again: by then its name is long forgotten.
    this.#given = (this.#given + 1) % rangeSize;
    this.#remember(name, address);
    this.#forgetOldest();
    return address;
  }

  nameOf(address: string): string | undefined {
    return this.#nameOfAddress.get(address);
  }

  #remember(name: string, address: string): void {
    this.#addressOfName.delete(name);
    this.#addressOfName.set(name, address);
    this.#nameOfAddress.set(address, name);
  }

  #forgetOldest(): void {
    if (this.#addressOfName.size <= maximumNameCount) return;
    for (const [name, address] of this.#addressOfName) {
      this.#addressOfName.delete(name);
      this.#nameOfAddress.delete(address);
      return;
    }
  }
}

const rangeSize = 2 ** (32 - nameRange.prefixLength) - 2;
const firstAddress = toNumber(nameRange.network) + 1;

function addressAt(index: number): string {
  const number = firstAddress + index;
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.');
}

function toNumber(address: string): number {
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

/** SHA-256 in plain script: the browser's own answers later than 80 hashes take, and not over http. */

const ROUNDS = 64;
const SIZE = 64;

/** The fractional part of the `root`-th root of the first primes, as the standard's constants are made. */
function constants(count: number, root: number): Int32Array {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++) {
    let prime = true;
    for (let factor = 2; factor * factor <= number && prime; factor++) {
      prime = number % factor !== 0;
    }
    if (prime) found.push(((number ** (1 / root) % 1) * 2 ** 32) | 0);
  }
  return Int32Array.from(found);
}

const K = constants(ROUNDS, 3);
const START = constants(8, 2);
const words = new Int32Array(ROUNDS);

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function mix(state: Int32Array, block: DataView, from: number): void {
  for (let at = 0; at < 16; at++) words[at] = block.getInt32(from + at * 4);
  for (let at = 16; at < ROUNDS; at++) {
    const [w2, w15] = [words[at - 2] as number, words[at - 15] as number];
    const low = turned(w15, 7) ^ turned(w15, 18) ^ (w15 >>> 3);
    const high = turned(w2, 17) ^ turned(w2, 19) ^ (w2 >>> 10);
    words[at] = ((words[at - 16] as number) + low + (words[at - 7] as number) + high) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let at = 0; at < ROUNDS; at++) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + high + ((e & f) ^ (~e & g)) + (K[at] as number) + (words[at] as number)) | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] = ((state[at] as number) + word) | 0;
  });
}

export function sha256(message: Uint8Array): Uint8Array {
  const blocks = Math.ceil((message.length + 9) / SIZE);
  const padded = new Uint8Array(blocks * SIZE);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(padded.length - 4, (message.length << 3) >>> 0);
  const state = START.slice();
  for (let block = 0; block < blocks; block++) mix(state, view, block * SIZE);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => {
    digest.setInt32(at * 4, word);
  });
  return new Uint8Array(digest.buffer);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

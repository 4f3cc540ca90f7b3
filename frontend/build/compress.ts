/**
 * Writes Brotli and gzip variants beside every text file of the bundle, so that the server never
 * compresses while somebody waits. The shell index.html is filled by the server and has none.
 */
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = new Set([".js", ".css", ".json", ".geojson", ".svg", ".txt", ".map"]);
/** Bytes below which a header would cost more than is saved. */
const LEAST = 1024;

/** The texts below a folder that are worth compressing, each with its two variants written. */
export async function compressFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && TEXT.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  const done = await Promise.all(files.map(compressFile));
  return files.filter((_, index) => done[index]);
}

async function compressFile(file: string): Promise<boolean> {
  // Page and console are built one after the other into one folder; names say what is in a file.
  if (existsSync(`${file}.br`)) return true;
  const text = await readFile(file);
  if (text.length <= LEAST) return false;
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: text.length };
  await Promise.all([
    promisify(brotliCompress)(text, { params }).then((small) => writeFile(`${file}.br`, small)),
    promisify(gzip)(text, { level: 9 }).then((small) => writeFile(`${file}.gz`, small)),
  ]);
  return true;
}

export function compress(): Plugin {
  return {
    name: "qiuzhu:compress",
    apply: "build",
    // After everything is on disk, what is copied from public/ included.
    writeBundle: {
      order: "post",
      sequential: true,
      async handler({ dir }) {
        if (dir !== undefined) await compressFolder(dir);
      },
    },
  };
}

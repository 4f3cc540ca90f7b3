/** Variants that a browser unpacks to the very file, and no others. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compressFolder } from "./compress.ts";

test("texts over a kilobyte get both variants, pictures and shells none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "compress-"));
  try {
    const text = Buffer.from("讨薪 wages ".repeat(500));
    await mkdir(join(folder, "assets"));
    const names = ["assets/a.js", "assets/a.css", "icon.svg", "index.html", "assets/a.png"];
    for (const name of names) await writeFile(join(folder, name), text);
    await writeFile(join(folder, "assets/small.js"), "1");
    await compressFolder(folder);
    for (const name of ["assets/a.js", "assets/a.css", "icon.svg"]) {
      expect(brotliDecompressSync(await readFile(join(folder, `${name}.br`)))).toEqual(text);
      expect(gunzipSync(await readFile(join(folder, `${name}.gz`)))).toEqual(text);
    }
    const all = await readdir(folder, { recursive: true });
    expect(all.filter((name) => /\.(br|gz)$/.test(name))).toHaveLength(6);
  } finally {
    await rm(folder, { recursive: true });
  }
});

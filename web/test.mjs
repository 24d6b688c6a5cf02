// Bundles the tests beside a scratch folder and runs them with Node's own test runner.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const scratch = await mkdtemp(join(tmpdir(), "syncline-web-"));
const entryPoints = (await readdir("test")).map((name) => join("test", name));
await build({ entryPoints, outdir: scratch, bundle: true, platform: "node", format: "esm", outExtension: { ".js": ".mjs" } });
const names = (await readdir(scratch)).map((name) => join(scratch, name));
const { status } = spawnSync(process.execPath, ["--test", ...names], { stdio: "inherit" });
await rm(scratch, { recursive: true });
process.exitCode = status ?? 1;

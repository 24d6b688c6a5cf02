// Bundles the report's front end into the Python package: report.js and report.css, nothing else.
import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const assets = join(here, "..", "src", "syncline", "report", "assets");

const common = {
  absWorkingDir: here,
  entryPoints: [{ in: "src/main.ts", out: "report" }],
  outdir: assets,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "ascii",
  legalComments: "none",
  metafile: true,
};

const dry = await build({ ...common, write: false });
const notice = await licences(Object.keys(dry.metafile.inputs));
await build({ ...common, banner: { js: notice } });

/** The bundled packages' copyright lines and their one licence, which must travel with their code. */
async function licences(inputs) {
  const folders = new Set(inputs.map((path) => path.match(/node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
  const lines = [];
  let terms = "";
  for (const folder of [...folders].sort()) {
    const about = JSON.parse(await readFile(join(here, folder, "package.json"), "utf8"));
    if (about.license !== "MIT") throw new Error(`${about.name} is not under the MIT licence: ${about.license}`);
    const file = (await readdir(join(here, folder))).find((name) => /^licen[cs]e/i.test(name));
    const text = file ? await readFile(join(here, folder, file), "utf8") : "";
    const holder = text.match(/^Copyright.*$/m)?.[0] ?? `Copyright ${about.author?.name ?? about.author ?? "its authors"}`;
    lines.push(`${about.name} ${about.version}: ${holder.trim()}`);
    const start = text.indexOf("Permission is hereby granted");
    if (!terms && start >= 0) terms = text.slice(start).trim();
  }
  return `/*! Contains, under the MIT licence:\n${lines.join("\n")}\n\n${terms.replaceAll("*/", "")}\n*/`;
}

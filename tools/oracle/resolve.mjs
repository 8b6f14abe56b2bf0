// Lets a script that stands here use packages that are installed elsewhere, and modules import JSON without saying that
// it is JSON: the packages were built for bundlers, which do not ask.
import { readFile } from "node:fs/promises";

let packages;

export function initialize(folder) {
  packages = folder;
}

export function resolve(specifier, context, next) {
  const isPackage = !/^(\.|\/|[a-z]+:)/.test(specifier);
  const isOurs = context.parentURL && !context.parentURL.includes("/node_modules/");
  return next(specifier, isPackage && isOurs ? { ...context, parentURL: packages } : context);
}

export async function load(url, context, next) {
  if (!url.endsWith(".json")) return next(url, context);
  const source = `export default ${await readFile(new URL(url), "utf8")}`;
  return { format: "module", shortCircuit: true, source };
}

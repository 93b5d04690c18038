/** The licences of the packages that the product runs with, and which of them it may use. */
import { z } from "zod";

/** SPDX identifiers of licences that allow this project's own licence and ask for no more than a notice. */
const permittedLicences = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  // For fonts: they may be bundled, and not sold by themselves.
  "OFL-1.1",
  "Unlicense",
]);

export type Package = { name: string; version: string; licence: string };

/** A licence outside the list that one package, or packages of one prefix, may have. */
type LicenceException = { names: RegExp; licence: string; reason: string };

export const licenceExceptions: LicenceException[] = [
  {
    names: /^lightningcss(-|$)/,
    licence: "MPL-2.0",
    reason:
      "Vite compiles CSS with it, unchanged. Its licence covers its own files, and none is in the page.",
  },
];

/** The licence as package.json states it: an SPDX expression, or in old packages an object or a list of them. */
const stated = z.union([
  z.string(),
  z.object({ type: z.string() }).transform(({ type }) => type),
  z.array(z.object({ type: z.string() })).transform((all) => all.map(({ type }) => type).join(" OR ")),
]);

const manifest = z.object({ license: stated.optional(), licenses: stated.optional() });

const lockedPackage = z.object({
  name: z.string().optional(),
  version: z.string().default(""),
  license: stated.optional(),
  dev: z.boolean().default(false),
});
const lockFile = z.object({ packages: z.record(z.string(), lockedPackage) });

/** The name of a package by its path, e.g. "node_modules/a/node_modules/@b/c" is "@b/c". */
function nameAt(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/**
 * The packages of package-lock.json that are not only for development. `manifestAt` returns the package.json of an
 * installed package, and undefined for one that other platforms install: the lock file states its licence too.
 */
export function productionPackages(lock: unknown, manifestAt: (path: string) => unknown): Package[] {
  return Object.entries(lockFile.parse(lock).packages)
    .filter(([path, { dev }]) => path !== "" && !dev)
    .map(([path, { name = nameAt(path), version, license: locked }]) => {
      const { license, licenses } = manifest.parse(manifestAt(path) ?? {});
      return { name, version, licence: license ?? licenses ?? locked ?? "none" };
    });
}

/**
 * Whether one of the alternatives of an SPDX expression is permitted as a whole. One with inner parentheses is not: a person
 * has to read it.
 */
export function isPermittedLicence(expression: string): boolean {
  const alternatives = expression.replace(/^\((.*)\)$/, "$1");
  if (/[()]/.test(alternatives)) return false;
  return alternatives
    .split(" OR ")
    .some((alternative) => alternative.split(" AND ").every((licence) => permittedLicences.has(licence)));
}

function isException({ name, licence }: Package): boolean {
  return licenceExceptions.some((exception) => exception.names.test(name) && exception.licence === licence);
}

/** The packages whose licence is neither permitted nor an exception. */
export function packagesToRefuse(packages: readonly Package[]): Package[] {
  return packages.filter((each) => !isPermittedLicence(each.licence) && !isException(each));
}

/** A line for each licence, the most frequent first: its name, how many packages have it, and which. */
export function licenceLines(packages: readonly Package[]): string[] {
  const names = new Map<string, Set<string>>();
  for (const { name, licence } of packages) names.set(licence, (names.get(licence) ?? new Set()).add(name));
  return [...names]
    .sort(([, a], [, b]) => b.size - a.size)
    .map(([licence, all]) => `${licence} (${all.size}): ${[...all].sort().join(", ")}`);
}

/** The app's folder as one script, bundled the way the Convex CLI does. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { build, type Plugin } from "esbuild";
import { HostError } from "./errors";

const SOURCE_FILE = /\.(ts|tsx|js|jsx|mts|mjs)$/;
/** Not functions: generated code, declarations, tests and anything with two dots in its name. */
const NOT_A_MODULE = /(^|\/)_generated\/|\.d\.ts$|\.[^/]*\.[^/]*$/;
/** Read by the host itself. */
const CONFIGURATION = new Set(["convex.config", "auth.config"]);

function modulePaths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE_FILE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => {
      const name = path.replace(SOURCE_FILE, "");
      return CONFIGURATION.has(name) || !NOT_A_MODULE.test(path);
    })
    .sort();
}

function refuseNodeModules(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    if (/^\s*["']use node["']/.test(readFileSync(join(folder, path), "utf8"))) {
      throw new HostError("unsupported", `${path} says "use node": this host runs the default runtime only.`);
    }
  }
}

/** Components are what convex.config imports from other convex.configs: keeps their names in `found`. */
function componentFinder(found: string[]): Plugin {
  const isConfiguration = /(^|\/)convex\.config(\.[cm]?[jt]s)?$/;
  return {
    name: "components",
    setup: (builder) =>
      builder.onResolve({ filter: isConfiguration }, ({ path, importer }) => {
        if (isConfiguration.test(importer)) found.push(path);
        return undefined;
      }),
  };
}

/** One script with every module of the folder, by module name. */
export async function bundle(folder: string): Promise<string> {
  let paths: string[];
  try {
    paths = modulePaths(folder);
  } catch {
    throw new HostError("functionsUnusable", `There is no folder of functions at ${folder}.`);
  }
  refuseNodeModules(folder, paths);
  const imports = paths.map((path, index) => `import * as m${index} from ${JSON.stringify(`./${path}`)};`);
  const entries = paths.map((path, index) => `${JSON.stringify(path.replace(SOURCE_FILE, ""))}: m${index}`);
  const components: string[] = [];
  let script: string;
  try {
    const result = await build({
      stdin: {
        contents: `${imports.join("\n")}\nexport default { ${entries.join(", ")} };`,
        resolveDir: resolve(folder),
        loader: "ts",
      },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "appModules",
      platform: "browser",
      target: "esnext",
      conditions: ["convex", "module"],
      sourcemap: "inline",
      logLevel: "silent",
      plugins: [componentFinder(components)],
    });
    script = result.outputFiles[0]?.text ?? "";
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError("functionsUnusable", `The functions in ${folder} could not be bundled: ${reason}`);
  }
  if (components.length > 0) {
    const names = components.join(", ");
    throw new HostError("unsupported", `convex.config.ts uses ${names}: this host does not run components.`);
  }
  return script;
}

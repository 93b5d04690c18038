/** Bundles an app's folder into one script, as the Convex CLI does. */
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { build, type Plugin } from "esbuild";
import { HostError } from "../lib/errors";

const SOURCE_FILE = /\.(ts|tsx|js|jsx|mts|mjs)$/;
/** Files that the Convex CLI leaves out: generated code, names with two dots such as tests, with a space, or hidden. */
const NOT_A_MODULE = /(^|\/)_generated\/|\.d\.ts$|\.[^/]*\.[^/]*$| |(^|\/)[.#][^/]*$/;
/** Modules with two dots in their name that the host reads. */
const CONFIGURATION = new Set(["convex.config", "auth.config"]);

/** The highest length of the name of a module or of a folder of modules, in characters. */
const NAME_LENGTH_MAX = 64;
const MODULE_NAME = /^(?=.*[A-Za-z0-9])[A-Za-z0-9_.]+$/;

function modulePaths(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE_FILE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
  // A folder with a definition of its own is a component, whose functions are not the app's.
  const components = files
    .filter((path) => path !== "convex.config.ts" && path.endsWith("/convex.config.ts"))
    .map((path) => path.replace(/convex\.config\.ts$/, ""));
  return files
    .filter((path) => {
      const name = path.replace(SOURCE_FILE, "");
      const isOwn = !components.some((component) => path.startsWith(component));
      return CONFIGURATION.has(name) || (isOwn && !NOT_A_MODULE.test(path));
    })
    .sort();
}

/** Throws HostError `functionsUnusable` for a path that Convex refuses (convex-backend, sync_types/src/path.rs). */
function assertModuleNames(paths: readonly string[]): void {
  for (const path of paths) {
    const names = path.replace(SOURCE_FILE, ".js").split("/");
    const wrong = names.find((name) => name.length > NAME_LENGTH_MAX || !MODULE_NAME.test(name));
    if (wrong === undefined) continue;
    throw new HostError(
      "functionsUnusable",
      `${path} is not a valid path to a Convex module; rename it. "${wrong}" may have up to ${NAME_LENGTH_MAX} characters, and contain only alphanumeric characters, underscores and periods.`,
    );
  }
}

/** Throws HostError `unsupported` when a module asks for the Node runtime. */
function assertDefaultRuntime(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    if (/^\s*["']use node["']/.test(readFileSync(join(folder, path), "utf8"))) {
      throw new HostError(
        "unsupported",
        `${path} says "use node", but this host runs the default runtime only.`,
      );
    }
  }
}

const IS_CONFIGURATION = /(^|\/)convex\.config(\.[cm]?[jt]s)?$/;

/** The namespace of component definitions that a convex.config imports; a placeholder stands for each. */
const COMPONENT = "component";

/**
 * Replaces an imported component by a placeholder with its folder, by which the Convex CLI identifies it too. The name
 * that the component gives itself is known only after it is loaded.
 */
const componentFolders: Plugin = {
  name: "component folders",
  setup: (builder) => {
    builder.onResolve(
      { filter: IS_CONFIGURATION },
      async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === COMPONENT || !IS_CONFIGURATION.test(importer)) return undefined;
        const resolved = await builder.resolve(path, { importer, resolveDir, kind, pluginData: COMPONENT });
        if (resolved.errors.length > 0) return { errors: resolved.errors };
        return { path: dirname(realpathSync(resolved.path)), namespace: COMPONENT };
      },
    );
    builder.onLoad({ filter: /.*/, namespace: COMPONENT }, ({ path }) => ({
      contents: `export default { componentDefinitionPath: ${JSON.stringify(path)}, defaultName: ${JSON.stringify(UNNAMED)} };`,
    }));
  },
};

/** The placeholder's name of a component that the app gives no name of its own. */
export const UNNAMED = "(its own name)";

/**
 * A script that sets `appModules.default` to all modules of the folder, by name. Throws HostError `functionsUnusable` or
 * `unsupported`.
 */
export async function bundle(folder: string): Promise<string> {
  let paths: string[];
  try {
    paths = modulePaths(folder);
  } catch {
    throw new HostError("functionsUnusable", `There is no folder of functions at ${folder}.`);
  }
  assertModuleNames(paths);
  assertDefaultRuntime(folder, paths);
  const imports = paths.map((path, index) => `import * as m${index} from ${JSON.stringify(`./${path}`)};`);
  const entries = paths.map((path, index) => `${JSON.stringify(path.replace(SOURCE_FILE, ""))}: m${index}`);
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
      plugins: [componentFolders],
    });
    return result.outputFiles[0]?.text ?? "";
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError("functionsUnusable", `The functions in ${folder} could not be bundled: ${reason}`);
  }
}

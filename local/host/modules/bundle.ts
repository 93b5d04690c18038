/** The app's folder as one script, bundled the way the Convex CLI does. */
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { build, type Plugin } from "esbuild";
import { HostError } from "../lib/errors";

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

const IS_CONFIGURATION = /(^|\/)convex\.config(\.[cm]?[jt]s)?$/;

/** Where a convex.config imports another: what stands there for the component until it is loaded itself. */
const COMPONENT = "component";

/** As for the Convex CLI a component is its folder. Its name, unless the app gives one, is known when it is loaded. */
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

/** The name of a component that was given none. */
export const UNNAMED = "(its own name)";

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

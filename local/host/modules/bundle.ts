/**
 * Bundles an app's folder, with the modules and the errors of the Convex CLI. An app's own files stay apart, because each
 * run evaluates those that it needs; the packages that they import become one script.
 */
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import {
  build,
  transform,
  type BuildOptions,
  type Loader,
  type Metafile,
  type Plugin,
  type TransformOptions,
} from "esbuild";
import { HostError } from "../lib/errors";
import type { Target } from "./realm/inside/modules";
import { statelessFiles } from "./stateless";

const SOURCE_FILE = /\.(ts|tsx|js|jsx|mts|mjs)$/;
/** Files that the Convex CLI leaves out: generated code, names with two dots such as tests, with a space, or hidden. */
const NOT_A_MODULE = /(^|\/)_generated\/|\.d\.ts$|\.[^/]*\.[^/]*$| |(^|\/)[.#][^/]*$/;
/** Modules with two dots in their name that the host reads. */
const CONFIGURATION = new Set(["convex.config", "auth.config"]);

/** The highest length of the name of a module or of a folder of modules, in characters. */
const NAME_LENGTH_MAX = 64;
const MODULE_NAME = /^(?=.*[A-Za-z0-9])[A-Za-z0-9_.]+$/;

/** The paths of a folder's modules within it, as the Convex CLI finds them. */
export function modulePaths(folder: string): string[] {
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

/** Marks a plugin's own request to resolve a path, which no plugin may answer by another one. */
const RESOLVING = "resolving";

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
        if (pluginData === RESOLVING || !IS_CONFIGURATION.test(importer)) return undefined;
        const resolved = await builder.resolve(path, { importer, resolveDir, kind, pluginData: RESOLVING });
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

/** A file of the app: JavaScript that refers to `module`, `exports` and `require`, and what its imports stand for. */
export type BundledFile = { code: string; imports: Record<string, Target>; isStateless: boolean };

/**
 * `modules`: the files of the app's modules by their names. `libraries`: a script that sets `libraries.default`. `inputs`: all files
 * that it was made of.
 */
export type Bundle = {
  inputs: string[];
  files: Map<string, BundledFile>;
  modules: Map<string, string>;
  libraries: string;
};

/** esbuild's name for the contents that it is given. */
const STDIN = "<stdin>";

const shared = {
  bundle: true,
  write: false,
  platform: "browser",
  target: "esnext",
  conditions: ["convex", "module"],
  logLevel: "silent",
} as const satisfies BuildOptions;

/** What esbuild tells of an external import is one text, so it names the import's own text and what it stands for. */
function externalName(text: string, path: string): string {
  return EXTERNAL + JSON.stringify([text, path]);
}

const EXTERNAL = "library:";

/** Which modules of packages the app's own files import; they are not read. `folder`: with its links resolved. */
function externalLibraries(isOwn: (path: string) => boolean): Plugin {
  return {
    name: "external libraries",
    setup: (builder) => {
      builder.onResolve({ filter: /^[^./]/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === RESOLVING || kind === "entry-point") return undefined;
        const found = await builder.resolve(path, { importer, resolveDir, kind, pluginData: RESOLVING });
        if (found.errors.length > 0) return { errors: found.errors };
        if (isOwn(found.path) || found.namespace !== "file") return undefined;
        return { path: externalName(path, found.path), external: true };
      });
    },
  };
}

/** What the imports of a file stand for, by their text. */
function importsOf(
  { imports }: Metafile["inputs"][string],
  folder: string,
  isOwn: (path: string) => boolean,
): Record<string, Target> {
  return Object.fromEntries(
    imports.flatMap(({ path, original = path, external = false }): [string, Target][] => {
      if (path.startsWith(EXTERNAL)) {
        const [text, library] = JSON.parse(path.slice(EXTERNAL.length)) as [string, string];
        return [[text, { library }]];
      }
      // An import of which TypeScript uses types only.
      if (external) return [];
      if (path.startsWith(`${COMPONENT}:`)) {
        const value = { componentDefinitionPath: path.slice(COMPONENT.length + 1), defaultName: UNNAMED };
        return [[original, { value: { __esModule: true, default: value } }]];
      }
      const full = join(folder, path);
      return [[original, isOwn(full) ? { file: full } : { library: full }]];
    }),
  );
}

/** One script of all modules of packages that the app's own files import. Each is evaluated when it is first asked for. */
async function bundleLibraries(
  folder: string,
  files: Iterable<BundledFile>,
): Promise<{ script: string; inputs: string[] }> {
  const targets = [...files].flatMap(({ imports }) => Object.values(imports));
  const paths = new Set(targets.flatMap((target) => ("library" in target ? [target.library] : [])));
  const entries = [...paths]
    .sort()
    .map((path) => `${JSON.stringify(path)}: () => require(${JSON.stringify(path)})`);
  const { outputFiles, metafile } = await build({
    ...shared,
    stdin: { contents: `export default { ${entries.join(", ")} };`, resolveDir: folder, loader: "js" },
    format: "iife",
    globalName: "libraries",
    absWorkingDir: folder,
    metafile: true,
  });
  // Files that a package replaces by nothing are named with a namespace of esbuild's.
  const inputs = Object.keys(metafile.inputs).filter((path) => path !== STDIN && !path.startsWith("("));
  return { script: outputFiles[0]?.text ?? "", inputs: inputs.map((path) => join(folder, path)) };
}

/** A file's JavaScript: what is of TypeScript is removed. */
async function javaScriptOf(path: string, options: TransformOptions): Promise<string> {
  const { code } = await transform(readFileSync(path, "utf8"), {
    ...options,
    loader: extname(path).slice(1).replace(/^[cm]/, "") as Loader,
    target: "esnext",
    // An import of what is not part of the bundle fails; the runtime has no modules of its own.
    supported: { "dynamic-import": false },
    sourcefile: path,
  });
  return code;
}

/** The app's own files, by path. `imports`: of each, what they stand for. */
async function bundleFiles(
  imports: ReadonlyMap<string, Record<string, Target>>,
): Promise<Map<string, BundledFile>> {
  const transformed = await Promise.all(
    [...imports].map(async ([path, targets]) => ({
      path,
      imports: targets,
      source: await javaScriptOf(path, { format: "esm" }),
      code: await javaScriptOf(path, { format: "cjs", sourcemap: "inline" }),
    })),
  );
  const stateless = statelessFiles(new Map(transformed.map((file) => [file.path, file])));
  return new Map(
    transformed.map(({ path, imports: targets, code }) => {
      const names = stateless.get(path);
      const freezing = names ? `\nmodule.freeze([${names.join(", ")}]);` : "";
      return [path, { code: code + freezing, imports: targets, isStateless: names !== undefined }];
    }),
  );
}

/** Throws HostError `functionsUnusable` or `unsupported`. */
export async function bundle(given: string): Promise<Bundle> {
  let folder: string;
  let paths: string[];
  try {
    folder = realpathSync(resolve(given));
    paths = modulePaths(folder);
  } catch {
    throw new HostError("functionsUnusable", `There is no folder of functions at ${given}.`);
  }
  assertModuleNames(paths);
  assertDefaultRuntime(folder, paths);
  // A component's own files are in node_modules themselves.
  const isOwn = (path: string) => path.startsWith(folder + sep) || !path.includes(`${sep}node_modules${sep}`);
  try {
    const { metafile } = await build({
      ...shared,
      stdin: {
        contents: paths.map((path) => `import ${JSON.stringify(`./${path}`)};`).join("\n"),
        resolveDir: folder,
        loader: "ts",
      },
      absWorkingDir: folder,
      format: "esm",
      metafile: true,
      plugins: [componentFolders, externalLibraries(isOwn)],
    });
    const inputs = Object.entries(metafile.inputs)
      .filter(([path]) => path !== STDIN && !path.startsWith(`${COMPONENT}:`))
      .map(([path, input]): [string, typeof input] => [join(folder, path), input])
      .filter(([path]) => isOwn(path));
    const files = await bundleFiles(
      new Map(inputs.map(([path, input]) => [path, importsOf(input, folder, isOwn)])),
    );
    const libraries = await bundleLibraries(folder, files.values());
    return {
      inputs: [...files.keys(), ...libraries.inputs],
      files,
      modules: new Map(paths.map((path) => [path.replace(SOURCE_FILE, ""), join(folder, path)])),
      libraries: libraries.script,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError("functionsUnusable", `The functions in ${given} could not be bundled: ${reason}`);
  }
}

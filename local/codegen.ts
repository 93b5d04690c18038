/**
 * `npm run codegen`: writes convex/_generated without a Convex account.
 *
 * The Convex CLI generates code only after a deployment has analysed the app. This script is a server in place of that
 * deployment: it answers the CLI's two requests (convex 1.48) with what code generation reads: the declared environment and the components.
 */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { environment } from "../convex/environment";

type StartPush = {
  appDefinition: { dependencies: string[] };
  componentDefinitions: { definitionPath: string }[];
};

function environmentVariables() {
  return Object.entries(environment).map(([name, validator]) => [
    name,
    {
      type: "value",
      // What a validator is as JSON is not part of its public type.
      value: JSON.stringify((validator as unknown as { json: unknown }).json),
      optional: validator.isOptional === "optional",
    },
  ]);
}

/** The name under which an app uses a component of a package: "…/rate-limiter/…" is `rateLimiter`. */
function componentName(path: string): string {
  const packageName = /node_modules\/(?:@[^/]+\/)?([^/]+)/.exec(path)?.[1];
  if (packageName === undefined) throw new Error(`The component ${path} is in no package.`);
  return packageName.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const udfConfig = { serverVersion: "1.48.0", importPhaseRngSeed: "", importPhaseUnixTimestamp: 0 };

/** What code generation reads of an app or a component. */
function definition(path: string, definitionType: object, more: object = {}) {
  const exports = { type: "branch", branch: [] };
  return {
    definition: { path, definitionType, childComponents: [], httpMounts: {}, exports, ...more },
    schema: null,
    functions: {},
    udfConfig,
  };
}

function analysis({ appDefinition, componentDefinitions }: StartPush) {
  const childComponents = appDefinition.dependencies.map((path) => ({
    path,
    name: componentName(path),
    env: null,
  }));
  return Object.fromEntries([
    ["", definition("", { type: "app" }, { childComponents, envVars: environmentVariables() })],
    ...componentDefinitions.map(({ definitionPath }) => [
      definitionPath,
      definition(definitionPath, { type: "childComponent", name: "component" }),
    ]),
  ]) as object;
}

function answer(url: string | undefined, body: Buffer): unknown {
  if (url === "/api/get_config_hashes") {
    return {
      config: { functions: "convex/", authInfo: [] },
      moduleHashes: [],
      udfServerVersion: null,
      nodeVersion: null,
    };
  }
  if (url === "/api/deploy2/start_push") {
    return {
      environmentVariables: {},
      externalDepsId: null,
      componentDefinitionPackages: {},
      appAuth: [],
      analysis: analysis(JSON.parse(body.toString()) as StartPush),
      app: {
        definitionPath: "",
        componentPath: "",
        args: {},
        childComponents: {},
        httpRoutes: { httpModuleRoutes: null, mounts: [] },
        exports: {},
      },
      schemaChange: { allocatedComponentIds: {}, schemaIds: {} },
    };
  }
  return undefined;
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === "br") return brotliDecompressSync(body);
  if (encoding === "gzip") return gunzipSync(body);
  return body;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const reply = answer(request.url, decoded(Buffer.concat(chunks), request.headers["content-encoding"]));
    response.writeHead(reply === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(reply ?? { code: "NotFound", message: `No answer for ${request.url}` }));
  });
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  const child = spawn("npx", ["convex", "codegen", "--typecheck", "disable"], {
    stdio: "inherit",
    env: {
      ...process.env,
      CONVEX_SELF_HOSTED_URL: `http://127.0.0.1:${port}`,
      CONVEX_SELF_HOSTED_ADMIN_KEY: "codegen",
    },
  });
  child.on("exit", (code) => {
    server.close();
    process.exitCode = code ?? 1;
  });
});

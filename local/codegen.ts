/**
 * `npm run codegen`: writes convex/_generated without a Convex account.
 *
 * The Convex CLI generates code only after a deployment has analysed the app. This script is a server in place of that
 * deployment: it answers the CLI's two requests (convex 1.48) with what code generation reads, the declared environment.
 */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { declaredVariables } from "./environment";

type StartPush = {
  appDefinition: { dependencies: string[] };
  componentDefinitions: { definitionPath: string }[];
};

function environmentVariables() {
  return Object.entries(declaredVariables()).map(([name, validator]) => [
    name,
    { type: "value", value: JSON.stringify(validator.json), optional: validator.isOptional === "optional" },
  ]);
}

function analysis(request: StartPush) {
  if (request.appDefinition.dependencies.length > 0) {
    throw new Error("convex.config.ts uses components, which local/codegen.ts does not support.");
  }
  return {
    "": {
      definition: {
        path: "",
        definitionType: { type: "app" },
        childComponents: [],
        httpMounts: {},
        exports: { type: "branch", branch: [] },
        envVars: environmentVariables(),
      },
      schema: null,
      functions: {},
      udfConfig: { serverVersion: "1.48.0", importPhaseRngSeed: "", importPhaseUnixTimestamp: 0 },
    },
  };
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

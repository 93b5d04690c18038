import convexPlugin from "@convex-dev/eslint-plugin";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Pure modules of convex/ that run in the browser too. Everything else there is server code. */
const sharedModules = ["./_generated", "./accounts/permissions.ts", "./orders/picking/pickQuantities.ts"];

const productStandsAlone = "convex/ is the product and stands alone.";
const stockKnowsNoOrders =
  "inventory/ knows no orders and no marketplace: pass it values, or call it from orders/.";
const ordersKnowNoMarketplace = "orders/ knows no marketplace: an adapter hands it snapshots.";

/** Which folder may not import which, and why. `except` is relative to `from`. */
const zones = [
  { target: "./convex", from: ["./src", "./local", "./tests"], message: productStandsAlone },
  { target: "./convex/lib", from: "./convex", except: ["./lib"], message: "lib/ imports nothing of ours." },
  {
    target: "./convex/accounts",
    from: ["./convex/inventory", "./convex/orders", "./convex/marketplaces"],
    message: "accounts/ imports only lib/.",
  },
  {
    target: "./convex/inventory",
    from: ["./convex/orders", "./convex/marketplaces"],
    message: stockKnowsNoOrders,
  },
  { target: "./convex/orders", from: "./convex/marketplaces", message: ordersKnowNoMarketplace },
  { target: "./src", from: ["./local", "./tests"], message: "The dashboard runs in a browser." },
  {
    target: "./src",
    from: "./convex",
    except: sharedModules,
    message: "The browser gets no server code: use the generated api and its types, or a shared module.",
  },
  {
    target: "./local/host",
    from: ["./convex", "./src", "./local/bricklink"],
    message: "The host runs any Convex app and knows none.",
  },
];

/** The same for function references, which need no import: `internal.marketplaces.…` in a folder that may not know it. */
const references = [
  { files: ["convex/inventory/**"], names: "orders|marketplaces", message: stockKnowsNoOrders },
  { files: ["convex/orders/**"], names: "marketplaces", message: ordersKnowNoMarketplace },
];

/** The audit log is append-only, and has one writer. The last rule keeps a table's name from hiding in a variable. */
const auditLogRules = [
  {
    selector: `CallExpression[callee.property.name=/^(patch|replace|delete)$/][arguments.0.value="auditLog"]`,
    message: "The audit log is append-only.",
  },
  {
    selector: `CallExpression[callee.property.name="insert"][arguments.0.value="auditLog"]`,
    message: "Use recordDeed of accounts/deeds.ts.",
  },
  {
    selector: `CallExpression:matches([callee.object.property.name="db"], [callee.object.name="db"])[callee.property.name=/^(insert|patch|replace|delete)$/]:not([arguments.0.type="Literal"])`,
    message: "Name the table, so that lint sees that it is not the audit log.",
  },
];

/** Everywhere in convex/. A later entry replaces the rule of an earlier one, so each names these again. */
const convexRules = [
  ...auditLogRules,
  {
    selector: `CallExpression[callee.property.name="paginate"][arguments.0.name="paginationOpts"]`,
    message: "A client can ask for any number of rows: use boundedPage of lib/pagination.ts.",
  },
];

/** Every public function must pass one of these (accounts/access.ts). */
const accessGuards = "^require((Member|SignedIn)(InAction)?|SecretToken)$";

export default defineConfig(
  { ignores: ["dist", ".local", ".local-real", "**/_generated/**", "node_modules"] },
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  { files: ["*.js"], extends: [tseslint.configs.disableTypeChecked] },
  ...convexPlugin.configs.recommended,
  {
    files: ["convex/**/*.ts"],
    plugins: { "@convex-dev": convexPlugin },
    rules: {
      "@convex-dev/no-collect-in-query": "error",
      "@convex-dev/require-access-control": ["error", { pattern: accessGuards }],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.recommended],
  },
  {
    files: ["{convex,src,local,tests,bench}/**/*.{ts,tsx}"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createTypeScriptImportResolver(), createNodeResolver()],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
    },
    rules: {
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
    },
  },
  { files: ["convex/**"], rules: { "no-restricted-syntax": ["error", ...convexRules] } },
  {
    files: ["convex/accounts/deeds.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...convexRules.filter(({ selector }) => !selector.includes('"insert"')),
      ],
    },
  },
  ...references.map(({ files, names, message }) => ({
    files,
    rules: {
      "no-restricted-syntax": [
        "error",
        ...convexRules,
        {
          selector: `MemberExpression[object.name=/^(api|internal)$/][property.name=/^(${names})$/]`,
          message,
        },
      ],
    },
  })),
);

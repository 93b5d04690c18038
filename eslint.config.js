import convexPlugin from "@convex-dev/eslint-plugin";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** The table "What must never be" of the architecture: who may not import whom, and why. */
const boundaries = [
  {
    files: ["convex/**/*.ts"],
    patterns: [
      { regex: "^(\\.\\./)+(src|local|tests)/", message: "convex/ is the product and stands alone." },
    ],
  },
  {
    files: ["convex/inventory/**/*.ts"],
    patterns: [
      { regex: "^(\\.\\./)+(src|local|tests)/", message: "convex/ is the product and stands alone." },
      { regex: "marketplaces", message: "Stock knows no marketplace." },
    ],
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    patterns: [
      { regex: "^(\\.\\./)+(local|tests)/", message: "The dashboard runs in a browser." },
      {
        regex: "^(\\.\\./)+convex/(?!_generated/)",
        message: "The browser gets no server code: use the generated api and types.",
      },
    ],
  },
  {
    files: ["local/host/**/*.ts"],
    patterns: [
      {
        regex: "^(\\.\\./)+(convex|src|bricklink|local/bricklink)/",
        message: "The host runs any Convex app and knows none.",
      },
    ],
  },
];

/** Every public function must pass one of these (accounts/access.ts). */
const accessGuards = "^require(Member|SignedIn)(InAction)?$";

export default defineConfig(
  { ignores: ["dist", ".local", "**/_generated/**", "node_modules"] },
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
  ...boundaries.map(({ files, patterns }) => ({
    files,
    rules: { "no-restricted-imports": ["error", { patterns }] },
  })),
);

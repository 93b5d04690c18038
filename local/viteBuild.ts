/** Builds the dashboard: `viteBuild.ts <root of the repository> <folder for the files>`. Exits with another code than 0 when it cannot. */
import { build } from "vite";
import { ownBackend } from "./dashboard";

const [, , root = "", outDir = ""] = process.argv;

await build({ root, logLevel: "warn", define: ownBackend, build: { outDir, emptyOutDir: true } });

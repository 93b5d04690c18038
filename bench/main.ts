/**
 * `npm run bench [-- --json <file>] [part …]`: runs the benchmark and prints one figure per line as `name value unit`.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { rounded, type Figure, type Part } from "./figure";
import { flow } from "./flow/flow";
import { host } from "./host";
import { ui } from "./ui";

const parts: Part[] = [flow, host, ui];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: "string" } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => parts.every((part) => part.name !== name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no part ${unknown.join(", ")}: there are ${parts.map(({ name }) => name).join(", ")}.`,
    );
  }
  const wanted = parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const figures: Figure[] = [];
  for (const part of wanted) {
    for await (const { name, value, unit } of part.measure()) {
      figures.push({ name, value: rounded(value), unit });
      process.stdout.write(`${name} ${rounded(value)} ${unit}\n`);
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ figures }, null, 2)}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

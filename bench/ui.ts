/** Measures the built dashboard in Chromium: its size, and the time to first rows, to paint a change and to scroll. */
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { z } from "zod";
import { exportLines, importLines } from "../local/host/store/exportImport";
import { newId, tableNumberOf } from "../local/host/values/documentIds";
import { Store } from "../local/host/store/store";
import { launchBrowser } from "../tests/support/browser";
import { control, startSystem, type Running } from "../tests/support/system";
import { median, type Figure, type Part } from "./figure";

const root = resolve(import.meta.dirname, "..");
const ORDERS = 10_000;
const CHANGES = 15;
const LOADS = 5;
/** Per frame; at 60 frames per second about ten screens per second. */
const SCROLL_STEP_PX = 140;
const SCROLL_WITHIN_MS = 240_000;

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), isEntry: z.boolean().optional(), imports: z.array(z.string()).optional() }),
);

/** The compressed size in bytes of the scripts that the first route loads before it renders. */
async function firstRouteBytes(folder: string): Promise<number> {
  await build({ root, logLevel: "silent", build: { outDir: folder, manifest: true, emptyOutDir: true } });
  const text = readFileSync(join(folder, ".vite/manifest.json"), "utf8");
  const manifest = manifestSchema.parse(JSON.parse(text));
  const wanted = new Set<string>();
  const add = (name: string) => {
    if (wanted.has(name)) return;
    wanted.add(name);
    manifest[name]?.imports?.forEach(add);
  };
  Object.entries(manifest)
    .filter(([, { isEntry }]) => isEntry === true)
    .forEach(([name]) => add(name));
  const sizes = [...wanted].map((name) => {
    const file = manifest[name]?.file;
    return file === undefined ? 0 : gzipSync(readFileSync(join(folder, file))).length;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

const line = z.object({
  table: z.string(),
  document: z.looseObject({ _id: z.string(), _creationTime: z.number() }),
});

/**
 * Adds ten thousand copies of the demo's shipped orders through an export and import. Shipped orders are copied because
 * the reconcile would fetch open orders that BrickLink does not list.
 */
async function multiplyOrders(data: string): Promise<void> {
  const store = new Store(data);
  const lines = [...exportLines(store)];
  store.close();
  const orders = lines
    .map((text) => line.parse(JSON.parse(text)))
    .filter(({ table, document }) => table === "bricklinkOrders" && document.tab === "shipped");
  const file = join(data, "export.jsonl");
  await writeFile(file, lines.join(""));
  const copies: string[] = [];
  for (let copy = 0; copy < ORDERS; copy += 1) {
    const { document } = orders[copy % orders.length] ?? {};
    if (!document) throw new Error("The demo has no shipped orders to copy.");
    const orderNumber = 10_000_000 + copy;
    const copied = {
      ...document,
      _id: newId(tableNumberOf(document._id) ?? 0),
      _creationTime: document._creationTime + copy / 1024,
      orderNumber,
      orderedAt: Number(document.orderedAt) - copy * 60_000,
    };
    copies.push(JSON.stringify({ table: "bricklinkOrders", document: copied }));
  }
  await appendFile(file, `${copies.join("\n")}\n`);
  for (const name of readdirSync(data).filter((entry) => entry.startsWith("deployment.sqlite"))) {
    await rm(join(data, name));
  }
  const fresh = new Store(data);
  await importLines(fresh, createInterface({ input: createReadStream(file) }));
  fresh.close();
}

async function signedIn(browser: Browser, system: Running): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(system.dashboard);
  await page.getByRole("button", { name: "Open the demo store" }).click();
  await page.getByRole("tab", { name: /All/ }).click();
  await page.locator("[data-order-number]").first().waitFor();
  return page;
}

/** The median time in milliseconds from loading the page, signed in, until the first rows are shown. */
async function firstRows(page: Page): Promise<number> {
  const taken: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    await page.reload();
    await page.locator("[data-order-number]").first().waitFor();
    taken.push(await page.evaluate(() => performance.now()));
  }
  return median(taken);
}

/**
 * The median time in milliseconds from an order's commit (`firstSeenAt`) to the frame that shows it, on the same clock.
 */
async function commitToPaint(page: Page, system: Running): Promise<number> {
  const taken: number[] = [];
  for (let change = 0; change < CHANGES; change += 1) {
    const painted = page.evaluate(
      () =>
        new Promise<{ orderNumber: string; at: number }>((done) => {
          const known = new Set(
            [...document.querySelectorAll("[data-order-number]")].map((row) =>
              row.getAttribute("data-order-number"),
            ),
          );
          new MutationObserver((_, observer) => {
            const row = [...document.querySelectorAll("[data-order-number]")].find(
              (candidate) => !known.has(candidate.getAttribute("data-order-number")),
            );
            if (!row) return;
            observer.disconnect();
            const orderNumber = row.getAttribute("data-order-number") ?? "";
            requestAnimationFrame(() => requestAnimationFrame(() => done({ orderNumber, at: Date.now() })));
          }).observe(document.body, { childList: true, subtree: true });
        }),
    );
    const [{ orderNumber, at }] = await Promise.all([
      painted,
      control(system.bricklink, "POST", "/stores/demo/orders", {}),
    ]);
    const committedAt = await firstSeenAt(system, Number(orderNumber));
    taken.push(at - committedAt);
  }
  return median(taken);
}

const running = z.object({ url: z.string(), adminKey: z.string() });

async function firstSeenAt({ data }: Running, orderNumber: number): Promise<number> {
  const { url, adminKey } = running.parse(JSON.parse(await readFile(join(data, "running.json"), "utf8")));
  const response = await fetch(`${url}/api/admin/data?table=bricklinkOrders&limit=50`, {
    headers: { Authorization: `Convex ${adminKey}` },
  });
  const rows = (await response.text())
    .split("\n")
    .map((text) => z.object({ orderNumber: z.number(), firstSeenAt: z.number() }).parse(JSON.parse(text)));
  const row = rows.find((candidate) => candidate.orderNumber === orderNumber);
  if (!row) throw new Error(`Order ${orderNumber} is shown but not stored.`);
  return row.firstSeenAt;
}

/** The longest frame in milliseconds while scrolling through all ten thousand orders. */
async function worstFrame(page: Page): Promise<number> {
  // Contains no named inner function, because esbuild would wrap one in a helper that does not exist in the page.
  const { worst, seen } = await page.evaluate(
    async ({ orders, stepPx, withinMs }) => {
      const scroller = document.querySelector('[data-testid="orders-scroller"]');
      const startedAt = performance.now();
      let worst = 0;
      let last = 0;
      let seen = 0;
      while (seen < orders && performance.now() - startedAt < withinMs) {
        const now = await new Promise<number>((done) => requestAnimationFrame(done));
        if (last > 0) worst = Math.max(worst, now - last);
        last = now;
        scroller?.scrollBy({ top: stepPx, behavior: "instant" });
        const rows = document.querySelectorAll("[data-order-number]");
        seen = Math.max(seen, Number(rows[rows.length - 1]?.getAttribute("aria-rowindex") ?? 0));
      }
      return { worst, seen };
    },
    { orders: ORDERS, stepPx: SCROLL_STEP_PX, withinMs: SCROLL_WITHIN_MS },
  );
  if (seen < ORDERS) throw new Error(`Only ${seen} of ${ORDERS} orders were scrolled through.`);
  return worst;
}

async function* measure(): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), "bench-ui-"));
  const data = join(folder, "data");
  try {
    const bytes = await firstRouteBytes(join(folder, "build"));
    yield { name: "ui_bundle_kb_gzip", value: bytes / 1_000, unit: "kB" };
    await (await startSystem(data)).stop();
    await multiplyOrders(data);
    const system = await startSystem(data);
    const browser = await launchBrowser();
    try {
      const page = await signedIn(browser, system);
      yield { name: "ui_first_rows_ms", value: await firstRows(page), unit: "ms" };
      yield { name: "ui_paint_ms", value: await commitToPaint(page, system), unit: "ms" };
      yield { name: "ui_scroll_worst_frame_ms", value: await worstFrame(page), unit: "ms" };
    } finally {
      await browser.close();
      await system.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const ui: Part = { name: "ui", measure };

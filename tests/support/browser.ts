/**
 * A real Chromium, wherever the tests run. In this order: CHROMIUM_PATH; the one inside @sparticuz/chromium (Linux on
 * x64, nothing to install); an installed Chromium or Chrome.
 */
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Nothing of the browser's own goes out: no updates, no telemetry. Drawn by the processor: the graphics library that
 * stands in where there is no graphics card stalls for seconds.
 */
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function executable(): Promise<{ path: string; args: string[] }> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return { path: CHROMIUM_PATH, args: quiet };
  if (process.platform === "linux" && process.arch === "x64") {
    const { default: packaged } = await import("@sparticuz/chromium");
    // Its own arguments are for functions in a cloud: one process for all pages, and no web security.
    return { path: await packaged.executablePath(), args: quiet };
  }
  const path = installed.find((candidate) => existsSync(candidate));
  if (!path)
    throw new Error("No Chromium was found. Install Chrome or Chromium, or set CHROMIUM_PATH to one.");
  return { path, args: quiet };
}

export async function launchBrowser(): Promise<Browser> {
  const { path, args } = await executable();
  return await chromium.launch({ executablePath: path, args, headless: true });
}

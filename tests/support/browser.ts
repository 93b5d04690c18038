/**
 * A real Chromium on any machine. Looked for in this order: CHROMIUM_PATH; the one inside @sparticuz/chromium (Linux on
 * x64, nothing to install); an installed Chromium or Chrome.
 */
import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserServer } from "playwright-core";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The browser sends no requests of its own (updates, telemetry) and renders in software: the library that emulates a
 * graphics card stalls for seconds.
 */
const launchArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Throws when the machine has no Chromium. */
async function executable(): Promise<{ path: string; args: string[] }> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return { path: CHROMIUM_PATH, args: launchArguments };
  if (process.platform === "linux" && process.arch === "x64") {
    const { default: packaged } = await import("@sparticuz/chromium");
    // The package's own arguments suit cloud functions: one process for all pages, and no web security.
    return { path: await packaged.executablePath(), args: launchArguments };
  }
  const path = installed.find((candidate) => existsSync(candidate));
  if (!path)
    throw new Error("No Chromium was found. Install Chrome or Chromium, or set CHROMIUM_PATH to one.");
  return { path, args: launchArguments };
}

export async function launchBrowser(): Promise<Browser> {
  const { path, args } = await executable();
  return await chromium.launch({ executablePath: path, args, headless: true });
}

/** A Chromium that several test files share, each through a connection of its own. */
export async function launchBrowserServer(): Promise<BrowserServer> {
  const { path, args } = await executable();
  return await chromium.launchServer({ executablePath: path, args, headless: true });
}

/** Closing the returned browser closes the connection and its contexts, and leaves the shared Chromium running. */
export async function connectBrowser(endpoint: string): Promise<Browser> {
  return await chromium.connect(endpoint);
}

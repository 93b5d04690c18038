/**
 * One `npm start` and one Chromium for all files in this folder: starting both costs more processor time than most of the
 * files. Each file that changes anything works in a store of its own, so that files may run side by side.
 */
import type { TestProject } from "vitest/node";
import { launchBrowserServer } from "../../support/browser";
import { freshFolder, removeFolder, startSystem, type Addresses } from "../../support/system";

declare module "vitest" {
  export interface ProvidedContext {
    addresses: Addresses;
    browserEndpoint: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const data = await freshFolder();
  const [{ stop, data: _data, ...addresses }, browser] = await Promise.all([
    startSystem(data),
    launchBrowserServer(),
  ]);
  provide("addresses", addresses);
  provide("browserEndpoint", browser.wsEndpoint());
  return async () => {
    await browser.close();
    await stop();
    await removeFolder(data);
  };
}

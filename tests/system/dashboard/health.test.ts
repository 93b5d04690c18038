/** The health strip: quiet while all is well, and a warning that can be dismissed where nothing more can be done. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { checkScreen, screenshot, useDashboard } from "../../support/dashboardPage";

const dashboard = useDashboard("health-strip");

const strip = (page: Page) => page.getByRole("region", { name: "Health" });

it("the dot of a walk is not green for a moment longer than the phone has a network", async () => {
  // A walk of an order that is not there has the head alone. A context of its own, since all its pages lose the network.
  const page = await dashboard.openElsewhere({ width: 390 }, { path: "/pick?orders=1&view=stop" });
  const head = page.getByTestId("walk");
  await head.getByRole("img", { name: "Up to date" }).waitFor();
  await page.context().setOffline(true);
  // The socket alone would notice after half a minute.
  await head.getByRole("img", { name: "Offline" }).waitFor({ timeout: 10_000 });
  await page.context().setOffline(false);
  await head.getByRole("img", { name: "Up to date" }).waitFor();
});

it("an order that can never be fetched is dismissed from the strip and stays listed under Needs you, and on a phone the strip is a dot", async () => {
  const page = await dashboard.open({ width: 1440 }, { path: "/health" });
  await strip(page).getByText("Up to date").waitFor();
  // BrickLink has no such order. It is asked for twice, half a minute apart.
  await page.getByRole("textbox", { name: "Order number" }).fill("1");
  await page.getByRole("button", { name: "Fetch this order" }).click();
  await strip(page)
    .getByText(/failed for good/)
    .waitFor({ timeout: 60_000 });
  await checkScreen(page, "strip-failed");
  await strip(page).getByRole("button", { name: "Dismiss" }).click();
  await strip(page).getByText("Up to date").waitFor();
  await page.goto(new URL("/needs-you", page.url()).href);
  await page.getByRole("heading", { name: "Events that could not be processed" }).waitFor();
  await strip(page).getByText("Up to date").waitFor();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(new URL("/", page.url()).href);
  const details = strip(page).getByRole("button", { name: "Up to date" });
  await details.waitFor();
  expect(await strip(page).getByText("Up to date").isVisible()).toBe(false);
  await details.click();
  await page.getByText("BrickLink calls in 24 hours").waitFor();
  await checkScreen(page, "strip-details");
  await page.keyboard.press("Escape");
  await page.getByText("BrickLink calls in 24 hours").waitFor({ state: "detached" });
  await screenshot(page, "strip-phone");
});

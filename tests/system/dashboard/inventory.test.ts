/** Inventory: lots, corrections of their quantities, the ledger. */
import { describe, expect, it } from "vitest";
import { checkScreen, goTo, looks, useDashboard } from "../../support/dashboardPage";

const dashboard = useDashboard("inventory");

describe.each(looks)("in %s at %i px", (colorScheme, width) => {
  const look = { colorScheme, width };

  it("a corrected quantity of a lot is listed in its ledger, and Undo restores the former quantity", async () => {
    const page = await dashboard.open(look);
    await goTo(page, "Inventory");
    if (width === 390) {
      await page.getByRole("button", { name: "Filter and more" }).click();
      await page.getByRole("combobox", { name: "Which lots" }).selectOption("Owed to orders");
      await page.getByText("Nothing is owed to an open order.").waitFor();
      await checkScreen(page, "inventory-controls-390");
      await page.getByRole("combobox", { name: "Which lots" }).selectOption("All lots");
      await page.keyboard.press("Escape");
    }
    await page.getByRole("textbox", { name: /Search lots/ }).fill("A0");
    await page.getByRole("row").filter({ hasText: "A0" }).first().click();
    const lot = page.getByRole("dialog");
    const onHand = lot.getByRole("textbox", { name: "On hand" });
    const before = Number(await onHand.inputValue());
    await lot.getByRole("combobox", { name: "Reason" }).selectOption("Found");
    await lot.getByRole("textbox", { name: "Note" }).fill(`seen at ${width}`);
    await onHand.fill("");
    await lot.getByText("Enter how many pieces there are").waitFor();
    await onHand.fill(String(before + 3));
    await lot.getByText(`On hand ${before} → ${before + 3}, available`).waitFor();
    await lot.getByRole("button", { name: "Save count" }).click();
    const ledger = lot.getByRole("list", { name: "Ledger" });
    await ledger.getByText(`seen at ${width}`).waitFor();
    await checkScreen(page, `lot-${colorScheme}-${width}`);
    await ledger.getByRole("button", { name: /^Undo/ }).first().click();
    await expect.poll(() => onHand.inputValue()).toBe(String(before));
  });
});

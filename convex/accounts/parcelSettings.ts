/** What a store has printed on its packing slips and address labels. */
import { ConvexError, v, type Infer } from "convex/values";
import { mutation, query } from "../_generated/server";
import { requireMember } from "./access";
import { recordDeed } from "./deeds";
import { parcelSettingsValidator } from "./schema";

/** Characters: three lines on the narrowest paper, a label of 100 mm. */
const THANKS_LENGTH_MAX = 200;
const RETURN_ADDRESS_LENGTH_MAX = 300;
const RETURN_ADDRESS_LINES_MAX = 6;

type ParcelSettings = Infer<typeof parcelSettingsValidator>;

const noSettings: ParcelSettings = { thanks: "", returnAddress: "", countryCode: null };

/** The settings of a store. Empty texts are not printed; without a country, every address names its own. */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: parcelSettingsValidator,
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "accounts.parcelSettings.get");
    const business = await ctx.db.get("businessAccounts", businessAccountId);
    return business?.parcelSettings ?? noSettings;
  },
});

/** Without blank lines, and without blanks around the others. */
function trimmedLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The settings as they are stored. Throws ConvexError `thanksTooLong`, `returnAddressTooLong` or `countryInvalid`. */
function checkedSettings({ thanks, returnAddress, countryCode }: ParcelSettings): ParcelSettings {
  const lines = trimmedLines(returnAddress);
  const checked = { thanks: trimmedLines(thanks).join(" "), returnAddress: lines.join("\n"), countryCode };
  if (checked.thanks.length > THANKS_LENGTH_MAX) {
    throw new ConvexError({
      code: "thanksTooLong",
      message: `The line of thanks has ${checked.thanks.length} characters. Shorten it to ${THANKS_LENGTH_MAX}.`,
    });
  }
  if (lines.length > RETURN_ADDRESS_LINES_MAX || checked.returnAddress.length > RETURN_ADDRESS_LENGTH_MAX) {
    throw new ConvexError({
      code: "returnAddressTooLong",
      message: `A return address has at most ${RETURN_ADDRESS_LINES_MAX} lines and ${RETURN_ADDRESS_LENGTH_MAX} characters. Shorten it.`,
    });
  }
  if (countryCode !== null && !/^[A-Z]{2}$/.test(countryCode)) {
    throw new ConvexError({ code: "countryInvalid", message: "Choose the country from the list." });
  }
  return checked;
}

/**
 * Saves the settings of a store. `countryCode`: of the store, by ISO 3166-1. Throws ConvexError `thanksTooLong`,
 * `returnAddressTooLong` or `countryInvalid`.
 */
export const save = mutation({
  args: { businessAccountId: v.id("businessAccounts"), ...parcelSettingsValidator.fields },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, ...sent }) => {
    const member = await requireMember(ctx, businessAccountId, "accounts.parcelSettings.save");
    const parcelSettings = checkedSettings(sent);
    const business = await ctx.db.get("businessAccounts", businessAccountId);
    const before = business?.parcelSettings ?? noSettings;
    const isChanged =
      before.thanks !== parcelSettings.thanks ||
      before.returnAddress !== parcelSettings.returnAddress ||
      before.countryCode !== parcelSettings.countryCode;
    if (!isChanged) return null;
    await ctx.db.patch("businessAccounts", businessAccountId, { parcelSettings });
    await recordDeed(ctx, member, { action: "parcelSettingsChanged", subject: { kind: "setting" } });
    return null;
  },
});

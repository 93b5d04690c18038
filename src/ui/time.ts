/** Dates and relative times for the viewer. All times are milliseconds since the epoch, UTC. */
import { useEffect, useState } from "react";
import { language, locale } from "../language/language";
import { uiText } from "./uiText";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** German abbreviates with dots, which it does not do without. */
const style = language === "de" ? "long" : "short";
const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style });
const dateTimeFormat = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });

/**
 * Without the dot of an abbreviation, which would double the one that ends a sentence. Words in full have thin spaces, with
 * which "vor 20 Stunden" has room in the orders table.
 */
function formatRelative(amount: number, unit: "minute" | "hour" | "day"): string {
  const text = relativeFormat.format(amount, unit);
  return style === "long" ? text.replaceAll(" ", "\u2009") : text.replace(/\.(?=\s|$)/g, "");
}

/** "5 min ago", rounded down to whole minutes, hours or days; uiText.justNow under a minute. */
export function timeAgo(at: number, now: number): string {
  const elapsedMs = Math.max(0, now - at);
  if (elapsedMs < MINUTE_MS) return uiText.justNow;
  if (elapsedMs < HOUR_MS) return formatRelative(-Math.floor(elapsedMs / MINUTE_MS), "minute");
  if (elapsedMs < DAY_MS) return formatRelative(-Math.floor(elapsedMs / HOUR_MS), "hour");
  return formatRelative(-Math.floor(elapsedMs / DAY_MS), "day");
}

/** "in 5 min" for a time in the future, `timeAgo` for one in the past. */
export function relativeTime(at: number, now: number): string {
  const aheadMs = at - now;
  // `now` comes from `useNow`, which lags behind the clock, so an event that just happened can lie slightly
  // ahead of it.
  if (aheadMs < MINUTE_MS / 2) return timeAgo(at, now);
  if (aheadMs < MINUTE_MS) return uiText.withinAMinute;
  if (aheadMs < HOUR_MS) return formatRelative(Math.round(aheadMs / MINUTE_MS), "minute");
  if (aheadMs < DAY_MS) return formatRelative(Math.round(aheadMs / HOUR_MS), "hour");
  return formatRelative(Math.round(aheadMs / DAY_MS), "day");
}

const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });

/** A day in the viewer's time zone. */
export function formatDate(at: number): string {
  return dateFormat.format(at);
}

/** Date and time of day in the viewer's time zone. */
export function formatDateTime(at: number): string {
  return dateTimeFormat.format(at);
}

/** Relative times show whole minutes, so a third of a minute keeps them accurate enough. */
const REFRESH_INTERVAL_MS = 20_000;

/** The current time, updated every 20 seconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), REFRESH_INTERVAL_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

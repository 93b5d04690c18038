/** What `npm audit --json` says about known vulnerabilities. */
import { z } from "zod";

/** In rising order, as npm names them. */
const severities = ["info", "low", "moderate", "high", "critical"] as const;
type Severity = (typeof severities)[number];

/** From this one on, a vulnerability must be mended before a merge. */
const REFUSED_FROM: Severity = "high";

export type Vulnerability = { name: string; severity: Severity; range: string };

/** `isChecked` false: the registry did not answer, so nothing is known; `reason` says why. */
export type Audit =
  { isChecked: true; vulnerabilities: Vulnerability[] } | { isChecked: false; reason: string };

const auditReport = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), severity: z.enum(severities), range: z.string() }),
  ),
});
const failure = z.object({ message: z.string() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads the output of `npm audit --json`. Whatever is no report counts as not checked. */
export function readAudit(output: string): Audit {
  const json = parseJson(output);
  const report = auditReport.safeParse(json);
  if (report.success) return { isChecked: true, vulnerabilities: Object.values(report.data.vulnerabilities) };
  const reason = failure.safeParse(json);
  return { isChecked: false, reason: reason.data?.message ?? "npm printed no report" };
}

/** Whether a vulnerability must be mended before a merge. */
export function isRefused({ severity }: Vulnerability): boolean {
  return severities.indexOf(severity) >= severities.indexOf(REFUSED_FROM);
}

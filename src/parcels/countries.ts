/** Countries by the codes of ISO 3166-1: on paper in English, which every post office reads, on the screen in the page's language. */
import { locale } from "../language/language";

/** All codes that are assigned to a country or territory. */
export const countryCodes =
  "AD-AE-AF-AG-AI-AL-AM-AO-AQ-AR-AS-AT-AU-AW-AX-AZ-BA-BB-BD-BE-BF-BG-BH-BI-BJ-BL-BM-BN-BO-BQ-BR-BS-BT-BV-BW-BY-BZ-CA-CC-CD-CF-CG-CH-CI-CK-CL-CM-CN-CO-CR-CU-CV-CW-CX-CY-CZ-DE-DJ-DK-DM-DO-DZ-EC-EE-EG-EH-ER-ES-ET-FI-FJ-FK-FM-FO-FR-GA-GB-GD-GE-GF-GG-GH-GI-GL-GM-GN-GP-GQ-GR-GS-GT-GU-GW-GY-HK-HM-HN-HR-HT-HU-ID-IE-IL-IM-IN-IO-IQ-IR-IS-IT-JE-JM-JO-JP-KE-KG-KH-KI-KM-KN-KP-KR-KW-KY-KZ-LA-LB-LC-LI-LK-LR-LS-LT-LU-LV-LY-MA-MC-MD-ME-MF-MG-MH-MK-ML-MM-MN-MO-MP-MQ-MR-MS-MT-MU-MV-MW-MX-MY-MZ-NA-NC-NE-NF-NG-NI-NL-NO-NP-NR-NU-NZ-OM-PA-PE-PF-PG-PH-PK-PL-PM-PN-PR-PS-PT-PW-PY-QA-RE-RO-RS-RU-RW-SA-SB-SC-SD-SE-SG-SH-SI-SJ-SK-SL-SM-SN-SO-SR-SS-ST-SV-SX-SY-SZ-TC-TD-TF-TG-TH-TJ-TK-TL-TM-TN-TO-TR-TT-TV-TW-TZ-UA-UG-UM-US-UY-UZ-VA-VC-VE-VG-VI-VN-VU-WF-WS-YE-YT-ZA-ZM-ZW".split(
    "-",
  );

const englishNames = new Intl.DisplayNames("en", { type: "region" });
const names = new Intl.DisplayNames(locale, { type: "region" });

function nameIn(language: Intl.DisplayNames, isoCode: string): string {
  return countryCodes.includes(isoCode) ? (language.of(isoCode) ?? isoCode) : isoCode;
}

/** The code by ISO 3166-1: BrickLink writes UK for GB (issues of its API's users), and perhaps small letters. */
export function isoCountryCode(code: string): string {
  const upper = code.trim().toUpperCase();
  return upper === "UK" ? "GB" : upper;
}

/** "Germany" for DE, on paper. A code that is none is its own name. */
export function countryName(isoCode: string): string {
  return nameIn(englishNames, isoCode);
}

/** "Germany" for DE, and for whatever BrickLink writes for it, on the screen. */
export function countryText(code: string): string {
  return nameIn(names, isoCountryCode(code));
}

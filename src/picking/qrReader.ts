/** Readers of QR codes in the camera's picture. */

export type QrReader = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };

/** The browser's own class, as far as it is used. */
type BarcodeDetectorClass = {
  new (options: { formats: string[] }): QrReader;
  getSupportedFormats: () => Promise<string[]>;
};

/** Whether there is a camera that this page may ask for. Pages without HTTPS have no media devices. */
export async function hasCamera(): Promise<boolean> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const found = await devices?.enumerateDevices().catch(() => []);
  return found?.some(({ kind }) => kind === "videoinput") ?? false;
}

/**
 * The browser's own reader, which Chrome has on Android and macOS. Elsewhere, as on iPhones and in Firefox, one of 17 kB that is
 * loaded when the camera is opened.
 */
export async function loadQrReader(): Promise<QrReader> {
  const { BarcodeDetector: Own } = window as { BarcodeDetector?: BarcodeDetectorClass };
  const formats = Own ? await Own.getSupportedFormats().catch(() => []) : [];
  if (Own && formats.includes("qr_code")) return new Own({ formats: ["qr_code"] });
  const { BarcodeDetector } = await import("qr/decode.js");
  return new BarcodeDetector({ formats: ["qr_code"] });
}

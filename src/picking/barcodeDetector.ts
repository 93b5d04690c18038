/** The browser's own reader of codes (Chrome on Android and macOS), as far as it is used. */

type BarcodeDetector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type BarcodeDetectorClass = new (options: { formats: string[] }) => BarcodeDetector;

/** A reader of QR codes; null where the browser has none, or no camera may be used. */
export function qrDetector(): BarcodeDetector | null {
  const { BarcodeDetector: Detector } = window as { BarcodeDetector?: BarcodeDetectorClass };
  // Pages without HTTPS have no media devices.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return Detector && devices ? new Detector({ formats: ["qr_code"] }) : null;
}

/** Alerts for new orders, by sound and by desktop notification, for people who are not looking at the page. */
import type { OrderRow } from "./types";

/** Two short tones, a rising fourth (about E5 and A5). */
const TONES = [
  { frequencyHz: 660, startSeconds: 0 },
  { frequencyHz: 880, startSeconds: 0.14 },
];
const TONE_SECONDS = 0.3;
/** 1 is full volume. */
const GAIN = 0.12;
/** An exponential ramp cannot reach zero, so the tone fades to this gain, which nobody hears. */
const SILENT_GAIN = 0.001;

let audio: AudioContext | undefined;

/** Makes no sound before the first click or key press on the page, because browsers block audio until then. */
export function playChime(): void {
  audio ??= new AudioContext();
  // A refusal is expected before the first click or key press, and is no error.
  void audio.resume().catch(() => undefined);
  for (const { frequencyHz, startSeconds } of TONES) {
    const start = audio.currentTime + startSeconds;
    const tone = new OscillatorNode(audio, { frequency: frequencyHz });
    const volume = new GainNode(audio, { gain: GAIN });
    volume.gain.exponentialRampToValueAtTime(SILENT_GAIN, start + TONE_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  }
}

/** Asks for permission to show desktop notifications. Resolves to whether it was granted. */
export async function requestDesktopNotifications(): Promise<boolean> {
  // The API does not exist on pages without HTTPS and in some mobile browsers.
  if (!("Notification" in window)) return false;
  return (await Notification.requestPermission()) === "granted";
}

/** Shows one notification for all `orders`. It names no buyer, because it may appear on a locked screen. */
export function showDesktopNotification(
  orders: readonly OrderRow[],
  onOpen: (orderNumber: number) => void,
): void {
  const [first] = orders;
  if (!first || !("Notification" in window) || Notification.permission !== "granted") return;
  const title = orders.length === 1 ? `New order ${first.orderNumber}` : `${orders.length} new orders`;
  const pieces = orders.reduce((sum, { pieceCount }) => sum + pieceCount, 0);
  try {
    const notification = new Notification(title, {
      body: `${pieces} pieces to pack`,
      tag: String(first.orderNumber),
    });
    notification.onclick = () => {
      window.focus();
      onOpen(first.orderNumber);
      notification.close();
    };
  } catch {
    // Chrome on Android grants the permission but throws here; the count in the page's title still shows the orders.
  }
}

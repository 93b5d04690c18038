/** Arrivals told of by sound and by the desktop, for those who do not look at the page. */
import type { OrderRow } from "./types";

/** Two short tones, rising. Hz and seconds. */
const TONES = [
  { pitch: 660, at: 0 },
  { pitch: 880, at: 0.14 },
];
const TONE_SECONDS = 0.3;
const LOUDNESS = 0.12;

let audio: AudioContext | undefined;

/** Silent until the person has touched the page once: browsers ask for that. */
export function chime(): void {
  audio ??= new AudioContext();
  // A page that nobody has touched yet stays silent; that is no error.
  void audio.resume().catch(() => undefined);
  for (const { pitch, at } of TONES) {
    const start = audio.currentTime + at;
    const tone = new OscillatorNode(audio, { frequency: pitch });
    const volume = new GainNode(audio, { gain: LOUDNESS });
    volume.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  }
}

/** Asks the browser, which asks the person. Resolves to whether the desktop may show orders. */
export async function mayNotify(): Promise<boolean> {
  // Absent where the page is not served over HTTPS, and on some phones.
  if (!("Notification" in window)) return false;
  return (await Notification.requestPermission()) === "granted";
}

/** One message for all that came together. Nobody's name is on it: it shows on locked screens. */
export function notifyOf(orders: readonly OrderRow[], onOpen: (orderNumber: number) => void): void {
  const [first] = orders;
  if (!first || !("Notification" in window) || Notification.permission !== "granted") return;
  const title = orders.length === 1 ? `New order ${first.orderNumber}` : `${orders.length} new orders`;
  const pieces = orders.reduce((sum, { pieceCount }) => sum + pieceCount, 0);
  try {
    const message = new Notification(title, {
      body: `${pieces} pieces to pack`,
      tag: String(first.orderNumber),
    });
    message.onclick = () => {
      window.focus();
      onOpen(first.orderNumber);
      message.close();
    };
  } catch {
    // Android's Chrome has the permission and refuses the constructor; the page's title still counts.
  }
}

/** Short tones, for people who are not looking at the page. */

export type Tone = { frequencyHz: number; startSeconds: number };

const TONE_SECONDS = 0.3;
/** 1 is full volume. */
const GAIN = 0.12;
/** An exponential ramp cannot reach zero, so the tone fades to this gain, which nobody hears. */
const SILENT_GAIN = 0.001;

let audio: AudioContext | undefined;

/** Makes no sound before the first click or key press on the page, because browsers block audio until then. */
export function playTones(tones: readonly Tone[]): void {
  audio ??= new AudioContext();
  // A refusal is expected before the first click or key press, and is no error.
  void audio.resume().catch(() => undefined);
  for (const { frequencyHz, startSeconds } of tones) {
    const start = audio.currentTime + startSeconds;
    const tone = new OscillatorNode(audio, { frequency: frequencyHz });
    const volume = new GainNode(audio, { gain: GAIN });
    volume.gain.exponentialRampToValueAtTime(SILENT_GAIN, start + TONE_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  }
}

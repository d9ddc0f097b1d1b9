import { preferences } from "../../parts/preferences";

let context: AudioContext | undefined;

function audio(): AudioContext | undefined {
  if (!("AudioContext" in globalThis)) return undefined;
  context ??= new AudioContext();
  return context;
}

/** soundBlocked tells whether the browser still waits for a click before it plays anything. */
export function soundBlocked(): boolean {
  return audio()?.state === "suspended";
}

/** unlockSound asks the browser to play; call it from a click. */
export async function unlockSound(): Promise<void> {
  await audio()?.resume();
}

function tone(a: AudioContext, hertz: number, from: number, length: number) {
  const oscillator = a.createOscillator();
  const gain = a.createGain();
  oscillator.type = "sine";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0.0001, from);
  gain.gain.exponentialRampToValueAtTime(Math.max(0.0002, preferences().volume * 0.5), from + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.0001, from + length);
  oscillator.connect(gain).connect(a.destination);
  oscillator.start(from);
  oscillator.stop(from + length);
  return oscillator;
}

/** ring plays the two tones of an offer once, 1.2 s, and returns how to cut them short. */
export function ring(): () => void {
  const a = audio();
  if (a?.state !== "running" || !preferences().sound) return () => undefined;
  const at = a.currentTime;
  const playing = [tone(a, 660, at, 0.45), tone(a, 880, at + 0.5, 0.7)];
  return () => {
    for (const p of playing) {
      try {
        p.stop();
      } catch {
        // it had ended
      }
    }
  };
}

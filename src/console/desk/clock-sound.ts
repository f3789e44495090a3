/** A short sound for limits that are nearly due; off until somebody switches it on, on this machine. */

const KEY = 'huashu.clockSound';
const TONE_HZ = 880;
const TONE_S = 0.18;

/** Is the sound on? */
export function isSoundOn(): boolean {
  return localStorage.getItem(KEY) === 'on';
}

/** Switches it, and lets it be heard when it is switched on. */
export function switchSound(on: boolean): void {
  localStorage.setItem(KEY, on ? 'on' : 'off');
  if (on) playChime();
}

/** Sounds, unless it is off. */
export function playChime(): void {
  if (!isSoundOn()) return;
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0.12, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + TONE_S);
  tone.frequency.value = TONE_HZ;
  tone.connect(volume).connect(audio.destination);
  tone.onended = () => void audio.close();
  tone.start();
  tone.stop(audio.currentTime + TONE_S);
}

/** Creates an id of a command: 32 hex digits. Works on plain http too, where `crypto.randomUUID` is missing. */
export function createRandomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a key combination asks of the desk, wherever the focus is. */
export type DeskKey =
  /** `polished`: the softer wording, where there is one. */
  | { action: 'insert'; position: number; polished: boolean }
  /** To the next or the previous pane: list, composer, side pane. */
  | { action: 'pane'; step: 1 | -1 }
  | { action: 'next' | 'previous' | 'resolve' | 'takeOver' | 'tasks' | 'ask' | 'correct' | 'records' | 'help' };

/** The part of a keyboard event that decides. */
export type KeyPress = Pick<KeyboardEvent, 'code' | 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing'> & {
  shiftKey?: boolean;
};

/**
 * Reads a key press. Letters go by their place on the keyboard, for Alt changes what they write on some systems.
 *
 * @param typing the focus is in a text field, so that single characters are text
 */
export function matchKey(press: KeyPress, typing: boolean): DeskKey | undefined {
  if (press.isComposing || press.ctrlKey || press.metaKey) return undefined;
  if (!press.altKey) {
    if (press.code === 'F6') return { action: 'pane', step: press.shiftKey === true ? -1 : 1 };
    return press.code === 'F1' || (press.key === '?' && !typing) ? { action: 'help' } : undefined;
  }
  switch (press.code) {
    case 'Digit1':
    case 'Digit2':
    case 'Digit3':
      return { action: 'insert', position: Number(press.code.slice(-1)) - 1, polished: press.shiftKey === true };
    case 'KeyJ':
      return { action: 'next' };
    case 'KeyK':
      return { action: 'previous' };
    case 'KeyE':
      return { action: 'resolve' };
    case 'KeyA':
      return { action: 'ask' };
    case 'KeyC':
      return { action: 'correct' };
    case 'KeyG':
      return { action: 'tasks' };
    case 'KeyS':
      return { action: 'records' };
    case 'KeyT':
      return { action: 'takeOver' };
    default:
      return undefined;
  }
}

import { isNode, LineCounter, parseDocument } from 'yaml';
import { readTextFile } from '../../lib/read-text-file.ts';
import { type CompiledShopRules, compileShopRules } from './compile-shop-rules.ts';
import { ShopRulesError } from './shop-rules-error.ts';

/** Characters of a file; the limits of the form stay far below. */
const LARGEST_FILE = 4_000_000;

/** Reads gate rules from a YAML or JSON file. @throws DataFileError as `parseShopRules`, or when it cannot be read */
export function readShopRulesFile(path: string): CompiledShopRules {
  return parseShopRules(readTextFile(path), path);
}

/**
 * Parses and compiles the text of a YAML or JSON file of gate rules; an empty file holds none.
 *
 * @throws {ShopRulesError} every problem with its line
 */
export function parseShopRules(text: string, file: string): CompiledShopRules {
  if (text.length > LARGEST_FILE)
    throw fault(file, undefined, `has ${text.length} characters, at most ${LARGEST_FILE} are read`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) throw fault(file, lines.linePos(broken.pos[0]).line, `is not YAML: ${broken.message}`);
  return compileShopRules(
    toValue(() => document.toJS() ?? {}, file),
    file,
    (path) => {
      const node: unknown = document.getIn(path, true);
      return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
    },
  );
}

/** Too many aliases of one another are an attack, and the parser refuses them. */
function toValue(read: () => unknown, file: string): unknown {
  try {
    return read();
  } catch (error) {
    throw fault(file, undefined, `is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fault(file: string, line: number | undefined, message: string): ShopRulesError {
  return new ShopRulesError(file, [{ path: '', line, message }]);
}

/** Styles every page has; the font is only loaded for characters the reader's own fonts do not have. */
import '@fontsource/noto-sans-sc/400.css';
import './tokens.css';
import './base.css';
import './parts.css';

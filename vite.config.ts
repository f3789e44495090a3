import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// Whatever the caller runs as (a test, a developer's shell), the pages are built for use.
process.env['NODE_ENV'] = 'production';

const consoleRoot = fileURLToPath(new URL('./src/console', import.meta.url));

/** Every browser the pages support reads woff2, so the second copy of each fallback font is not shipped. */
function keepWoff2Only(): Plugin {
  return {
    name: 'keep-woff2-only',
    enforce: 'pre',
    transform(code, id) {
      if (!/@fontsource[^?]*\.css/.test(id)) return undefined;
      return { code: code.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, ''), map: null };
    },
  };
}

export default defineConfig({
  root: consoleRoot,
  plugins: [keepWoff2Only(), react()],
  build: {
    outDir: fileURLToPath(new URL('./dist/console', import.meta.url)),
    emptyOutDir: true,
    // Fonts and pictures stay files: a strict content security policy then needs no data: source.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: {
        console: `${consoleRoot}/console.html`,
        supervisor: `${consoleRoot}/supervisor.html`,
        library: `${consoleRoot}/library.html`,
        settings: `${consoleRoot}/settings.html`,
        shop: `${consoleRoot}/shop.html`,
      },
    },
  },
});

import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { texts } from "./tools/texts_plugin.mjs";

/** Each face is a build of its own: phones get an older language and nothing of the desk. */
export type Face = "portal" | "desk" | "field";

const target: Record<Face, string> = { portal: "chrome64", desk: "es2022", field: "chrome64" };
const server = process.env.ZHITONG_SERVER ?? "http://127.0.0.1:8311";

export function configOf(face: Face): UserConfig {
  return {
    root: fileURLToPath(new URL(".", import.meta.url)),
    configFile: false,
    appType: "mpa",
    plugins: [vue(), texts(), pagesByHistory()],
    resolve: { alias: { "@shared": fileURLToPath(new URL("./shared", import.meta.url)) } },
    define: {
      __VUE_OPTIONS_API__: false,
      __VUE_PROD_DEVTOOLS__: false,
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
      __VUE_I18N_FULL_INSTALL__: false,
      __VUE_I18N_LEGACY_API__: false,
      __INTLIFY_PROD_DEVTOOLS__: false,
      __INTLIFY_DROP_MESSAGE_COMPILER__: true, // messages are compiled at build time
    },
    server: { port: 8400, proxy: { "/api": { target: server }, "/open311": { target: server } } },
    // The map's worker is a file of its own (content policy), in the language of the face.
    worker: { format: "iife", rollupOptions: { output: { entryFileNames: `assets/${face}-[name]-[hash].js` } } },
    build: {
      outDir: `build/${face}`,
      emptyOutDir: true,
      target: target[face],
      cssTarget: target[face],
      // Fonts and pictures as files of their own: data addresses would need a wider policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1200,
      reportCompressedSize: false,
      rollupOptions: {
        input: { [face]: `${face}/index.html` },
        output: {
          entryFileNames: `assets/${face}-[hash].js`,
          chunkFileNames: `assets/${face}-[name]-[hash].js`,
          assetFileNames: `assets/${face}-[name]-[hash][extname]`,
        },
      },
    },
    test: { include: ["tests/unit/**/*.test.ts"], setupFiles: ["tests/unit/browser_globals.ts"] },
  } as UserConfig;
}

/** In development, as the server does it: /desk and what is below is the desk, likewise /field, the
    rest the portal. */
function pagesByHistory(): Plugin {
  return {
    name: "pages-by-history",
    configureServer(development) {
      development.middlewares.use((request, _response, next) => {
        if (request.headers.accept?.includes("text/html")) {
          const face = /^\/(desk|field)(\/|\?|$)/.exec(request.url ?? "")?.[1] ?? "portal";
          request.url = `/${face}/index.html`;
        }
        next();
      });
    },
  };
}

// Development shows both faces; what the portal leaves out does no harm there.
export default defineConfig(configOf((process.env.ZHITONG_FACE as Face | undefined) ?? "desk"));

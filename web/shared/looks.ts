// How the page looks for who reads it: large text, light or dark. Kept on the device; the tokens
// (styles/tokens.css) do the rest.

import { ref, watchEffect } from "vue";

export type Theme = "auto" | "light" | "dark";

function kept(name: string): string {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing shows the usual look the next time.
  }
}

export const isLarge = ref(kept("zhitong.large") === "yes");
export const theme = ref<Theme>((["light", "dark"] as const).find((one) => one === kept("zhitong.theme")) ?? "auto");

/** Writes both to the root element, now and whenever they change. */
export function openLooks(): void {
  watchEffect(() => {
    const root = document.documentElement;
    root.classList.toggle("is-large", isLarge.value);
    const isDark = theme.value === "dark" || (theme.value === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = isDark ? "dark" : "light";
    keep("zhitong.large", isLarge.value ? "yes" : "no");
    keep("zhitong.theme", theme.value);
  });
}

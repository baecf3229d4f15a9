import { ref } from "vue";

/** This moment, for words such as "2 hours left"; moves on by itself. In ms. */
export const now = ref(Date.now());

setInterval(() => (now.value = Date.now()), 20_000);

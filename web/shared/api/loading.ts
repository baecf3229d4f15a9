import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from "vue";

/** What a page shows while it asks the server: nothing yet, what came, or what went wrong. */
export interface Loaded<T> {
  /** What came last; stays while it is asked again. */
  value: ShallowRef<T | undefined>;
  error: ShallowRef<unknown>;
  isLoading: Ref<boolean>;
  /** Asks again; an answer that came too late is dropped. */
  load: () => Promise<void>;
}

/** in: how to ask, and what it depends on (a change of it asks anew: number, filter, language). */
export function useLoaded<T>(ask: (signal: AbortSignal | undefined) => Promise<T>, on?: () => unknown): Loaded<T> {
  const value = shallowRef<T>();
  const error = shallowRef<unknown>();
  const isLoading = ref(false);
  // Phones of 2018 have none; then a late answer is dropped by its turn alone.
  const makeAbort = (): AbortController | undefined => (typeof AbortController === "undefined" ? undefined : new AbortController());
  let abort: AbortController | undefined;
  let turn = 0;
  const load = async (): Promise<void> => {
    abort?.abort();
    abort = makeAbort();
    const mine = ++turn;
    isLoading.value = true;
    error.value = undefined;
    try {
      const came = await ask(abort?.signal);
      if (mine === turn) value.value = came;
    } catch (failed) {
      if (mine === turn) error.value = failed;
    } finally {
      if (mine === turn) isLoading.value = false;
    }
  };
  onScopeDispose(() => {
    ++turn;
    abort?.abort();
  });
  if (on === undefined) void load();
  else watch(on, load, { immediate: true });
  return { value, error, isLoading, load };
}

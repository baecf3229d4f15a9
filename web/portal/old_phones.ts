// What browsers of 2018 (Chrome 64) lack and the portal, or Vite's loader, uses. The build turns
// newer syntax into older, but adds no functions. A browser test takes these away and hands in.

interface Old {
  flatMap?: unknown;
}

if (typeof Promise.allSettled !== "function") {
  Promise.allSettled = <T>(all: Iterable<T | PromiseLike<T>>): Promise<Array<PromiseSettledResult<Awaited<T>>>> =>
    Promise.all(Array.from(all, (one) => Promise.resolve(one).then(
      (value): PromiseSettledResult<Awaited<T>> => ({ status: "fulfilled", value }),
      (reason: unknown): PromiseSettledResult<Awaited<T>> => ({ status: "rejected", reason }),
    )));
}

if (typeof (Array.prototype as Old).flatMap !== "function") {
  Object.defineProperty(Array.prototype, "flatMap", {
    configurable: true,
    writable: true,
    value<T, U>(this: T[], change: (one: T, index: number, all: T[]) => U | readonly U[]): U[] {
      return ([] as U[]).concat(...this.map((one, index) => change(one, index, this)));
    },
  });
}

export {};

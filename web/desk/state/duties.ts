import { getDirectoryDuties, type DutyLine } from "@shared/api/client";
import { defineStore } from "pinia";

/** What townships' three lists say, read when somebody gives a matter away. */
export const useDuties = defineStore("duties", {
  state: () => ({ lines: [] as readonly DutyLine[], reading: undefined as Promise<void> | undefined }),
  actions: {
    read(): Promise<void> {
      this.reading ??= getDirectoryDuties().then(
        (came) => {
          this.lines = came.duties;
        },
        (error: unknown) => {
          this.reading = undefined;
          throw error;
        },
      );
      return this.reading;
    },
    of(org: number, category: string): DutyLine | undefined {
      return this.lines.find((line) => line.org.id === org && line.category === category);
    },
  },
});

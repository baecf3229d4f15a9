import { getWords, type Word, type WordList } from "@shared/api/client";
import { setOfficeOffset } from "@shared/words/dates";
import { defineStore } from "pinia";

/** Lists of the place's pack in words, and its office time; read once. */
export const useWords = defineStore("words", {
  state: () => ({ lists: [] as readonly WordList[], arguments: [] as readonly Word[], reading: undefined as Promise<void> | undefined }),
  actions: {
    read(): Promise<void> {
      this.reading ??= getWords().then(
        (came) => {
          this.lists = came.lists;
          this.arguments = came.arguments;
          setOfficeOffset(came.offset_minutes);
        },
        (error: unknown) => {
          this.reading = undefined;
          throw error;
        },
      );
      return this.reading;
    },
    wordsOf(list: string): readonly Word[] {
      return this.lists.find((one) => one.name === list)?.words ?? [];
    },
    /** Title of an argument that verbs share. */
    argumentTitle(name: string): string {
      return this.arguments.find((word) => word.name === name)?.title ?? name;
    },
    /** What was chosen from a list, in words. Lists are named after the verb (send_back, extension)
        or the field (reply_classes); the same key may stand in several. */
    titleOf(verb: string, field: string, key: string): string | undefined {
      const own = this.lists.filter((list) => verb.includes(list.name) || list.name.includes(field));
      return [...own, ...this.lists].flatMap((list) => list.words).find((word) => word.name === key)?.title;
    },
  },
});

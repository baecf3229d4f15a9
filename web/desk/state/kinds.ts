import { getKinds, getKindsByKind, type KindLine, type KindPage } from "@shared/api/client";
import { defineStore } from "pinia";

function knownOf(state: { lines: KindLine[]; pages: Record<string, KindPage> }): KindLine[] {
  const met = Object.values(state.pages).map((page) => page.kind).filter((kind) => !state.lines.some((line) => line.name === kind.name));
  return [...state.lines, ...met];
}

/** Kinds as their definition files have them: titles of stages, categories and choices, and forms.
    Pages name nothing of a kind by themselves. */
export const useKinds = defineStore("kinds", {
  state: () => ({ lines: [] as KindLine[], pages: {} as Record<string, KindPage>, reading: undefined as Promise<void> | undefined }),
  getters: {
    /** Kinds of matters that one may begin, and those met since: who begins none sees many. */
    matters: (state): KindLine[] => knownOf(state).filter((kind) => !kind.is_record),
    /** The same of records: firms, members, sites, projects. */
    registers: (state): KindLine[] => knownOf(state).filter((kind) => kind.is_record),
  },
  actions: {
    readLines(): Promise<void> {
      this.reading ??= getKinds().then(
        (list) => {
          this.lines = list.kinds;
        },
        (error: unknown) => {
          this.reading = undefined;
          throw error;
        },
      );
      return this.reading;
    },
    async readPage(kind: string): Promise<KindPage> {
      const known = this.pages[kind];
      if (known !== undefined) return known;
      const page = await getKindsByKind(kind);
      this.pages[kind] = page;
      return page;
    },
    /** Reads what is not known yet of several; one that cannot be read keeps its name. */
    async readPages(kinds: Iterable<string>): Promise<void> {
      await Promise.all([...new Set(kinds)].map((kind) => this.readPage(kind).catch(() => undefined)));
    },
    titleOf(kind: string): string {
      return this.lines.find((line) => line.name === kind)?.title ?? this.pages[kind]?.kind.title ?? kind;
    },
    categoryTitle(kind: string, category: string): string {
      return this.pages[kind]?.categories.find((one) => one.name === category)?.title ?? category;
    },
    /** Title of a choice of a field of the kind, such as a channel. */
    choiceTitle(kind: string, field: string, choice: string): string {
      const fields = this.pages[kind]?.fields ?? [];
      return fields.find((one) => one.name === field)?.choices.find((one) => one.name === choice)?.title ?? choice;
    },
    fieldTitle(kind: string, field: string): string {
      const fields = this.pages[kind]?.fields ?? [];
      return fields.find((one) => one.name === field)?.title ?? field;
    },
    stageTitle(kind: string, stage: string): string {
      return this.pages[kind]?.stages.find((one) => one.name === stage)?.title ?? stage;
    },
  },
});

import { getDirectoryOrgs, type OrgLine } from "@shared/api/client";
import { defineStore } from "pinia";
import { useSession } from "../session";

/** Of one question for units by words. */
const foundMost = "50";

/** Orgs and posts of today, read once and used by many. A large place has more than one answer holds: then what is looked
    for is asked of the server, and kept beside what is known. */
export const useDirectory = defineStore("directory", {
  state: () => ({ orgs: [] as OrgLine[], isWhole: true, reading: undefined as Promise<void> | undefined }),
  getters: {
    byId: (state): Map<number, OrgLine> => new Map(state.orgs.map((org) => [org.id, org])),
    /** The unit of the post that one acts in. */
    own: (state): OrgLine | undefined => {
      const post = useSession().page?.post;
      return state.orgs.find((org) => org.posts.some((one) => one.id === post));
    },
    /** Key of the post that one acts in, such as "clerk"; "" until it is known. */
    postKey(): string {
      const post = useSession().page?.post;
      return this.own?.posts.find((one) => one.id === post)?.key ?? "";
    },
  },
  actions: {
    read(): Promise<void> {
      this.reading ??= getDirectoryOrgs().then(
        async (list) => {
          this.orgs = list.orgs;
          this.isWhole = !list.has_more;
          const post = useSession().page?.post;
          if (post && this.own === undefined) await this.learn({ post: String(post) });
        },
        (error: unknown) => {
          this.reading = undefined;
          throw error;
        },
      );
      return this.reading;
    },
    async learn(query: { under?: string; ids?: string; post?: string; words?: string; limit?: string }): Promise<void> {
      if (this.isWhole) return;
      const { orgs } = await getDirectoryOrgs(query);
      this.orgs = [...this.orgs, ...orgs.filter((org) => !this.byId.has(org.id))];
    },
    /** Units whose name has the words in it. */
    async find(words: string): Promise<void> {
      if (words.trim().length > 1) await this.learn({ words: words.trim(), limit: foundMost });
    },
    /** Units by number, with those above them. */
    async know(ids: readonly number[]): Promise<void> {
      await this.read();
      for (let missing = [...new Set(ids)]; missing.length > 0 && !this.isWhole; ) {
        const asked = missing.filter((id) => id > 0 && !this.byId.has(id));
        if (asked.length === 0) return;
        await this.learn({ ids: asked.join(",") });
        missing = asked.flatMap((id) => this.byId.get(id)?.parent ?? []);
      }
    },
    named(name: string): OrgLine | undefined {
      return this.orgs.find((org) => org.name === name);
    },
  },
});

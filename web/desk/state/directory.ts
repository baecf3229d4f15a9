import { getDirectoryOrgs, type OrgLine } from "@shared/api/client";
import { defineStore } from "pinia";
import { useSession } from "../session";

/** Orgs and posts of today, read once and used by many. */
export const useDirectory = defineStore("directory", {
  state: () => ({ orgs: [] as OrgLine[], reading: undefined as Promise<void> | undefined }),
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
        (list) => {
          this.orgs = list.orgs;
        },
        (error: unknown) => {
          this.reading = undefined;
          throw error;
        },
      );
      return this.reading;
    },
    named(name: string): OrgLine | undefined {
      return this.orgs.find((org) => org.name === name);
    },
  },
});

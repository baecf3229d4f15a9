import { deleteSession, getSession, postSession, putSessionPost, type ChoosePost, type SessionPage, type SignIn } from "@shared/api/client";
import { problemOf } from "@shared/api/wire";
import { defineStore } from "pinia";
import { dropDraftsOf } from "./state/drafts";

/** Who is signed in. The cookie is the server's alone; the page holds the second token. */
export const useSession = defineStore("session", {
  state: () => ({
    page: undefined as SessionPage | undefined,
    isKnown: false,
    /** The session ended while somebody worked: the page stays as it is until they are back. */
    hasEnded: false,
  }),
  getters: {
    csrf: (state): string => state.page?.csrf ?? "",
    person: (state): number => state.page?.person ?? 0,
  },
  actions: {
    /** Asks who is signed in; nobody is no failure. */
    async find(): Promise<void> {
      try {
        this.page = await getSession();
      } catch (error) {
        if (problemOf(error)?.status !== 401) throw error;
        this.page = undefined;
        this.hasEnded = false;
      }
      this.isKnown = true;
      this.leaveToPortal();
    },
    /** People of firms work at the portal: nothing here is for them. */
    leaveToPortal(): void {
      if (this.page?.is_of_firm === true && !this.page.must_change_password) location.assign("/firm");
    },
    /** out: somebody else than before signed in, so that what is shown must not stay. */
    async signIn(as: SignIn): Promise<boolean> {
      const before = this.page?.person;
      this.page = await postSession(as);
      this.isKnown = true;
      this.hasEnded = false;
      this.leaveToPortal();
      return before !== undefined && before !== this.page.person;
    },
    async choosePost(chosen: ChoosePost): Promise<void> {
      this.page = await putSessionPost(chosen);
    },
    /** errors: the server could not be reached; then one is still signed in. */
    async signOut(): Promise<void> {
      const person = this.person;
      await deleteSession();
      dropDraftsOf(person);
      this.page = undefined;
      this.hasEnded = false;
    },
    end(): void {
      if (this.page !== undefined) this.hasEnded = true;
    },
  },
});

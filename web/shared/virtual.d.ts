declare module "virtual:texts/*" {
  const messages: Record<string, unknown>;
  export default messages;
}
declare module "*.vue" {
  import type { DefineComponent } from "vue";
  const component: DefineComponent<{}, {}, unknown>;
  export default component;
}

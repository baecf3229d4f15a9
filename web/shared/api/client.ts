// Made by `zhitong openapi --typescript` from the rows of the API.

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  at?: string;
  detail?: string;
  retry_may_help?: boolean;
}

export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

export interface Sent {
  /** Before the path: "" on the site's own pages. */
  base?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** How requests go out; a client that retries, or adds fields, puts its own way here. */
export const via: { fetch: (path: string, init: RequestInit) => Promise<Response> } = {
  fetch: (path, init) => fetch(path, init),
};

async function call(method: string, path: string, sent: Sent, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { ...sent.headers };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await via.fetch((sent.base ?? "") + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: "same-origin",
    signal: sent.signal,
  });
  if (!response.ok) throw new Refused((await response.json()) as Problem);
  return response;
}

function queryOf(values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "" : "?" + text;
}

export interface AccountLine {
  account: number;
  changed: string;
  has_second_factor: boolean;
  made: string;
  name: string;
  person: Reference;
  recovery_codes_left: number;
  sessions: number;
  state: string;
}

export interface AccountList {
  accounts: Array<AccountLine>;
  next?: number;
}

export interface Administrators {
  audit: Array<Reference>;
  mode: string;
  security: Array<Reference>;
  system: Array<Reference>;
}

export interface AllDone {
  is_repeated: boolean;
  rows: Array<Done>;
  seq: number;
}

export interface AnswerSheet {
  answers: unknown;
  token: string;
}

export interface AreaCount {
  area: Reference;
  count: number;
}

export interface AreaCounts {
  areas: Array<AreaCount>;
  count: number;
  unplaced: number;
}

export interface AreaLampList {
  areas: Array<AreaLamps>;
  as_of?: string;
  seq: number;
  unplaced: AreaLamps;
  within?: AreaLamps;
}

export interface AreaLamps {
  area: Reference;
  count: number;
  lamps: Lamps;
}

export interface AreaMap {
  above: Array<Reference>;
  areas: Array<AreaOnMap>;
  sources: Array<string>;
  tiles?: TileServer;
  within?: AreaOnMap;
}

export interface AreaOnMap {
  has_below: boolean;
  id: number;
  level: string;
  name: string;
  parent: number;
  point: string;
  shape: string;
}

export interface AskedChoice {
  id: string;
  quota?: number;
  title: string;
}

export interface AskedIf {
  any: Array<string>;
  question: string;
}

export interface AskedQuestion {
  choices?: Array<AskedChoice>;
  chosen_max?: number;
  id: string;
  is_required?: boolean;
  max?: number;
  min?: number;
  rows?: Array<AskedChoice>;
  show_if?: AskedIf;
  title: string;
  type: string;
}

export interface AuditLine {
  at: string;
  hash: string;
  matter: string;
  more: unknown;
  person: number;
  post: string;
  seq: number;
  unit: string;
  what: string;
}

export interface AuditList {
  banner: string;
  last: number;
  mode: string;
  next?: string;
  rows: Array<AuditLine>;
}

export interface BindPerson {
  account: string;
  contact?: string;
  from?: string;
  is_administrator?: boolean;
  name: string;
  until?: string;
}

export interface Bound {
  account: string;
  password: string;
  until?: string;
}

export interface Bulk {
  deeds?: Array<Deed>;
  rows: Array<BulkRow>;
}

export interface BulkDone {
  done: number;
  refused: number;
  rows: Array<BulkOutcome>;
  seq: number;
}

export interface BulkOutcome {
  done?: Done;
  is_repeated: boolean;
  number: string;
  problem?: RowProblem;
}

export interface BulkRow {
  deeds?: Array<Deed>;
  number: string;
  version?: number;
}

export interface CallLine {
  at: string;
  id: string;
  number: string;
  text: string;
  what: string;
}

export interface CallList {
  next?: string;
  rows: Array<CallLine>;
}

export interface Category {
  name: string;
  parent: string;
  stop_text: string;
  title: string;
}

export interface ChangeLine {
  about: Array<string>;
  change: number;
  closed?: string;
  closed_by: number;
  deeds: Array<Deed>;
  prepared: string;
  prepared_by: number;
  prepared_in: Reference;
  seq: number;
  state: string;
  why: string;
}

export interface ChangeList {
  changes: Array<ChangeLine>;
}

export interface ChangePassword {
  next: string;
  present: string;
}

export interface ChoosePost {
  on_behalf?: number;
  post: number;
}

export interface ClockLine {
  due?: string;
  due_text: string;
  is_final: boolean;
  is_provisional: boolean;
  length: string;
  name: string;
  no: number;
  part: number;
  start: string;
  state: string;
  stopped?: string;
  title: string;
  turn: number;
}

export interface CodesGiven {
  codes: Array<string>;
}

export interface CodesWanted {
  count: number;
}

export interface Confirm {
  password: string;
}

export interface ConsistencyProof {
  algorithm: string;
  first: PublishedRoot;
  path: Array<string>;
  second: PublishedRoot;
}

export interface CountedAnswer {
  count: number;
  id: string;
  title: string;
}

export interface CountedGroup {
  id: string;
  is_hidden: boolean;
  people: number;
  questions: Array<CountedQuestion>;
  title: string;
}

export interface CountedQuestion {
  answered: number;
  id: string;
  rows: Array<CountedRow>;
  texts: Array<CountedText>;
  title: string;
  type: string;
}

export interface CountedRow {
  counts: Array<CountedAnswer>;
  id: string;
  title: string;
}

export interface CountedText {
  count: number;
  text: string;
}

export interface DeadLetter {
  at: string;
  attempts: number;
  id: string;
  reason: string;
  way: string;
  what: string;
}

export interface DeadLetterList {
  dead: number;
  done: number;
  due: number;
  moot: number;
  next?: string;
  rows: Array<DeadLetter>;
  sending: number;
  waiting: number;
}

export interface Deed {
  fields: unknown;
  happened?: string;
  kind?: string;
  number?: string;
  verb: string;
}

export interface Deeds {
  deeds: Array<Deed>;
}

export interface Done {
  number: string;
  seq: number;
  stage: string;
  stage_title: string;
  version: number;
}

export interface Due {
  due: string;
  due_text: string;
  is_provisional: boolean;
  proof: Array<ProofDay>;
}

export interface DutyLine {
  category: string;
  lead?: Reference;
  list: string;
  org: Reference;
}

export interface DutyLists {
  duties: Array<DutyLine>;
}

export interface EndBinding {
  until?: string;
}

export interface EndedSessions {
  ended: number;
}

export interface ExportOrder {
  format: string;
  query?: string;
  reason: string;
}

export interface FactorCode {
  code: string;
}

export interface FactorSet {
  csrf: string;
  recovery_codes: Array<string>;
}

export interface FactorSetUp {
  secret: string;
  svg: string;
  uri: string;
}

export interface Field {
  choices: Array<Word>;
  help: string;
  is_personal: boolean;
  is_required: boolean;
  max: number;
  min: number;
  name: string;
  preset?: string;
  register_kind: string;
  show_if: string;
  title: string;
  type: string;
}

export interface FileLine {
  at: string;
  bytes: number;
  extension_differs: boolean;
  has_thumbnail: boolean;
  height: number;
  is_disclosed: boolean;
  may_carry_metadata: boolean;
  may_disclose: boolean;
  name: string;
  no: number;
  purpose: string;
  type: string;
  unit: string;
  width: number;
}

export interface FileList {
  files: Array<FileLine>;
  seq: number;
  version: number;
}

export interface FirmLine {
  administrators: number;
  agents: number;
  credit_code: string;
  from: string;
  is_association: boolean;
  name: string;
}

export interface FirmList {
  firms: Array<FirmLine>;
}

export interface FirmPage {
  credit_code: string;
  is_administrator: boolean;
  is_association: boolean;
  name: string;
  people: Array<FirmPerson>;
}

export interface FirmPerson {
  account: string;
  from: string;
  is_administrator: boolean;
  is_self: boolean;
  name: string;
  post: number;
  until?: string;
}

export interface Follow {
  files: Array<FileLine>;
  judged_above: Array<string>;
  kind_title: string;
  looks: Array<Look>;
  may: Array<Form>;
  notes: Array<NoteLine>;
  number: string;
  office: string;
  promises: Array<PromisedDate>;
  stage: string;
  stage_title: string;
  steps: Array<Step>;
  text: string;
  title: string;
  turn: number;
  units: Array<string>;
  version: number;
}

export interface Form {
  fields: Array<Field>;
  is_primary: boolean;
  title: string;
  verb: string;
}

export interface Found {
  count: number;
  is_being_made: boolean;
  is_more: boolean;
  is_of_newest: boolean;
  next?: string;
  rows: Array<Hit>;
  seq: number;
}

export interface GeoAttribute {
  code: string;
  datatype: string;
  datatype_description: string;
  description: string;
  order: number;
  required: boolean;
  values: Array<GeoValue>;
  variable: boolean;
}

export interface GeoDefinition {
  attributes: Array<GeoAttribute>;
  service_code: string;
}

export interface GeoDiscovery {
  changeset: string;
  contact: string;
  endpoints: Array<GeoEndpoint>;
  key_service: string;
}

export interface GeoEndpoint {
  changeset: string;
  formats: Array<string>;
  specification: string;
  type: string;
  url: string;
}

export interface GeoNote {
  datetime: string;
  description: string;
}

export interface GeoPosted {
  follow_code: string;
  service_notice: string;
  service_request_id: string;
}

export interface GeoRequest {
  agency_responsible: string;
  description: string;
  notes: Array<GeoNote>;
  requested_datetime: string;
  service_code: string;
  service_name: string;
  service_request_id: string;
  status: string;
  status_notes: string;
  updated_datetime: string;
}

export interface GeoService {
  description: string;
  group: string;
  keywords: string;
  metadata: boolean;
  service_code: string;
  service_name: string;
  type: string;
}

export interface GeoToken {
  service_request_id: string;
  token: string;
}

export interface GeoValue {
  key: string;
  name: string;
}

export interface HandIn {
  fields: unknown;
  kind: string;
  wants_phone_code?: boolean;
}

export interface HandLine {
  no: number;
  org: Reference;
  parent: number;
  reply_class: string;
  role: string;
  role_title: string;
  since: string;
  state: string;
  turn: number;
}

export interface Happening {
  at: string;
  fields: unknown;
  marks: Array<string>;
  on_behalf: string;
  post: string;
  recorded: string;
  seq: number;
  texts: unknown;
  title: string;
  unit: string;
  verb: string;
  version: number;
}

export interface Hit {
  matter: ListedMatter;
  snippets: Array<Snippet>;
}

export interface Inbox {
  count: number;
  lamps: Lamps;
  rows: Array<MatterLine>;
  seq: number;
}

export interface Instruction {
  given: Happening;
  line: MatterLine;
  since: Array<Happening>;
}

export interface InstructionList {
  count: number;
  rows: Array<Instruction>;
}

export interface ItemLine {
  amount: number;
  evidence: string;
  finished?: string;
  list: string;
  no: number;
  owner?: Reference;
  planned?: string;
  state: string;
  title: string;
}

export interface JobLine {
  asked: string;
  began?: string;
  bytes: number;
  bytes_all: number;
  ended?: string;
  file?: string;
  form: string;
  id: string;
  refusal: string;
  rejected: number;
  rejected_by_code: Array<RejectedCount>;
  rejects?: string;
  repeated: number;
  rows: number;
  state: string;
  state_title: string;
  what: string;
  why: string;
}

export interface JobList {
  jobs: Array<JobLine>;
}

export interface KeyLine {
  is_over: boolean;
  key: number;
  label: string;
  last_used?: string;
  made: string;
  post: Reference;
  scopes: Array<string>;
  until: string;
}

export interface KeyList {
  keys: Array<KeyLine>;
  scopes: Array<Word>;
}

export interface KindLine {
  help: string;
  is_field_work: boolean;
  is_record: boolean;
  is_unnamed_allowed: boolean;
  name: string;
  title: string;
}

export interface KindList {
  kinds: Array<KindLine>;
}

export interface KindPage {
  categories: Array<Category>;
  fields: Array<Field>;
  forms: Array<Form>;
  kind: KindLine;
  next_forms: Array<Form>;
  stages: Array<Word>;
  unnamed_notice: string;
  version: number;
}

export interface KindPromises {
  kind: string;
  kind_title: string;
  lengths: Array<PromisedLength>;
}

export interface Lamps {
  amber: number;
  green: number;
  none: number;
  paused: number;
  red: number;
  supervised: number;
}

export interface LegalWay {
  address: string;
  authority: string;
  name: string;
  telephone: string;
  title: string;
  within: string;
}

export interface LetInDay {
  answers: number;
  day: string;
}

export interface LinkLine {
  kind: string;
  number: string;
  stage_title: string;
  type: string;
}

export interface ListedMatter {
  changed: string;
  closed?: string;
  counts: string;
  is_published: boolean;
  is_record: boolean;
  line: MatterLine;
}

export interface Look {
  at: string;
  office: string;
  post: string;
  why: string;
}

export interface MadeKey {
  key: number;
  text: string;
}

export interface MakeAccount {
  name: string;
  person: string;
}

export interface MakeKey {
  label: string;
  post: number;
  scopes: Array<string>;
  until: string;
}

export interface MarkRead {
  ids?: Array<string>;
}

export interface MatterLine {
  category: string;
  channel: string;
  due?: string;
  is_provisional: boolean;
  is_supervised: boolean;
  kind: string;
  kind_title: string;
  lamp: string;
  next_due?: string;
  number: string;
  office: string;
  registered: string;
  stage: string;
  stage_title: string;
  title: string;
  turn: number;
  unit: string;
}

export interface MatterPage {
  area?: Reference;
  clocks: Array<ClockLine>;
  counts: string;
  fields: unknown;
  files: Array<FileLine>;
  hands: Array<HandLine>;
  is_erased: boolean;
  is_published: boolean;
  items: Array<ItemLine>;
  judged_above: Array<string>;
  line: MatterLine;
  links: Array<LinkLine>;
  may_attach: Array<string>;
  parties: Array<PartyLine>;
  protection: string;
  purpose: string;
  seq: number;
  sight: string;
  version: number;
}

export interface MatterRows {
  count: number;
  is_being_made: boolean;
  is_more: boolean;
  lamps?: Lamps;
  next?: string;
  rows: Array<ListedMatter>;
  seq: number;
}

export interface NewFirm {
  administrator: BindPerson;
  credit_code: string;
  is_association?: boolean;
  name: string;
}

export interface NewNote {
  /** What is noted; sealed. */
  text: string;
  /** unit, hands or requester. */
  visibility: string;
}

export interface NewView {
  /** One's own. */
  name: string;
  view: ViewFilter;
}

export interface NoteLine {
  at: string;
  post: string;
  seq: number;
  text: string;
  unit: string;
  visibility: string;
}

export interface NoteList {
  notes: Array<NoteLine>;
  version: number;
}

export interface NoticeChoice {
  digest?: string;
  is_at_once: boolean;
  muted: Array<string>;
  way?: string;
}

export interface NoticeChoicePage {
  choice: NoticeChoice;
  classes: Array<string>;
  never_muted: Array<string>;
  ways: Array<string>;
}

export interface NoticeLine {
  at: string;
  due?: string;
  id: string;
  number: string;
  read?: string;
  text: string;
  what: string;
}

export interface NoticeList {
  next?: string;
  rows: Array<NoticeLine>;
  unread: number;
}

export interface OfficialPaper {
  at: string;
  number: string;
  paper: string;
  reader: string;
  seq: number;
  title: string;
}

export interface OfficialPapers {
  rows: Array<OfficialPaper>;
}

export interface OneTime {
  account: number;
  name: string;
  password: string;
  until: string;
}

export interface OpinionCamp {
  agreed: Array<string>;
  disagreed: Array<string>;
  people: number;
  statements: Array<OpinionCount>;
}

export interface OpinionCount {
  agree: number;
  disagree: number;
  id: string;
  pass: number;
}

export interface OpinionList {
  consensus: Array<OpinionShare>;
  dividing: Array<OpinionShare>;
  groups: Array<OpinionCamp>;
  people: number;
  silhouette: number;
}

export interface OpinionShare {
  id: string;
  permille: number;
  title: string;
}

export interface Option {
  forms: Array<Form>;
  is_allowed: boolean;
  is_primary: boolean;
  refusal: string;
  title: string;
  verb: string;
  why: string;
}

export interface Options {
  options: Array<Option>;
  version: number;
}

export interface OrgLine {
  code: string;
  has_below: boolean;
  id: number;
  is_outside: boolean;
  level: string;
  name: string;
  parent: number;
  posts: Array<PostLine>;
}

export interface OrgList {
  has_more: boolean;
  orgs: Array<OrgLine>;
}

export interface PaperSheet {
  answers: unknown;
  form: string;
}

export interface PartyLine {
  contact: string;
  is_hidden: boolean;
  name: string;
  no: number;
  org?: Reference;
  role: string;
  state: string;
}

export interface PersonLine {
  account?: string;
  code: string;
  id: number;
  posts: Array<Reference>;
}

export interface PersonList {
  people: Array<PersonLine>;
}

export interface PhoneCode {
  code: string;
  puzzle: string;
  solution: string;
}

export interface PostLine {
  id: number;
  key: string;
  title: string;
}

export interface PostOption {
  on_behalf: number;
  org: string;
  post: number;
  title: string;
}

export interface PostRecord {
  deputy?: Reference;
  holder?: Reference;
  id: number;
  key: string;
  leads: Array<Reference>;
  number: string;
  org: string;
  secretary?: Reference;
  title: string;
  words: Array<string>;
}

export interface PostRecords {
  next?: number;
  posts: Array<PostRecord>;
}

export interface PrepareChange {
  deeds: Array<Deed>;
  why: string;
}

export interface Proceeding {
  ended?: string;
  opened: string;
  outcome: string;
}

export interface ProceedingList {
  proceedings: Array<Proceeding>;
}

export interface PromisedDate {
  due: string;
  due_text: string;
  is_final: boolean;
  is_provisional: boolean;
  proof: Array<ProofDay>;
  state: string;
  title: string;
}

export interface PromisedLength {
  clock: string;
  length: string;
  title: string;
  when: string;
}

export interface ProofDay {
  counted: number;
  day: string;
  mark: string;
  why: string;
}

export interface PublicArea {
  id: number;
  level: string;
  name: string;
  parent: number;
}

export interface PublicField {
  name: string;
  title: string;
  value: string;
}

export interface PublicFigures {
  rows: Array<PublicRow>;
  seq: number;
  until?: string;
  year: number;
}

export interface PublicPlace {
  areas: Array<PublicArea>;
  legal_ways: Array<LegalWay>;
  name: string;
  office: string;
  offset_minutes: number;
  promises: Array<KindPromises>;
  units: Array<Reference>;
  ways_in: Array<Word>;
}

export interface PublicRow {
  kind: string;
  kind_title: string;
  period: string;
  values: Array<PublicValue>;
}

export interface PublicStep {
  day: string;
  title: string;
}

export interface PublicValue {
  count?: number;
  denominator?: number;
  is_hidden: boolean;
  name: string;
  numerator?: string;
  rate?: string;
  title: string;
}

export interface PublishedFound {
  count: number;
  is_more: boolean;
  next?: string;
  rows: Array<PublishedHit>;
}

export interface PublishedHit {
  matter: PublishedLine;
  snippets: Array<Snippet>;
}

export interface PublishedLine {
  area?: Reference;
  category: string;
  closed?: string;
  is_closed: boolean;
  is_record: boolean;
  kind: string;
  kind_title: string;
  number: string;
  office: string;
  registered: string;
  stage_title: string;
  text: string;
  title: string;
}

export interface PublishedList {
  count: number;
  is_more: boolean;
  next?: string;
  rows: Array<PublishedLine>;
}

export interface PublishedPage {
  fields: Array<PublicField>;
  line: PublishedLine;
  steps: Array<PublicStep>;
}

export interface PublishedRoot {
  day: string;
  root: string;
  size: number;
}

export interface PutFiles {
  deeds?: Array<Deed>;
  purpose?: string;
  uploads: Array<string>;
}

export interface PuzzlePage {
  puzzle: string;
  zero_bits: number;
}

export interface QuestionnaireLine {
  audience: string;
  closes_on: string;
  number: string;
  title: string;
}

export interface QuestionnaireList {
  questionnaires: Array<QuestionnaireLine>;
}

export interface QuestionnairePage {
  audience: string;
  closes_on: string;
  is_open: boolean;
  number: string;
  questions: Questions;
  title: string;
}

export interface QuestionnaireResults {
  groups: Array<CountedGroup>;
  let_in: number;
  questions: Array<CountedQuestion>;
}

export interface QuestionnaireState {
  answers_hash: string;
  codes_given: number;
  days: Array<LetInDay>;
  let_in: number;
  matches_ledger: boolean;
  may_close: boolean;
  may_edit: boolean;
  may_enter: boolean;
  may_open: boolean;
  number: string;
  phase: string;
  questions?: Questions;
  questions_hash: string;
  received: number;
  stage: string;
  title: string;
}

export interface Questions {
  access: string;
  answers_max: number;
  intro: string;
  questions: Array<AskedQuestion>;
}

export interface Receipt {
  code: string;
  due?: string;
  due_text: string;
  is_code_replaced: boolean;
  is_provisional: boolean;
  number: string;
  office: string;
  phone_code?: string;
  seq: number;
  stage_title: string;
  unnamed_notice: string;
}

export interface RecordLine {
  changed: string;
  kind: string;
  kind_title: string;
  number: string;
  registered: string;
  stage: string;
  stage_title: string;
  title: string;
}

export interface RecordList {
  count: number;
  is_more: boolean;
  next?: string;
  rows: Array<RecordLine>;
  seq: number;
}

export interface Reference {
  id: number;
  name: string;
}

export interface RejectedCount {
  code: string;
  count: number;
  title: string;
}

export interface Renew {
  reached: boolean;
  text?: string;
  wants_phone_code?: boolean;
}

export interface Renewed {
  code: string;
  is_code_replaced: boolean;
  number: string;
  phone_code?: string;
  seq: number;
  version: number;
}

export interface ReplayAsk {
  after?: string;
  limit?: number;
  way: string;
}

export interface ReplayHeader {
  name: string;
  value: string;
}

export interface ReplayPage {
  calls: Array<ReplayedCall>;
  next?: string;
}

export interface ReplayedCall {
  body: string;
  headers: Array<ReplayHeader>;
  id: string;
}

export interface ResetAccount {
  drops_second_factor?: boolean;
}

export interface RootList {
  algorithm: string;
  place: string;
  rows: Array<PublishedRoot>;
}

export interface RowProblem {
  at: string;
  code: string;
  status: number;
  title: string;
}

export interface SessionLine {
  device: string;
  is_this: boolean;
  last_used: string;
  made: string;
  session: number;
}

export interface SessionList {
  sessions: Array<SessionLine>;
}

export interface SessionPage {
  csrf: string;
  has_second_factor: boolean;
  is_of_firm: boolean;
  must_change_password: boolean;
  on_behalf: number;
  org: string;
  person: number;
  post: number;
  post_title: string;
  posts: Array<PostOption>;
  session: number;
}

export interface SheetTaken {
  was_given_before: boolean;
}

export interface SignIn {
  code?: string;
  name: string;
  password: string;
}

export interface SimilarLine {
  days_apart: number;
  is_near: boolean;
  is_same_area: boolean;
  matter: ListedMatter;
  reason: string;
  similarity: number;
  words: Array<string>;
}

export interface SimilarList {
  is_being_made: boolean;
  rows: Array<SimilarLine>;
  seq: number;
}

export interface SimilarPublished {
  rows: Array<SimilarPublishedLine>;
}

export interface SimilarPublishedLine {
  matter: PublishedLine;
  reason: string;
  words: Array<string>;
}

export interface SimilarTo {
  area?: number;
  kind?: string;
  text: string;
}

export interface Snippet {
  is_cut_after: boolean;
  is_cut_before: boolean;
  parts: Array<SnippetPart>;
  section: string;
}

export interface SnippetPart {
  is_hit: boolean;
  text: string;
}

export interface StaffSheet {
  answers: unknown;
}

export interface Step {
  at: string;
  office: string;
  text: string;
  title: string;
}

export interface SuggestedCategories {
  model: string;
  rows: Array<SuggestedCategory>;
}

export interface SuggestedCategory {
  category: string;
  permille: number;
  words: Array<string>;
}

export interface Ticket {
  ticket: string;
  until: string;
}

export interface TileServer {
  attribution: string;
  url: string;
}

export interface Timeline {
  rows: Array<Happening>;
}

export interface TopicLine {
  count: number;
  examples: Array<TopicMatter>;
  first: string;
  heat_thousandths: number;
  last: string;
  open: number;
  places: Array<TopicPlace>;
  recent: number;
  usual_thousandths: number;
  words: Array<string>;
}

export interface TopicList {
  counted?: string;
  days: number;
  rows: Array<TopicLine>;
}

export interface TopicMatter {
  number: string;
  title: string;
}

export interface TopicPlace {
  area: number;
  count: number;
  name: string;
}

export interface Unread {
  unread: number;
}

export interface UploadBegin {
  /** Size, and held to. */
  bytes: number;
  /** As the sender calls it. */
  name: string;
}

export interface UploadFacts {
  bytes: number;
  extension_differs: boolean;
  height: number;
  id: string;
  may_carry_metadata: boolean;
  name: string;
  type: string;
  width: number;
}

export interface UploadState {
  bytes: number;
  id: string;
  is_finished: boolean;
  is_taken: boolean;
  piece_bytes_max: number;
  received: number;
}

export interface ViewFilter {
  categories: Array<string>;
  kinds: Array<string>;
  lamps: Array<string>;
  /** inbox, open, matters or records. */
  place: string;
  sort?: string;
  stages: Array<string>;
  text?: string;
}

export interface ViewLine {
  changed: string;
  id: string;
  name: string;
  view: ViewFilter;
}

export interface ViewList {
  views: Array<ViewLine>;
  views_max: number;
}

export interface Word {
  name: string;
  title: string;
}

export interface WordList {
  name: string;
  words: Array<Word>;
}

export interface WordLists {
  arguments: Array<Word>;
  lists: Array<WordList>;
  offset_minutes: number;
}

/** Who may sign in, and how each account stands Role: security_admin. */
export async function getAdminAccounts(query: { after?: string; limit?: string; } = {}, sent: Sent = {}): Promise<AccountList> {
  const response = await call("GET", `/api/v1/admin/accounts` + queryOf(query), sent);
  return (await response.json()) as AccountList;
}

/** An account for a person, with a one-time password that is shown once Role: security_admin. */
export async function postAdminAccounts(body: MakeAccount, sent: Sent = {}): Promise<OneTime> {
  const response = await call("POST", `/api/v1/admin/accounts`, sent, body);
  return (await response.json()) as OneTime;
}

/** Nobody signs in by it any more; ends its sessions Role: security_admin. */
export async function postAdminAccountsByAccountDisable(account: string, sent: Sent = {}): Promise<Response> {
  const response = await call("POST", `/api/v1/admin/accounts/${encodeURIComponent(account)}/disable`, sent);
  return response;
}

/** It may be signed in by again Role: security_admin. */
export async function postAdminAccountsByAccountEnable(account: string, sent: Sent = {}): Promise<Response> {
  const response = await call("POST", `/api/v1/admin/accounts/${encodeURIComponent(account)}/enable`, sent);
  return response;
}

/** Another one-time password; ends sessions and lock Role: security_admin. */
export async function postAdminAccountsByAccountReset(account: string, body: ResetAccount, sent: Sent = {}): Promise<OneTime> {
  const response = await call("POST", `/api/v1/admin/accounts/${encodeURIComponent(account)}/reset`, sent, body);
  return (await response.json()) as OneTime;
}

/** Where somebody is signed in Role: security_admin. */
export async function getAdminAccountsByAccountSessions(account: string, sent: Sent = {}): Promise<SessionList> {
  const response = await call("GET", `/api/v1/admin/accounts/${encodeURIComponent(account)}/sessions`, sent);
  return (await response.json()) as SessionList;
}

/** End all of them at once Role: security_admin. */
export async function deleteAdminAccountsByAccountSessions(account: string, sent: Sent = {}): Promise<EndedSessions> {
  const response = await call("DELETE", `/api/v1/admin/accounts/${encodeURIComponent(account)}/sessions`, sent);
  return (await response.json()) as EndedSessions;
}

/** End the lock that wrong passwords brought Role: security_admin. */
export async function postAdminAccountsByAccountUnlock(account: string, sent: Sent = {}): Promise<Response> {
  const response = await call("POST", `/api/v1/admin/accounts/${encodeURIComponent(account)}/unlock`, sent);
  return response;
}

/** Who fills the three duties, and whether two persons do Role: signed_in. */
export async function getAdminAdministrators(sent: Sent = {}): Promise<Administrators> {
  const response = await call("GET", `/api/v1/admin/administrators`, sent);
  return (await response.json()) as Administrators;
}

/** Changes of people, posts and orgs that wait or were made this week Role: in_post. */
export async function getAdminChanges(sent: Sent = {}): Promise<ChangeList> {
  const response = await call("GET", `/api/v1/admin/changes`, sent);
  return (await response.json()) as ChangeList;
}

/** Prepare one: appoint, leave with a successor, end, found; nothing happens yet Role: system_admin. */
export async function postAdminChanges(body: PrepareChange, sent: Sent = {}): Promise<ChangeLine> {
  const response = await call("POST", `/api/v1/admin/changes`, sent, body);
  return (await response.json()) as ChangeLine;
}

/** Approve what another prepared; it happens now, with all open work Role: security_admin. */
export async function postAdminChangesByChangeApprove(change: string, sent: Sent = {}): Promise<AllDone> {
  const response = await call("POST", `/api/v1/admin/changes/${encodeURIComponent(change)}/approve`, sent);
  return (await response.json()) as AllDone;
}

/** Take it back, or refuse it Role: in_post. */
export async function postAdminChangesByChangeWithdraw(change: string, sent: Sent = {}): Promise<Response> {
  const response = await call("POST", `/api/v1/admin/changes/${encodeURIComponent(change)}/withdraw`, sent);
  return response;
}

/** Messages that did not arrive, and how many stand how Role: system_admin. */
export async function getAdminDeadLetters(query: { after?: string; limit?: string; } = {}, sent: Sent = {}): Promise<DeadLetterList> {
  const response = await call("GET", `/api/v1/admin/dead-letters` + queryOf(query), sent);
  return (await response.json()) as DeadLetterList;
}

/** Try one again Role: system_admin. */
export async function postAdminDeadLettersByMessageRetry(message: string, sent: Sent = {}): Promise<Response> {
  const response = await call("POST", `/api/v1/admin/dead-letters/${encodeURIComponent(message)}/retry`, sent);
  return response;
}

/** Keys of programs, and the scopes there are Role: security_admin. */
export async function getAdminKeys(sent: Sent = {}): Promise<KeyList> {
  const response = await call("GET", `/api/v1/admin/keys`, sent);
  return (await response.json()) as KeyList;
}

/** Make one; it is shown once Role: security_admin. */
export async function postAdminKeys(body: MakeKey, sent: Sent = {}): Promise<MadeKey> {
  const response = await call("POST", `/api/v1/admin/keys`, sent, body);
  return (await response.json()) as MadeKey;
}

/** Revoke one; it opens nothing any more Role: security_admin. */
export async function deleteAdminKeysByKey(key: string, sent: Sent = {}): Promise<Response> {
  const response = await call("DELETE", `/api/v1/admin/keys/${encodeURIComponent(key)}`, sent);
  return response;
}

/** People in force by codes, with their posts; to the security administrator with their accounts Role: in_post. */
export async function getAdminPeople(sent: Sent = {}): Promise<PersonList> {
  const response = await call("GET", `/api/v1/admin/people`, sent);
  return (await response.json()) as PersonList;
}

/** Posts with who acts in them, by codes Role: system_admin. */
export async function getAdminPosts(query: { after?: string; limit?: string; } = {}, sent: Sent = {}): Promise<PostRecords> {
  const response = await call("GET", `/api/v1/admin/posts` + queryOf(query), sent);
  return (await response.json()) as PostRecords;
}

/** Open matters that the caller may list, by area and lamp; of a past day what was open and overdue Role: program. */
export async function getAreasLamps(query: { within?: string; kind?: string; as_of?: string; } = {}, sent: Sent = {}): Promise<AreaLampList> {
  const response = await call("GET", `/api/v1/areas/lamps` + queryOf(query), sent);
  return (await response.json()) as AreaLampList;
}

/** What matters to security, newest first Role: audit_admin. */
export async function getAudit(query: { from?: string; until?: string; person?: string; matter?: string; what?: string; before?: string; limit?: string; } = {}, sent: Sent = {}): Promise<AuditList> {
  const response = await call("GET", `/api/v1/audit` + queryOf(query), sent);
  return (await response.json()) as AuditList;
}

/** The same as CSV, oldest first, with who exports it; itself a row of the audit Role: audit_admin. */
export async function getAuditExport(query: { from?: string; until?: string; person?: string; matter?: string; what?: string; reason?: string; } = {}, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/audit/export` + queryOf(query), sent);
  return response;
}

/** The same verbs on up to 200 matters, each answered for itself; a retry with the same key does nothing twice Role: program. */
export async function postBulk(body: Bulk, key: string, sent: Sent = {}): Promise<BulkDone> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/bulk`, sent, body);
  return (await response.json()) as BulkDone;
}

/** What a month, quarter or year amounts to, unit by unit Role: program. */
export async function getBulletins(query: { period?: string; kind?: string; format?: string; } = {}, sent: Sent = {}): Promise<unknown> {
  const response = await call("GET", `/api/v1/bulletins` + queryOf(query), sent);
  return (await response.json()) as unknown;
}

/** What units were asked for by month and sender: all for who leads or supervises Role: in_post. */
export async function getBurden(query: { period?: string; } = {}, sent: Sent = {}): Promise<unknown> {
  const response = await call("GET", `/api/v1/burden` + queryOf(query), sent);
  return (await response.json()) as unknown;
}

/** When something is due, with each day counted or skipped and why Role: anybody. */
export async function getCalendarDue(query: { from?: string; length?: string; } = {}, sent: Sent = {}): Promise<Due> {
  const response = await call("GET", `/api/v1/calendar/due` + queryOf(query), sent);
  return (await response.json()) as Due;
}

/** Whom to call because no message reaches them, oldest first Role: in_post. */
export async function getCalls(query: { after?: string; limit?: string; } = {}, sent: Sent = {}): Promise<CallList> {
  const response = await call("GET", `/api/v1/calls` + queryOf(query), sent);
  return (await response.json()) as CallList;
}

/** They were called Role: in_post. */
export async function postCallsByMessageDone(message: string, sent: Sent = {}): Promise<Response> {
  const response = await call("POST", `/api/v1/calls/${encodeURIComponent(message)}/done`, sent);
  return response;
}

/** What each township must do, assists in, and what was taken back upward Role: program. */
export async function getDirectoryDuties(sent: Sent = {}): Promise<DutyLists> {
  const response = await call("GET", `/api/v1/directory/duties`, sent);
  return (await response.json()) as DutyLists;
}

/** Orgs and posts on a day Role: program. */
export async function getDirectoryOrgs(query: { day?: string; under?: string; ids?: string; post?: string; words?: string; after?: string; limit?: string; } = {}, sent: Sent = {}): Promise<OrgList> {
  const response = await call("GET", `/api/v1/directory/orgs` + queryOf(query), sent);
  return (await response.json()) as OrgList;
}

/** Every indicator as of a day, in all or by dimensions Role: program. */
export async function getFigures(query: { as_of?: string; from?: string; until?: string; known_at?: string; by?: string; kind?: string; } = {}, sent: Sent = {}): Promise<unknown> {
  const response = await call("GET", `/api/v1/figures` + queryOf(query), sent);
  return (await response.json()) as unknown;
}

/** Matters behind a cell of the figures, as far as the caller may see them Role: in_post. */
export async function getFiguresByCounterMatters(counter: string, query: { as_of?: string; from?: string; until?: string; known_at?: string; kind?: string; org?: string; area?: string; channel?: string; category?: string; limit?: string; after?: string; after_seq?: string; } = {}, sent: Sent = {}): Promise<MatterRows> {
  const response = await call("GET", `/api/v1/figures/${encodeURIComponent(counter)}/matters` + queryOf(query), sent);
  return (await response.json()) as MatterRows;
}

/** The caller's firm or association; its people for its administrators Role: firm. */
export async function getFirm(sent: Sent = {}): Promise<FirmPage> {
  const response = await call("GET", `/api/v1/firm`, sent);
  return (await response.json()) as FirmPage;
}

/** What was handed in for the firm or by the association, newest first Role: firm. */
export async function getFirmMatters(query: { limit?: string; after?: string; after_seq?: string; } = {}, sent: Sent = {}): Promise<MatterRows> {
  const response = await call("GET", `/api/v1/firm/matters` + queryOf(query), sent);
  return (await response.json()) as MatterRows;
}

/** Hand in for the firm, or as an association for a member Role: firm. */
export async function postFirmMatters(body: HandIn, key: string, sent: Sent = {}): Promise<Receipt> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/firm/matters`, sent, body);
  return (await response.json()) as Receipt;
}

/** The administrator binds somebody to the firm, from a day, perhaps to a day Role: firm. */
export async function postFirmPeople(body: BindPerson, key: string, sent: Sent = {}): Promise<Bound> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/firm/people`, sent, body);
  return (await response.json()) as Bound;
}

/** The administrator ends a binding, today or on a later day Role: firm. */
export async function postFirmPeopleByPostEnd(post: string, body: EndBinding, key: string, sent: Sent = {}): Promise<EndBinding> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/firm/people/${encodeURIComponent(post)}/end`, sent, body);
  return (await response.json()) as EndBinding;
}

/** Another one-time password for somebody of the firm Role: firm. */
export async function postFirmPeopleByPostPassword(post: string, sent: Sent = {}): Promise<Bound> {
  const response = await call("POST", `/api/v1/firm/people/${encodeURIComponent(post)}/password`, sent);
  return (await response.json()) as Bound;
}

/** Firms and associations that are confirmed, with how many are bound Role: in_post. */
export async function getFirms(sent: Sent = {}): Promise<FirmList> {
  const response = await call("GET", `/api/v1/firms`, sent);
  return (await response.json()) as FirmList;
}

/** The office confirms a firm or association and its first administrator Role: in_post. */
export async function postFirms(body: NewFirm, key: string, sent: Sent = {}): Promise<Bound> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/firms`, sent, body);
  return (await response.json()) as Bound;
}

/** Another place hands a matter over; the answer is a signed receipt Role: anybody. */
export async function postHandOver(body: unknown, sent: Sent = {}): Promise<unknown> {
  const response = await call("POST", `/api/v1/hand-over`, sent, body);
  return (await response.json()) as unknown;
}

/** What waits for the caller's post, most urgent first Role: in_post. */
export async function getInbox(query: { kind?: string; stage?: string; category?: string; lamp?: string; field_work?: string; limit?: string; } = {}, sent: Sent = {}): Promise<Inbox> {
  const response = await call("GET", `/api/v1/inbox` + queryOf(query), sent);
  return (await response.json()) as Inbox;
}

/** What the caller's post instructed, newest first, and what came after it Role: signed_in. */
export async function getInstructions(query: { limit?: string; } = {}, sent: Sent = {}): Promise<InstructionList> {
  const response = await call("GET", `/api/v1/instructions` + queryOf(query), sent);
  return (await response.json()) as InstructionList;
}

/** Imports and exports of the caller's post, newest first Role: in_post. */
export async function getJobs(sent: Sent = {}): Promise<JobList> {
  const response = await call("GET", `/api/v1/jobs`, sent);
  return (await response.json()) as JobList;
}

/** Prepare a list as a file, with the reason. Needs an Idempotency-Key, which becomes the job's id Role: in_post. */
export async function postJobsExports(body: ExportOrder, key: string, sent: Sent = {}): Promise<JobLine> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/jobs/exports`, sent, body);
  return (await response.json()) as JobLine;
}

/** Import rows (CSV or JSON lines, also gzip) through a map; the body is the file. Needs an Idempotency-Key, which becomes the job's id Role: in_post. */
export async function postJobsImports(key: string, query: { map?: string; } = {}, sent: Sent = {}): Promise<JobLine> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/jobs/imports` + queryOf(query), sent);
  return (await response.json()) as JobLine;
}

/** How far a job is Role: in_post. */
export async function getJobsById(id: string, sent: Sent = {}): Promise<JobLine> {
  const response = await call("GET", `/api/v1/jobs/${encodeURIComponent(id)}`, sent);
  return (await response.json()) as JobLine;
}

/** Cancel a job; rows that were committed stay Role: in_post. */
export async function deleteJobsById(id: string, sent: Sent = {}): Promise<JobLine> {
  const response = await call("DELETE", `/api/v1/jobs/${encodeURIComponent(id)}`, sent);
  return (await response.json()) as JobLine;
}

/** The file of an export, made while it is fetched, once Role: in_post. */
export async function getJobsByIdFile(id: string, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/jobs/${encodeURIComponent(id)}/file`, sent);
  return response;
}

/** Rows that an import did not take, with the reason of each Role: in_post. */
export async function getJobsByIdRejects(id: string, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/jobs/${encodeURIComponent(id)}/rejects`, sent);
  return response;
}

/** Kinds of which the caller may begin a matter Role: anybody. */
export async function getKinds(sent: Sent = {}): Promise<KindList> {
  const response = await call("GET", `/api/v1/kinds`, sent);
  return (await response.json()) as KindList;
}

/** A kind: categories, stages, and the forms by which the caller may begin one Role: anybody. */
export async function getKindsByKind(kind: string, sent: Sent = {}): Promise<KindPage> {
  const response = await call("GET", `/api/v1/kinds/${encodeURIComponent(kind)}`, sent);
  return (await response.json()) as KindPage;
}

/** That something changed that the caller may see; never what it says Role: in_post. */
export async function getLive(sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/live`, sent);
  return response;
}

/** Matters that the caller may see, open or not, newest first or most urgent Role: program. */
export async function getMatters(query: { state?: string; kind?: string; stage?: string; category?: string; channel?: string; office?: string; unit?: string; area?: string; within?: string; from?: string; until?: string; published?: string; records?: string; lamp?: string; sort?: string; limit?: string; after?: string; after_seq?: string; } = {}, sent: Sent = {}): Promise<MatterRows> {
  const response = await call("GET", `/api/v1/matters` + queryOf(query), sent);
  return (await response.json()) as MatterRows;
}

/** Register, perhaps with the steps that follow, in one transaction Role: program. */
export async function postMatters(body: Deeds, key: string, sent: Sent = {}): Promise<AllDone> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/matters`, sent, body);
  return (await response.json()) as AllDone;
}

/** One matter, as far as the caller may see it Role: program. */
export async function getMattersByNumber(number: string, sent: Sent = {}): Promise<MatterPage> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}`, sent);
  return (await response.json()) as MatterPage;
}

/** A new follow-up code after calling back; the old one dies Role: in_post. */
export async function postMattersByNumberCode(number: string, body: Renew, key: string, sent: Sent = {}): Promise<Renewed> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/matters/${encodeURIComponent(number)}/code`, sent, body);
  return (await response.json()) as Renewed;
}

/** Files of the matter that the caller may see Role: in_post. */
export async function getMattersByNumberFiles(number: string, sent: Sent = {}): Promise<FileList> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/files`, sent);
  return (await response.json()) as FileList;
}

/** Finished uploads become files of the matter Role: in_post. */
export async function postMattersByNumberFiles(number: string, body: PutFiles, key: string, sent: Sent = {}): Promise<FileList> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/matters/${encodeURIComponent(number)}/files`, sent, body);
  return (await response.json()) as FileList;
}

/** A file, whole or by Range Role: in_post. */
export async function getMattersByNumberFilesByNo(number: string, no: string, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/files/${encodeURIComponent(no)}`, sent);
  return response;
}

/** The office opens a file of the hand-in to units that may not learn whose it is Role: in_post. */
export async function postMattersByNumberFilesByNoDisclose(number: string, no: string, key: string, sent: Sent = {}): Promise<Done> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/matters/${encodeURIComponent(number)}/files/${encodeURIComponent(no)}/disclose`, sent);
  return (await response.json()) as Done;
}

/** The small picture of a picture Role: in_post. */
export async function getMattersByNumberFilesByNoThumbnail(number: string, no: string, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/files/${encodeURIComponent(no)}/thumbnail`, sent);
  return response;
}

/** Notes that the caller may read, oldest first Role: in_post. */
export async function getMattersByNumberNotes(number: string, query: { visibility?: string; } = {}, sent: Sent = {}): Promise<NoteList> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/notes` + queryOf(query), sent);
  return (await response.json()) as NoteList;
}

/** A note for the own unit, for all units at hand, or for the requester Role: in_post. */
export async function postMattersByNumberNotes(number: string, body: NewNote, key: string, sent: Sent = {}): Promise<Done> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/matters/${encodeURIComponent(number)}/notes`, sent, body);
  return (await response.json()) as Done;
}

/** What the caller may do now, and why not the rest Role: in_post. */
export async function getMattersByNumberOptions(number: string, sent: Sent = {}): Promise<Options> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/options`, sent);
  return (await response.json()) as Options;
}

/** Official papers that the matter's steps issued, newest first Role: in_post. */
export async function getMattersByNumberPapers(number: string, sent: Sent = {}): Promise<OfficialPapers> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/papers`, sent);
  return (await response.json()) as OfficialPapers;
}

/** One of them as PDF, the newest of that name Role: in_post. */
export async function getMattersByNumberPapersByPaper(number: string, paper: string, query: { seq?: string; } = {}, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/papers/${encodeURIComponent(paper)}` + queryOf(query), sent);
  return response;
}

/** Open matters like this one, with the reason Role: in_post. */
export async function getMattersByNumberSimilar(number: string, sent: Sent = {}): Promise<SimilarList> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/similar`, sent);
  return (await response.json()) as SimilarList;
}

/** Categories that people gave matters like this one, with the words for it Role: in_post. */
export async function getMattersByNumberSuggestedCategories(number: string, sent: Sent = {}): Promise<SuggestedCategories> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/suggested_categories`, sent);
  return (await response.json()) as SuggestedCategories;
}

/** What happened to it, oldest first Role: program. */
export async function getMattersByNumberTimeline(number: string, sent: Sent = {}): Promise<Timeline> {
  const response = await call("GET", `/api/v1/matters/${encodeURIComponent(number)}/timeline`, sent);
  return (await response.json()) as Timeline;
}

/** One or several verbs on it, in one transaction Role: program. */
export async function postMattersByNumberVerbs(number: string, body: Deeds, key: string, sent: Sent = {}): Promise<AllDone> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/matters/${encodeURIComponent(number)}/verbs`, sent, body);
  return (await response.json()) as AllDone;
}

/** What a gateway missed, signed by its secret in Zhitong-Signature Role: anybody. */
export async function postMessagesReplay(body: ReplayAsk, sent: Sent = {}): Promise<ReplayPage> {
  const response = await call("POST", `/api/v1/messages/replay`, sent, body);
  return (await response.json()) as ReplayPage;
}

/** What one was told, newest first Role: signed_in. */
export async function getNotices(query: { after?: string; limit?: string; seq?: string; } = {}, sent: Sent = {}): Promise<NoticeList> {
  const response = await call("GET", `/api/v1/notices` + queryOf(query), sent);
  return (await response.json()) as NoticeList;
}

/** By which way one hears of what, and what may be chosen Role: signed_in. */
export async function getNoticesChoice(sent: Sent = {}): Promise<NoticeChoicePage> {
  const response = await call("GET", `/api/v1/notices/choice`, sent);
  return (await response.json()) as NoticeChoicePage;
}

/** Choose; what escalates cannot be muted Role: signed_in. */
export async function putNoticesChoice(body: NoticeChoice, sent: Sent = {}): Promise<NoticeChoicePage> {
  const response = await call("PUT", `/api/v1/notices/choice`, sent, body);
  return (await response.json()) as NoticeChoicePage;
}

/** Mark some of them as read, or all Role: signed_in. */
export async function postNoticesRead(body: MarkRead, sent: Sent = {}): Promise<Unread> {
  const response = await call("POST", `/api/v1/notices/read`, sent, body);
  return (await response.json()) as Unread;
}

/** How many of them are new Role: signed_in. */
export async function getNoticesUnread(query: { seq?: string; } = {}, sent: Sent = {}): Promise<Unread> {
  const response = await call("GET", `/api/v1/notices/unread` + queryOf(query), sent);
  return (await response.json()) as Unread;
}

/** Another password; all other sessions end Role: signed_in. */
export async function putPassword(body: ChangePassword, sent: Sent = {}): Promise<unknown> {
  const response = await call("PUT", `/api/v1/password`, sent, body);
  return (await response.json()) as unknown;
}

/** The bulletin of a month that has ended, unit by unit Role: anybody. */
export async function getPortalBulletin(query: { period?: string; format?: string; } = {}, sent: Sent = {}): Promise<unknown> {
  const response = await call("GET", `/api/v1/portal/bulletin` + queryOf(query), sent);
  return (await response.json()) as unknown;
}

/** Proof that the root of a day continues that of an earlier one Role: anybody. */
export async function getPortalConsistency(query: { first?: string; second?: string; } = {}, sent: Sent = {}): Promise<ConsistencyProof> {
  const response = await call("GET", `/api/v1/portal/consistency` + queryOf(query), sent);
  return (await response.json()) as ConsistencyProof;
}

/** Published matters as RSS, with the filters of the list Role: anybody. */
export async function getPortalFeed(query: { kind?: string; category?: string; counts?: string; month?: string; within?: string; limit?: string; } = {}, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/portal/feed` + queryOf(query), sent);
  return response;
}

/** Figures by kind and month that has ended; cells under five are hidden Role: anybody. */
export async function getPortalFigures(query: { year?: string; format?: string; } = {}, sent: Sent = {}): Promise<PublicFigures> {
  const response = await call("GET", `/api/v1/portal/figures` + queryOf(query), sent);
  return (await response.json()) as PublicFigures;
}

/** An area and those right below it with shapes and points, and their sources Role: anybody. */
export async function getPortalMap(query: { within?: string; } = {}, sent: Sent = {}): Promise<AreaMap> {
  const response = await call("GET", `/api/v1/portal/map` + queryOf(query), sent);
  return (await response.json()) as AreaMap;
}

/** Hand in: number, follow-up code and promised date come back Role: anybody. */
export async function postPortalMatters(body: HandIn, key: string, sent: Sent = {}): Promise<Receipt> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/portal/matters`, sent, body);
  return (await response.json()) as Receipt;
}

/** How it stands, for whoever holds the code Role: follower. */
export async function getPortalMattersByNumber(number: string, sent: Sent = {}): Promise<Follow> {
  const response = await call("GET", `/api/v1/portal/matters/${encodeURIComponent(number)}`, sent);
  return (await response.json()) as Follow;
}

/** Files of the matter that the caller may see Role: follower. */
export async function getPortalMattersByNumberFiles(number: string, sent: Sent = {}): Promise<FileList> {
  const response = await call("GET", `/api/v1/portal/matters/${encodeURIComponent(number)}/files`, sent);
  return (await response.json()) as FileList;
}

/** Finished uploads become files of the matter Role: follower. */
export async function postPortalMattersByNumberFiles(number: string, body: PutFiles, key: string, sent: Sent = {}): Promise<FileList> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/portal/matters/${encodeURIComponent(number)}/files`, sent, body);
  return (await response.json()) as FileList;
}

/** A file, whole or by Range Role: follower. */
export async function getPortalMattersByNumberFilesByNo(number: string, no: string, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/portal/matters/${encodeURIComponent(number)}/files/${encodeURIComponent(no)}`, sent);
  return response;
}

/** The small picture of a picture Role: follower. */
export async function getPortalMattersByNumberFilesByNoThumbnail(number: string, no: string, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/portal/matters/${encodeURIComponent(number)}/files/${encodeURIComponent(no)}/thumbnail`, sent);
  return response;
}

/** Of what the requester wants to hear Role: follower. */
export async function getPortalMattersByNumberNotices(number: string, sent: Sent = {}): Promise<NoticeChoicePage> {
  const response = await call("GET", `/api/v1/portal/matters/${encodeURIComponent(number)}/notices`, sent);
  return (await response.json()) as NoticeChoicePage;
}

/** Choose: what is muted, and whether also in quiet hours Role: follower. */
export async function putPortalMattersByNumberNotices(number: string, body: NoticeChoice, sent: Sent = {}): Promise<NoticeChoicePage> {
  const response = await call("PUT", `/api/v1/portal/matters/${encodeURIComponent(number)}/notices`, sent, body);
  return (await response.json()) as NoticeChoicePage;
}

/** Change a phone code into a ticket for following and answering Role: anybody. */
export async function postPortalMattersByNumberPhoneCode(number: string, body: PhoneCode, sent: Sent = {}): Promise<Ticket> {
  const response = await call("POST", `/api/v1/portal/matters/${encodeURIComponent(number)}/phone-code`, sent, body);
  return (await response.json()) as Ticket;
}

/** What was opened against the units and how it ended, not against whom Role: follower. */
export async function getPortalMattersByNumberProceedings(number: string, sent: Sent = {}): Promise<ProceedingList> {
  const response = await call("GET", `/api/v1/portal/matters/${encodeURIComponent(number)}/proceedings`, sent);
  return (await response.json()) as ProceedingList;
}

/** A puzzle to be solved before the phone code of that number is looked at Role: anybody. */
export async function getPortalMattersByNumberPuzzle(number: string, sent: Sent = {}): Promise<PuzzlePage> {
  const response = await call("GET", `/api/v1/portal/matters/${encodeURIComponent(number)}/puzzle`, sent);
  return (await response.json()) as PuzzlePage;
}

/** The receipt that proves that the hand-in is in the ledger, to be kept as it is Role: follower. */
export async function getPortalMattersByNumberReceipt(number: string, sent: Sent = {}): Promise<unknown> {
  const response = await call("GET", `/api/v1/portal/matters/${encodeURIComponent(number)}/receipt`, sent);
  return (await response.json()) as unknown;
}

/** Supplement, rate, contest, withdraw, urge Role: follower. */
export async function postPortalMattersByNumberVerbs(number: string, body: Deeds, key: string, sent: Sent = {}): Promise<Done> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/portal/matters/${encodeURIComponent(number)}/verbs`, sent, body);
  return (await response.json()) as Done;
}

/** The place: areas, units, what it promises, the ways to reach it Role: anybody. */
export async function getPortalPlace(sent: Sent = {}): Promise<PublicPlace> {
  const response = await call("GET", `/api/v1/portal/place`, sent);
  return (await response.json()) as PublicPlace;
}

/** Published matters, newest first Role: anybody. */
export async function getPortalPublished(query: { kind?: string; category?: string; counts?: string; month?: string; within?: string; after?: string; limit?: string; } = {}, sent: Sent = {}): Promise<PublishedList> {
  const response = await call("GET", `/api/v1/portal/published` + queryOf(query), sent);
  return (await response.json()) as PublishedList;
}

/** How many matters were published in each area, down to townships Role: anybody. */
export async function getPortalPublishedAreas(query: { within?: string; kind?: string; category?: string; counts?: string; month?: string; } = {}, sent: Sent = {}): Promise<AreaCounts> {
  const response = await call("GET", `/api/v1/portal/published/areas` + queryOf(query), sent);
  return (await response.json()) as AreaCounts;
}

/** One published matter with the days on which its stage changed Role: anybody. */
export async function getPortalPublishedByNumber(number: string, sent: Sent = {}): Promise<PublishedPage> {
  const response = await call("GET", `/api/v1/portal/published/${encodeURIComponent(number)}`, sent);
  return (await response.json()) as PublishedPage;
}

/** Questionnaires that everybody may answer today Role: anybody. */
export async function getPortalQuestionnaires(sent: Sent = {}): Promise<QuestionnaireList> {
  const response = await call("GET", `/api/v1/portal/questionnaires`, sent);
  return (await response.json()) as QuestionnaireList;
}

/** The questions of one that was opened Role: anybody. */
export async function getPortalQuestionnairesByNumber(number: string, sent: Sent = {}): Promise<QuestionnairePage> {
  const response = await call("GET", `/api/v1/portal/questionnaires/${encodeURIComponent(number)}`, sent);
  return (await response.json()) as QuestionnairePage;
}

/** Answer once, with the browser's own token or a one-time code Role: anybody. */
export async function postPortalQuestionnairesByNumberAnswers(number: string, body: AnswerSheet, sent: Sent = {}): Promise<SheetTaken> {
  const response = await call("POST", `/api/v1/portal/questionnaires/${encodeURIComponent(number)}/answers`, sent, body);
  return (await response.json()) as SheetTaken;
}

/** Roots of the ledger by day that is over, newest first Role: anybody. */
export async function getPortalRoots(query: { before?: string; limit?: string; } = {}, sent: Sent = {}): Promise<RootList> {
  const response = await call("GET", `/api/v1/portal/roots` + queryOf(query), sent);
  return (await response.json()) as RootList;
}

/** Published matters that hold these words in what was published Role: anybody. */
export async function getPortalSearch(query: { q?: string; kind?: string; limit?: string; after?: string; } = {}, sent: Sent = {}): Promise<PublishedFound> {
  const response = await call("GET", `/api/v1/portal/search` + queryOf(query), sent);
  return (await response.json()) as PublishedFound;
}

/** Published matters like what is about to be handed in Role: anybody. */
export async function postPortalSimilar(body: SimilarTo, sent: Sent = {}): Promise<SimilarPublished> {
  const response = await call("POST", `/api/v1/portal/similar`, sent, body);
  return (await response.json()) as SimilarPublished;
}

/** Begin to send a file: size and name; an id comes back Role: anybody. */
export async function postPortalUploads(body: UploadBegin, sent: Sent = {}): Promise<UploadState> {
  const response = await call("POST", `/api/v1/portal/uploads`, sent, body);
  return (await response.json()) as UploadState;
}

/** How much of it has come: go on from there Role: anybody. */
export async function getPortalUploadsByUpload(upload: string, sent: Sent = {}): Promise<UploadState> {
  const response = await call("GET", `/api/v1/portal/uploads/${encodeURIComponent(upload)}`, sent);
  return (await response.json()) as UploadState;
}

/** The next piece as raw bytes; a wrong offset is told the right one Role: anybody. */
export async function putPortalUploadsByUpload(upload: string, query: { offset?: string; } = {}, sent: Sent = {}): Promise<UploadState> {
  const response = await call("PUT", `/api/v1/portal/uploads/${encodeURIComponent(upload)}` + queryOf(query), sent);
  return (await response.json()) as UploadState;
}

/** It is not wanted any more Role: anybody. */
export async function deletePortalUploadsByUpload(upload: string, sent: Sent = {}): Promise<Response> {
  const response = await call("DELETE", `/api/v1/portal/uploads/${encodeURIComponent(upload)}`, sent);
  return response;
}

/** All has come: the file is examined and cleaned, and told what it is Role: anybody. */
export async function postPortalUploadsByUploadFinish(upload: string, sent: Sent = {}): Promise<UploadFacts> {
  const response = await call("POST", `/api/v1/portal/uploads/${encodeURIComponent(upload)}/finish`, sent);
  return (await response.json()) as UploadFacts;
}

/** Questions and how far it is, for its office Role: in_post. */
export async function getQuestionnairesByNumber(number: string, sent: Sent = {}): Promise<QuestionnaireState> {
  const response = await call("GET", `/api/v1/questionnaires/${encodeURIComponent(number)}`, sent);
  return (await response.json()) as QuestionnaireState;
}

/** Its questions, while it is a draft Role: in_post. */
export async function putQuestionnairesByNumber(number: string, body: Questions, sent: Sent = {}): Promise<QuestionnaireState> {
  const response = await call("PUT", `/api/v1/questionnaires/${encodeURIComponent(number)}`, sent, body);
  return (await response.json()) as QuestionnaireState;
}

/** The answers that were let in as a table, in no order of giving Role: in_post. */
export async function getQuestionnairesByNumberAnswers(number: string, query: { format?: string; } = {}, sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/api/v1/questionnaires/${encodeURIComponent(number)}/answers` + queryOf(query), sent);
  return response;
}

/** Answer once, as somebody signed in; who it was is not kept beside the answer Role: in_post. */
export async function postQuestionnairesByNumberAnswers(number: string, body: StaffSheet, sent: Sent = {}): Promise<SheetTaken> {
  const response = await call("POST", `/api/v1/questionnaires/${encodeURIComponent(number)}/answers`, sent, body);
  return (await response.json()) as SheetTaken;
}

/** Take no more; count and hash of all answers go on record, the keys go Role: in_post. */
export async function postQuestionnairesByNumberClose(number: string, key: string, sent: Sent = {}): Promise<Done> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/questionnaires/${encodeURIComponent(number)}/close`, sent);
  return (await response.json()) as Done;
}

/** One-time codes for an invitation, told once; more each time Role: in_post. */
export async function postQuestionnairesByNumberCodes(number: string, body: CodesWanted, sent: Sent = {}): Promise<CodesGiven> {
  const response = await call("POST", `/api/v1/questionnaires/${encodeURIComponent(number)}/codes`, sent, body);
  return (await response.json()) as CodesGiven;
}

/** Take answers from now on; the hash of the questions goes on record Role: in_post. */
export async function postQuestionnairesByNumberOpen(number: string, key: string, sent: Sent = {}): Promise<Done> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/api/v1/questionnaires/${encodeURIComponent(number)}/open`, sent);
  return (await response.json()) as Done;
}

/** Groups of people who judge statements alike, consensus and what divides Role: in_post. */
export async function getQuestionnairesByNumberOpinions(number: string, query: { question?: string; } = {}, sent: Sent = {}): Promise<OpinionList> {
  const response = await call("GET", `/api/v1/questionnaires/${encodeURIComponent(number)}/opinions` + queryOf(query), sent);
  return (await response.json()) as OpinionList;
}

/** Enter a sheet of paper, once by the number of its form Role: in_post. */
export async function postQuestionnairesByNumberPaper(number: string, body: PaperSheet, sent: Sent = {}): Promise<SheetTaken> {
  const response = await call("POST", `/api/v1/questionnaires/${encodeURIComponent(number)}/paper`, sent, body);
  return (await response.json()) as SheetTaken;
}

/** Counts of the answers that were let in, and by the answer to one question Role: in_post. */
export async function getQuestionnairesByNumberResults(number: string, query: { by?: string; } = {}, sent: Sent = {}): Promise<QuestionnaireResults> {
  const response = await call("GET", `/api/v1/questionnaires/${encodeURIComponent(number)}/results` + queryOf(query), sent);
  return (await response.json()) as QuestionnaireResults;
}

/** Records, newest first Role: program. */
export async function getRecords(query: { kind?: string; counts?: string; after?: string; limit?: string; } = {}, sent: Sent = {}): Promise<RecordList> {
  const response = await call("GET", `/api/v1/records` + queryOf(query), sent);
  return (await response.json()) as RecordList;
}

/** One record Role: program. */
export async function getRecordsByNumber(number: string, sent: Sent = {}): Promise<MatterPage> {
  const response = await call("GET", `/api/v1/records/${encodeURIComponent(number)}`, sent);
  return (await response.json()) as MatterPage;
}

/** What happened to it, oldest first Role: program. */
export async function getRecordsByNumberHistory(number: string, sent: Sent = {}): Promise<Timeline> {
  const response = await call("GET", `/api/v1/records/${encodeURIComponent(number)}/history`, sent);
  return (await response.json()) as Timeline;
}

/** One's own saved views, by name Role: signed_in. */
export async function getSavedViews(sent: Sent = {}): Promise<ViewList> {
  const response = await call("GET", `/api/v1/saved-views`, sent);
  return (await response.json()) as ViewList;
}

/** Save, rename or change one; the caller makes the id Role: signed_in. */
export async function putSavedViewsByView(view: string, body: NewView, sent: Sent = {}): Promise<ViewLine> {
  const response = await call("PUT", `/api/v1/saved-views/${encodeURIComponent(view)}`, sent, body);
  return (await response.json()) as ViewLine;
}

/** It is not wanted any more Role: signed_in. */
export async function deleteSavedViewsByView(view: string, sent: Sent = {}): Promise<Response> {
  const response = await call("DELETE", `/api/v1/saved-views/${encodeURIComponent(view)}`, sent);
  return response;
}

/** Scores of a period: all units for who leads or supervises, else the own Role: in_post. */
export async function getScores(query: { period?: string; score?: string; known_at?: string; } = {}, sent: Sent = {}): Promise<unknown> {
  const response = await call("GET", `/api/v1/scores` + queryOf(query), sent);
  return (await response.json()) as unknown;
}

/** Matters that hold these words, as far as the caller may see and read them Role: in_post. */
export async function getSearch(query: { q?: string; in?: string; state?: string; kind?: string; stage?: string; category?: string; channel?: string; office?: string; unit?: string; area?: string; within?: string; from?: string; until?: string; published?: string; records?: string; sort?: string; limit?: string; after?: string; after_seq?: string; } = {}, sent: Sent = {}): Promise<Found> {
  const response = await call("GET", `/api/v1/search` + queryOf(query), sent);
  return (await response.json()) as Found;
}

/** Begin a second factor: secret, address and QR code for an authenticator Role: signed_in. */
export async function postSecondFactor(body: Confirm, sent: Sent = {}): Promise<FactorSetUp> {
  const response = await call("POST", `/api/v1/second-factor`, sent, body);
  return (await response.json()) as FactorSetUp;
}

/** A code of it puts it in force; recovery codes come back Role: signed_in. */
export async function putSecondFactor(body: FactorCode, sent: Sent = {}): Promise<FactorSet> {
  const response = await call("PUT", `/api/v1/second-factor`, sent, body);
  return (await response.json()) as FactorSet;
}

/** Do without it; all other sessions end Role: signed_in. */
export async function deleteSecondFactor(body: Confirm, sent: Sent = {}): Promise<unknown> {
  const response = await call("DELETE", `/api/v1/second-factor`, sent, body);
  return (await response.json()) as unknown;
}

/** Who is signed in, and the posts to choose from Role: signed_in. */
export async function getSession(sent: Sent = {}): Promise<SessionPage> {
  const response = await call("GET", `/api/v1/session`, sent);
  return (await response.json()) as SessionPage;
}

/** Sign in; the cookie holds the session, the answer its CSRF token Role: anybody. */
export async function postSession(body: SignIn, sent: Sent = {}): Promise<SessionPage> {
  const response = await call("POST", `/api/v1/session`, sent, body);
  return (await response.json()) as SessionPage;
}

/** Sign out Role: signed_in. */
export async function deleteSession(sent: Sent = {}): Promise<Response> {
  const response = await call("DELETE", `/api/v1/session`, sent);
  return response;
}

/** Act in this post from now on Role: signed_in. */
export async function putSessionPost(body: ChoosePost, sent: Sent = {}): Promise<SessionPage> {
  const response = await call("PUT", `/api/v1/session/post`, sent, body);
  return (await response.json()) as SessionPage;
}

/** One's own sessions Role: signed_in. */
export async function getSessions(sent: Sent = {}): Promise<SessionList> {
  const response = await call("GET", `/api/v1/sessions`, sent);
  return (await response.json()) as SessionList;
}

/** End one of them Role: signed_in. */
export async function deleteSessionsBySession(session: string, sent: Sent = {}): Promise<Response> {
  const response = await call("DELETE", `/api/v1/sessions/${encodeURIComponent(session)}`, sent);
  return response;
}

/** Open matters like what is about to be registered Role: in_post. */
export async function postSimilar(body: SimilarTo, sent: Sent = {}): Promise<SimilarList> {
  const response = await call("POST", `/api/v1/similar`, sent, body);
  return (await response.json()) as SimilarList;
}

/** What many matters are about, by rise: words, places, examples, never people Role: in_post. */
export async function getTopics(query: { after_seq?: string; } = {}, sent: Sent = {}): Promise<TopicList> {
  const response = await call("GET", `/api/v1/topics` + queryOf(query), sent);
  return (await response.json()) as TopicList;
}

/** Begin to send a file: size and name; an id comes back Role: in_post. */
export async function postUploads(body: UploadBegin, sent: Sent = {}): Promise<UploadState> {
  const response = await call("POST", `/api/v1/uploads`, sent, body);
  return (await response.json()) as UploadState;
}

/** How much of it has come: go on from there Role: in_post. */
export async function getUploadsByUpload(upload: string, sent: Sent = {}): Promise<UploadState> {
  const response = await call("GET", `/api/v1/uploads/${encodeURIComponent(upload)}`, sent);
  return (await response.json()) as UploadState;
}

/** The next piece as raw bytes; a wrong offset is told the right one Role: in_post. */
export async function putUploadsByUpload(upload: string, query: { offset?: string; } = {}, sent: Sent = {}): Promise<UploadState> {
  const response = await call("PUT", `/api/v1/uploads/${encodeURIComponent(upload)}` + queryOf(query), sent);
  return (await response.json()) as UploadState;
}

/** It is not wanted any more Role: in_post. */
export async function deleteUploadsByUpload(upload: string, sent: Sent = {}): Promise<Response> {
  const response = await call("DELETE", `/api/v1/uploads/${encodeURIComponent(upload)}`, sent);
  return response;
}

/** All has come: the file is examined and cleaned, and told what it is Role: in_post. */
export async function postUploadsByUploadFinish(upload: string, sent: Sent = {}): Promise<UploadFacts> {
  const response = await call("POST", `/api/v1/uploads/${encodeURIComponent(upload)}/finish`, sent);
  return (await response.json()) as UploadFacts;
}

/** Lists of the place's pack in words: reasons, outcomes, triggers; its office time Role: signed_in. */
export async function getWords(sent: Sent = {}): Promise<WordLists> {
  const response = await call("GET", `/api/v1/words`, sent);
  return (await response.json()) as WordLists;
}

/** GeoReport v2: service discovery Role: anybody. */
export async function getOpen311V2DiscoveryFormat(format: string, query: { jurisdiction_id?: string; } = {}, sent: Sent = {}): Promise<GeoDiscovery> {
  const response = await call("GET", `/open311/v2/discovery.${encodeURIComponent(format)}` + queryOf(query), sent);
  return (await response.json()) as GeoDiscovery;
}

/** GeoReport v2: published matters as service requests, newest first Role: anybody. */
export async function getOpen311V2RequestsFormat(format: string, query: { jurisdiction_id?: string; service_request_id?: string; service_code?: string; start_date?: string; end_date?: string; status?: string; page?: string; page_size?: string; } = {}, sent: Sent = {}): Promise<Array<GeoRequest>> {
  const response = await call("GET", `/open311/v2/requests.${encodeURIComponent(format)}` + queryOf(query), sent);
  return (await response.json()) as Array<GeoRequest>;
}

/** GeoReport v2: hand in, as a form; without a key a retry is another hand-in Role: anybody. */
export async function postOpen311V2RequestsFormat(format: string, key: string, query: { jurisdiction_id?: string; } = {}, sent: Sent = {}): Promise<Array<GeoPosted>> {
  sent = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
  const response = await call("POST", `/open311/v2/requests.${encodeURIComponent(format)}` + queryOf(query), sent);
  return (await response.json()) as Array<GeoPosted>;
}

/** GeoReport v2: one published matter Role: anybody. */
export async function getOpen311V2RequestsByServiceRequestIdFormat(service_request_id: string, format: string, query: { jurisdiction_id?: string; } = {}, sent: Sent = {}): Promise<Array<GeoRequest>> {
  const response = await call("GET", `/open311/v2/requests/${encodeURIComponent(service_request_id)}.${encodeURIComponent(format)}` + queryOf(query), sent);
  return (await response.json()) as Array<GeoRequest>;
}

/** GeoReport v2: kinds that everybody may hand in Role: anybody. */
export async function getOpen311V2ServicesFormat(format: string, query: { jurisdiction_id?: string; } = {}, sent: Sent = {}): Promise<Array<GeoService>> {
  const response = await call("GET", `/open311/v2/services.${encodeURIComponent(format)}` + queryOf(query), sent);
  return (await response.json()) as Array<GeoService>;
}

/** GeoReport v2: the attributes of a service Role: anybody. */
export async function getOpen311V2ServicesByServiceCodeFormat(service_code: string, format: string, query: { jurisdiction_id?: string; } = {}, sent: Sent = {}): Promise<GeoDefinition> {
  const response = await call("GET", `/open311/v2/services/${encodeURIComponent(service_code)}.${encodeURIComponent(format)}` + queryOf(query), sent);
  return (await response.json()) as GeoDefinition;
}

/** GeoReport v2: the number of what was posted with that Idempotency-Key Role: anybody. */
export async function getOpen311V2TokensByTokenFormat(token: string, format: string, query: { jurisdiction_id?: string; } = {}, sent: Sent = {}): Promise<Array<GeoToken>> {
  const response = await call("GET", `/open311/v2/tokens/${encodeURIComponent(token)}.${encodeURIComponent(format)}` + queryOf(query), sent);
  return (await response.json()) as Array<GeoToken>;
}

/** The process answers. Role: anybody. */
export async function getHealthz(sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/healthz`, sent);
  return response;
}

/** Figures for Prometheus; only from loopback and listed addresses. Role: anybody. */
export async function getMetrics(sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/metrics`, sent);
  return response;
}

/** Reads and changes are taken. Role: anybody. */
export async function getReadyz(sent: Sent = {}): Promise<Response> {
  const response = await call("GET", `/readyz`, sent);
  return response;
}

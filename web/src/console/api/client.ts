// Made from openapi.yaml by make/client.mjs; `npm run client` makes it anew.

export type Account = {
  closed: boolean;
  created: string;
  erased: boolean;
  factor: boolean;
  grants: Array<Grant>;
  id: string;
  login: string;
  mail?: string;
  mapped: Array<Grant>;
  name: string;
  password: boolean;
};

export type ApprovalPlan = {
  authors: Array<string> | null;
  city: string;
  event: string;
  name: string;
  note?: string;
  number?: number;
  reason?: string;
  set: ApprovalSet;
  sha256: string;
  signatures?: Array<ApprovalSignature> | null;
  superseded_by?: number;
};

export type ApprovalRelease = {
  at: string;
  authors: Array<string> | null;
  by: string;
  instead?: Array<number> | null;
  name: string;
  note?: string;
  number: number;
  plan: string;
  set: ApprovalSet;
  sha256: string;
  signatures: Array<ApprovalSignature> | null;
};

export type ApprovalRule = {
  city?: string;
  event?: string;
};

export type ApprovalRun = {
  headline: KeptHeadline;
  id: string;
  input_sha256: string;
  network: string;
  program: string;
  results_sha256: string;
  version: string;
};

export type ApprovalSet = {
  city: string;
  event: string;
  event_text: unknown;
  modifications: Array<unknown> | null;
  runs: Array<ApprovalRun> | null;
  scenario: string;
  tables?: Array<KeptFile> | null;
};

export type ApprovalSignature = {
  at: string;
  sha256: string;
  who: string;
};

export type ApprovePlanRequest = {
  sha256: string;
};

export type Ask = {
  crowd_percent?: number;
  exact?: boolean;
  gap_per_mille?: number;
  rounds?: number;
  seed?: number;
  seeds?: number;
  version?: string;
};

export type Batch = {
  by: string;
  changed: string;
  city: string;
  created: string;
  id: string;
  revision: number;
  runs: Array<string>;
  title: string;
};

export type BatchRow = {
  crowd_percent: number;
  headline?: KeptHeadline;
  run: string;
  scenario: string;
  seed: number;
  state: string;
};

export type BatchTable = {
  over: number;
  rows: Array<BatchRow>;
  total: number;
};

export type BatchText = {
  crowd_percents?: Array<number> | null;
  scenarios: Array<string> | null;
  seeds?: Array<number> | null;
  settings?: Ask;
  title: string;
};

export type BegunBody = {
  uri: string;
};

export type CheckedBody = {
  entries: number;
  head: string;
  number?: number;
  sound: boolean;
  why?: "form" | "changed" | "order" | "chain" | "aside" | "cut" | "signature" | "anchor";
};

export type City = {
  by: string;
  changed: string;
  created: string;
  files: Array<KeptFile>;
  id: string;
  import?: string;
  names: Record<string, string>;
  revision: number;
  version?: string;
};

export type Closure = {
  features: Array<ShutPiece>;
  meters: number;
  streets: boolean;
  type: "FeatureCollection";
};

export type CodesBody = {
  codes: Array<string>;
};

export type ComparedCell = {
  bin: number;
  capacity: ComparedPair;
  demand: ComparedPair;
  red: ComparedPair;
};

export type ComparedClear = {
  after: number;
  before: number;
  percent: number;
};

export type ComparedComparison = {
  crowds: Array<ComparedCrowd>;
  doubts: Array<string>;
  lines: Array<ComparedLine>;
  red_added: number;
  red_gone: number;
  stops: Array<ComparedStop>;
  totals: Array<ComparedTotal>;
};

export type ComparedCrowd = {
  clear: Array<ComparedClear>;
  left_behind: ComparedPair;
  people: ComparedPair;
  session: number;
  stranded: ComparedPair;
  wait_p50_seconds: ComparedPair;
  wait_p90_seconds: ComparedPair;
  way: string;
};

export type ComparedLine = {
  cells: Array<ComparedCell>;
  direction: number;
  names: Record<string, string>;
  route: string;
};

export type ComparedPair = {
  after: number;
  before: number;
};

export type ComparedStop = {
  denied: ComparedPair;
  id: string;
  max_queue: ComparedPair;
  max_wait_seconds: ComparedPair;
  names: Record<string, string>;
  stranded: ComparedPair;
};

export type ComparedTotal = {
  after: number;
  before: number;
  name: string;
};

export type ConfirmFactorRequest = {
  code: string;
};

export type Course = {
  detour: number;
  features: Array<Leg>;
  meters: number;
  road_speed: number;
  seconds: number;
  straight_speed: number;
  street_speed: number;
  streets: boolean;
  type: "FeatureCollection";
};

export type CreateAccountRequest = {
  grants: Array<Grant>;
  login: string;
  mail?: string;
  name: string;
};

export type Entry = {
  at: string;
  change?: unknown;
  from?: string;
  hash: string;
  id?: string;
  kind?: string;
  number: number;
  request?: string;
  verb: string;
  who: string;
};

export type ErrorDetail = {
  location?: string;
  message?: string;
  value?: unknown;
};

export type Event = {
  by: string;
  changed: string;
  city: string;
  created: string;
  date: string;
  id: string;
  name: string;
  names: Record<string, string>;
  revision: number;
  tables: Array<KeptFile>;
  text: unknown;
  venue: string;
};

export type Facility = {
  at: GeoPoint;
  basis: string;
  id: string;
  name: string;
  venue?: string;
  way?: "in" | "out";
};

export type Fault = {
  code: "refused" | "lost" | "internal";
  findings?: Array<Told> | null;
  text: string;
};

export type FindingTally = {
  file: string;
  kept: number;
  rejected: number;
  rows: number;
};

export type FixedCrowdBody = {
  items: Array<ResultCrowd>;
  total: number;
};

export type FixedFacilityBody = {
  items: Array<ResultFacility>;
  total: number;
};

export type FixedFleetBody = {
  items: Array<ResultFleet>;
  total: number;
};

export type FixedLineBody = {
  items: Array<ResultLine>;
  total: number;
};

export type FixedNumberBody = {
  items: Array<Number>;
  total: number;
};

export type FixedPlatformBody = {
  items: Array<ResultPlatform>;
  total: number;
};

export type FixedSegmentBody = {
  items: Array<ResultSegment>;
  total: number;
};

export type FixedStopBody = {
  items: Array<ResultStop>;
  total: number;
};

export type GeoPoint = {
  lat: number;
  lon: number;
};

export type Grant = {
  role: string;
  scope: string;
  until?: string;
};

export type GrantsBody = {
  grants: Array<Grant>;
};

export type HistoryBody = {
  names: Record<string, string>;
  steps: Array<Step>;
};

export type InvitedBody = {
  account: string;
  link: string;
};

export type Job = {
  asked: string;
  attempts: number;
  ended?: string;
  fault?: Fault;
  headline?: KeptHeadline;
  id: string;
  program: string;
  progress: KeptProgress;
  started?: string;
  state: "ordered" | "queued" | "running" | "done" | "partial" | "failed" | "canceled";
  task: "import" | "run" | "report";
};

export type KeptFile = {
  bytes: number;
  path: string;
  sha256: string;
};

export type KeptHeadline = {
  arrived: number;
  away_90_percent: number;
  cleared: number;
  findings: number;
  left_behind: number;
  max_queue: number;
  max_queue_stop?: string;
  max_wait_seconds: number;
  people: number;
  red_cells: number;
  regret_permille: number;
  stranded: number;
};

export type KeptProgress = {
  done: number;
  left_seconds?: number;
  stage?: string;
  total: number;
};

export type Key = {
  device: boolean;
  id: string;
  name: string;
  needs: Array<string>;
  quota: number;
  scope: string;
  seen?: string;
  taken: number;
  until: string;
};

export type KeyAsk = {
  device?: boolean;
  name: string;
  needs?: Array<string> | null;
  quota: number;
  scope?: string;
  until: string;
};

export type Leg = {
  geometry: Line;
  properties: LegNumber;
  type: "Feature";
};

export type LegNumber = {
  meters: number;
  seconds: number;
  straight: boolean;
};

export type Line = {
  coordinates: Array<Array<number> | null>;
  type: "LineString";
};

export type LineDay = {
  date: string;
  directions: Array<LineDirection>;
  fleet?: LineFleet;
  route: string;
};

export type LineDeparture = {
  at: number;
  repeats: boolean;
  trip: string;
};

export type LineDirection = {
  departures: Array<LineDeparture>;
  direction: number;
  names: Record<string, string>;
  run_time: number;
  stops: Array<string>;
};

export type LineFleet = {
  reserve: number;
  turnback: number;
  vehicles: number;
};

export type ListAccountBody = {
  items: Array<Account>;
  next?: string;
};

export type ListBatchBody = {
  items: Array<Batch>;
  next?: string;
};

export type ListCityBody = {
  items: Array<City>;
  next?: string;
};

export type ListEntryBody = {
  items: Array<Entry>;
  next?: string;
};

export type ListEventBody = {
  items: Array<Event>;
  next?: string;
};

export type ListJobBody = {
  items: Array<Job>;
  next?: string;
};

export type ListPlanBody = {
  items: Array<Plan>;
  next?: string;
};

export type ListReleaseBody = {
  items: Array<ApprovalRelease>;
  next?: string;
};

export type ListRunBody = {
  items: Array<Run>;
  next?: string;
};

export type ListScenarioBody = {
  items: Array<Scenario>;
  next?: string;
};

export type ListVersionBody = {
  items: Array<Version>;
  next?: string;
};

export type ListedKeyBody = {
  items: Array<Key>;
};

export type ListedLoginBody = {
  items: Array<Login>;
};

export type Login = {
  address: string;
  browser: string;
  how: string;
  id: string;
  seen: string;
  started: string;
  this: boolean;
};

export type MapLineHead = {
  color: string;
  direction: number;
  headsign: string;
  headsigns: Record<string, string>;
  name: string;
  names: Record<string, string>;
  route: string;
};

export type MapMomentSegments = {
  begin: Array<number>;
  bin: Array<number>;
  carried: Array<number>;
  first: Array<number>;
  from: Array<number>;
  line: Array<number>;
  partial: Array<boolean>;
  point: Array<number>;
  room: Array<number>;
  to: Array<number>;
};

export type MapMomentStops = {
  at: Array<number>;
  boardings: Array<number>;
  first: Array<number>;
  id: Array<string>;
  left_behind: Array<number>;
  max_queue: Array<number>;
  max_wait: Array<number>;
  minute: Array<number>;
  names: Array<Record<string, string>>;
  queue: Array<number>;
};

export type MapMoments = {
  lines: Array<MapLineHead>;
  segments: MapMomentSegments;
  stops: MapMomentStops;
};

export type MeBody = {
  roles: Array<string>;
  who: string;
};

export type Missing = {
  code: "room" | "gates" | "population" | "stations" | "fleet" | "streets";
  count: number;
  file: string;
  some: Array<string>;
};

export type Number = {
  id: string;
  kind: string;
  name: string;
  source?: string;
  subject?: string;
  unit?: string;
  value: string;
};

export type PartFacilityBody = {
  items: Array<Facility>;
  total: number;
};

export type PartMissingBody = {
  items: Array<Missing>;
  total: number;
};

export type PartRouteBody = {
  items: Array<Route>;
  total: number;
};

export type PartStopBody = {
  items: Array<Stop>;
  total: number;
};

export type PartToldBody = {
  items: Array<Told>;
  total: number;
};

export type PartVehicleBody = {
  items: Array<Vehicle>;
  total: number;
};

export type PartVenueBody = {
  items: Array<Venue>;
  total: number;
};

export type PasswordBodyBody = {
  password: string;
};

export type Plan = {
  by: string;
  changed: string;
  created: string;
  id: string;
  plan: ApprovalPlan;
  revision: number;
  state: "draft" | "approved" | "released" | "superseded" | "withdrawn";
};

export type PlanAsk = {
  name: string;
  note?: string;
  runs: Array<string> | null;
  scenario: string;
};

export type Problem = {
  code?: "account-closed" | "begun" | "code" | "conflict" | "device-key" | "exists" | "findings" | "foreign-page" | "guest" | "idempotency-key" | "in-use" | "key-need" | "key-reused" | "last-administrator" | "link" | "login" | "login-taken" | "name" | "no-factor" | "no-network" | "no-results" | "not-by-key" | "not-found" | "open-house" | "password" | "path" | "person-name" | "plan-changed" | "plan-name" | "plan-runs" | "plan-state" | "quota" | "range" | "refused" | "request" | "revision" | "revision-missing" | "right" | "role" | "rule" | "run-outdated" | "scope" | "second-person" | "server-fault" | "sign-in" | "stale" | "text" | "this-machine-only" | "too-long" | "too-many" | "wait" | "whole" | "word";
  detail?: string;
  errors?: Array<ErrorDetail> | null;
  findings?: Array<Told> | null;
  status: number;
  title: string;
  type: string;
};

export type Profile = {
  kind: string;
  name: string;
  points: Array<Array<number> | null>;
  source: string;
  way: "arrive" | "leave";
};

export type Profiles = {
  items: Array<Profile>;
};

export type Queue = {
  denied: number;
  queue: number;
  stop: string;
};

export type Queues = {
  items: Array<Queue>;
};

export type RedeemLinkRequest = {
  link: string;
  login?: string;
  name?: string;
  password: string;
};

export type RedeemedBody = {
  login: string;
};

export type Report = {
  by: string;
  changed: string;
  created: string;
  files: Array<KeptFile>;
  id: string;
  job: Job;
  lang: string;
  revision: number;
  run: string;
};

export type ResetAccountRequest = {
  factor?: boolean;
};

export type ResultAwayBand = {
  away: ResultBand;
  minute: number;
};

export type ResultBand = {
  p10: number;
  p50: number;
  p90: number;
};

export type ResultCell = {
  bin: number;
  capacity: number;
  carried: number;
  departures: number;
  left_behind: number;
  stop: string;
};

export type ResultCity = {
  id: string;
  illustration: boolean;
  names: Record<string, string>;
  network: string;
};

export type ResultClear = {
  at: number;
  percent: number;
};

export type ResultClearBand = {
  at: ResultBand;
  never: number;
  percent: number;
};

export type ResultCourses = {
  first: Array<number>;
  from: Array<number>;
  line: Array<number>;
  point: Array<number>;
  reach: Array<number>;
  stop: Array<number>;
};

export type ResultCrowd = {
  arrived: number;
  clear: Array<ResultClear> | null;
  curve: Array<ResultPoint> | null;
  denied: number;
  late: number;
  left_behind: number;
  people: number;
  session: number;
  stranded: number;
  travel: ResultQuantiles;
  wait: ResultQuantiles;
  walking: number;
  way: string;
};

export type ResultCrowdSpread = {
  clear: Array<ResultClearBand> | null;
  curve: Array<ResultAwayBand> | null;
  late: ResultBand;
  left_behind: ResultBand;
  stranded: ResultBand;
};

export type ResultEvent = {
  date: string;
  id: string;
  names: Record<string, string>;
  sessions: Array<ResultSession> | null;
  transit_share: number;
  venue: ResultVenue;
};

export type ResultFacility = {
  basis: string;
  channels: number;
  id: string;
  kind: string;
  max_queue: number;
  max_wait: number;
  minutes: Array<ResultFlow> | null;
  names: Record<string, string>;
  passed: number;
  per_hour: number;
  person_seconds: number;
  place: Record<string, string>;
  queue_at: number;
  source: string;
  station: string;
  waited: number;
};

export type ResultFeedback = {
  convergence: Array<ResultRound> | null;
  informed_permille: number;
  regret_permille: number;
  rounds: number;
};

export type ResultFleet = {
  best: Array<ResultHeadway> | null;
  cycle: number;
  kind: string;
  name: string;
  needed: number;
  needed_at: number;
  reserve: number;
  room: number;
  route: string;
  source: string;
  turnback: number;
  vehicles: number;
};

export type ResultFlow = {
  came: number;
  minute: number;
  passed: number;
  queue: number;
};

export type ResultGate = {
  at: GeoPoint;
  id: string;
};

export type ResultHeadway = {
  per_hour: number;
  seconds: number;
  vehicles: number;
};

export type ResultHorizon = {
  offset_seconds: number;
  seconds: number;
  start: string;
  zone: string;
};

export type ResultHour = {
  from: number;
  joined: number;
  left_behind: number;
  lines: Array<ResultHourLine> | null;
  waiting: number;
};

export type ResultHourLine = {
  boarded: number;
  departures: number;
  direction: number;
  places: number;
  route: string;
};

export type ResultLine = {
  cells: Array<ResultCell> | null;
  color: string;
  direction: number;
  headsign: string;
  headsigns: Record<string, string>;
  name: string;
  names: Record<string, string>;
  room: number;
  room_default: boolean;
  route: string;
  vehicle: string;
};

export type ResultLineRef = {
  direction: number;
  route: string;
};

export type ResultLoad = {
  bin: number;
  carried: number;
  room: number;
};

export type ResultMinute = {
  denied: number;
  minute: number;
  queue: number;
};

export type ResultModel = {
  blocks: boolean;
  crowding: boolean;
  dwell: boolean;
  replan: boolean;
};

export type ResultModification = {
  args: Record<string, string>;
  kind: string;
  note?: string;
};

export type ResultPlaceSpread = {
  denied: ResultBand;
  max_queue: ResultBand;
  max_wait: ResultBand;
  stop: string;
};

export type ResultPlatform = {
  area: number;
  basis: string;
  dense: number;
  held_back: number;
  holds: number;
  level: string;
  max_held: number;
  max_held_wait: number;
  max_people: number;
  minutes: Array<ResultPlatformMinute> | null;
  people_at: number;
  person_seconds: number;
  source: string;
  stop: string;
};

export type ResultPlatformMinute = {
  held: number;
  minute: number;
  people: number;
};

export type ResultPoint = {
  arrived: number;
  away: number;
  minute: number;
  started: number;
};

export type ResultQuantiles = {
  max: number;
  p10: number;
  p50: number;
  p90: number;
  p99: number;
};

export type ResultReason = {
  people: number;
  person_seconds: number;
  times: number;
  why: string;
};

export type ResultRound = {
  changed: number;
  denied: number;
  regret_permille: number;
  round: number;
};

export type ResultScenario = {
  hash: string;
  modifications: Array<ResultModification> | null;
};

export type ResultSegment = {
  direction: number;
  from: string;
  line: Array<GeoPoint> | null;
  loads: Array<ResultLoad> | null;
  partial?: boolean;
  route: string;
  to: string;
};

export type ResultSession = {
  attendance: number;
  end: number;
  name: string;
  start: number;
};

export type ResultSizedRun = {
  attendance: Array<number> | null;
  seed: number;
  transit_share: number;
  travellers: number;
};

export type ResultSpread = {
  asked: number;
  crowds: Array<ResultCrowdSpread> | null;
  left_behind: ResultBand;
  places: Array<ResultPlaceSpread> | null;
  runs: Array<ResultSizedRun> | null;
  seeds: Array<number> | null;
  stranded: ResultBand;
};

export type ResultStop = {
  alightings: number;
  at: GeoPoint;
  boardings: number;
  denied: number;
  id: string;
  left_behind: number;
  lines: Array<ResultLineRef> | null;
  max_queue: number;
  max_wait: number;
  minutes: Array<ResultMinute> | null;
  names: Record<string, string>;
  partial?: boolean;
  reasons: Array<ResultReason> | null;
  stranded: number;
};

export type ResultTotals = {
  arrived: number;
  boardings: number;
  denied: number;
  left_behind: number;
  on_foot_only: number;
  reasons: Array<ResultReason> | null;
  replanned: number;
  stranded: number;
  travellers: number;
  walking: number;
};

export type ResultTrips = {
  first: Array<number>;
  id: Array<string>;
  pattern: Array<number>;
  room: Array<number>;
  start: Array<number>;
};

export type ResultVehicles = {
  format: number;
  lines: Array<ResultLineRef>;
  names: Array<Record<string, string>>;
  patterns: ResultCourses;
  stops: Array<string>;
  trips: ResultTrips;
  visits: ResultVisits;
};

export type ResultVenue = {
  at: GeoPoint;
  capacity: number;
  gates: Array<ResultGate> | null;
  id: string;
  names: Record<string, string>;
};

export type ResultVisits = {
  denied: Array<number>;
  late: Array<number>;
  load: Array<number>;
  on: Array<number>;
  run: Array<number>;
  stay: Array<number>;
};

export type ResultWorst = {
  at: number;
  denied: number;
  from: number;
  hours: Array<ResultHour> | null;
  max_queue: number;
  max_wait: number;
  people: number;
  routes: Array<string> | null;
  stop: string;
  stranded: number;
  to: number;
};

export type RetracedAnswer = {
  groups: Array<RetracedGroup>;
  one_in: number;
  people: number;
  ways: number;
};

export type RetracedGroup = {
  class: string;
  crowd: number;
  journey: RetracedJourney;
  left_behind: number;
  people: number;
  took_seconds: number;
  waited_seconds: number;
};

export type RetracedJourney = {
  end: number;
  from: RetracedPlace;
  held_seconds: number;
  set: number;
  stages: Array<RetracedStage>;
  state: "walking" | "arrived" | "no_service" | "last_gone";
  to: RetracedPlace;
};

export type RetracedPlace = {
  at: GeoPoint;
  id: string;
};

export type RetracedRefused = {
  at: number;
  direction: number;
  load: number;
  room: number;
  route: string;
  trip: string;
};

export type RetracedStage = {
  denied: number;
  direction: number;
  from: number;
  full: number;
  kind: "walk" | "wait" | "ride";
  load: number;
  off?: string;
  refused?: Array<RetracedRefused>;
  room: number;
  route?: string;
  stop?: string;
  to: number;
  trip?: string;
};

export type Route = {
  color?: string;
  id: string;
  long_name?: string;
  names: Record<string, string>;
  room: number;
  room_assumed: boolean;
  trips: number;
  type: number;
};

export type RulesBody = {
  second: Array<ApprovalRule>;
};

export type Run = {
  by: string;
  changed: string;
  city: string;
  created: string;
  event: string;
  id: string;
  job: Job;
  revision: number;
  scenario: string;
  scenario_revision: number;
  settings: Settings;
  version: string;
};

export type Scenario = {
  by: string;
  changed: string;
  city: string;
  created: string;
  event: string;
  id: string;
  modifications: Array<unknown>;
  name: string;
  note?: string;
  revision: number;
  title: string;
};

export type ScenarioText = {
  modifications?: Array<unknown> | null;
  name?: string;
  note?: string;
  title: string;
};

export type SearchBody = {
  items: Array<Entry>;
  names: Record<string, string>;
  next?: number;
};

export type SecretBody = {
  token: string;
};

export type Session = {
  csrf?: string;
  factor: boolean;
  grants: Array<Grant>;
  login?: string;
  name?: string;
  needs: Array<string>;
  open: boolean;
  provider?: string;
  roles: Array<string>;
  who: string;
};

export type SetNameRequest = {
  name: string;
};

export type SetPasswordRequest = {
  code?: string;
  next: string;
  password: string;
};

export type Settings = {
  crowd_percent: number;
  exact: boolean;
  gap_per_mille: number;
  rounds: number;
  seed: number;
  seeds: number;
};

export type ShutPiece = {
  geometry: Line;
  properties: ShutPiecePropertiesStruct;
  type: "Feature";
};

export type ShutPiecePropertiesStruct = Record<string, unknown>;

export type SignInRequest = {
  code?: string;
  login: string;
  password: string;
};

export type StartBody = {
  links: Record<string, string>;
  program: string;
};

export type Step = {
  at: string;
  verb: "propose" | "change" | "approve" | "release" | "supersede" | "withdraw";
  who: string;
};

export type Stop = {
  at: GeoPoint;
  id: string;
  names: Record<string, string>;
  station?: string;
};

export type Summary = {
  city: ResultCity;
  event: ResultEvent;
  feedback: ResultFeedback;
  findings: Array<Told>;
  headline: KeptHeadline;
  horizon: ResultHorizon;
  model: ResultModel;
  program: string;
  scenario: ResultScenario;
  totals: ResultTotals;
  worst: Array<ResultWorst>;
};

export type Told = {
  args?: Record<string, string>;
  code: string;
  field?: string;
  file?: string;
  fix?: string;
  level: "note" | "warning" | "error";
  line?: number;
  sentence: string;
  value?: string;
};

export type Vehicle = {
  kind: string;
  name: string;
  room: number;
  seats: number;
  source?: string;
};

export type Venue = {
  at: GeoPoint;
  capacity: number;
  gates: Array<VenueGate>;
  id: string;
  names: Record<string, string>;
};

export type VenueGate = {
  at: GeoPoint;
  id: string;
};

export type Version = {
  by: string;
  changed: string;
  counts: Record<string, number>;
  created: string;
  findings: Record<string, number>;
  first_date?: string;
  id: string;
  last_date?: string;
  network: string;
  program: string;
  revision: number;
  tallies: Array<FindingTally>;
};

export type WithdrawPlanRequest = {
  reason: string;
};

/** What each operation takes in its path and query, its body, and what it answers. */

export type Operations = {
  start: { takes: Record<never, never>; body: undefined; answers: StartBody };
  listAccounts: { takes: { after?: string; limit?: number }; body: undefined; answers: ListAccountBody };
  createAccount: { takes: Record<never, never>; body: CreateAccountRequest; answers: InvitedBody };
  getAccount: { takes: { account: string }; body: undefined; answers: Account };
  closeAccount: { takes: { account: string }; body: undefined; answers: Account };
  eraseAccount: { takes: { account: string }; body: undefined; answers: Account };
  setGrants: { takes: { account: string }; body: GrantsBody; answers: Account };
  reopenAccount: { takes: { account: string }; body: undefined; answers: Account };
  resetAccount: { takes: { account: string }; body: ResetAccountRequest; answers: InvitedBody };
  listSessions: { takes: { account: string }; body: undefined; answers: ListedLoginBody };
  endSession: { takes: { account: string; session: string }; body: undefined; answers: undefined };
  listAudit: { takes: { after?: string; limit?: number; kind?: string; id?: string }; body: undefined; answers: ListEntryBody };
  checkAudit: { takes: Record<never, never>; body: undefined; answers: CheckedBody };
  exportAudit: { takes: { private?: boolean }; body: undefined; answers: string };
  searchAudit: { takes: { who?: string; verb?: string; kind?: string; place?: string; from?: string; to?: string; before?: number; limit?: number }; body: undefined; answers: SearchBody };
  getBatch: { takes: { batch: string }; body: undefined; answers: Batch };
  cancelBatch: { takes: { batch: string }; body: undefined; answers: BatchTable };
  getBatchTable: { takes: { batch: string }; body: undefined; answers: BatchTable };
  getBatchCSV: { takes: { batch: string }; body: undefined; answers: string };
  listCities: { takes: { after?: string; limit?: number }; body: undefined; answers: ListCityBody };
  createCity: { takes: Record<never, never>; body: string; answers: City };
  getCity: { takes: { city: string }; body: undefined; answers: City };
  deleteCity: { takes: { city: string }; body: undefined; answers: undefined };
  listBatches: { takes: { city: string; after?: string; limit?: number }; body: undefined; answers: ListBatchBody };
  createBatch: { takes: { city: string }; body: BatchText; answers: Batch };
  listEvents: { takes: { city: string; after?: string; limit?: number }; body: undefined; answers: ListEventBody };
  createEvent: { takes: { city: string }; body: unknown; answers: Event };
  getEvent: { takes: { city: string; event: string }; body: undefined; answers: Event };
  replaceEvent: { takes: { city: string; event: string }; body: unknown; answers: Event };
  deleteEvent: { takes: { city: string; event: string }; body: undefined; answers: undefined };
  listPlans: { takes: { city: string; event: string; after?: string; limit?: number }; body: undefined; answers: ListPlanBody };
  proposePlan: { takes: { city: string; event: string }; body: PlanAsk; answers: Plan };
  listScenarios: { takes: { city: string; event: string; after?: string; limit?: number }; body: undefined; answers: ListScenarioBody };
  createScenario: { takes: { city: string; event: string }; body: ScenarioText; answers: Scenario };
  getScenario: { takes: { city: string; event: string; scenario: string }; body: undefined; answers: Scenario };
  replaceScenario: { takes: { city: string; event: string; scenario: string }; body: ScenarioText; answers: Scenario };
  deleteScenario: { takes: { city: string; event: string; scenario: string }; body: undefined; answers: undefined };
  listRuns: { takes: { city: string; event: string; scenario: string; after?: string; limit?: number }; body: undefined; answers: ListRunBody };
  askRun: { takes: { city: string; event: string; scenario: string }; body: Ask; answers: Run };
  putTable: { takes: { city: string; event: string; path: string }; body: Blob | string; answers: Event };
  getFile: { takes: { city: string; path: string }; body: undefined; answers: string };
  putFile: { takes: { city: string; path: string }; body: Blob | string; answers: City };
  deleteFile: { takes: { city: string; path: string }; body: undefined; answers: City };
  importCity: { takes: { city: string }; body: undefined; answers: Job };
  listProfiles: { takes: { city: string }; body: undefined; answers: Profiles };
  listReleases: { takes: { city: string; after?: number; limit?: number }; body: undefined; answers: ListReleaseBody };
  getRelease: { takes: { city: string; number: number }; body: undefined; answers: ApprovalRelease };
  listVersions: { takes: { city: string; after?: string; limit?: number }; body: undefined; answers: ListVersionBody };
  getVersion: { takes: { city: string; version: string }; body: undefined; answers: Version };
  getClosure: { takes: { city: string; version: string; points: string }; body: undefined; answers: Closure };
  getCourse: { takes: { city: string; version: string; through: string; speed?: number }; body: undefined; answers: Course };
  listFacilities: { takes: { city: string; version: string; offset?: number; limit?: number; q?: string }; body: undefined; answers: PartFacilityBody };
  listFindings: { takes: { city: string; version: string; offset?: number; limit?: number; level?: "note" | "warning" | "error"; lang?: "en" | "kk" | "ru" | "zh" }; body: undefined; answers: PartToldBody };
  getLineDay: { takes: { city: string; version: string; route: string; date: string }; body: undefined; answers: LineDay };
  listMissing: { takes: { city: string; version: string; offset?: number; limit?: number; q?: string }; body: undefined; answers: PartMissingBody };
  listRoutes: { takes: { city: string; version: string; offset?: number; limit?: number; q?: string }; body: undefined; answers: PartRouteBody };
  listStops: { takes: { city: string; version: string; offset?: number; limit?: number; q?: string }; body: undefined; answers: PartStopBody };
  listVehicles: { takes: { city: string; version: string; offset?: number; limit?: number; q?: string }; body: undefined; answers: PartVehicleBody };
  listVenues: { takes: { city: string; version: string; offset?: number; limit?: number; q?: string }; body: undefined; answers: PartVenueBody };
  compare: { takes: { before: string; after: string }; body: undefined; answers: ComparedComparison };
  listJobs: { takes: { after?: string; limit?: number; state?: "ordered" | "queued" | "running" | "done" | "partial" | "failed" | "canceled" }; body: undefined; answers: ListJobBody };
  getJob: { takes: { job: string }; body: undefined; answers: Job };
  cancelJob: { takes: { job: string }; body: undefined; answers: Job };
  jobProgress: { takes: { job: string }; body: undefined; answers: string };
  redeemLink: { takes: Record<never, never>; body: RedeemLinkRequest; answers: RedeemedBody };
  me: { takes: Record<never, never>; body: undefined; answers: MeBody };
  setName: { takes: Record<never, never>; body: SetNameRequest; answers: undefined };
  beginFactor: { takes: Record<never, never>; body: PasswordBodyBody; answers: BegunBody };
  confirmFactor: { takes: Record<never, never>; body: ConfirmFactorRequest; answers: CodesBody };
  removeFactor: { takes: Record<never, never>; body: PasswordBodyBody; answers: undefined };
  myKeys: { takes: Record<never, never>; body: undefined; answers: ListedKeyBody };
  createKey: { takes: Record<never, never>; body: KeyAsk; answers: SecretBody };
  removeKey: { takes: { key: string }; body: undefined; answers: undefined };
  setPassword: { takes: Record<never, never>; body: SetPasswordRequest; answers: Session };
  mySessions: { takes: Record<never, never>; body: undefined; answers: ListedLoginBody };
  endMySession: { takes: { session: string }; body: undefined; answers: undefined };
  getPlan: { takes: { plan: string }; body: undefined; answers: Plan };
  revisePlan: { takes: { plan: string }; body: PlanAsk; answers: Plan };
  approvePlan: { takes: { plan: string }; body: ApprovePlanRequest; answers: Plan };
  getPlanDocument: { takes: { plan: string; lang: "en" | "kk" | "ru" | "zh"; run?: string }; body: undefined; answers: string };
  getPlanHistory: { takes: { plan: string }; body: undefined; answers: HistoryBody };
  releasePlan: { takes: { plan: string }; body: undefined; answers: Plan };
  withdrawPlan: { takes: { plan: string }; body: WithdrawPlanRequest; answers: Plan };
  getPlanWorkbook: { takes: { plan: string; lang: "en" | "kk" | "ru" | "zh"; run?: string }; body: undefined; answers: string };
  getRules: { takes: Record<never, never>; body: undefined; answers: RulesBody };
  setRules: { takes: Record<never, never>; body: RulesBody; answers: RulesBody };
  getRun: { takes: { run: string }; body: undefined; answers: Run };
  cancelRun: { takes: { run: string }; body: undefined; answers: Run };
  getCrowds: { takes: { run: string; offset?: number; limit?: number }; body: undefined; answers: FixedCrowdBody };
  getFacilityResults: { takes: { run: string; offset?: number; limit?: number }; body: undefined; answers: FixedFacilityBody };
  getFleetResults: { takes: { run: string; offset?: number; limit?: number }; body: undefined; answers: FixedFleetBody };
  getJourneys: { takes: { run: string; stop?: string; from?: number; to?: number; crowd?: number; class?: string; place?: string; within?: number; left_behind?: boolean; limit?: number }; body: undefined; answers: RetracedAnswer };
  getLineResults: { takes: { run: string; offset?: number; limit?: number }; body: undefined; answers: FixedLineBody };
  getMinute: { takes: { run: string; minute: number }; body: undefined; answers: Queues };
  getMoments: { takes: { run: string }; body: undefined; answers: MapMoments };
  getNumbers: { takes: { run: string; offset?: number; limit?: number }; body: undefined; answers: FixedNumberBody };
  getPlatformResults: { takes: { run: string; offset?: number; limit?: number }; body: undefined; answers: FixedPlatformBody };
  runProgress: { takes: { run: string }; body: undefined; answers: string };
  getReport: { takes: { run: string; lang: "en" | "kk" | "ru" | "zh" }; body: undefined; answers: Report };
  askReport: { takes: { run: string; lang: "en" | "kk" | "ru" | "zh" }; body: undefined; answers: Report };
  getReportFile: { takes: { run: string; lang: "en" | "kk" | "ru" | "zh"; file: string }; body: undefined; answers: string };
  getResults: { takes: { run: string }; body: undefined; answers: unknown };
  getSegmentResults: { takes: { run: string; offset?: number; limit?: number }; body: undefined; answers: FixedSegmentBody };
  getSpread: { takes: { run: string }; body: undefined; answers: ResultSpread };
  getStopResults: { takes: { run: string; offset?: number; limit?: number }; body: undefined; answers: FixedStopBody };
  getStopResult: { takes: { run: string; stop: string }; body: undefined; answers: ResultStop };
  getSummary: { takes: { run: string }; body: undefined; answers: Summary };
  getTable: { takes: { run: string; table: string }; body: undefined; answers: string };
  getVehicles: { takes: { run: string }; body: undefined; answers: ResultVehicles };
  getSession: { takes: Record<never, never>; body: undefined; answers: Session };
  signIn: { takes: Record<never, never>; body: SignInRequest; answers: Session };
  signOut: { takes: Record<never, never>; body: undefined; answers: undefined };
};

/** Method, path and media type of the body of each operation. */

export const ways: Record<keyof Operations, readonly [string, string, string]> = {
  start: ["GET", "/api/v1", ""],
  listAccounts: ["GET", "/api/v1/accounts", ""],
  createAccount: ["POST", "/api/v1/accounts", "application/json"],
  getAccount: ["GET", "/api/v1/accounts/{account}", ""],
  closeAccount: ["POST", "/api/v1/accounts/{account}/close", ""],
  eraseAccount: ["POST", "/api/v1/accounts/{account}/erase", ""],
  setGrants: ["PUT", "/api/v1/accounts/{account}/grants", "application/json"],
  reopenAccount: ["POST", "/api/v1/accounts/{account}/reopen", ""],
  resetAccount: ["POST", "/api/v1/accounts/{account}/reset", "application/json"],
  listSessions: ["GET", "/api/v1/accounts/{account}/sessions", ""],
  endSession: ["DELETE", "/api/v1/accounts/{account}/sessions/{session}", ""],
  listAudit: ["GET", "/api/v1/audit", ""],
  checkAudit: ["GET", "/api/v1/audit/check", ""],
  exportAudit: ["POST", "/api/v1/audit/export", ""],
  searchAudit: ["GET", "/api/v1/audit/search", ""],
  getBatch: ["GET", "/api/v1/batches/{batch}", ""],
  cancelBatch: ["POST", "/api/v1/batches/{batch}/cancel", ""],
  getBatchTable: ["GET", "/api/v1/batches/{batch}/table", ""],
  getBatchCSV: ["GET", "/api/v1/batches/{batch}/table.csv", ""],
  listCities: ["GET", "/api/v1/cities", ""],
  createCity: ["POST", "/api/v1/cities", "application/yaml"],
  getCity: ["GET", "/api/v1/cities/{city}", ""],
  deleteCity: ["DELETE", "/api/v1/cities/{city}", ""],
  listBatches: ["GET", "/api/v1/cities/{city}/batches", ""],
  createBatch: ["POST", "/api/v1/cities/{city}/batches", "application/json"],
  listEvents: ["GET", "/api/v1/cities/{city}/events", ""],
  createEvent: ["POST", "/api/v1/cities/{city}/events", "application/json"],
  getEvent: ["GET", "/api/v1/cities/{city}/events/{event}", ""],
  replaceEvent: ["PUT", "/api/v1/cities/{city}/events/{event}", "application/json"],
  deleteEvent: ["DELETE", "/api/v1/cities/{city}/events/{event}", ""],
  listPlans: ["GET", "/api/v1/cities/{city}/events/{event}/plans", ""],
  proposePlan: ["POST", "/api/v1/cities/{city}/events/{event}/plans", "application/json"],
  listScenarios: ["GET", "/api/v1/cities/{city}/events/{event}/scenarios", ""],
  createScenario: ["POST", "/api/v1/cities/{city}/events/{event}/scenarios", "application/json"],
  getScenario: ["GET", "/api/v1/cities/{city}/events/{event}/scenarios/{scenario}", ""],
  replaceScenario: ["PUT", "/api/v1/cities/{city}/events/{event}/scenarios/{scenario}", "application/json"],
  deleteScenario: ["DELETE", "/api/v1/cities/{city}/events/{event}/scenarios/{scenario}", ""],
  listRuns: ["GET", "/api/v1/cities/{city}/events/{event}/scenarios/{scenario}/runs", ""],
  askRun: ["POST", "/api/v1/cities/{city}/events/{event}/scenarios/{scenario}/runs", "application/json"],
  putTable: ["PUT", "/api/v1/cities/{city}/events/{event}/tables/{path}", "application/octet-stream"],
  getFile: ["GET", "/api/v1/cities/{city}/files/{path}", ""],
  putFile: ["PUT", "/api/v1/cities/{city}/files/{path}", "application/octet-stream"],
  deleteFile: ["DELETE", "/api/v1/cities/{city}/files/{path}", ""],
  importCity: ["POST", "/api/v1/cities/{city}/imports", ""],
  listProfiles: ["GET", "/api/v1/cities/{city}/profiles", ""],
  listReleases: ["GET", "/api/v1/cities/{city}/releases", ""],
  getRelease: ["GET", "/api/v1/cities/{city}/releases/{number}", ""],
  listVersions: ["GET", "/api/v1/cities/{city}/versions", ""],
  getVersion: ["GET", "/api/v1/cities/{city}/versions/{version}", ""],
  getClosure: ["GET", "/api/v1/cities/{city}/versions/{version}/closure", ""],
  getCourse: ["GET", "/api/v1/cities/{city}/versions/{version}/course", ""],
  listFacilities: ["GET", "/api/v1/cities/{city}/versions/{version}/facilities", ""],
  listFindings: ["GET", "/api/v1/cities/{city}/versions/{version}/findings", ""],
  getLineDay: ["GET", "/api/v1/cities/{city}/versions/{version}/lines/{route}", ""],
  listMissing: ["GET", "/api/v1/cities/{city}/versions/{version}/missing", ""],
  listRoutes: ["GET", "/api/v1/cities/{city}/versions/{version}/routes", ""],
  listStops: ["GET", "/api/v1/cities/{city}/versions/{version}/stops", ""],
  listVehicles: ["GET", "/api/v1/cities/{city}/versions/{version}/vehicles", ""],
  listVenues: ["GET", "/api/v1/cities/{city}/versions/{version}/venues", ""],
  compare: ["GET", "/api/v1/comparisons", ""],
  listJobs: ["GET", "/api/v1/jobs", ""],
  getJob: ["GET", "/api/v1/jobs/{job}", ""],
  cancelJob: ["POST", "/api/v1/jobs/{job}/cancel", ""],
  jobProgress: ["GET", "/api/v1/jobs/{job}/progress", ""],
  redeemLink: ["POST", "/api/v1/links", "application/json"],
  me: ["GET", "/api/v1/me", ""],
  setName: ["PUT", "/api/v1/me", "application/json"],
  beginFactor: ["POST", "/api/v1/me/factor", "application/json"],
  confirmFactor: ["POST", "/api/v1/me/factor/confirm", "application/json"],
  removeFactor: ["POST", "/api/v1/me/factor/remove", "application/json"],
  myKeys: ["GET", "/api/v1/me/keys", ""],
  createKey: ["POST", "/api/v1/me/keys", "application/json"],
  removeKey: ["DELETE", "/api/v1/me/keys/{key}", ""],
  setPassword: ["POST", "/api/v1/me/password", "application/json"],
  mySessions: ["GET", "/api/v1/me/sessions", ""],
  endMySession: ["DELETE", "/api/v1/me/sessions/{session}", ""],
  getPlan: ["GET", "/api/v1/plans/{plan}", ""],
  revisePlan: ["PUT", "/api/v1/plans/{plan}", "application/json"],
  approvePlan: ["POST", "/api/v1/plans/{plan}/approve", "application/json"],
  getPlanDocument: ["GET", "/api/v1/plans/{plan}/document/{lang}", ""],
  getPlanHistory: ["GET", "/api/v1/plans/{plan}/history", ""],
  releasePlan: ["POST", "/api/v1/plans/{plan}/release", ""],
  withdrawPlan: ["POST", "/api/v1/plans/{plan}/withdraw", "application/json"],
  getPlanWorkbook: ["GET", "/api/v1/plans/{plan}/workbook/{lang}", ""],
  getRules: ["GET", "/api/v1/rules", ""],
  setRules: ["PUT", "/api/v1/rules", "application/json"],
  getRun: ["GET", "/api/v1/runs/{run}", ""],
  cancelRun: ["POST", "/api/v1/runs/{run}/cancel", ""],
  getCrowds: ["GET", "/api/v1/runs/{run}/crowds", ""],
  getFacilityResults: ["GET", "/api/v1/runs/{run}/facilities", ""],
  getFleetResults: ["GET", "/api/v1/runs/{run}/fleets", ""],
  getJourneys: ["GET", "/api/v1/runs/{run}/journeys", ""],
  getLineResults: ["GET", "/api/v1/runs/{run}/lines", ""],
  getMinute: ["GET", "/api/v1/runs/{run}/minutes/{minute}", ""],
  getMoments: ["GET", "/api/v1/runs/{run}/moments", ""],
  getNumbers: ["GET", "/api/v1/runs/{run}/numbers", ""],
  getPlatformResults: ["GET", "/api/v1/runs/{run}/platforms", ""],
  runProgress: ["GET", "/api/v1/runs/{run}/progress", ""],
  getReport: ["GET", "/api/v1/runs/{run}/reports/{lang}", ""],
  askReport: ["POST", "/api/v1/runs/{run}/reports/{lang}", ""],
  getReportFile: ["GET", "/api/v1/runs/{run}/reports/{lang}/{file}", ""],
  getResults: ["GET", "/api/v1/runs/{run}/results", ""],
  getSegmentResults: ["GET", "/api/v1/runs/{run}/segments", ""],
  getSpread: ["GET", "/api/v1/runs/{run}/spread", ""],
  getStopResults: ["GET", "/api/v1/runs/{run}/stops", ""],
  getStopResult: ["GET", "/api/v1/runs/{run}/stops/{stop}", ""],
  getSummary: ["GET", "/api/v1/runs/{run}/summary", ""],
  getTable: ["GET", "/api/v1/runs/{run}/tables/{table}", ""],
  getVehicles: ["GET", "/api/v1/runs/{run}/vehicles", ""],
  getSession: ["GET", "/api/v1/session", ""],
  signIn: ["POST", "/api/v1/session", "application/json"],
  signOut: ["DELETE", "/api/v1/session", ""],
};


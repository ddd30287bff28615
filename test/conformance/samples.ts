/**
 * The request samples of the five source documents, to the letter: request lines, header lines, bodies and scripts are theirs. The
 * documents themselves are not part of the repository; where they are at hand, the test proves that every piece stands in them.
 */

export interface Sample {
  document: string;
  /** A text of the document after which the pieces stand. */
  place: string;
  contract: string;
  call: string;
  /** Method and path, with holes. */
  requestLine: string;
  /** Header lines as the document writes them. */
  headerLines: string[];
  body?: string;
  /** What fills the holes, where the document gives a value; the contract's examples fill the others. */
  values?: Record<string, string>;
  /** The status of success: the document's, or the contract's where the document only refers to a table that was not delivered. */
  status: number;
  /** The statuses the document lists for the call. */
  documented: string[];
}

const LOCK = "000_78c9b8fc6d40cad3.txt";
const UNLOCK = "001_18a1c3c7427083d9.txt";
const LOCK_VIRTUAL_SERVER = "002_a8709e15c534329e.txt";
export const PERMISSION_TABLE = "003_79bf72a3ab24c68b.txt";
const LOCK_CONFIGURATION = "004_06c7b15d0d29afde.txt";

const action = (document: string, call: string, body: string): Sample[] =>
  ["v2", "v2.1"].map((version) => ({
    document,
    place: "## Example Request",
    contract: `huawei-ecs-native@${version}`,
    call,
    requestLine: `POST https://{endpoint}/${version}/{project_id}/servers/{server_id}/action`,
    headerLines: [],
    body,
    status: 202,
    documented: [],
  }));

const versioned = (place: string, version: string): Sample => ({
  document: LOCK_VIRTUAL_SERVER,
  place,
  contract: `samsung-virtualserver@v${version}`,
  call: "lockServer",
  requestLine: "post /v1/servers/{server_id}/lock",
  headerLines: [
    '"Scp-Accesskey = 2sd2gg=2agbdSD26svcD",',
    '"Scp-Signature = fsfsdf235f9U35sdgf35Xsf/qgsdgsdg326=sfsdr23rsef=",',
    '"Scp-Timestamp = 1605290625682",',
    '"Scp-ClientType = Openapi",',
    '"Accept-Language = en-US",',
    `"Scp-Api-Version = virtualserver ${version}"`,
  ],
  values: { server_id: "2a9be312-5d4b-4bc8-b2ae-35100fa9241f" },
  status: 202,
  documented: ["202", "401", "403", "404"],
});

export const SAMPLES: Sample[] = [
  ...action(LOCK, "lockServer", '{\n    "lock": null\n}'),
  ...action(UNLOCK, "unlockServer", '{\n   "unlock": null \n}'),
  versioned("1 - 1.3\n", "1.3"),
  versioned("2 - 1.2\n", "1.2"),
  versioned("3 - 1.1\n", "1.1"),
  versioned("4 - 1.0\n", "1.0"),
  {
    document: LOCK_CONFIGURATION,
    place: "Lock the configuration",
    contract: "oracle-ecb@v1.1",
    call: "lockConfiguration",
    requestLine: "post\n/rest/{version}/configuration/lock",
    headerLines: [],
    values: { version: "v1.1" },
    status: 204,
    documented: ["204", "400", "401", "403", "404", "423"],
  },
];

export interface Script {
  document: string;
  place: string;
  contract: string;
  call: string;
  language: "sh" | "python";
  text: string;
  /** Variables the document leaves to the reader: where the box is, and a token. */
  host: string;
  token: string;
  status: number;
  /** What the tool then sends: the document's own headers, and those the tool adds (names in lower case). */
  headers: Record<string, string>;
}

const XML_WITH_TOKEN = { accept: "application/xml", authorization: "Bearer EXAMPLE-TOKEN-0001" };
const script = { document: LOCK_CONFIGURATION, contract: "oracle-ecb@v1.1", call: "lockConfiguration", status: 204 };

export const SCRIPTS: Script[] = [
  {
    ...script,
    place: "Example of Accessing the API with cURL",
    language: "sh",
    text: String.raw`curl -X POST \
--header "Accept: application/xml" \
--header "Authorization: Bearer $TOKEN" \
"https://${"${ECBIP}"}/rest/v1.1/configuration/lock"`,
    host: "ECBIP",
    token: "TOKEN",
    headers: XML_WITH_TOKEN,
  },
  {
    ...script,
    place: "Example of Accessing the API with Python",
    language: "python",
    text: `import requests
headers = { "Accept":"application/xml", "Authorization":"Bearer " + token }
url = "https://" + ecbip + "/rest/v1.1/configuration/lock"
resp = requests.post(url, headers=headers)`,
    host: "ecbip",
    token: "token",
    headers: { ...XML_WITH_TOKEN, "accept-encoding": "gzip, deflate", connection: "keep-alive", "content-length": "0" },
  },
];

export interface PermissionRow {
  requests: string[];
  title: string;
  actions: string[];
  /** The calls the row speaks of, as `api@version call`. */
  calls: string[];
}

const native = (call: string): string[] => [`huawei-ecs-native@v2 ${call}`, `huawei-ecs-native@v2.1 ${call}`];
const V2 = "POST /v2/{project_id}/servers/{server_id}/action";
const V21 = "POST /v2.1/{project_id}/servers/{server_id}/action";
const own = (version: string, name: string): string => `POST /${version}/{project_id}/cloudservers/{server_id}/${name}`;
const volumes = ["list", "create", "get", "attach", "detach", "manage"].map((name) => `evs:volumes:${name}`);
const ports = ["get", "update", "create", "delete"].map((name) => `vpc:ports:${name}`);
const servers = (...names: string[]): string[] => names.map((name) => `ecs:servers:${name}`);
const images = ["ims:images:get", "ims:images:list", "ims:images:update"];
const openstack = (title: string): string => `${title} (Native OpenStack API)`;
const specifications = "Modifying the Specifications of an ECS";

/** All ten rows of document 003. The native resize lists /v2.1 twice: a slip for /v2 and /v2.1 (fact sheet, defect 1). */
export const PERMISSION_ROWS: PermissionRow[] = [
  {
    requests: [own("v2", "changeos")],
    title: "Changing an ECS OS",
    actions: ["ecs:cloudServers:changeOS"],
    calls: ["huawei-ecs@v2 changeServerOs"],
  },
  {
    requests: [own("v2", "reinstallos")],
    title: "Reinstalling an ECS OS",
    actions: ["ecs:cloudServers:rebuild"],
    calls: ["huawei-ecs@v2 reinstallServerOs"],
  },
  { requests: [own("v1", "resize")], title: specifications, actions: ["ecs:cloudServers:resize"], calls: ["huawei-ecs@v1 resizeServer"] },
  {
    requests: [own("v1", "migrate")],
    title: "Cold Migrating an ECS",
    actions: ["ecs:cloudServers:migrate"],
    calls: ["huawei-ecs@v1 migrateServer"],
  },
  { requests: [V2, V21], title: openstack("Stopping an ECS"), actions: servers("stop", "get"), calls: native("stopServer") },
  { requests: [V2, V21], title: openstack("Restarting an ECS"), actions: servers("reboot", "get"), calls: native("rebootServer") },
  {
    requests: [V21, V21],
    title: openstack(specifications),
    actions: [...servers("resize", "get"), ...volumes, ...ports],
    calls: native("resizeServer"),
  },
  {
    requests: [V2, V21],
    title: openstack("Rebuilding an ECS"),
    actions: [...servers("rebuild", "get", "update"), ...images],
    calls: native("rebuildServer"),
  },
  { requests: [V2, V21], title: openstack("Locking an ECS"), actions: servers("lock", "get"), calls: native("lockServer") },
  { requests: [V2, V21], title: openstack("Unlocking an ECS"), actions: servers("unlock", "get"), calls: native("unlockServer") },
];

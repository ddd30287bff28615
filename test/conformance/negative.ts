/**
 * Bad requests, and what a clear answer to each of them is. A row spoils one thing of a valid request of the call it names; a row without
 * a call says everything itself. The status and the shape are the vendor's (openapi/<api>/README.md), the words are the mock's.
 */

export interface Spoil {
  method?: string;
  /** The whole path in place of the call's. */
  path?: string;
  /** A piece of the call's path and what it becomes. */
  swap?: [string, string];
  /** Headers to set; null takes one away. */
  headers?: Record<string, string | null>;
  /** null takes the body away. */
  body?: string | Uint8Array | null;
}

/**
 * `shape`: a member that the vendor's error has at its top (`<response>` where it is XML), `problem` where the mock speaks for itself.
 * `says`: what the text of the answer or its X-Latch-Reason must say.
 */
type Row = [name: string, call: string, spoil: Spoil, status: number, shape: string, says: RegExp];

export interface BadRequest {
  name: string;
  /** `api@version`, undefined where no API is meant. */
  contract: string | undefined;
  /** Id of a call of that contract, undefined where none is reached. */
  call: string | undefined;
  spoil: Spoil;
  status: number;
  shape: string;
  says: RegExp;
}

const on = (contract: string | undefined, rows: Row[]): BadRequest[] =>
  rows.map(([name, call, spoil, status, shape, says]) => ({ name, contract, call: call || undefined, spoil, status, shape, says }));

const json = { "Content-Type": "application/json" };
const xml = { "Content-Type": "application/xml" };
const form = { "Content-Type": "application/x-www-form-urlencoded" };
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const flavor = (members: string): string => `{"resize":{"flavorRef":"s"${members}}}`;
const imageRef = (members: string): string => `{"rebuild":{"imageRef":"i",${members}}}`;
const token = (value: string | null, others: Record<string, string> = {}): Spoil => ({ headers: { "X-Auth-Token": value, ...others } });
const microversion = (value: string): Spoil => ({ headers: { "X-OpenStack-Nova-API-Version": value } });
const padded = (length: number): string => `{"lock":null,"pad":"${"x".repeat(length)}"}`;
/** AK/SK signatures stand in two headers, which are worth nothing alone. */
const signature = `SDK-HMAC-SHA256 Access=EXAMPLE, SignedHeaders=host;x-sdk-date, Signature=${"0f".repeat(32)}`;
const unsigned = { "Scp-Accesskey": null, "Scp-Signature": null, "Scp-Timestamp": null, "Scp-ClientType": null };
const basic = (text: string): string => `Basic ${btoa(text)}`;
const osChange = (members: string): string => `{"os-change":{"imageid":"e215580f-73ad-429d-b6f2-5433947433b0"${members}}}`;
const bothLogins = osChange(',"adminpass":"Fake-Passw0rd-Only","keyname":"k"');

// A table: one row, one line.
// prettier-ignore
export const CORPUS: BadRequest[] = [
  ...on("huawei-ecs-native@v2.1", [
    ["two known keys", "lockServer", { body: '{"lock":null,"unlock":null}' }, 400, "badRequest", /one key|one propert/],
    ["a known and an unknown key", "lockServer", { body: '{"lock":null,"note":"x"}' }, 400, "badRequest", /one key|one propert/],
    ["no key", "lockServer", { body: "{}" }, 400, "badRequest", /one key|one propert/],
    ["an unknown action", "lockServer", { body: '{"explode":null}' }, 400, "badRequest", /explode.*lock, unlock/],
    ["an action in capitals", "lockServer", { body: '{"LOCK":null}' }, 400, "badRequest", /LOCK/],
    ["lock with an object", "lockServer", { body: '{"lock":{}}' }, 400, "badRequest", /lock.*null/],
    ["lock with a reason", "lockServer", { body: '{"lock":{"locked_reason":"x"}}' }, 400, "badRequest", /lock.*null/],
    ["lock with an empty text", "lockServer", { body: '{"lock":""}' }, 400, "badRequest", /lock.*null/],
    ["unlock with true", "unlockServer", { body: '{"unlock":true}' }, 400, "badRequest", /unlock.*null/],
    ["os-stop with an unknown type", "stopServer", { body: '{"os-stop":{"type":"Soft"}}' }, 400, "badRequest", /type.*SOFT, HARD/],
    ["os-stop with an unknown member", "stopServer", { body: '{"os-stop":{"force":true}}' }, 400, "badRequest", /os-stop.*force/],
    ["os-start with an array", "startServer", { body: '{"os-start":[]}' }, 400, "badRequest", /os-start.*(object|null)/],
    ["reboot without a type", "rebootServer", { body: '{"reboot":{}}' }, 400, "badRequest", /reboot.*type/],
    ["reboot with null", "rebootServer", { body: '{"reboot":null}' }, 400, "badRequest", /reboot.*object/],
    ["reboot with a lower-case type", "rebootServer", { body: '{"reboot":{"type":"soft"}}' }, 400, "badRequest", /type.*SOFT, HARD/],
    ["reboot with an unknown member", "rebootServer", { body: '{"reboot":{"type":"SOFT","x":1}}' }, 400, "badRequest", /reboot.*x/],
    ["resize without a flavor", "resizeServer", { body: '{"resize":{}}' }, 400, "badRequest", /flavorRef/],
    ["resize to a number", "resizeServer", { body: '{"resize":{"flavorRef":7}}' }, 400, "badRequest", /flavorRef.*string/],
    ["resize to an empty text", "resizeServer", { body: '{"resize":{"flavorRef":""}}' }, 400, "badRequest", /flavorRef/],
    ["resize to a host", "resizeServer", { body: flavor(',"dedicated_host_id":"h"') }, 400, "badRequest", /dedicated_host/],
    ["confirmResize with an object", "confirmServerResize", { body: '{"confirmResize":{}}' }, 400, "badRequest", /confirmResize.*null/],
    ["revertResize with false", "revertServerResize", { body: '{"revertResize":false}' }, 400, "badRequest", /revertResize.*null/],
    ["rebuild without an image", "rebuildServer", { body: '{"rebuild":{"name":"x"}}' }, 400, "badRequest", /imageRef/],
    ["rebuild with a number in a map", "rebuildServer", { body: imageRef('"metadata":{"a":1}') }, 400, "badRequest", /metadata/],
    ["rebuild with too long a name", "rebuildServer", { body: imageRef(`"name":"${"n".repeat(255)}"`) }, 400, "badRequest", /name/],
    ["an array", "lockServer", { body: '[{"lock":null}]' }, 400, "badRequest", /object/],
    ["a text", "lockServer", { body: '"lock"' }, 400, "badRequest", /object/],
    ["a number", "lockServer", { body: "7" }, 400, "badRequest", /object/],
    ["null", "lockServer", { body: "null" }, 400, "badRequest", /null/],
    ["truncated JSON", "lockServer", { body: '{"lock":' }, 400, "badRequest", /JSON/],
    ["a trailing comma", "lockServer", { body: '{"lock":null,}' }, 400, "badRequest", /JSON/],
    ["single quotes", "lockServer", { body: "{'lock':null}" }, 400, "badRequest", /JSON/],
    ["a comment", "lockServer", { body: '{"lock":null} // now' }, 400, "badRequest", /JSON/],
    ["a number JSON does not have", "lockServer", { body: '{"lock":NaN}' }, 400, "badRequest", /JSON/],
    ["plain text", "lockServer", { body: "lock it, please" }, 400, "badRequest", /JSON/],
    ["blanks", "lockServer", { body: "  \n" }, 400, "badRequest", /JSON/],
    ["a byte order mark", "lockServer", { body: '\ufeff{"lock":null}' }, 400, "badRequest", /JSON/],
    ["NUL bytes", "lockServer", { body: bytes(0, 0, 0) }, 400, "badRequest", /JSON/],
    ["bytes that are no UTF-8", "lockServer", { body: bytes(0x7b, 0xff, 0xfe, 0x7d) }, 400, "badRequest", /UTF-8/],
    ["a body in UTF-16", "lockServer", { body: bytes(0xff, 0xfe, 0x7b, 0, 0x7d, 0) }, 400, "badRequest", /UTF-8/],
    ["no body", "lockServer", { body: null }, 400, "badRequest", /no body/],
    ["no body and no media type", "lockServer", { body: null, headers: { "Content-Type": null } }, 400, "badRequest", /no body/],
    ["a body that says it is XML", "lockServer", { headers: xml }, 415, "badMediaType", /application\/xml.*application\/json/],
    ["a form", "lockServer", { headers: form, body: "lock=null" }, 415, "badMediaType", /urlencoded.*application\/json/],
    ["a compressed body", "lockServer", { headers: { "Content-Encoding": "gzip" } }, 415, "badMediaType", /gzip/],
    ["one byte too much", "lockServer", { body: padded(114_689 - padded(0).length) }, 413, "overLimit", /114688/],
    ["a megabyte too much", "lockServer", { body: padded(1 << 20) }, 413, "overLimit", /114688/],
    ["no credential", "lockServer", token(null), 401, "error", /X-Auth-Token/],
    ["an empty token", "lockServer", token(" "), 401, "error", /X-Auth-Token/],
    ["a token no issuer gives", "lockServer", token("t\u00f6ken"), 401, "error_code", /X-Auth-Token/],
    ["a signature without its date", "lockServer", token(null, { Authorization: signature }), 401, "error", /X-Sdk-Date/],
    ["a date without its signature", "lockServer", token(null, { "X-Sdk-Date": "20250919T081530Z" }), 401, "error", /Authorization/],
    ["a microversion too new", "lockServer", { headers: { "OpenStack-API-Version": "compute 2.61" } }, 406, "computeFault", /OpenStack-API-Version/],
    ["a microversion too old", "lockServer", microversion("2.0"), 406, "computeFault", /Nova-API-Version/],
    ["a microversion that is no number", "lockServer", microversion("nine"), 400, "badRequest", /Nova-API-Version/],
    ["an unknown version", "lockServer", { swap: ["/v2.1/", "/v3/"] }, 404, "title", /\/v3\/.*\/v2\.1/],
    ["no version", "lockServer", { swap: ["/v2.1/", "/"] }, 404, "title", /v2\.1/],
    ["an unknown route", "lockServer", { swap: ["/action", "/actions"] }, 404, "title", /actions/],
    ["a slash at the end", "lockServer", { swap: ["/action", "/action/"] }, 404, "title", /action\//],
    ["an empty id", "lockServer", { swap: ["89c312bb-285a-4026-a237-d441908c2f9e", ""] }, 404, "title", /servers\/\/action/],
    ["a method that reads", "lockServer", { method: "GET", body: null }, 404, "title", /GET.*POST/],
    ["a method that deletes", "showServer", { method: "DELETE" }, 404, "title", /DELETE.*GET/],
    ["a method nobody knows of", "showServer", { method: "PROPFIND" }, 404, "title", /PROPFIND.*GET/],
    ["a path that climbs", "lockServer", { swap: ["/servers/", "/../../servers/"] }, 404, "title", /dot segment/],
    ["a path that climbs in disguise", "lockServer", { swap: ["/servers/", "/%2e%2e/servers/"] }, 404, "title", /dot segment/],
    ["a NUL in the path", "lockServer", { swap: ["/servers/", "/servers%00/"] }, 404, "title", /control character/],
    ["a line break in the path", "lockServer", { swap: ["/servers/", "/%0d%0aX-Evil:%201/"] }, 404, "title", /control character/],
    ["a broken escape in the path", "lockServer", { swap: ["/servers/", "/%zz/"] }, 404, "title", /percent-encoding/],
    ["a truncated escape in the path", "lockServer", { swap: ["/action", "/action%"] }, 404, "title", /percent-encoding/],
    ["an overlong UTF-8 escape in the path", "lockServer", { swap: ["/servers/", "/%c0%ae%c0%ae/"] }, 404, "title", /percent-encoding/],
  ]),
  ...on("huawei-ecs-native@v2", [
    ["two keys at the older address", "lockServer", { body: '{"lock":null,"unlock":null}' }, 400, "badRequest", /one key|one propert/],
    ["no credential at the older address", "showServer", token(null), 401, "error", /X-Auth-Token/],
  ]),
  ...on("huawei-ecs@v1", [
    ["no os-change", "changeServerOs", { body: "{}" }, 400, "error", /os-change/],
    ["a password and a key pair", "changeServerOs", { body: bothLogins }, 400, "error", /adminpass|keyname/],
    ["no login", "changeServerOs", { body: osChange("") }, 400, "error", /adminpass|keyname/],
    ["an image that is no UUID", "changeServerOs", { body: '{"os-change":{"imageid":"i","keyname":"k"}}' }, 400, "error", /imageid.*uuid/],
    ["a weak password", "reinstallServerOs", { body: '{"os-reinstall":{"adminpass":"password"}}' }, 400, "error", /adminpass/],
    ["an unknown mode", "reinstallServerOs", { body: '{"os-reinstall":{"keyname":"k","mode":"now"}}' }, 400, "error", /mode.*withStopServer/],
    ["a switch that is a boolean", "changeServerOs", { body: osChange(',"keyname":"k","isAutoPay":true') }, 400, "error", /isAutoPay/],
    ["no flavor", "resizeServer", { body: '{"resize":{}}' }, 400, "error", /flavorRef/],
    ["no resize", "resizeServer", { body: '{"dry_run":true}' }, 400, "error", /resize/],
    ["dry_run as a text", "resizeServer", { body: '{"resize":{"flavorRef":"s"},"dry_run":"true"}' }, 400, "error", /dry_run.*boolean/],
    ["three threads", "resizeServer", { body: flavor(',"cpu_options":{"hw:cpu_threads":3}') }, 400, "error", /cpu_threads/],
    ["no migrate", "migrateServer", { body: "{}" }, 400, "error", /migrate/],
    ["migrate as a text", "migrateServer", { body: '{"migrate":"pool"}' }, 400, "error", /migrate.*(object|null)/],
    ["a host that is no UUID", "migrateServer", { body: '{"migrate":{"dedicated_host_id":"h"}}' }, 400, "error", /dedicated_host_id.*uuid/],
    ["truncated JSON for a job", "migrateServer", { body: '{"migrate":' }, 400, "error", /JSON/],
    ["no body for a job", "migrateServer", { body: null }, 400, "error", /no body/],
    ["an XML body for a job", "migrateServer", { headers: xml, body: "<migrate/>" }, 415, "error", /application\/xml.*application\/json/],
    ["a body on a read", "showJob", { body: "{}", headers: json }, 400, "error", /takes no body/],
    ["no credential for a job", "showJob", token(null), 401, "error_code", /X-Auth-Token/],
    ["a token of control characters", "showJob", token("\u0080"), 401, "error", /X-Auth-Token/],
    ["a signature without a date for a job", "showJob", token(null, { Authorization: signature }), 401, "error_code", /X-Sdk-Date/],
    ["a server id that is no UUID", "showServer", { swap: ["89c312bb", "no-uuid"] }, 404, "error_code", /server_id|servers/],
    ["a read of what only starts jobs", "resizeServer", { method: "GET", body: null }, 405, "error", /GET.*POST/],
    ["a change of what only reads", "showJob", { method: "PUT" }, 405, "error", /PUT.*GET/],
    ["a version between two", "showJob", { swap: ["/v1/", "/v1.2/"] }, 404, "error_code", /v1\.2/],
    ["a call of another version", "showJob", { swap: ["/v1/", "/v2/"] }, 404, "error_code", /jobs/],
    ["more than twelve megabytes", "migrateServer", { body: padded(12 << 20) }, 413, "error_code", /12582912/],
  ]),
  ...on("huawei-ecs@v1.1", [
    ["no flavor for an order", "resizeServer", { body: '{"resize":{"extendparam":{"isAutoPay":"true"}}}' }, 400, "error", /flavorRef/],
    ["a switch that is neither", "resizeServer", { body: flavor(',"extendparam":{"isAutoPay":"yes"}') }, 400, "error", /isAutoPay/],
  ]),
  ...on("huawei-ecs@v2", [
    ["no image", "changeServerOs", { body: '{"os-change":{"keyname":"k"}}' }, 400, "error", /imageid/],
    ["both logins with cloud-init", "changeServerOs", { body: bothLogins }, 400, "error", /adminpass|keyname/],
    ["no login with cloud-init", "reinstallServerOs", { body: '{"os-reinstall":{}}' }, 400, "error", /adminpass|keyname|metadata/],
  ]),
  ...on("samsung-virtualserver@v1.3", [
    ["no access key", "lockServer", { headers: { "Scp-Accesskey": null } }, 401, "name", /Scp-Accesskey/],
    ["no signature", "lockServer", { headers: { "Scp-Signature": null } }, 401, "name", /Scp-Signature/],
    ["no timestamp", "lockServer", { headers: { "Scp-Timestamp": null } }, 401, "name", /Scp-Timestamp/],
    ["no client type", "lockServer", { headers: { "Scp-ClientType": null } }, 401, "name", /Scp-ClientType/],
    ["a bearer token instead", "showServer", { headers: { ...unsigned, Authorization: "Bearer t" } }, 401, "name", /Scp-Accesskey.*Scp-Signature.*Scp-ClientType/],
    ["a signature that is none", "lockServer", { headers: { "Scp-Signature": "\u00a7" } }, 401, "name", /Scp-Signature/],
    ["an empty signature", "lockServer", { headers: { "Scp-Signature": "" } }, 401, "name", /Scp-Signature/],
    ["an unregistered version", "lockServer", { headers: { "Scp-Api-Version": "virtualserver 9.9" } }, 406, "errors", /virtualserver 9\.9.*virtualserver 1\.3/],
    ["the version of another product", "lockServer", { headers: { "Scp-Api-Version": "iam 1.3" } }, 406, "errors", /iam 1\.3/],
    ["a version without its product", "lockServer", { headers: { "Scp-Api-Version": "1.3" } }, 406, "errors", /1\.3/],
    ["a version with a leading v", "lockServer", { headers: { "Scp-Api-Version": "virtualserver v1.3" } }, 406, "errors", /v1\.3/],
    ["a body where none is taken", "lockServer", { headers: json, body: "{}" }, 400, "errors", /takes no body/],
    ["no body to reboot", "rebootServer", { body: null }, 400, "errors", /no body/],
    ["no reboot type", "rebootServer", { body: "{}" }, 400, "errors", /reboot_type/],
    ["a reboot type in lower case", "rebootServer", { body: '{"reboot_type":"soft"}' }, 400, "errors", /reboot_type.*SOFT, HARD/],
    ["a reboot type that is a number", "rebootServer", { body: '{"reboot_type":1}' }, 400, "errors", /reboot_type/],
    ["an array to reboot", "rebootServer", { body: "[]" }, 400, "errors", /object/],
    ["truncated JSON to reboot", "rebootServer", { body: '{"reboot_type":"SOFT"' }, 400, "errors", /JSON/],
    ["XML to reboot", "rebootServer", { headers: xml, body: "<reboot/>" }, 400, "errors", /application\/xml.*application\/json/],
    ["more than a megabyte to reboot", "rebootServer", { body: padded(1 << 20) }, 400, "errors", /1048576/],
    ["an unknown route of the service", "lockServer", { swap: ["/lock", "/locks"] }, 404, "timestamp", /locks/],
    ["an unknown version in the path", "lockServer", { swap: ["/v1/", "/v2/"] }, 404, "timestamp", /\/v2\//],
    ["a call the contract does not have", "", { path: "/samsung-virtualserver/v1/servers", method: "GET" }, 404, "timestamp", /\/v1\/servers/],
    ["a method the path does not have", "lockServer", { method: "PUT" }, 404, "timestamp", /PUT.*POST/],
    ["a server called dot dot", "lockServer", { swap: ["2a9be312-5d4b-4bc8-b2ae-35100fa9241f", "%2E%2E"] }, 404, "timestamp", /dot segment/],
  ]),
  ...on("samsung-virtualserver@v1.2", [["half a credential at 1.2", "unlockServer", { headers: { "Scp-Timestamp": "" } }, 401, "name", /Scp-Timestamp/]]),
  ...on("samsung-virtualserver@v1.1", [["a wrong reboot at 1.1", "rebootServer", { body: '{"reboot_type":null}' }, 400, "errors", /reboot_type/]]),
  ...on("samsung-virtualserver@v1.0", [["no credential at 1.0", "deleteServer", { headers: { "Scp-Signature": null } }, 401, "name", /Scp-Signature/]]),
  ...on("oracle-ecb@v1.1", [
    ["a version in the future", "lockConfiguration", { swap: ["/v1.1/", "/v9/"] }, 404, "<response>", /v9|version/],
    ["a version that is a word", "lockConfiguration", { swap: ["/v1.1/", "/latest/"] }, 404, "<response>", /latest/],
    ["no version of the broker", "lockConfiguration", { swap: ["/v1.1/", "/"] }, 404, "<response>", /configuration\/lock/],
    ["a version where none belongs", "listSupportedVersions", { swap: ["/rest/", "/rest/v1.1/"] }, 404, "<response>", /supportedversions/],
    ["no token", "lockConfiguration", { headers: { Authorization: null } }, 401, "<response>", /Authorization.*Bearer/],
    ["a password where a token is due", "lockConfiguration", { headers: { Authorization: basic("admin:secret") } }, 401, "<response>", /Basic.*Bearer/],
    ["a token without its scheme", "lockConfiguration", { headers: { Authorization: "EXAMPLE-TOKEN-0001" } }, 401, "<response>", /Bearer/],
    ["a scheme without a token", "lockConfiguration", { headers: { Authorization: "Bearer" } }, 401, "<response>", /Bearer.*empty/],
    ["two tokens", "lockConfiguration", { headers: { Authorization: "Bearer a b" } }, 401, "<response>", /Bearer/],
    ["a token where a password is due", "createToken", { headers: { Authorization: "Bearer EXAMPLE" } }, 401, "<response>", /Bearer.*Basic/],
    ["a password without a user", "createToken", { headers: { Authorization: basic("admin") } }, 401, "<response>", /Base64 of user:password/],
    ["a password that is not Base64", "createToken", { headers: { Authorization: "Basic admin:secret" } }, 401, "<response>", /Basic/],
    ["a renewal in JSON", "createToken", { headers: json, body: '{"token":"t"}' }, 415, "<response>", /application\/json.*urlencoded/],
    ["a renewal without the token", "createToken", { body: "tok=EXAMPLE" }, 400, "<response>", /token/],
    ["JSON wanted of a read", "showAsyncStatus", { headers: { Accept: "application/json" } }, 406, "<response>", /application\/xml.*application\/json/],
    ["an element that does not end", "addConfigElement", { body: "<configElement><elementType>session-group</elementType>" }, 400, "<response>", /well-formed/],
    ["elements that overlap", "addConfigElement", { body: "<configElement><a><b></a></b></configElement>" }, 400, "<response>", /well-formed/],
    ["two roots", "addConfigElement", { body: "<configElement></configElement><configElement></configElement>" }, 400, "<response>", /well-formed/],
    ["another root", "addConfigElement", { body: "<element></element>" }, 400, "<response>", /element.*configElement/],
    ["text that is no XML", "updateConfigElement", { body: "session-group" }, 400, "<response>", /well-formed/],
    ["no element", "updateConfigElement", { body: null }, 400, "<response>", /no body/],
    ["an element in JSON", "updateConfigElement", { headers: json, body: "{}" }, 415, "<response>", /application\/json.*application\/xml/],
    ["an empty element type", "deleteConfigElement", { swap: ["=session-group", "="] }, 400, "<response>", /elementType/],
    ["no element type to delete", "deleteConfigElement", { swap: ["?elementType=session-group", ""] }, 400, "<response>", /elementType/],
    ["no element type to read", "listConfigElements", { swap: ["?elementType=session-group", ""] }, 400, "<response>", /elementType/],
    ["a page size that is no number", "listConfigElements", { swap: ["?", "?maxElements=ten&"] }, 400, "<response>", /maxElements/],
    ["a negative offset", "listConfigElements", { swap: ["?", "?offset=-1&"] }, 400, "<response>", /offset/],
    ["running that is maybe", "listConfigElements", { swap: ["?", "?running=maybe&"] }, 400, "<response>", /running/],
    ["an unknown job", "manageConfiguration", { swap: ["action=save", "action=explode"] }, 400, "<response>", /action.*save, verify, restore/],
    ["a job of the other method", "activateConfiguration", { swap: ["action=activate", "action=save"] }, 400, "<response>", /action.*activate, backup/],
    ["no job", "manageConfiguration", { swap: ["?action=save", ""] }, 400, "<response>", /action/],
    ["an unknown source", "manageConfiguration", { swap: ["?", "?restoreSource=moon&"] }, 400, "<response>", /restoreSource/],
    ["a backup file with a path", "manageConfiguration", { swap: ["?", "?filename=..%2F..%2Fetc%2Fpasswd&"] }, 400, "<response>", /filename/],
    ["a body on the lock", "lockConfiguration", { headers: xml, body: "<lock/>" }, 400, "<response>", /takes no body/],
    ["a read of the lock", "lockConfiguration", { method: "GET" }, 405, "<response>", /GET.*POST/],
    ["a token to delete", "createToken", { method: "DELETE", body: null, headers: { "Content-Type": null } }, 405, "<response>", /DELETE.*POST/],
    ["an element of two megabytes", "addConfigElement", { body: `<configElement>${"x".repeat(2 << 20)}</configElement>` }, 413, "problem", /1048576/],
  ]),
  ...on(undefined, [
    ["an unknown API", "", { method: "POST", path: "/acme-locks/v1/lock" }, 404, "problem", /acme-locks/],
    ["an API in capitals", "", { method: "GET", path: "/ORACLE-ECB/rest/api/supportedversions" }, 404, "problem", /ORACLE-ECB/],
    ["a path that climbs out of the server", "", { method: "GET", path: "/../../etc/passwd" }, 400, "problem", /dot segment/],
    ["a control path that is none", "", { method: "GET", path: "/_latch/secrets" }, 404, "problem", /_latch\/secrets/],
    ["an API that begins with two slashes", "", { method: "GET", path: "//evil.example/oracle-ecb" }, 404, "problem", /evil\.example/],
  ]),
  ...on("oracle-ecb@v1.1", [
    ["a status nobody documents", "lockConfiguration", { headers: { Prefer: "code=418" } }, 501, "problem", /418.*423/],
    ["a status that is no status", "lockConfiguration", { headers: { Prefer: "code=soon" } }, 400, "problem", /soon/],
    ["an example nobody wrote", "lockConfiguration", { headers: { Prefer: "code=423, example=mine" } }, 501, "problem", /mine.*locked-by-another-user/],
  ]),
];

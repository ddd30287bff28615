/**
 * Worked examples of the signature, computed with another implementation. The key, the timestamp and the server are those of the vendor's
 * page; the secret is made up and opens nothing.
 */
export const BASE = {
  timestamp: "1605290625682",
  accessKey: "2sd2gg=2agbdSD26svcD",
  secretKey: "example-secret-key-for-test-vectors-only",
};

const HOST = "https://virtualserver.kr-west1.e.samsungsdscloud.com";
const SERVER = "/v1/servers/2a9be312-5d4b-4bc8-b2ae-35100fa9241f";

export interface Vector {
  name: string;
  method: string;
  url: string;
  accountId?: string;
  expected: string;
}

export const VECTORS: [Vector, ...Vector[]] = [
  { name: "lock", method: "POST", url: `${HOST}${SERVER}/lock`, expected: "CtWjfUOucADSgMHFyM8bE7VApd9kMncClpL02I4q1jM=" },
  { name: "unlock", method: "POST", url: `${HOST}${SERVER}/unlock`, expected: "U41fUvO70e43DyfPzKXM7otSeocwAM48+kXNCsNWhAo=" },
  { name: "show", method: "GET", url: `${HOST}${SERVER}`, expected: "WdiFFGDiRzBV3gGkGyGDH/qJPTntcLooPbSexDOAwUM=" },
  {
    name: "list, with an escaped query that is signed as it is",
    method: "GET",
    url: `${HOST}/v1/servers?name=my%20server&limit=20`,
    expected: "iG2VPMyGuEawN1OYS4Iq/x3oLrImgofpR7+3e2WAd7g=",
  },
  { name: "delete", method: "DELETE", url: `${HOST}${SERVER}`, expected: "Nt6EQcmtbHf8WOdI+3Qq/cngyA9suQFI+UcLaAZQeL8=" },
  {
    name: "lock, for an account",
    method: "POST",
    url: `${HOST}${SERVER}/lock`,
    accountId: "a8f10467abfc4b87b64614ab36eb9ae4",
    expected: "KaDCFycTd+9QcMuLdpdlV3ndq0WTfk+idbu8YZB+aD8=",
  },
  {
    name: "lock, over the path alone: what the platform refuses",
    method: "POST",
    url: `${SERVER}/lock`,
    expected: "8yy2ZXEZfiCeY2X1VBIEQbdW2sbB6MPMFV+GwQ04Roo=",
  },
];

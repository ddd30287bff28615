/** The bad requests of negative.ts, and for a version that nobody wrote any for those of the version before it. */
import { CORPUS as WRITTEN, type BadRequest } from "./negative.ts";
import { contracts } from "./support/contracts.ts";

const written = (key: string): BadRequest[] => WRITTEN.filter(({ contract }) => contract === key);

/** A version that answers differently fails here, and then wants rows of its own. */
const borrowed = contracts
  .filter(({ key }) => written(key).length === 0)
  .flatMap(({ key, api, calls }) => {
    const lender = contracts.findLast((other) => other.api === api && written(other.key).length > 0);
    const rows = lender ? written(lender.key) : [];
    // A row without a call names a path of the lender's.
    return rows.filter(({ call }) => calls.some(({ id }) => id === call)).map((row) => ({ ...row, contract: key }));
  });

export const CORPUS: BadRequest[] = [...WRITTEN, ...borrowed];

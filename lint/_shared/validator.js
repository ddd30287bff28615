/** The one validator of the rules. What is validated against is checked elsewhere: our own schemas by the cases, a contract's by Redocly. */
import { Ajv2020 } from "ajv/dist/2020.js";

export const createValidator = () => new Ajv2020({ allErrors: true, strict: false, validateSchema: false, meta: false, logger: false });

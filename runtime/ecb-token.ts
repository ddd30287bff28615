/** What is known of an Oracle ECB's token: where it stands in an answer, and how long it lives. */
import { findXml, type XmlNode } from "./xml.ts";

/** Milliseconds. */
export const LIFETIME = 600_000;

/** The token in an answer of `createToken`, wherever it stands and however it is broken into lines. */
export const tokenIn = (answer: XmlNode | undefined): string | undefined => findXml(answer, "accessToken")?.text.replace(/\s+/g, "");

/**
 * A contract with the styles of parameters that no real one here uses, and a form with more than a text in it.
 * `explode` is written out although it is the default: Prism forgets that, and takes the last value of a list for all of it.
 */
export const STYLES = `
openapi: 3.1.0
jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema
info: { title: Styles, version: "1" }
servers: [{ url: https://styles.example.com/v1 }]
paths:
  /things/{ids}:
    get:
      operationId: listThings
      parameters:
        - { name: ids, in: path, required: true, schema: { type: array, maxItems: 3, items: { type: integer } } }
        - { name: page, in: query, schema: { type: integer, minimum: 1, maximum: 50 } }
        - { name: ratio, in: query, schema: { type: number, exclusiveMinimum: 0 } }
        - { name: deep, in: query, schema: { type: boolean } }
        - { name: tag, in: query, explode: true, schema: { type: array, items: { type: string, enum: [red, green, blue] }, uniqueItems: true } }
        - { name: size, in: query, explode: false, schema: { type: array, items: { type: integer, minimum: 0 } } }
        - { name: piped, in: query, style: pipeDelimited, explode: false, schema: { type: array, minItems: 2, items: { type: string } } }
        - { name: filter, in: query, style: deepObject, explode: true, schema: { type: object, properties: { state: { type: string, enum: [on, off] }, age: { type: integer } } } }
        - { name: X-Flags, in: header, required: true, schema: { type: array, items: { type: string, pattern: "^[a-z]+$" } } }
        - { name: X-Limit, in: header, required: true, schema: { type: integer, minimum: 1 } }
      responses: { "204": { description: nothing } }
  /forms:
    post:
      operationId: sendForm
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [name, age]
              properties: { name: { type: string, minLength: 2 }, age: { type: integer, minimum: 0 }, keen: { type: boolean } }
      responses: { "204": { description: nothing } }
`;
